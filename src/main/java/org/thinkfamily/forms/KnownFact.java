package org.thinkfamily.forms;

import java.time.LocalDate;

/**
 * What the record knows already about something a form asks (U15: show it with source and date, to confirm).
 *
 * @param value as the form's answer would be: text, number, boolean, or a date as {@code yyyy-mm-dd}
 * @param source where it comes from in plain words, for example "screening"
 * @param on the day it was recorded
 */
public record KnownFact(Object value, String source, LocalDate on) {
}
