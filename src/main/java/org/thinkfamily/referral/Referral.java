package org.thinkfamily.referral;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A referral of a family to children's services.
 *
 * @param adult person id of the parent it is about, or null when it names none
 * @param referredOn the day it was made, from which T-01 and T-05 count
 * @param referrer username, or null when another system made it
 * @param sourceCode ReferralSource of the children in need census
 * @param redFlagResponse {@code immediate}, {@code same-day} or {@code none}
 * @param earlierInTwelveMonths how many referrals of the family there were in the 12 months before (S-051)
 * @param familyLevel 1 to 4 by the family threshold, or null before it was applied
 * @param thresholdMet whether the rules say that the threshold for children's social care is met, or null
 * @param belowEveryBar whether the rules say that somebody would be left below the bar of every service, or null
 * @param decision {@code assess}, {@code early-help} or {@code nfa}: the one in force, or null before there is one
 * @param firstDecision the decision made first, which a second look or a challenge may have changed
 * @param referrerAnswer {@code agree}, {@code disagree}, or null until the referrer has read the decision
 */
public record Referral(long id, String family, String process, Long adult, LocalDate referredOn, Instant receivedAt, String referrer, String referrerRole,
        String referrerService, String sourceCode, String redFlagResponse, int earlierInTwelveMonths, Integer familyLevel, Boolean thresholdMet, Boolean belowEveryBar,
        String leftOut, String decision, String decidedBy, Instant decidedAt, String firstDecision, Instant firstDecidedAt, String lateReason, String referrerAnswer) { }
