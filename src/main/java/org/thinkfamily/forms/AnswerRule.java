package org.thinkfamily.forms;

import java.util.List;
import java.util.Map;

/** A rule about answers that no form can say by itself, because it rests on what a feature knows. Features implement it; answers it refuses are not filed. */
public interface AnswerRule {

    /**
     * What is wrong with answers that the form accepts.
     *
     * @param answers as {@link CheckedForm#answers()}
     * @param subjects the people the step is about, by variable name
     * @return empty when all is well, or when the form is none of the rule's
     */
    List<Problem> problems(Form form, Map<String, Object> answers, Map<String, Long> subjects);

    /** The same answers with what the rules find wrong; unchanged while the form itself does not accept them. */
    static CheckedForm check(List<AnswerRule> rules, Form form, CheckedForm checked, Map<String, Long> subjects) {
        return !checked.isAccepted() ? checked : new CheckedForm(checked.answers(), checked.routes(),
                rules.stream().flatMap(rule -> rule.problems(form, checked.answers(), subjects).stream()).toList());
    }
}
