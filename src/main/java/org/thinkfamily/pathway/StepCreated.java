package org.thinkfamily.pathway;

import java.util.List;
import java.util.Map;
import org.thinkfamily.clock.Clock;

/**
 * A step now waits for a person. Published in the engine's transaction.
 *
 * @param role who should do it
 * @param otherwise the role that does it when nobody is known for {@code role}, or null
 * @param assignee the one user the model names, or null
 * @param notBy the forms whose authors in this process may not do the step
 * @param subjects the person ids the step is about by variable name ({@code adult}, {@code child}, {@code person}); those that are set
 * @param clock the running clock the step is due by, or null
 */
public record StepCreated(String taskId, String name, String family, String processKey, String processName, String processId,
        String definitionId, String deploymentId, String stepKey, String formKey, String role, String otherwise, String assignee,
        List<String> notBy, Map<String, Long> subjects, Clock clock) { }
