package org.thinkfamily.retention;

import java.time.LocalDate;

/**
 * A line of the table "how long records are kept" (information-sharing, section 6).
 *
 * @param countFrom the event from which it counts, such as {@code birth} or {@code closure}
 * @param years how long
 * @param status {@code statute}, {@code guidance}, {@code local default} or {@code unconfirmed}
 */
public record RetentionRule(String id, String title, String countFrom, int years, String source, String status) {

    /** The first day on which it no longer keeps; null when the event is not known or has not happened. */
    LocalDate until(LocalDate event) {
        return event == null ? null : event.plusYears(years);
    }
}
