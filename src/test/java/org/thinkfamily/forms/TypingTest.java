package org.thinkfamily.forms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thinkfamily.Requirement;

/**
 * What a worker must type for four children against one. The measure: {@value #TEXT} characters for a text area, {@value #LINE} for a line of text, 8 for a date; a
 * choice is no typing. An answer that can be copied is typed for one child and then copied: one key to open the offer, one tick for each sibling, one key to
 * copy, and one for each sibling to say that it is right. What a child says (restricted to {@code child-view}) is each child's own and counts on neither side. Each
 * choice of a form is tried, so that no branch is left out.
 */
@Requirement("U01")
class TypingTest {

    private static final int TEXT = 200;
    private static final int LINE = 30;
    private static final int MOST_CHOICES = 5;
    /** Almost all of it is what each child was seen to do and heard to say: nobody may write it once for all of them. */
    private static final Set<String> EACH_CHILDS_OWN_WORDS = Set.of("assessment-child-views", "hospital-look-at-children", "joint-plan-review");

    static Stream<String> forms() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("forms"))) {
            return files.filter(file -> file.toString().endsWith(".form")).map(TypingTest::read)
                    .filter(form -> form.questions().stream().anyMatch(list -> list.property("about").filter("child"::equals).isPresent()))
                    .map(Form::id).filter(id -> !EACH_CHILDS_OWN_WORDS.contains(id)).sorted().toList().stream();
        }
    }

    private static Form read(Path file) {
        try {
            return Form.read(Files.readString(file));
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void fourChildrenTakeAtMostAQuarterMoreThanOne(String id) {
        Form form = read(Path.of("forms", id + ".form"));
        for (int choice = 0; choice < MOST_CHOICES; choice++) {
            int one = keys(form, family(1), choice);
            int four = keys(form, family(4), choice);
            assertThat((double) four).as("%s with choice %d: %d keys for one child, %d for four", id, choice, one, four).isLessThanOrEqualTo(1.25 * one);
        }
    }

    private static FormContext family(int children) {
        List<KnownRow> rows = IntStream.rangeClosed(1, children).mapToObj(n -> new KnownRow(n, "Child " + n, "Child " + n + ", 7", Map.of())).toList();
        return new FormContext(Samples.TODAY, Map.of("family.children", rows.stream().map(row -> new Option("" + row.person(), row.name())).toList(),
                "family.adults", List.of(new Option("90", "Rosa Example")), "family.unborn", List.of(new Option("91", "Unborn baby"))),
                Map.of("child", rows, "parent", List.of(new KnownRow(90, "Rosa Example", "Rosa Example, mother", Map.of()))), Map.of(), Samples.FEEL);
    }

    /** Answers every question that is asked until the form takes it, and counts what that took. */
    private static int keys(Form form, FormContext context, int choice) {
        Map<String, Object> answers = Answers.initial(form, context);
        for (int round = 0; round < 20; round++) {
            if (!answer(FormView.of(form, answers, context, List.of()).questions(), answers, choice)) {
                break;
            }
        }
        List<Integer> counted = new ArrayList<>();
        count(FormView.of(form, answers, context, List.of()).questions(), 0, counted);
        assertThat(FormCheck.check(form, answers, context).problems()).as(form.id()).allMatch(problem -> problem.message().contains("working day") || problem.message().contains("date")
                || problem.message().contains("Date"));
        return counted.stream().mapToInt(Integer::intValue).sum();
    }

    private static boolean answer(List<FormView.QuestionView> questions, Map<String, Object> answers, int choice) {
        boolean more = false;
        for (FormView.QuestionView question : questions) {
            switch (question.kind()) {
                case "text" -> { }
                case "group" -> more |= answer(question.questions(), answers, choice);
                case "list" -> more |= rows(question, answers, choice);
                default -> {
                    String key = question.name().substring(question.name().lastIndexOf('.') + 1);
                    if (!answers.containsKey(key)) {
                        answers.put(key, value(question, choice));
                        more = true;
                    }
                }
            }
        }
        return more;
    }

    @SuppressWarnings("unchecked")
    private static boolean rows(FormView.QuestionView list, Map<String, Object> answers, int choice) {
        boolean more = false;
        List<Object> rows = new ArrayList<>();
        List<Object> given = answers.get(list.name()) instanceof List<?> all ? (List<Object>) all : List.of();
        for (int i = 0; i < list.rows().size(); i++) {
            Map<String, Object> row = new LinkedHashMap<>(i < given.size() ? (Map<String, Object>) given.get(i) : Map.of());
            if (list.rows().get(i).person() != null) {
                row.put("person", list.rows().get(i).person());
            }
            more |= answer(list.rows().get(i).questions(), row, choice);
            rows.add(row);
        }
        answers.put(list.name(), rows);
        return more;
    }

    private static Object value(FormView.QuestionView question, int choice) {
        return switch (question.kind()) {
            case "textarea", "textfield" -> "Something seen.";
            case "number" -> 1;
            case "date" -> Samples.TODAY.toString();
            case "checkbox" -> true;
            case "checklist" -> List.of(question.options().get(Math.min(choice, question.options().size() - 1)).value());
            default -> question.options().isEmpty() ? "" : question.options().get(Math.min(choice, question.options().size() - 1)).value();
        };
    }

    private static void count(List<FormView.QuestionView> questions, int row, List<Integer> counted) {
        for (FormView.QuestionView question : questions) {
            if (question.restricted() != null && question.restricted().equals(Words.restriction("child-view"))) {
                continue;
            }
            switch (question.kind()) {
                case "text" -> { }
                case "group" -> count(question.questions(), row, counted);
                case "list" -> {
                    for (int i = 0; i < question.rows().size(); i++) {
                        count(question.rows().get(i).questions(), i, counted);
                    }
                }
                // Copied: a tick for this sibling and a key to say that it is right; opening and copying once, counted with the first sibling.
                case "textarea" -> counted.add(question.copy() != null && row > 0 ? row == 1 ? 4 : 2 : TEXT);
                case "textfield" -> counted.add(LINE);
                case "date" -> counted.add(8);
                default -> { }
            }
        }
    }
}
