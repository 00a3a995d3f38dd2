package org.thinkfamily.forms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thinkfamily.Requirement;

/**
 * What the record holds about a person as a fact is asked once: every form that asks it again names the fact, and shows what is known with its source and date, to
 * confirm. A fact is known by the last word of its name in any form ({@code adult.dateOfBirth}: {@code dateOfBirth}) with the kind of its question, by its list of choices or by
 * its check.
 */
@Requirement("U15")
@DisplayName("A form never asks what the record knows")
class AskedOnceTest {

    /** How a thing is known is asked about each thing. */
    private static final Set<String> EACH_TIME_ANEW = Set.of("source RADIO");
    private static final Set<String> LISTS_OF_FACTS = Set.of("gp-practices", "schools");
    private static final Set<String> CHECKS_OF_FACTS = Set.of("adult-date-of-birth", "child-date-of-birth", "nhs-number");

    static Stream<Form> forms() {
        try (Stream<Path> files = Files.list(Path.of("forms"))) {
            return files.filter(file -> file.toString().endsWith(".form")).sorted().map(AskedOnceTest::read).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Form read(Path file) {
        try {
            return Form.read(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String lastWord(String fact) {
        return fact.substring(fact.lastIndexOf('.') + 1);
    }

    /** What the record owns about people: every fact that some form names, with the kind of its question, without workers and plans of contact, which are not about a person as such. */
    private static Set<String> owned() {
        return forms().flatMap(Form::all).filter(question -> question.property("fact").filter(fact -> !fact.startsWith("worker.") && !fact.startsWith("contact.")).isPresent())
                .map(question -> lastWord(question.property("fact").get()) + " " + question.type()).filter(fact -> !EACH_TIME_ANEW.contains(fact)).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void aQuestionThatAsksForAFactNamesIt(Form form) {
        Set<String> owned = owned();
        List<String> askedAgain = new ArrayList<>();
        form.all().filter(question -> question.key() != null && question.property("fact").isEmpty()).forEach(question -> {
            if (owned.contains(question.key() + " " + question.type()) || question.valuesKey() != null && LISTS_OF_FACTS.contains(question.valuesKey()) || question.property("check").filter(CHECKS_OF_FACTS::contains).isPresent()) {
                askedAgain.add(question.key());
            }
        });
        assertThat(askedAgain).as("%s asks what the record knows", form.id()).isEmpty();
    }

    @Test
    void theTestKnowsTheFactsThatMatter() {
        assertThat(owned()).contains("firstName TEXTFIELD", "dateOfBirth DATE", "nhsNumber TEXTFIELD", "gpPractice SELECT", "school SELECT", "youngCarer RADIO");
    }

    /**
     * Every question outside lists that names a fact, with a value made up for it: the page holds the value, and says where it comes from and since when. Left out are
     * forms that ask first which person they are about: nothing is known of anybody before.
     */
    @ParameterizedTest
    @MethodSource("forms")
    void whatIsKnownIsShownWithSourceAndDate(Form form) {
        List<Component> asked = form.all().filter(question -> form.question(question.key() == null ? "" : question.key()).filter(question::equals).isPresent())
                .filter(question -> question.property("fact").filter(fact -> !fact.startsWith("person.")).isPresent() && List.of(Component.Type.TEXTFIELD, Component.Type.TEXTAREA).contains(question.type())).toList();
        for (Component question : asked) {
            String fact = question.property("fact").orElseThrow();
            String known = question.property("check").isPresent() ? "9990001103" : "Known already";
            FormContext context = new FormContext(Samples.TODAY, Map.of(), Map.of(), Map.of(fact, new KnownFact(known, "screening", LocalDate.of(2026, 3, 3))), Samples.FEEL);
            Map<String, Object> first = Answers.initial(form, context);
            assertThat(first).as("%s: %s", form.id(), question.key()).containsEntry(question.key(), known);
            assertThat(FormView.of(form, first, context, List.of()).toString()).as("%s: %s", form.id(), question.key()).contains("screening", "3 March 2026");
        }
    }
}
