package org.thinkfamily.forms;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
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
 * @param rows the rows of lists with the property {@code rows}, by its value; absent when they are what was sent
 */
public record FormContext(LocalDate today, Map<String, List<Option>> options, Map<String, List<KnownRow>> people,
        Map<String, KnownFact> facts, Feel feel, BiFunction<String, Map<?, ?>, Advice.Said> advice, Function<LocalDate, String> day,
        Map<String, List<Map<String, Object>>> rows) {

    public FormContext {
        options = Map.copyOf(options);
        people = Map.copyOf(people);
        facts = Map.copyOf(facts);
        rows = Map.copyOf(rows);
    }

    /** Without advice. */
    public FormContext(LocalDate today, Map<String, List<Option>> options, Map<String, List<KnownRow>> people, Map<String, KnownFact> facts, Feel feel, Function<LocalDate, String> day) {
        this(today, options, people, facts, feel, (name, answers) -> Advice.Said.NOTHING, day, Map.of());
    }

    /** Without advice; its days stand alone. */
    public FormContext(LocalDate today, Map<String, List<Option>> options, Map<String, List<KnownRow>> people, Map<String, KnownFact> facts, Feel feel) {
        this(today, options, people, facts, feel, Dates::day);
    }

    /** The same with advice. */
    public FormContext advisedBy(BiFunction<String, Map<?, ?>, Advice.Said> adviser) {
        return new FormContext(today, options, people, facts, feel, adviser, day, rows);
    }

    /** The same with what features know for lists that are gone through one by one. */
    public FormContext listing(Map<String, List<Map<String, Object>>> known) {
        return new FormContext(today, options, people, facts, feel, advice, day, known);
    }

    /** The same without what is known of people, and with room to write where a feature knows of no row. */
    FormContext onPaper() {
        return new FormContext(today, options, people, Map.of(), feel, advice, day,
                rows.entrySet().stream().filter(known -> !known.getValue().isEmpty()).collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** The rows that a feature knows for a list; null when the list has none of its own, or they are not asked for. */
    List<Map<String, Object>> rowsOf(Component list) {
        return list.property("rows").map(rows::get).orElse(null);
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
