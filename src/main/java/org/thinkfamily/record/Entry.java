package org.thinkfamily.record;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Something a person filed about a family. Never changed afterwards.
 *
 * @param title the name of the step it was filed in
 * @param processId the process instance, or null for one that is none's
 * @param about ids of the people it is about
 * @param service the name of the author's service
 * @param supersedes the entry this one corrects, or null
 * @param reason why it corrects it, or null
 * @param supersededBy the entry that corrects this one, or null
 */
public record Entry(long id, String family, String title, String processKey, String processId, String stepKey, String formKey, int formVersion, String deploymentId,
        Set<Long> about, Map<String, Object> answers, String author, String authorName, String role, String service, Instant filedAt,
        Long supersedes, String reason, Long supersededBy) { }
