package org.thinkfamily.contact;

/**
 * What the plan says for one condition of one parent.
 *
 * @param decidesCondition the role that says how the parent is (S-169)
 */
public record Arrangement(long parent, String condition, String kind, String supervision, String decidesCondition) { }
