package org.thinkfamily.contact;

import java.time.LocalDate;

/**
 * What was decided about contact for now, apart from the plan.
 *
 * @param what {@code condition} (after a change of the parent's condition), {@code stopped} (in an emergency), then {@code resume}, {@code refuse},
 *             {@code court} or {@code plan-again}
 * @param condition the parent's condition it was decided for, or null
 * @param kind the kind of contact there is now, or null
 * @param until the last day of a refusal, at most 7 days (T-82), or null
 * @param role the role of the person who decided
 */
public record ContactDecision(long parent, String what, String condition, String kind, String supervision, LocalDate on, LocalDate until, String role, long entry) { }
