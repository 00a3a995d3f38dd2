package org.thinkfamily.forms;

import java.util.List;
import java.util.Map;

/**
 * Answers after the check.
 *
 * @param answers what may be filed when there are no problems: hidden answers dropped, text trimmed, numbers and
 *        dates in their one form, {@code person} of rows as a whole number; a question left blank is absent, an unticked
 *        checkbox is false
 * @param routes the process variables: every {@code route} key of the form, null when it is hidden or blank, so that
 *        an expression of the process never meets an unknown name. Choices from {@code family.…} are person ids ({@code Long})
 * @param problems what is wrong, in the order of the form, keys that the form does not know first; empty when all is well
 */
public record CheckedForm(Map<String, Object> answers, Map<String, Object> routes, List<Problem> problems) {

    public boolean isAccepted() {
        return problems.isEmpty();
    }
}
