package org.thinkfamily.clock;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for every date, not only for those somebody thought of. */
class WorkingDaysPropertiesTest {

    private final WorkingDays dayZero = new WorkingDays(Map::of, 0);
    private final WorkingDays dayOne = new WorkingDays(Map::of, 1);

    @Provide
    Arbitrary<LocalDate> dates() {
        return Arbitraries.longs()
                .between(LocalDate.of(2015, 1, 1).toEpochDay(), LocalDate.of(2045, 12, 31).toEpochDay())
                .map(LocalDate::ofEpochDay);
    }

    @Property
    void aLimitInWorkingDaysEndsOnAWorkingDay(@ForAll("dates") LocalDate start, @ForAll @IntRange(min = 1, max = 90) int n) {
        assertThat(dayZero.isWorkingDay(dayZero.due(start, n, Unit.WORKING_DAYS))).isTrue();
        assertThat(dayOne.isWorkingDay(dayOne.due(start, n, Unit.WORKING_DAYS))).isTrue();
    }

    @Property
    void betweenUndoesPlus(@ForAll("dates") LocalDate start, @ForAll @IntRange(min = 0, max = 90) int n) {
        assertThat(dayZero.between(start, dayZero.plus(start, n))).isEqualTo(n);
        assertThat(dayZero.between(dayZero.plus(start, n), start)).isEqualTo(-n);
    }

    @Property
    void limitsAddUp(@ForAll("dates") LocalDate start, @ForAll @IntRange(min = 0, max = 40) int a,
            @ForAll @IntRange(min = 0, max = 40) int b) {
        assertThat(dayZero.plus(dayZero.plus(start, a), b)).isEqualTo(dayZero.plus(start, a + b));
    }

    @Property
    void aLaterStartIsNeverDueEarlier(@ForAll("dates") LocalDate start, @ForAll @IntRange(min = 0, max = 60) int n,
            @ForAll Unit unit, @ForAll @IntRange(min = 0, max = 10) int later) {
        if (unit != Unit.HOURS) {
            assertThat(dayZero.due(start.plusDays(later), n, unit)).isAfterOrEqualTo(dayZero.due(start, n, unit));
        }
    }

    @Property
    void dayOneIsNeverLaterAndOnAWorkingDayOneEarlier(@ForAll("dates") LocalDate start,
            @ForAll @IntRange(min = 1, max = 60) int n) {
        LocalDate zero = dayZero.due(start, n, Unit.WORKING_DAYS);
        LocalDate one = dayOne.due(start, n, Unit.WORKING_DAYS);
        int earlier = dayZero.isWorkingDay(start) ? 1 : 0;
        assertThat(dayZero.between(one, zero)).isEqualTo(earlier);
    }

    @Property
    void monthsAreAMaximumAndEndOnAWorkingDay(@ForAll("dates") LocalDate start,
            @ForAll @IntRange(min = 1, max = 24) int months) {
        LocalDate due = dayZero.due(start, months, Unit.MONTHS);
        assertThat(dayZero.isWorkingDay(due)).isTrue();
        assertThat(due).isBeforeOrEqualTo(start.plusMonths(months)).isAfter(start.plusMonths(months).minusDays(6));
    }

    @Property
    void theEndOfADayIsMidnightInLondon(@ForAll("dates") LocalDate day) {
        var end = WorkingDays.endOf(day).atZone(WorkingDays.LONDON);
        assertThat(end.toLocalTime()).isEqualTo(LocalTime.MIDNIGHT);
        assertThat(WorkingDays.dayOf(end.toInstant().minusNanos(1))).isEqualTo(day);
        assertThat(Duration.between(day.atStartOfDay(WorkingDays.LONDON), end).toHours()).isBetween(23L, 25L);
    }
}
