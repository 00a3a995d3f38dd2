package org.thinkfamily.clock;

/**
 * How long something may take, as {@code dmn/timescales.dmn} says at this moment.
 *
 * @param clock        the name models use, for example {@code referral.decide}
 * @param title        what it is in words
 * @param amount       how many units after the start; less than 0 counts back from it (ten working days before a review)
 * @param unit         what is counted
 * @param countFrom    the process variable that holds the start date; null: the day the clock is started
 * @param remindBefore working days before the due date on which a reminder goes out; null: none
 * @param lateRole     the role told when it runs out; null: the diagram says
 * @param reference    the number of the timescale, for example {@code T-05}; null: it has none
 * @param source       where it comes from, in words
 * @param status       how far it may be relied on
 * @param mark         whether it is a mark, at which the program does something, and no limit of people
 */
public record Timescale(String clock, String title, int amount, Unit unit, String countFrom, Integer remindBefore,
        String lateRole, String reference, String source, Status status, boolean mark) {
}
