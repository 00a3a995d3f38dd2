package org.thinkfamily.disclosure;

/**
 * One thing held about the person who is asked about, and what was decided about it.
 *
 * @param kind {@code answer}, {@code fact}, {@code event}, {@code file}, {@code decision} (by a table of rules) or {@code mail}
 * @param entry in which an answer or a file stands, else null
 * @param source where the original stands: the field of an answer, or a kind and its id
 * @param restricted what kept it from being released at the start, or null
 * @param decision {@code release}, {@code part}, {@code withhold}; null: nobody has decided
 * @param reason code of why all or a part is kept back, or null
 * @param words what of it is released, for {@code part}; else null
 */
public record Item(long id, int position, String kind, String family, Long entry, String source, String restricted, String decision, String reason, String words) {

    public boolean goesOut() {
        return "release".equals(decision) || "part".equals(decision);
    }
}
