package org.thinkfamily.overview;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.family.FamilyQuestions;

/** Facts about people as people read them. */
@Component
public class FactWords {

    private static final Set<String> TEXT = Set.of("firstName", "lastName", "firstLanguage", "childId", "upn", "nhsNumber", "address");

    private final FamilyQuestions questions;
    private final MessageSource messages;

    FactWords(FamilyQuestions questions, MessageSource messages) {
        this.questions = questions;
        this.messages = messages;
    }

    /** The name of a fact. */
    public String name(String fact) {
        return messages.getMessage("person.fact." + fact, null, fact, Locale.UK);
    }

    /** Codes in words, dates as people write them, what is text as it stands; null for null. */
    public String value(String fact, String value) {
        if (value == null || TEXT.contains(fact)) {
            return value;
        }
        if (fact.equals("gpPractice") || fact.equals("school")) {
            return questions.place(value);
        }
        try {
            return Dates.day(LocalDate.parse(value));
        } catch (DateTimeParseException code) {
            return Arrays.stream(value.split(",")).map(each -> messages.getMessage("person." + fact + "." + each, null, each, Locale.UK)).collect(Collectors.joining(", "));
        }
    }
}
