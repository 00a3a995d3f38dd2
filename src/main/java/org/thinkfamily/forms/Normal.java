package org.thinkfamily.forms;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.thinkfamily.forms.Component.Rules;
import org.thinkfamily.forms.Component.Type;
import org.thinkfamily.web.CleanText;

/**
 * One answer in its one form, or what is wrong with it.
 *
 * @param value null when blank or wrong
 * @param error null when right; the path says which element of a list is meant, for example {@code /2}
 */
record Normal(Object value, String error, String path) {

    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2199;
    private static final int OLDEST = 120;
    private static final int YOUNGEST_PARENT = 10;
    /** Above 18, so that a child who grows up while the family is known does not stop the next screening. */
    private static final int GROWN_UP = 25;
    private static final int DIGITS = 15;
    private static final int LONGEST_EVER = 500_000;
    private static final int PATTERN_STEPS = 200_000;

    private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})");
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@.]+");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9() .-]{6,25}");
    private static final Normal BLANK = new Normal(null, null, "");

    static Normal of(Component question, Object raw, FormContext context) {
        if (raw == null) {
            return question.type() == Type.CHECKBOX ? right(false) : BLANK;
        }
        return switch (question.type()) {
            case TEXTFIELD, TEXTAREA -> text(question, raw);
            case NUMBER -> number(question, raw);
            case DATE -> date(question, raw, context.today());
            case CHECKBOX -> raw instanceof Boolean ? right(raw) : wrong(question, "forms.error.boolean");
            case RADIO, SELECT -> choice(question, raw, context);
            case CHECKLIST -> choices(question, raw, context);
            case TEXT, GROUP, LIST -> throw new IllegalArgumentException("Asks nothing: " + question.id());
        };
    }

    private static Normal right(Object value) {
        return new Normal(value, null, "");
    }

    private static Normal wrong(Component question, String key, Object... values) {
        Object[] all = new Object[values.length + 1];
        String label = question.label();
        all[0] = key.startsWith("forms.error.date") && label.strip().endsWith("?") ? Words.say("forms.answer.to", label) : label;
        System.arraycopy(values, 0, all, 1, values.length);
        return new Normal(null, Words.say(key, all), "");
    }

    private static Normal text(Component question, Object raw) {
        if (!(raw instanceof String typed)) {
            return wrong(question, "forms.error.text");
        }
        Rules rules = question.rules();
        if (typed.length() > Math.max(LONGEST_EVER, rules.maxLength() * 2)) {
            return wrong(question, "forms.error.tooLong", rules.maxLength());
        }
        String value = clean(typed, question.type() == Type.TEXTAREA);
        if (value.isEmpty()) {
            return BLANK;
        }
        if (question.property("check").filter("nhs-number"::equals).isPresent()) {
            String number = value.replaceAll("[\\s\\u2010-\\u2015-]", "");
            return NhsNumber.isValid(number) ? right(number) : wrong(question, "forms.error.nhsNumber");
        }
        if (value.length() > rules.maxLength()) {
            return wrong(question, "forms.error.tooLong", rules.maxLength());
        }
        if (value.length() < rules.minLength()) {
            return wrong(question, "forms.error.tooShort", rules.minLength());
        }
        if ("email".equals(rules.kind()) && !EMAIL.matcher(value).matches()) {
            return wrong(question, "forms.error.email");
        }
        if ("phone".equals(rules.kind()) && !PHONE.matcher(value).matches()) {
            return wrong(question, "forms.error.phone");
        }
        if (rules.pattern() != null && !found(rules.pattern(), value)) {
            return rules.patternMessage() == null ? wrong(question, "forms.error.pattern")
                    : new Normal(null, rules.patternMessage(), "");
        }
        return right(value);
    }

    /** Line ends as {@code \n}, nothing a database cannot keep, no blank around it. */
    static String clean(String text, boolean lines) {
        String typed = CleanText.of(text);
        StringBuilder kept = new StringBuilder(typed.length());
        for (int i = 0; i < typed.length(); i++) {
            char c = typed.charAt(i);
            if (c == '\r') {
                if (i + 1 < typed.length() && typed.charAt(i + 1) == '\n') {
                    continue;
                }
                c = '\n';
            }
            if (c == '\n' || c == '\u2028' || c == '\u2029' || c == '\u0085') {
                kept.append(lines ? '\n' : ' ');
            } else if (c == '\t') {
                kept.append(lines ? '\t' : ' ');
            } else if (Character.isHighSurrogate(c) && i + 1 < typed.length() && Character.isLowSurrogate(typed.charAt(i + 1))) {
                kept.append(c).append(typed.charAt(++i));
            } else if (!Character.isSurrogate(c) && !Character.isISOControl(c) && c != '\uFEFF' && c != '\uFFFE' && c != '\uFFFF') {
                kept.append(c == '\u00A0' ? ' ' : c);
            }
        }
        return kept.toString().strip();
    }

    /** A pattern that backtracks without end must not hold up a person's work: after so many steps it counts as not found. */
    private static boolean found(Pattern pattern, String value) {
        try {
            return pattern.matcher(new Counted(value, new int[1])).find();
        } catch (StepsExhausted | StackOverflowError endless) {
            return false;
        }
    }

    private static final class StepsExhausted extends RuntimeException {

        private static final long serialVersionUID = 1L;

        StepsExhausted() {
            super(null, null, false, false);
        }
    }

    private record Counted(CharSequence text, int[] steps) implements CharSequence {

        @Override
        public char charAt(int index) {
            if (++steps[0] > PATTERN_STEPS) {
                throw new StepsExhausted();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), steps);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    private static Normal number(Component question, Object raw) {
        if (raw instanceof String typed && typed.isBlank()) {
            return BLANK;
        }
        BigDecimal number = decimal(raw);
        if (number == null) {
            return wrong(question, "forms.error.number");
        }
        Rules rules = question.rules();
        // Before any arithmetic: 1e999999999 is short to write and long to add.
        if (number.signum() == 0) {
            number = BigDecimal.ZERO;
        }
        if ((long) number.precision() - number.scale() > DIGITS || number.scale() > DIGITS && number.precision() > DIGITS
                || number.scale() > 2 * DIGITS) {
            return wrong(question, "forms.error.size");
        }
        number = number.stripTrailingZeros();
        if (rules.decimals() != null && number.scale() > rules.decimals()) {
            return rules.decimals() == 0 ? wrong(question, "forms.error.whole")
                    : wrong(question, "forms.error.decimals", rules.decimals());
        }
        boolean low = rules.min() != null && number.compareTo(rules.min()) < 0;
        boolean high = rules.max() != null && number.compareTo(rules.max()) > 0;
        if (low || high) {
            return rules.min() != null && rules.max() != null ? wrong(question, "forms.error.between", rules.min(), rules.max())
                    : low ? wrong(question, "forms.error.min", rules.min()) : wrong(question, "forms.error.max", rules.max());
        }
        return right(number.scale() <= 0 ? (Object) number.longValueExact() : number);
    }

    private static BigDecimal decimal(Object raw) {
        if (raw instanceof BigDecimal decimal) {
            return decimal;
        }
        if (raw instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (raw instanceof Double || raw instanceof Float) {
            double value = ((Number) raw).doubleValue();
            return Double.isFinite(value) ? new BigDecimal(raw.toString()) : null;
        }
        return raw instanceof Number number ? BigDecimal.valueOf(number.longValue()) : null;
    }

    private static Normal date(Component question, Object raw, LocalDate today) {
        if (!(raw instanceof String typed)) {
            return wrong(question, "forms.error.date.text");
        }
        String text = typed.length() > 100 ? typed.substring(0, 100) : typed.strip();
        if (text.isEmpty()) {
            return BLANK;
        }
        Matcher iso = ISO.matcher(text);
        if (!iso.matches()) {
            return unreadable(question, text);
        }
        LocalDate date;
        try {
            date = LocalDate.of(Integer.parseInt(iso.group(1)), Integer.parseInt(iso.group(2)), Integer.parseInt(iso.group(3)));
        } catch (DateTimeException notReal) {
            return wrong(question, "forms.error.date");
        }
        String check = question.property("check").orElse("");
        if (check.startsWith("past-") && date.isAfter(today)) {
            return wrong(question, "forms.error.date.past");
        }
        if (check.equals("past-year") && date.isBefore(today.minusYears(1))) {
            return wrong(question, "forms.error.date.year-ago");
        }
        if (check.endsWith("date-of-birth") && date.isAfter(today)) {
            return wrong(question, "forms.error.date.birth");
        }
        if (check.endsWith("date-of-birth") && date.isBefore(today.minusYears(OLDEST))) {
            return wrong(question, "forms.error.date.old");
        }
        if (check.equals("adult-date-of-birth") && date.isAfter(today.minusYears(YOUNGEST_PARENT))) {
            return wrong(question, "forms.error.date.adult", YOUNGEST_PARENT);
        }
        if (check.equals("child-date-of-birth") && !date.isAfter(today.minusYears(GROWN_UP))) {
            return wrong(question, "forms.error.date.child", GROWN_UP);
        }
        if (check.startsWith("future-") && date.isBefore(today)) {
            return wrong(question, "forms.error.date.future");
        }
        if (check.endsWith("-weekday") && List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY).contains(date.getDayOfWeek())) {
            return wrong(question, "forms.error.date.weekday");
        }
        if (date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR) {
            return wrong(question, "forms.error.date.range", String.valueOf(FIRST_YEAR), String.valueOf(LAST_YEAR));
        }
        return right(date.toString());
    }

    /** Says which box is missing when the text came from three boxes, as {@link PostedForm} keeps it. */
    private static Normal unreadable(Component question, String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3) {
            return text.matches("\\d{5,}-\\d\\d?-\\d\\d?") ? wrong(question, "forms.error.date.year")
                    : wrong(question, "forms.error.date.text");
        }
        List<String> missing = new ArrayList<>();
        String[] names = {"day", "month", "year"};
        for (int i = 0; i < 3; i++) {
            if (parts[i].isBlank()) {
                missing.add(Words.say("forms.date.part." + names[i]));
            }
        }
        if (!missing.isEmpty()) {
            return wrong(question, "forms.error.date.missing", missing.size() == 1 ? missing.get(0)
                    : Words.say("forms.date.part.two", missing.get(0), missing.get(1)));
        }
        return parts[2].strip().matches("\\d+") && parts[2].strip().length() != 4
                ? wrong(question, "forms.error.date.year") : wrong(question, "forms.error.date");
    }

    private static Normal choice(Component question, Object raw, FormContext context) {
        if (!(raw instanceof String code)) {
            return wrong(question, "forms.error.text");
        }
        if (code.isBlank()) {
            return BLANK;
        }
        return context.optionsOf(question).stream().anyMatch(option -> option.value().equals(code)) ? right(code)
                : wrong(question, "forms.error.option");
    }

    private static Normal choices(Component question, Object raw, FormContext context) {
        if (!(raw instanceof List<?> codes)) {
            return wrong(question, "forms.error.list");
        }
        Map<String, String> known = context.optionsOf(question).stream()
                .collect(Collectors.toMap(Option::value, Option::value, (one, other) -> one));
        for (int i = 0; i < codes.size(); i++) {
            Object code = codes.get(i);
            if (!(code instanceof String)) {
                return new Normal(null, Words.say("forms.error.code", question.label()), "/" + i);
            }
            if (!known.containsKey(code)) {
                return new Normal(null, Words.say("forms.error.options", question.label()), "/" + i);
            }
        }
        List<String> chosen = context.optionsOf(question).stream().map(Option::value).filter(codes::contains).toList();
        Optional<String> alone = question.property("alone").filter(chosen::contains);
        if (alone.isPresent() && chosen.size() > 1) {
            return wrong(question, "forms.error.alone", context.optionsOf(question).stream().filter(option -> option.value().equals(alone.get())).findFirst().orElseThrow().text());
        }
        return chosen.isEmpty() ? BLANK : right(chosen);
    }
}
