package org.thinkfamily.clock;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Days and moments in words, as people in England read them. Pages say {@code @dates.day(…)} and {@code @dates.moment(…)}. */
@Component
public class Dates {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.UK);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.UK);

    Dates() { }

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
