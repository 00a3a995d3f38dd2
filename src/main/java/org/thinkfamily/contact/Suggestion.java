package org.thinkfamily.contact;

/**
 * What the rule suggests for one condition of one parent. It never holds by itself: a person decides.
 *
 * @param kind {@code face-to-face}, {@code supervised}, {@code ward-visit}, {@code indirect}, {@code paused-by-agreement}, {@code as-agreed}
 * @param supervision {@code none}, {@code known-adult} or {@code trained-supervisor}
 * @param decides the role that decides: a social worker or a team manager, never a carer (S-181)
 * @param lookAgainWithin working days
 */
public record Suggestion(long parent, String condition, String kind, String supervision, String decides, int lookAgainWithin) { }
