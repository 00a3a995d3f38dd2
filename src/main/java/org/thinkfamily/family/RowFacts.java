package org.thinkfamily.family;

import java.util.Map;
import org.thinkfamily.forms.KnownFact;

/** What a feature knows about the people of an {@code about} list, to fill their rows in beforehand. Models name it {@code feature.fact}. */
public interface RowFacts {

    /** The first part of the names, such as {@code contact}. */
    String feature();

    /**
     * What is known, by person and by the whole name.
     *
     * @param subjects the people the step is about by variable name
     */
    Map<Long, Map<String, KnownFact>> of(Map<String, Long> subjects);
}
