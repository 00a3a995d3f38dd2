package org.thinkfamily.forms;

import java.util.List;
import java.util.Map;

/** What a feature knows about answers that their form cannot say, such as a day that must come after another one of the record. */
public interface FeatureCheck {

    /**
     * What is wrong with answers that their form accepts; empty when nothing is, or the form is none of this feature.
     *
     * @param form     its key
     * @param family   its reference; null when there is none yet
     * @param subjects the people the step is about by variable name
     * @param answers  the answers as they would be filed
     * @param corrects the entry they correct; null when they are new
     * @param process  the process instance of the step; null for a start or a change that is reported
     */
    List<Problem> problems(String form, String family, Map<String, Long> subjects, Map<String, Object> answers, Long corrects, String process);

    /**
     * Choices of a form that starts a process which nobody who asks now can make for this family, as {@code question=code}; they are not offered.
     *
     * @param form   its key
     * @param family its reference; null when there is none yet
     */
    default List<String> without(String form, String family) {
        return List.of();
    }
}
