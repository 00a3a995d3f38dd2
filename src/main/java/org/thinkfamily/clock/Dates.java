package org.thinkfamily.clock;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Days and moments in words, as people in England read them. Pages say {@code @dates.day(…)} and {@code @dates.ahead(…)} and {@code @dates.moment(…)}. */
@Component
public class Dates {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.UK);
    private static final DateTimeFormatter TYPED = DateTimeFormatter.ofPattern("d/M/uuuu", Locale.UK).withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.UK);

    private final Clock time;
    private final WorkingDays workingDays;
    private final MessageSource messages;

    Dates(Clock time, WorkingDays workingDays, MessageSource messages) {
        this.time = time;
        this.workingDays = workingDays;
        this.messages = messages;
    }

    /** A day that people plan for (U48): one still to come with the working days left, "4 December 2026 (5 working days)"; one that has passed alone. */
    public String ahead(LocalDate day) {
        LocalDate today = WorkingDays.dayOf(time.instant());
        if (day.isBefore(today)) {
            return day(day);
        }
        int days = workingDays.between(today, day);
        return messages.getMessage(day.equals(today) ? "clock.day.today" : days == 0 ? "clock.day.near" : "clock.day.ahead", new Object[] {day(day), days}, Locale.UK);
    }

    /** A day that somebody typed into one box: "3/12/2026", "3 12 2026", "3.12.2026" or "2026-12-03"; empty when it is none. */
    public static Optional<LocalDate> typed(String text) {
        String day = text.strip();
        try {
            return Optional.of(day.matches("\\d{4}-.*") ? LocalDate.parse(day) : LocalDate.parse(day.replaceAll("[ .-]+", "/"), TYPED));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }

    /** For example "3 March 2026". */
    public static String day(LocalDate day) {
        return DAY.format(day);
    }

    /** The day it is in Europe/London at that moment. */
    public static String day(Instant moment) {
        return day(WorkingDays.dayOf(moment));
    }

    /** For example "3 March 2026, 14:30", in Europe/London. */
    public static String moment(Instant moment) {
        return MOMENT.format(moment.atZone(WorkingDays.LONDON));
    }
}
