package org.thinkfamily.family;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody typed into the search box, read in every way it can be meant.
 *
 * @param date null when it is no date
 * @param number null when it is no ten-digit number
 */
record SearchTerm(String text, LocalDate date, String number) {

    private static final Pattern DAY_FIRST = Pattern.compile("(\\d{1,2})[/. -](\\d{1,2})[/. -](\\d{4})");
    private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");

    static SearchTerm of(String typed) {
        String text = typed == null ? "" : typed.strip();
        String digits = text.replaceAll("[ -]", "");
        return new SearchTerm(text, date(text), digits.matches("\\d{10}") ? digits : null);
    }

    private static LocalDate date(String text) {
        Matcher day = DAY_FIRST.matcher(text);
        Matcher year = YEAR_FIRST.matcher(text);
        try {
            if (day.matches()) {
                return LocalDate.of(Integer.parseInt(day.group(3)), Integer.parseInt(day.group(2)), Integer.parseInt(day.group(1)));
            }
            if (year.matches()) {
                return LocalDate.of(Integer.parseInt(year.group(1)), Integer.parseInt(year.group(2)), Integer.parseInt(year.group(3)));
            }
        } catch (DateTimeException notADate) {
            return null;
        }
        return null;
    }
}
