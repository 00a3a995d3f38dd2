package org.thinkfamily.review;

import java.time.LocalDate;

/**
 * A review of one child, held or still to come. Dates are days in England.
 *
 * @param number 1 for the first of a period of care
 * @param kind {@code first}, {@code second} or {@code later}
 * @param dueOn the last day the law allows (T-50 to T-52); it stays when the review is brought forward
 * @param agreedOn the day it was brought forward to, by which it is due from then on; null when it was not
 * @param plannedOn the day it is arranged for, or null
 * @param earlyTrigger why somebody asked for it earlier (T-53), or null
 * @param broughtForward whether the reviewing officer agreed to that
 * @param lateReason why it is late, a code; null: not late or not explained yet
 * @param adjournedOn the day of the first sitting when it was adjourned (T-56), or null
 * @param heldOn the day it was finished, or null
 * @param participation how the child took part, a PN code; set once it is held
 */
public record Review(long id, long child, int number, String kind, LocalDate dueOn, LocalDate agreedOn, LocalDate plannedOn, String earlyTrigger, boolean broughtForward,
        String lateReason, LocalDate adjournedOn, LocalDate heldOn, String participation) {

    /** Whether it was held, or on that day is still not held, after the day it was due. */
    public boolean late(LocalDate today) {
        return (heldOn == null ? today : heldOn).isAfter(dueOn);
    }
}
