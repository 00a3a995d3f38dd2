package org.thinkfamily.forms;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.thinkfamily.clock.Dates;

/** An answer as people read it. */
final class Shown {

    private Shown() {
    }

    /** One line each: the texts of choices instead of codes, dates as "4 December 2026"; a day to come that is no fact of a person with the working days left. */
    static List<String> lines(Component question, Object value, FormContext context) {
        return switch (question.type()) {
            case CHECKBOX -> List.of(Words.say(Boolean.TRUE.equals(value) ? "forms.yes" : "forms.no"));
            case RADIO, SELECT -> List.of(option(question, value, context));
            case CHECKLIST -> value instanceof List<?> codes
                    ? codes.stream().map(code -> option(question, code, context)).toList() : List.of(option(question, value, context));
            case DATE -> List.of(date(value, question.property("fact").isPresent() ? Dates::day : context.day()));
            default -> List.of(question.property("check").filter("nhs-number"::equals).isPresent() ? nhsNumber(String.valueOf(value))
                    : String.valueOf(value));
        };
    }

    static String text(Component question, Object value, FormContext context) {
        return lines(question, value, context).stream().collect(Collectors.joining(", "));
    }

    private static String option(Component question, Object code, FormContext context) {
        return context.optionsOf(question).stream().filter(option -> option.value().equals(String.valueOf(code))).map(Option::text)
                .findFirst().orElse(String.valueOf(code));
    }

    private static String nhsNumber(String digits) {
        return digits.length() == 10 ? digits.substring(0, 3) + " " + digits.substring(3, 6) + " " + digits.substring(6) : digits;
    }

    private static String date(Object value, Function<LocalDate, String> day) {
        try {
            return day.apply(LocalDate.parse(String.valueOf(value)));
        } catch (DateTimeException asTyped) {
            return String.valueOf(value);
        }
    }
}
