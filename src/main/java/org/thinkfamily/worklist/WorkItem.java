package org.thinkfamily.worklist;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * A task as people see it.
 *
 * @param adults names of the family's adults, as far as the reader of the list may know
 * @param about ids of the people the task is about
 * @param aboutNames their names; null when it is about the whole family
 * @param assignee username of who holds it, or null while it waits in the team's queue
 * @param clock the clock it is due by, or null
 * @param dueOn the last day, or null
 * @param lateReason why it is overdue, in somebody's words; null when it is not, or nobody has said
 * @param redFlag whether a red flag of the family is open: somebody has to act the same day
 * @param doneAt when it was done or no longer needed, or null while it is open
 * @param doneBy username of who did it; null when it is open or was no longer needed
 */
public record WorkItem(String id, String family, String adults, String name, String processKey, String processName, String processId, String definitionId,
        String deploymentId, String step, String form, String role, String roleName, String team, String teamName, String assignee, String assigneeName,
        List<Long> about, String aboutNames, Map<String, Long> subjects, String clock, LocalDate dueOn, Instant createdAt, Instant doneAt, String doneBy,
        String doneByName, Long entry, String lateReason, boolean redFlag, String key) {

    public boolean open() {
        return doneAt == null;
    }
}
