package org.thinkfamily.family;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What somebody typed into the search box, read in every way it can be meant.
 *
 * @param date null when it is no date
 * @param pattern the text inside a LIKE, in which nothing stands for anything else
 * @param words each word of at least two letters
 * @param number null when it is no ten-digit number
 * @param ref of a family; null when it is none
 * @param squeezed letters and digits alone, small, as names are compared without their punctuation; null when there are fewer than three
 * @param place letters and digits in capitals as addresses are kept; null when it is too short to be part of one
 */
record SearchTerm(String text, String pattern, String[] words, LocalDate date, String number, String ref, String squeezed, String place) {

    private static final int LEAST_OF_ADDRESS = 4;
    private static final int LEAST_OF_NAME = 3;
    private static final DateTimeFormatter NAMED = new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern("d [MMMM][MMM] yyyy").toFormatter(Locale.UK);

    private static final Pattern DAY_FIRST = Pattern.compile("(\\d{1,2})[/. -](\\d{1,2})[/. -](\\d{4})");
    private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");

    static SearchTerm of(String typed) {
        String text = typed == null ? "" : typed.strip();
        String digits = text.replaceAll("[ -]", "");
        String[] words = Stream.of(text.split("[^\\p{L}'’]+")).filter(word -> word.length() > 1).toArray(String[]::new);
        String ref = digits.matches("(?i)F?\\d{1,9}") ? "F-" + digits.replaceAll("\\D", "") : null;
        String squeezed = text.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.UK);
        String letters = text.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.UK);
        LocalDate date = date(text);
        return new SearchTerm(text, text.replaceAll("([\\\\%_])", "\\\\$1"), date == null ? words : new String[0], date, digits.matches("\\d{10}") ? digits : null, ref,
                letters.length() < LEAST_OF_NAME ? null : letters, squeezed.length() < LEAST_OF_ADDRESS ? null : squeezed);
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
            return LocalDate.parse(text, NAMED);
        } catch (DateTimeException notADate) {
            return null;
        }
    }
}
