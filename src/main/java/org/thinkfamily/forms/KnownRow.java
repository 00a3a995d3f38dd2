package org.thinkfamily.forms;

import java.util.Map;

/**
 * A person of the family who has a row in a list.
 *
 * @param person the person's id
 * @param name for messages, for example "Amy Example"
 * @param heading for the row, with age and relation, for example "Amy Example, 7, daughter"
 * @param facts what is known, by the names that {@code fact} uses in rows, for example {@code school}
 */
public record KnownRow(long person, String name, String heading, Map<String, KnownFact> facts) {

    public KnownRow {
        facts = Map.copyOf(facts);
    }
}
