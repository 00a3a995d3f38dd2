package org.thinkfamily.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thinkfamily.ForAny.between;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.thinkfamily.ForAny;

/** What holds for every date, not only for those somebody thought of. */
class WorkingDaysPropertiesTest {

    private static final int TRIES = 1000;
    private static final long FIRST = LocalDate.of(2015, 1, 1).toEpochDay();
    private static final long LAST = LocalDate.of(2045, 12, 31).toEpochDay();

    private final WorkingDays dayZero = new WorkingDays(Map::of, 0);
    private final WorkingDays dayOne = new WorkingDays(Map::of, 1);

    private static LocalDate date(RandomGenerator random) {
        return LocalDate.ofEpochDay(random.nextLong(FIRST, LAST + 1));
    }

    @Test
    void aLimitInWorkingDaysEndsOnAWorkingDay() {
        ForAny.of(TRIES, random -> {
            LocalDate start = date(random);
            int n = between(random, 1, 90);
            assertThat(dayZero.isWorkingDay(dayZero.due(start, n, Unit.WORKING_DAYS))).as("%d from %s", n, start).isTrue();
            assertThat(dayOne.isWorkingDay(dayOne.due(start, n, Unit.WORKING_DAYS))).as("%d from %s", n, start).isTrue();
        });
    }

    @Test
    void betweenUndoesPlus() {
        ForAny.of(TRIES, random -> {
            LocalDate start = date(random);
            int n = between(random, 0, 90);
            assertThat(dayZero.between(start, dayZero.plus(start, n))).as("%d from %s", n, start).isEqualTo(n);
            assertThat(dayZero.between(dayZero.plus(start, n), start)).as("%d from %s", n, start).isEqualTo(-n);
        });
    }

    @Test
    void limitsAddUp() {
        ForAny.of(TRIES, random -> {
            LocalDate start = date(random);
            int a = between(random, 0, 40);
            int b = between(random, 0, 40);
            assertThat(dayZero.plus(dayZero.plus(start, a), b)).as("%d and %d from %s", a, b, start).isEqualTo(dayZero.plus(start, a + b));
        });
    }

    @Test
    void aLaterStartIsNeverDueEarlier() {
        ForAny.of(TRIES, random -> {
            LocalDate start = date(random);
            int n = between(random, 0, 60);
            int later = between(random, 0, 10);
            Unit unit = ForAny.one(random, Unit.WORKING_DAYS, Unit.DAYS, Unit.WEEKS, Unit.MONTHS);
            assertThat(dayZero.due(start.plusDays(later), n, unit)).as("%d %s from %s, and %d days later", n, unit, start, later).isAfterOrEqualTo(dayZero.due(start, n, unit));
        });
    }

    @Test
    void dayOneIsNeverLaterAndOnAWorkingDayOneEarlier() {
        ForAny.of(TRIES, random -> {
            LocalDate start = date(random);
            int n = between(random, 1, 60);
            LocalDate zero = dayZero.due(start, n, Unit.WORKING_DAYS);
            LocalDate one = dayOne.due(start, n, Unit.WORKING_DAYS);
            assertThat(dayZero.between(one, zero)).as("%d from %s", n, start).isEqualTo(dayZero.isWorkingDay(start) ? 1 : 0);
        });
    }

    @Test
    void monthsAreAMaximumAndEndOnAWorkingDay() {
        ForAny.of(TRIES, random -> {
            LocalDate start = date(random);
            int months = between(random, 1, 24);
            LocalDate due = dayZero.due(start, months, Unit.MONTHS);
            assertThat(dayZero.isWorkingDay(due)).as("%d months from %s", months, start).isTrue();
            assertThat(due).isBeforeOrEqualTo(start.plusMonths(months)).isAfter(start.plusMonths(months).minusDays(6));
        });
    }

    /** Not by chance: each day there is, with those on which the clocks change. */
    @Test
    void theEndOfADayIsMidnightInLondon() {
        for (LocalDate day = LocalDate.ofEpochDay(FIRST); day.toEpochDay() <= LAST; day = day.plusDays(1)) {
            var end = WorkingDays.endOf(day).atZone(WorkingDays.LONDON);
            assertThat(end.toLocalTime()).isEqualTo(LocalTime.MIDNIGHT);
            assertThat(WorkingDays.dayOf(end.toInstant().minusNanos(1))).isEqualTo(day);
            assertThat(Duration.between(day.atStartOfDay(WorkingDays.LONDON), end).toHours()).isBetween(23L, 25L);
        }
    }
}
