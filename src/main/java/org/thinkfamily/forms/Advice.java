package org.thinkfamily.forms;

import java.util.Map;
import java.util.Optional;

/** What a feature knows that helps to choose, beside a question and its choices: what a rule says for this family and the answers so far. */
public interface Advice {

    /** The value of the property {@code advice} that it answers to, such as {@code sharing-rule}. */
    String name();

    /**
     * What stands beside a question.
     *
     * @param question a sentence beside the question itself, or null
     * @param choices sentences by value of the choice; a choice without one has none
     */
    record Said(String question, Map<String, String> choices) {

        public static final Said NOTHING = new Said(null, Map.of());
    }

    /**
     * @param family the family's reference, or null
     * @param process the process instance of the step; empty for a start
     * @param answers as typed so far, also wrong ones
     */
    Said of(String family, Optional<String> process, Map<?, ?> answers);
}
