package org.thinkfamily.clock;

import org.springframework.context.MessageSourceResolvable;

import java.time.LocalDate;

/**
 * A due date in both forms people ask for: "due 4 December 2026 (5 working days)".
 *
 * <p>In a template: {@code #{${due.key}(${due.date}, ${due.days})}}. In Java: {@code messages.getMessage(due, locale)}.
 *
 * @param on    the due date
 * @param today the day it is, in Europe/London
 * @param days  working days left, or overdue when {@link #overdue()}; 0 or more
 */
public record Due(LocalDate on, LocalDate today, int days) implements MessageSourceResolvable {


    /** A due date as it stands on a day. */
    public static Due of(LocalDate on, LocalDate today, WorkingDays workingDays) {
        return new Due(on, today, Math.abs(workingDays.between(today, on)));
    }

    /** Whether the day has passed. */
    public boolean overdue() {
        return on.isBefore(today);
    }

    /** The key in {@code messages/clock.properties}; its arguments are {@link #date()} and {@link #days()}. */
    public String key() {
        if (on.equals(today)) {
            return "clock.due.today";
        }
        // No working day lies between: a weekend or a bank holiday. "0 working days" would read as due today.
        String near = days == 0 ? ".near" : "";
        return (overdue() ? "clock.due.overdue" : "clock.due.ahead") + near;
    }

    /** The due date in words, for example "4 December 2026". */
    public String date() {
        return Dates.day(on);
    }

    @Override
    public String[] getCodes() {
        return new String[] {key()};
    }

    @Override
    public Object[] getArguments() {
        return new Object[] {date(), days};
    }
}
