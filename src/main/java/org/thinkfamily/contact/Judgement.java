package org.thinkfamily.contact;

/**
 * The social worker's judgement about a child's contact with a parent, which the rule rests on.
 *
 * @param basis {@code accommodated}, {@code in-care}, {@code emergency} or {@code other}
 * @param risk {@code none}, {@code some} or {@code high}
 * @param meeting whether meeting is right for the child now: {@code yes}, {@code with-care}, {@code not-now}
 */
public record Judgement(String basis, String risk, String meeting) { }
