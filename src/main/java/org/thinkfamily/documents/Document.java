package org.thinkfamily.documents;

import java.util.List;

/**
 * A document before it is drawn.
 *
 * @param title what it is
 * @param family the family's reference
 * @param purpose what it was made for, in the words of who made it
 * @param recipient for whom, in words
 * @param reader who made it: name, team and service
 * @param made when, in words
 * @param people who it is about, each by name, relation and age
 */
public record Document(String title, String family, String purpose, String recipient, String reader, String made, List<String> people, List<Part> parts) {

    /** @param notes sentences below the heading */
    public record Part(String heading, List<String> notes, List<Block> blocks) { }

    /** @param heading null for none */
    public record Block(String heading, List<Line> lines) { }

    /** @param label what stands before the text, such as the question; null for none. @param texts one paragraph each */
    public record Line(String label, List<String> texts) { }
}
