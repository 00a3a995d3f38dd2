package org.thinkfamily.worklist;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thinkfamily.forms.Form;
import org.thinkfamily.pathway.Pathway;

/**
 * A form somebody is filling in: for a task, to start a process, or to report a change that a process waits for.
 *
 * @param subject what a draft is kept under
 * @param family null when there is none yet
 * @param subjects the people it is about by variable name
 * @param task set for a task only
 * @param start set for the start of a process only
 * @param message set for a change only
 */
public record Filling(String subject, String title, Form form, int formVersion, String deploymentId, String family, Map<String, Long> subjects,
        WorkItem task, Pathway.Startable start, Pathway.Awaited message) {

    static final String TASK = "task:";
    static final String START = "start:";
    /** Stands for the family of a start when there is none yet. */
    static final String NEW = "new";

    /** @param without choices that the step does not offer, as {@code question=code} */
    static Filling of(WorkItem task, ReleasedForms.Released form, List<String> without) {
        return new Filling(TASK + task.id(), task.name(), form.form().without(without), form.version(), task.deploymentId(), task.family(), task.subjects(), task, null, null);
    }

    /** @param without as above */
    static Filling of(Pathway.Startable start, String family, ReleasedForms.Released form, List<String> without) {
        return new Filling(START + start.key() + ":" + (family == null ? NEW : family), start.name(), form.form().without(without), form.version(), start.deploymentId(), family,
                Map.of(), null, start, null);
    }

    static Filling of(Pathway.Awaited message, String family, ReleasedForms.Released form) {
        return new Filling("change:" + family + ":" + message.message(), message.name(), form.form(), form.version(),
                message.deploymentId(), family, Map.of(), null, null, message);
    }

    /** The process instance of the step; empty for a start or a change. */
    Optional<String> process() {
        return task == null ? Optional.empty() : Optional.of(task.processId());
    }

    /** The roles one of which the author must hold; empty: the task's own rules say. */
    Set<String> roles() {
        return start != null ? start.roles() : message != null ? message.roles() : Set.of();
    }
}
