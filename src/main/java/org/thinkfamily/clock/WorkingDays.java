package org.thinkfamily.clock;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The calendar of working days in England and the rules for counting in it.
 *
 * <p>A working day is Monday to Friday, except bank holidays in England and days proclaimed in the table
 * {@code proclaimed_day}. Dates are days in Europe/London.
 */
@Component
public class WorkingDays {

    /** Where every date of the record is counted. */
    public static final ZoneId LONDON = ZoneId.of("Europe/London");

    private final Supplier<Map<LocalDate, Boolean>> proclaimed;
    private final ProclaimedDays days;
    private final int startDay;

    /**
     * @param startDay what the start day counts as: 0 (the default: "within 5 working days" ends on the fifth working
     *                 day after it) or 1 (it is the first of the five, when it is a working day)
     */
    @Autowired
    WorkingDays(ProclaimedDays days, @Value("${thinkfamily.clock.start-day:0}") int startDay) {
        this(days::all, days, startDay);
    }

    WorkingDays(Supplier<Map<LocalDate, Boolean>> proclaimed, int startDay) {
        this(proclaimed, null, startDay);
    }

    private WorkingDays(Supplier<Map<LocalDate, Boolean>> proclaimed, ProclaimedDays days, int startDay) {
        if (startDay != 0 && startDay != 1) {
            throw new IllegalArgumentException(
                    "thinkfamily.clock.start-day must be 0 or 1, and it is " + startDay + ".");
        }
        this.proclaimed = proclaimed;
        this.days = days;
        this.startDay = startDay;
    }

    /** Whether people work on this day. A proclaimed day goes before the rules. */
    public boolean isWorkingDay(LocalDate date) {
        Boolean said = proclaimed.get().get(date);
        if (said != null) {
            return said;
        }
        return date.getDayOfWeek() != DayOfWeek.SATURDAY && date.getDayOfWeek() != DayOfWeek.SUNDAY
                && !BankHolidays.contains(date);
    }

    /**
     * The date that is so many working days after the start, whatever day the start is. Always counts the start as
     * day 0: for a limit use {@link #due}.
     *
     * @param workingDays less than 0 counts back
     */
    public LocalDate plus(LocalDate start, int workingDays) {
        int step = workingDays < 0 ? -1 : 1;
        LocalDate date = start;
        for (int left = Math.abs(workingDays); left > 0; ) {
            date = date.plusDays(step);
            if (isWorkingDay(date)) {
                left--;
            }
        }
        return date;
    }

    /** The last working day on or before the date. */
    public LocalDate onOrBefore(LocalDate date) {
        LocalDate day = date;
        while (!isWorkingDay(day)) {
            day = day.minusDays(1);
        }
        return day;
    }

    /** The first working day on or after the date. */
    public LocalDate onOrAfter(LocalDate date) {
        LocalDate day = date;
        while (!isWorkingDay(day)) {
            day = day.plusDays(1);
        }
        return day;
    }

    /**
     * Working days after {@code from}, up to and including {@code to}. When {@code to} is the earlier, as many less
     * than 0 as there are from it to {@code from}.
     */
    public int between(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            return -between(to, from);
        }
        return (int) from.plusDays(1).datesUntil(to.plusDays(1)).filter(this::isWorkingDay).count();
    }

    /**
     * The last day of a limit that starts on a date. The clock runs out at the {@linkplain #endOf end} of it.
     *
     * <p>Working days follow the start-day setting. Months are calendar months, clamped to the end of the month
     * and then brought back to the last working day on or before: a maximum is never planned past.
     *
     * @param amount less than 0: so long before the start
     * @throws IllegalArgumentException for hours, which are counted from a moment and not from a day
     */
    public LocalDate due(LocalDate start, int amount, Unit unit) {
        return switch (unit) {
            case WORKING_DAYS -> amount > 0 && startDay == 1
                    ? plus(onOrAfter(start), amount - 1)
                    : plus(start, amount);
            case DAYS -> start.plusDays(amount);
            case WEEKS -> start.plusWeeks(amount);
            case MONTHS -> onOrBefore(start.plusMonths(amount));
            case HOURS -> throw new IllegalArgumentException("Hours are counted from a moment, not from a day.");
        };
    }

    /** The moment a limit that ends on this day runs out: the end of the day in Europe/London. */
    public static Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(LONDON).toInstant();
    }

    /** The day it is in Europe/London at a moment. */
    public static LocalDate dayOf(Instant moment) {
        return LocalDate.ofInstant(moment, LONDON);
    }

    /**
     * Adds a day that differs from the rules, or changes it. Clocks already running keep their dates.
     *
     * @param name    what people call it, for example "Coronation of the King"
     * @param working false: nobody works on it; true: it is worked although the rules say otherwise
     */
    public void proclaim(LocalDate day, String name, boolean working) {
        days.put(day, name, working);
    }
}
