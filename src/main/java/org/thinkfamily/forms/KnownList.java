package org.thinkfamily.forms;

import java.util.List;
import java.util.Map;

/** Things that a feature knows and that people go through one by one, such as the decisions of the last review: a list names it with the property {@code rows}. */
public interface KnownList {

    /** The value of the property {@code rows} that it answers to, such as {@code last-decisions}. */
    String name();

    /**
     * A row each, in their order: answers by key, as many as the form asks for.
     *
     * @param family the family's reference, or null
     * @param subjects the people the step is about by variable name
     */
    List<Map<String, Object>> of(String family, Map<String, Long> subjects);
}
