package org.thinkfamily.forms;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.thinkfamily.clock.Dates;

/**
 * What a form needs to know besides its own text.
 *
 * @param today the date in Europe/London
 * @param options choices by {@code valuesKey}, for example {@code family.children}; an absent key has no choices
 * @param people the people who have rows, by the value of {@code about} or {@code people}: {@code child}, {@code parent}
 * @param facts what is known for questions outside lists, by the value of {@code fact}, for example {@code adult.gpPractice}
 * @param feel evaluates conditions
 * @param advice what stands beside questions with the property {@code advice}, by its value, for the answers so far
 * @param day how an answer that is a day is said: one that is still to come with the working days left
 */
public record FormContext(LocalDate today, Map<String, List<Option>> options, Map<String, List<KnownRow>> people,
        Map<String, KnownFact> facts, Feel feel, BiFunction<String, Map<?, ?>, Advice.Said> advice, Function<LocalDate, String> day) {

    public FormContext {
        options = Map.copyOf(options);
        people = Map.copyOf(people);
        facts = Map.copyOf(facts);
    }

    /** Without advice. */
    public FormContext(LocalDate today, Map<String, List<Option>> options, Map<String, List<KnownRow>> people, Map<String, KnownFact> facts, Feel feel, Function<LocalDate, String> day) {
        this(today, options, people, facts, feel, (name, answers) -> Advice.Said.NOTHING, day);
    }

    /** Without advice; its days stand alone. */
    public FormContext(LocalDate today, Map<String, List<Option>> options, Map<String, List<KnownRow>> people, Map<String, KnownFact> facts, Feel feel) {
        this(today, options, people, facts, feel, Dates::day);
    }

    /** The same with advice. */
    public FormContext advisedBy(BiFunction<String, Map<?, ?>, Advice.Said> adviser) {
        return new FormContext(today, options, people, facts, feel, adviser, day);
    }

    List<Option> optionsOf(Component question) {
        return question.valuesKey() == null ? question.options() : options.getOrDefault(question.valuesKey(), List.of());
    }

    List<KnownRow> peopleOf(Component list) {
        return list.peopleKind() == null ? List.of() : people.getOrDefault(list.peopleKind(), List.of());
    }

    /** Whom a row may be about: those who have one beforehand, and of babies, who have none, the children they are once they are recorded. */
    List<KnownRow> anyOf(Component list) {
        return "baby".equals(list.peopleKind()) ? people.getOrDefault("child", List.of()) : peopleOf(list);
    }
}
