package org.thinkfamily.disclosure;

import java.util.List;

/**
 * An item with what it says.
 *
 * @param where the entry it stands in with its author and day, or the kind of fact
 * @param heading of the group or row it stands in, or null; {@code another}: the row is about somebody else, whom the heading names
 * @param question what the text answers
 * @param texts a paragraph each
 */
public record Held(Item item, String where, String by, String heading, boolean another, String question, List<String> texts) {

    public String text() {
        return String.join("\n", texts);
    }
}
