package org.thinkfamily.clock;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;

/**
 * A clock of a family, as it stands at the moment it is read. It keeps the limit it was started with, so that a
 * changed table of timescales moves no date that is already running.
 *
 * @param id           its number
 * @param family       reference of the family
 * @param person       person id; null: about the whole family
 * @param processInstance id of the process instance that runs it
 * @param name         for example {@code referral.decide}
 * @param title        what it is in words
 * @param amount       how many units it allows
 * @param unit         what is counted
 * @param remindBefore working days before the due date on which a reminder goes out; null: none
 * @param reference    number of the timescale, for example {@code T-05}; null: none
 * @param source       where the limit comes from, in words
 * @param status       how far the limit may be relied on
 * @param startedOn    the day it counts from
 * @param dueOn        the last day of the limit
 * @param dueAt        the moment it runs out
 * @param lateRole     the role told when it runs out; null: the diagram says
 * @param metAt        when what it waits for was done; null: not yet
 * @param stoppedAt    when it was stopped without being met; null: it was not
 * @param stopReason   why it was stopped; null: it was not
 * @param lateReason   why it is late, in somebody's words; null: nobody has said
 * @param lateReasonBy the username of who said so; null: nobody has
 * @param movedFrom    the due date before it was last counted again; null: it never was
 * @param movedWhy     why it was, in words; null: it never was
 * @param version      changes with every change
 * @param state        where it stands now; computed, never stored
 */
public record Clock(long id, String family, Long person, String processInstance, String name, String title,
        int amount, Unit unit, Integer remindBefore, String reference, String source, Status status,
        LocalDate startedOn, LocalDate dueOn, Instant dueAt, String lateRole, Instant metAt, Instant stoppedAt,
        String stopReason, String lateReason, String lateReasonBy, LocalDate movedFrom,
        String movedWhy, int version, State state) {

    /** Where a clock stands. The code is what the HTTP API shows. */
    public enum State {
        /** Not yet met, and there is time. */
        RUNNING("running"),
        /** What it waits for was done; {@link Clock#metLate()} says whether in time. */
        MET("met"),
        /** Time has run out and it is not met. */
        LATE("late"),
        /** Ended without being met, because it no longer mattered. */
        STOPPED("stopped");

        private final String code;

        State(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    private static final Set<String> RED_FLAGS = Set.of("referral.red-flag", "referral.strategy");

    /** SQL: whether the family whose reference is in {@code column} has a red flag on which nobody has acted yet. */
    public static String redFlagOpen(String column) {
        return "exists (select 1 from clock flag where flag.family_ref = " + column + " and flag.met_at is null and flag.stopped_at is null and flag.name in ('"
                + String.join("', '", RED_FLAGS) + "'))";
    }

    /** Whether it runs until somebody acts on a red flag, which is due the same day. */
    public boolean redFlagOpen() {
        return RED_FLAGS.contains(name) && metAt == null && stoppedAt == null;
    }

    /** Whether it was met, but after it had run out. */
    public boolean metLate() {
        return metAt != null && metAt.isAfter(dueAt);
    }
}
