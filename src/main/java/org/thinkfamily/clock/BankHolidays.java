package org.thinkfamily.clock;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayCalendar;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;

import java.time.LocalDate;
import java.time.Year;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Bank holidays in England by rule; days proclaimed later are in {@link ProclaimedDays}. */
final class BankHolidays {

    private static final HolidayManager UNITED_KINGDOM =
            HolidayManager.getInstance(ManagerParameters.create(HolidayCalendar.UNITED_KINGDOM));

    private static final Map<Integer, Set<LocalDate>> BY_YEAR = new ConcurrentHashMap<>();

    private BankHolidays() {
    }

    static boolean contains(LocalDate date) {
        return of(date.getYear()).contains(date);
    }

    static Set<LocalDate> of(int year) {
        return BY_YEAR.computeIfAbsent(year, y -> UNITED_KINGDOM
                .getHolidays(Year.of(y), HolidayType.PUBLIC_HOLIDAY, "eng").stream()
                .map(Holiday::getDate).collect(Collectors.toUnmodifiableSet()));
    }
}
