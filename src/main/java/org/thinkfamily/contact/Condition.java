package org.thinkfamily.contact;

import java.time.LocalDate;

/**
 * How a parent is, as the adult side has said.
 *
 * @param condition {@code well}, {@code unsettled}, {@code unwell} or {@code in-hospital}
 * @param since the day it began
 * @param decidedBy who decided it: {@code me}, {@code consultant}, {@code team} or {@code gp}, seen from {@code role}
 * @param role the role of the person who said so
 */
public record Condition(long parent, String condition, LocalDate since, String decidedBy, String role, long entry) { }
