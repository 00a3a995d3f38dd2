package org.thinkfamily.sharing;

import java.time.LocalDate;

/**
 * Where one consent of a person stands, as it was said.
 *
 * @param kind {@code service}, {@code treatment} or {@code sharing}
 * @param state {@code not-sought}, {@code sought}, {@code given}, {@code refused}, {@code withdrawn}, {@code lacks-capacity}, {@code not-needed} or {@code overridden}
 * @param recipient to whom agreement to sharing speaks, as in {@link Sharing}; null: to anybody, and always for the other kinds
 * @param scope to what exactly, in words
 * @param reason why, or null
 * @param gillick whether a child under 16 makes this one decision themselves: {@code yes}, {@code no}, {@code not-asked}
 * @param until the last day on which it holds, or null
 * @param source a code of the form; {@code sourceWho}: who or which document, or null
 * @param saidBy name of who wrote it down
 */
public record Consent(long id, long person, String kind, String recipient, String state, String scope, String reason, String gillick, LocalDate since, LocalDate until, String source, String sourceWho,
        String saidBy, LocalDate saidOn, String family, long entry) {

    /** How it stands on a day: what was given until an earlier day is {@code expired}. */
    public String stateOn(LocalDate day) {
        return state.equals("given") && until != null && until.isBefore(day) ? "expired" : state;
    }

    /** Whether nothing may rest on it. */
    public boolean goneOn(LocalDate day) {
        return switch (stateOn(day)) {
            case "refused", "withdrawn", "expired" -> true;
            default -> false;
        };
    }
}
