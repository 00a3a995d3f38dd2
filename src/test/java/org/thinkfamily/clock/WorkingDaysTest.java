package org.thinkfamily.clock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WorkingDaysTest {

    private final WorkingDays england = new WorkingDays(Map::of, 0);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2022 | 01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
        "2023 | 01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
        "2024 | 01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
        "2025 | 01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
        "2026 | 01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
        "2027 | 01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
        "2028 | 01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
        "2029 | 01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
        "2030 | 01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26"
    })
    void weekdaysOffAreTheBankHolidaysOfEngland(int year, String expected) {
        Set<LocalDate> listed = Stream.of(expected.split(" ")).map(day -> LocalDate.parse(year + "-" + day))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<LocalDate> off = LocalDate.of(year, 1, 1).datesUntil(LocalDate.of(year + 1, 1, 1))
                .filter(day -> day.getDayOfWeek().getValue() < 6).filter(day -> !england.isWorkingDay(day))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(off).isEqualTo(listed);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-04-02, 1, 2026-04-07", "2026-03-27, 15, 2026-04-21", "2025-12-22, 10, 2026-01-08",
        "2025-12-24, 20, 2026-01-26", "2024-12-20, 15, 2025-01-15", "2026-08-28, 45, 2026-11-02",
        "2026-11-21, 1, 2026-11-23", "2026-11-22, 0, 2026-11-22", "2027-01-14, -10, 2026-12-30"
    })
    void startDayIsDayZero(LocalDate start, int amount, LocalDate due) {
        assertThat(england.due(start, amount, Unit.WORKING_DAYS)).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-04-02, 1, 2026-04-02", "2026-03-27, 15, 2026-04-20", "2025-12-22, 10, 2026-01-07",
        "2026-11-21, 1, 2026-11-23", "2026-11-21, 2, 2026-11-24", "2026-11-21, 0, 2026-11-21"
    })
    void startDayCanBeDayOne(LocalDate start, int amount, LocalDate due) {
        assertThat(new WorkingDays(Map::of, 1).due(start, amount, Unit.WORKING_DAYS)).isEqualTo(due);
    }

    @Test
    void startDayIsNothingElse() {
        assertThatThrownBy(() -> new WorkingDays(Map::of, 2)).hasMessageContaining("thinkfamily.clock.start-day");
    }

    @Test
    void yearOfTheReturnsHas253WorkingDays() {
        assertThat(england.between(LocalDate.of(2025, 3, 31), LocalDate.of(2026, 3, 31))).isEqualTo(253);
    }

    @ParameterizedTest
    @CsvSource({
        // clamped to the end of February, a Sunday: the Friday before
        "2025-08-31, 6, 2026-02-27",
        // 29 February 2028 is a Tuesday
        "2027-08-31, 6, 2028-02-29",
        // Christmas Day 2026 is a Friday
        "2026-06-25, 6, 2026-12-24",
        // Easter Monday 2026, and the weekend and Good Friday before it
        "2026-01-06, 3, 2026-04-02",
        "2026-11-23, 3, 2027-02-23"
    })
    void monthsAreClampedAndNeverPassed(LocalDate start, int months, LocalDate due) {
        assertThat(england.due(start, months, Unit.MONTHS)).isEqualTo(due);
    }

    @Test
    void weeksAndDaysAreCalendarDays() {
        assertThat(england.due(LocalDate.of(2026, 12, 18), 1, Unit.WEEKS)).isEqualTo("2026-12-25");
        assertThat(england.due(LocalDate.of(2026, 12, 18), 8, Unit.DAYS)).isEqualTo("2026-12-26");
        assertThat(england.due(LocalDate.of(2026, 12, 25), 0, Unit.DAYS)).isEqualTo("2026-12-25");
    }

    @Test
    void hoursAreNotCountedFromADay() {
        assertThatThrownBy(() -> england.due(LocalDate.of(2026, 1, 1), 24, Unit.HOURS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aClockRunsOutAtTheEndOfTheDayInLondonAlsoWhenTheClocksChange() {
        assertThat(WorkingDays.endOf(LocalDate.of(2026, 1, 15))).isEqualTo("2026-01-16T00:00:00Z");
        assertThat(WorkingDays.endOf(LocalDate.of(2026, 7, 15))).isEqualTo("2026-07-15T23:00:00Z");
        // 29 March 2026 has 23 hours, 25 October 2026 has 25
        assertThat(WorkingDays.endOf(LocalDate.of(2026, 3, 28))).isEqualTo("2026-03-29T00:00:00Z");
        assertThat(WorkingDays.endOf(LocalDate.of(2026, 3, 29))).isEqualTo("2026-03-29T23:00:00Z");
        assertThat(WorkingDays.endOf(LocalDate.of(2026, 10, 24))).isEqualTo("2026-10-24T23:00:00Z");
        assertThat(WorkingDays.endOf(LocalDate.of(2026, 10, 25))).isEqualTo("2026-10-26T00:00:00Z");
        assertThat(WorkingDays.dayOf(Instant.parse("2026-07-15T23:00:00Z"))).isEqualTo("2026-07-16");
    }

    @Test
    void aProclaimedDayGoesBeforeTheRules() {
        LocalDate proclaimed = LocalDate.of(2026, 6, 15);
        LocalDate withdrawn = LocalDate.of(2026, 5, 25);
        WorkingDays days = new WorkingDays(() -> Map.of(proclaimed, false, withdrawn, true), 0);
        assertThat(days.isWorkingDay(proclaimed)).isFalse();
        assertThat(days.isWorkingDay(withdrawn)).isTrue();
        assertThat(days.due(LocalDate.of(2026, 6, 12), 1, Unit.WORKING_DAYS)).isEqualTo("2026-06-16");
    }
}
