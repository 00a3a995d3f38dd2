package org.thinkfamily.forms;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.thinkfamily.forms.Component.Type;

/**
 * Answers to read: filed ones, for print, or to check before signing. For {@code templates/forms/answers.html}.
 *
 * @param blocks in the order of the form
 */
public record AnswersView(List<Block> blocks) {

    /**
     * Questions that stand together.
     *
     * @param heading of a group, a list or a row; null for questions outside groups
     * @param card whether it is a row of a list, shown as a card
     * @param person id of the person a row is about; null otherwise
     * @param empty whether it is a list to which nothing was added
     */
    public record Block(String heading, boolean card, Long person, List<Line> lines, boolean empty) {
    }

    /**
     * A question with its answer.
     *
     * @param key of the answer
     * @param answers one text each choice of a checklist, else one text; line breaks are kept. Says "Not answered" when blank
     * @param blank whether it was left blank
     * @param restricted whether some readers may not see it
     * @param field id of the element on the form's page, for "Change"
     * @param summary the part of the family's one-page summary in which the answer stands: {@code worry, plan, contact, do-not}; null when in none
     * @param copied whose answer it is a copy of, as long as nobody has said that it is right; null otherwise
     * @param choice whether the answer is one or several choices, which say little without the question
     * @param item what of the table "who sees what" the answer is when it is shared: its restriction, or what the form says; null for nothing that can be shared by name
     */
    public record Line(String key, String question, List<String> answers, boolean blank, boolean restricted, String field, String summary, Copied copied, boolean choice, String item) {

        /** The answer, line by line. */
        public List<String> texts() {
            return List.of(String.join("\n", answers).split("\n", -1));
        }
    }

    /** Which answer is a copy: the list, the question in it, and the person it is about; outside lists the list is empty and the person is whose answer it was; {@code text} says it in words. */
    public record Copied(String list, String question, long person, String text) {
    }

    /**
     * The answers to the questions that are shown for them.
     *
     * @param answers as {@link CheckedForm#answers()} gave them, or older: an answer the form no longer accepts is shown as it is
     * @param mayRead whether the reader may see questions with this {@code restricted} value; what they may not see is absent
     */
    public static AnswersView of(Form form, Map<String, ?> answers, FormContext context, Predicate<String> mayRead) {
        // Whether a question was asked may not tell how a restricted one was answered.
        Writing writing = new Writing(Filled.of(form, Answers.readable(form, answers, mayRead), context), mayRead, new ArrayList<>());
        writing.write(null, form.components());
        return new AnswersView(List.copyOf(writing.blocks));
    }

    /** The same without the questions that were left blank. */
    public AnswersView answered() {
        return new AnswersView(blocks.stream().map(block -> new Block(block.heading(), block.card(), block.person(), block.lines().stream().filter(line -> !line.blank()).toList(), false))
                .filter(block -> !block.lines().isEmpty()).toList());
    }

    /** The fields whose answers are not as they were before, those of questions that were not there included. */
    public Set<String> changedFrom(AnswersView before) {
        Map<String, List<String>> was = before.blocks.stream().flatMap(block -> block.lines().stream()).collect(Collectors.toMap(Line::field, Line::answers, (first, same) -> first));
        return blocks.stream().flatMap(block -> block.lines().stream()).filter(line -> !line.answers().equals(was.get(line.field()))).map(Line::field).collect(Collectors.toSet());
    }

    private record Writing(Filled filled, Predicate<String> mayRead, List<Block> blocks) {

        void write(String heading, List<Component> components) {
            List<Line> lines = null;
            for (Component component : readable(components, null)) {
                if (component.type() == Type.GROUP) {
                    write(component.label(), component.components());
                    lines = null;
                } else if (component.type() == Type.LIST) {
                    list(component);
                    lines = null;
                } else {
                    lines = lines == null ? block(heading, false, null, false) : lines;
                    lines.add(line(component, null));
                }
            }
        }

        private void list(Component list) {
            if (!list.label().isEmpty()) {
                block(list.label(), false, null, filled.rows(list).stream().noneMatch(Row::sent));
            }
            for (Row row : filled.rows(list)) {
                if (row.sent()) {
                    Long person = Filled.personId(row.raw().get("person"));
                    String heading = row.known() != null ? row.known().heading()
                            : person != null ? Words.say("forms.personUnknown", String.valueOf(person)) : row.name();
                    List<Line> lines = block(heading, true, person, false);
                    if (row.leftOut()) {
                        lines.add(new Line(Row.LEFT_OUT, Words.say("forms.leftOut"), List.of(row.reason()), false, false, row.id() + "-" + Row.LEFT_OUT, null, null, false, null));
                        continue;
                    }
                    readable(list.components(), row).forEach(question -> lines.add(line(question, row)));
                }
            }
        }

        private List<Line> block(String heading, boolean card, Long person, boolean empty) {
            List<Line> lines = new ArrayList<>();
            blocks.add(new Block(heading, card, person, lines, empty));
            return lines;
        }

        /** What is shown and may be read, in order; groups in rows and groups without a title are replaced by what they hold. */
        private List<Component> readable(List<Component> components, Row row) {
            List<Component> found = new ArrayList<>();
            for (Component component : components) {
                if (component.type() == Type.TEXT || filled.isHidden(component, row)
                        || !component.property("restricted").map(mayRead::test).orElse(true) || !accompanied(component)) {
                    continue;
                }
                if (component.type() == Type.GROUP && (row != null || component.label().isEmpty())) {
                    found.addAll(readable(component.components(), row));
                } else {
                    found.add(component);
                }
            }
            return found;
        }

        /** What says little or too much alone, such as a diagnosis, is absent where what it means is not there to read beside it (S-197). */
        private boolean accompanied(Component component) {
            return component.property("with").stream().flatMap(keys -> Stream.of(keys.split(","))).allMatch(key -> filled.form.question(key)
                    .filter(beside -> beside.property("restricted").map(mayRead::test).orElse(true)).map(beside -> filled.cell(beside, null).value()).filter(value -> !value.equals("")).isPresent());
        }

        private Line line(Component question, Row row) {
            Object value = filled.cell(question, row).value();
            Object raw = filled.rawOf(question, row);
            Object shown = value != null ? value : raw;
            boolean blank = shown == null || shown.equals("") || shown instanceof List<?> list && list.isEmpty();
            return new Line(question.key(), question.label(),
                    blank ? List.of(Words.say("forms.notAnswered")) : Shown.lines(question, shown, filled.context), blank,
                    question.properties().containsKey("restricted"), Filled.id(question, row), blank ? null : summary(question, shown), copied(question, row),
                    question.type().hasOptions(), question.property("restricted").or(() -> question.property("item")).orElse(null));
        }

        private Copied copied(Component question, Row row) {
            KnownRow from = filled.copiedFrom(question, row);
            String text = from == null ? null : Words.say("forms.copied.unconfirmed", from.name());
            if (from != null && row == null) {
                return new Copied("", question.key(), from.person(), text);
            }
            return from == null || row.known() == null ? null
                    : new Copied(row.list().key(), question.key(), row.known().person(), text);
        }

        /** {@code plan}, or for a choice {@code do-not:unsafe,no}: only when one of these is the answer. */
        private static String summary(Component question, Object answer) {
            String property = question.properties().get("summary");
            int codes = property == null ? -1 : property.indexOf(':');
            if (codes < 0) {
                return property;
            }
            List<String> wanted = List.of(property.substring(codes + 1).split(","));
            boolean chosen = answer instanceof List<?> several ? several.stream().anyMatch(wanted::contains) : wanted.contains(String.valueOf(answer));
            return chosen ? property.substring(0, codes) : null;
        }
    }
}
