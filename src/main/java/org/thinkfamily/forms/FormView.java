package org.thinkfamily.forms;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.thinkfamily.clock.Dates;
import org.thinkfamily.forms.Component.Type;
import org.thinkfamily.glossary.Glossary;

/**
 * A form for {@code templates/forms/form.html}: the questions that are shown for the answers so far, and nothing else.
 * Prints blank when the answers are {@link Answers#initial} or empty.
 *
 * @param id the form's id
 * @param questions the questions shown, in order
 * @param problems for the error summary
 * @param asksAgain whether some answer decides which questions follow
 */
public record FormView(String id, List<QuestionView> questions, List<Problem> problems, boolean asksAgain) {

    /** Choices that stand for the whole answer and are set apart from the others in a checklist. */
    private static final Set<String> INSTEAD = Set.of("none", "not-known", "not-asked", "declined");

    /**
     * One component on the page.
     *
     * @param kind {@code text, group, textfield, textarea, number, date, checkbox, checklist, radio, select, list}; {@code told}: stands there to read
     * @param id of the element, or of the fieldset for a date and choices
     * @param label the question as it is shown, with "(optional)"
     * @param html guidance, safe to show as it is
     * @param known what the record knows, to confirm or only to read; null when nothing
     * @param describedBy ids of hint, notes and error; null when there are none
     * @param value as typed
     * @param asksAgain whether a condition depends on the answer
     * @param copy names the same question in the rows of siblings, to copy the answer to; null when it is not for copying
     * @param copied whose answer it is a copy of, until somebody says that it is right; null when it is no copy
     * @param before what was answered last time; null when nothing was
     * @param add text of the button that adds a row; null when rows cannot be added
     * @param advice what a rule says beside the question; null when nothing
     * @param terms words of the field in it that stand here for the first time on the form
     * @param picks the children to pick by ticking; empty when nobody can be left out
     */
    public record QuestionView(String kind, String id, String name, String label, String hint, String html, String known,
            String restricted, String limit, String describedBy, String error, String value, String inputmode, String width,
            List<OptionView> options, DateView date, List<RowView> rows, List<QuestionView> questions, boolean asksAgain,
            String copy, CopiedView copied, BeforeView before, String add, String advice, List<Glossary.Term> terms, List<PickView> picks) {
    }

    /**
     * The last answer.
     *
     * @param id of the element that shows it
     * @param heading who gave it, when
     */
    public record BeforeView(String id, String heading, String text) {
    }

    /**
     * Whose answer a copy is.
     *
     * @param name of the field that says so
     * @param person id of the person it was copied from
     * @param text says it in words
     */
    public record CopiedView(String name, long person, String text) {
    }

    /**
     * A child who can be left out.
     *
     * @param id of the tick box; the box for the reason has {@code reasonId} and {@code reasonName}
     * @param reason why the child is left out, as typed
     */
    public record PickView(String id, String name, String heading, boolean in, String reasonLabel, String reasonId, String reasonName, String reason, String error) {
    }

    /** An answer of a child who is left out: not asked now, and not lost when the child is ticked again. */
    public record KeptView(String name, String value) {
    }

    /** One choice; {@code divider} when an "or" stands before it, {@code exclusive} when it stands for the whole answer; {@code hint}: what a rule says of it, or null. */
    public record OptionView(String id, String value, String text, boolean chosen, boolean divider, boolean exclusive, String hint) {
    }

    /** The three boxes of a date, as typed. */
    public record DateView(String day, String month, String year) {
    }

    /**
     * A row of a list.
     *
     * @param person id of the person it is about; null for a new row
     * @param name how buttons call it
     * @param remove value of the button that removes it; null when it stays
     * @param leftOut whether the child is left out: no question is shown, and {@code kept} goes with the form
     */
    public record RowView(String id, String prefix, Long person, String heading, String name, String remove, List<QuestionView> questions, boolean leftOut, List<KeptView> kept) {
    }

    /**
     * The form with answers as typed.
     *
     * @param answers a draft, what was posted, or {@link Answers#initial}
     * @param problems what the check found; empty for a form nobody has sent yet
     */
    public static FormView of(Form form, Map<String, ?> answers, FormContext context, List<Problem> problems) {
        return of(form, answers, context, problems, null);
    }

    /**
     * What was answered last time, as far as the reader may see it.
     *
     * @param by the name of who filed it
     */
    public record Before(Map<String, ?> answers, String by, LocalDate on) {
    }

    /** The same with the last answer beside each new one (U16). {@code before}: null when there is none. */
    public static FormView of(Form form, Map<String, ?> answers, FormContext context, List<Problem> problems, Before before) {
        Map<String, String> errors = new HashMap<>();
        problems.forEach(problem -> errors.putIfAbsent(problem.field(), problem.message()));
        Drawing drawing = new Drawing(withRows(form, answers, context), errors, before, new HashSet<>());
        boolean asksAgain = form.all().anyMatch(component -> component.type().asks() && (form.decidesConditions(component) || component.properties().containsKey("asksAgain")) || component.type() == Type.LIST && component.leavesOut());
        return new FormView(form.id(), drawing.questions(form.components(), null), List.copyOf(problems), asksAgain);
    }

    /** The form on paper: every question, also those that only some answers lead to, nothing filled in, and rows to write in. */
    public static FormView blank(Form form, FormContext context) {
        Drawing drawing = new Drawing(Filled.blank(form, context), Map.of(), null, new HashSet<>());
        return new FormView(form.id(), drawing.questions(form.components(), null), List.of(), false);
    }

    /** A list that needs rows is never shown without them: blank ones stand there to be filled in. */
    private static Filled withRows(Form form, Map<String, ?> answers, FormContext context) {
        Filled filled = Filled.of(form, answers, context);
        Map<String, Object> more = new HashMap<>();
        for (Component list : form.questions()) {
            if (list.type() == Component.Type.LIST && filled.rows(list).size() < list.atLeast()) {
                List<Object> rows = new ArrayList<>(answers.get(list.key()) instanceof List<?> sent ? sent : List.of());
                while (rows.size() < list.atLeast()) {
                    rows.add(Map.of());
                }
                more.put(list.key(), rows);
            }
        }
        if (more.isEmpty()) {
            return filled;
        }
        Map<String, Object> all = new HashMap<>(answers);
        all.putAll(more);
        return Filled.of(form, all, context);
    }

    private record Drawing(Filled filled, Map<String, String> errors, Before before, Set<String> said) {

        List<QuestionView> questions(List<Component> components, Row row) {
            List<QuestionView> views = new ArrayList<>();
            for (Component component : components) {
                if (!filled.isHidden(component, row)) {
                    views.add(question(component, row));
                }
            }
            return views;
        }

        private QuestionView question(Component component, Row row) {
            Type type = component.type();
            String kind = type.name().toLowerCase(Locale.ROOT);
            String id = component.key() == null ? "q-" + component.id() : row == null ? "q-" + component.key() : row.id() + "-" + component.key();
            if (type == Type.TEXT) {
                return new QuestionView(kind, id, null, null, null, Markdown.html(component.text()), null, null, null, null, null,
                        null, null, null, List.of(), null, List.of(), List.of(), false, null, null, null, null, null, terms(component), List.of());
            }
            if (type == Type.GROUP) {
                return new QuestionView(kind, id, null, component.label(), component.hint(), null, null, null, null, null, null,
                        null, null, null, List.of(), null, List.of(), questions(component.components(), row), false, null, null, null, null, null, terms(component), List.of());
            }
            String error = errors.get(Filled.id(component, row));
            String restricted = component.property("restricted").map(Words::restriction).orElse(null);
            if (type == Type.LIST) {
                List<RowView> rows = filled.rows(component).stream().map(this::row).toList();
                return new QuestionView(kind, id, component.key(), component.label(), component.hint(), null, null, restricted, null,
                        null, error, null, null, null, List.of(), null, rows, List.of(), false, null, null, null, add(component), null, terms(component), picks(component));
            }
            Object raw = filled.rawOf(component, row);
            if (component.isTold()) {
                Object value = filled.cell(component, row).value();
                return new QuestionView("told", id, row.prefix() + component.key(), component.label(), component.hint(), null, value == null ? null : String.join("\n", Shown.lines(component, value, filled.context)),
                        null, null, null, null, typed(raw), null, null, List.of(), null, List.of(), List.of(), false, null, null, null, null, null, terms(component), List.of());
            }
            String name = (row == null ? "" : row.prefix()) + component.key();
            String known = known(component, row);
            String limit = type == Type.TEXTAREA && component.rules().maxLength() != FormReader.TEXTAREA_LENGTH
                    ? Words.say("forms.limit", component.rules().maxLength()) : null;
            BeforeView before = last(component, row, id);
            Advice.Said advice = component.property("advice").map(adviser -> filled.context.advice().apply(adviser, filled.raw)).orElse(Advice.Said.NOTHING);
            String describedBy = Stream.of(before == null ? null : before.id(), component.hint().isEmpty() ? null : id + "-hint", restricted == null ? null : id + "-restricted",
                    known == null ? null : id + "-known", advice.question() == null ? null : id + "-advice", limit == null ? null : id + "-limit", error == null ? null : id + "-error")
                    .filter(Objects::nonNull).collect(Collectors.joining(" "));
            return new QuestionView(kind, id, name, label(component), component.hint(), null, known, restricted, limit,
                    describedBy.isEmpty() ? null : describedBy, error, typed(raw), inputmode(component), width(component),
                    type.hasOptions() ? options(component, id, raw, advice) : List.of(), type == Type.DATE ? date(raw) : null, List.of(),
                    List.of(), filled.form.decidesConditions(component) || component.properties().containsKey("asksAgain"),
                    component.properties().containsKey("copy") && row != null ? row.list().key() + "." + component.key() : null,
                    copied(component, row), before, null, advice.question(), terms(component), List.of());
        }

        /** In a list of people, what was answered about the same person; rows about nobody in particular have no answer before. */
        private BeforeView last(Component question, Row row, String id) {
            if (before == null || row != null && row.known() == null) {
                return null;
            }
            Map<?, ?> answered = row == null ? before.answers() : before.answers().get(row.list().key()) instanceof List<?> rows
                    ? rows.stream().filter(one -> one instanceof Map<?, ?> map && Objects.equals(Filled.personId(map.get("person")), row.known().person()))
                            .map(one -> (Map<?, ?>) one).findFirst().orElse(Map.of()) : Map.of();
            Object value = answered.get(question.key());
            if (value == null || value.equals("") || value instanceof List<?> list && list.isEmpty()) {
                return null;
            }
            return new BeforeView(id + "-before", Words.say("forms.before", before.by(), Dates.day(before.on())), String.join("\n", Shown.lines(question, value, filled.context)));
        }

        private CopiedView copied(Component question, Row row) {
            KnownRow from = filled.copiedFrom(question, row);
            return from == null ? null : new CopiedView((row == null ? "" : row.prefix()) + "copied." + question.key(), from.person(), Words.say("forms.copied.from", from.name()));
        }

        private RowView row(Row row) {
            Component list = row.list();
            boolean stays = row.known() != null || list.isAbout() || !list.rows().addRemove() || filled.rows(list).size() <= list.atLeast();
            String place = Row.placeName(list, row.index());
            return new RowView(row.id(), row.prefix(), row.known() == null ? null : row.known().person(),
                    row.known() == null ? place : row.known().heading(), row.known() == null ? place : row.known().name(),
                    stays ? null : list.key() + "[" + row.index() + "]", row.leftOut() ? List.of() : questions(list.components(), row), row.leftOut(), row.leftOut() ? kept(row) : List.of());
        }

        /** One child alone cannot be left out of what is about the children. */
        private List<PickView> picks(Component list) {
            return !list.leavesOut() || filled.rows(list).size() < 2 ? List.of() : filled.rows(list).stream().map(row -> {
                String reasonId = row.id() + "-" + Row.LEFT_OUT;
                return new PickView(row.id() + "-in", row.prefix() + "in", row.known() == null ? Row.placeName(list, row.index()) : row.known().heading(), !row.leftOut(),
                        Words.say("forms.leftOut.why", row.name()), reasonId, row.prefix() + Row.LEFT_OUT, typed(row.raw().get(Row.LEFT_OUT)), errors.get(reasonId));
            }).toList();
        }

        private static List<KeptView> kept(Row row) {
            return Form.answered(row.list().components()).filter(question -> row.raw().get(question.key()) != null).flatMap(question ->
                    (row.raw().get(question.key()) instanceof List<?> codes ? codes : List.of(row.raw().get(question.key()))).stream()
                            .map(value -> new KeptView(row.prefix() + question.key(), String.valueOf(value)))).toList();
        }

        private static String add(Component list) {
            if (list.isAbout() || !list.rows().addRemove()) {
                return null;
            }
            return list.peopleKind() == null ? Words.say("forms.add", list.label()) : Words.say("forms.add." + list.peopleKind());
        }

        private static String label(Component question) {
            boolean optional = !question.rules().required() && question.type() != Type.CHECKBOX;
            return optional ? Words.say("forms.optional", question.label()) : question.label();
        }

        private String known(Component question, Row row) {
            KnownFact fact = question.property("fact").map(name -> row == null ? filled.context.facts().get(name)
                    : row.known() == null ? null : row.known().facts().get(name)).orElse(null);
            return fact == null ? null : Words.say("forms.known", Shown.text(question, fact.value(), filled.context), fact.source(), Dates.day(fact.on()));
        }

        private List<OptionView> options(Component question, String id, Object raw, Advice.Said advice) {
            List<OptionView> views = new ArrayList<>();
            boolean divided = question.type() != Type.CHECKLIST;
            for (Option option : filled.context.optionsOf(question)) {
                boolean exclusive = question.type() == Type.CHECKLIST && INSTEAD.contains(option.value());
                boolean chosen = raw instanceof List<?> codes ? codes.contains(option.value()) : option.value().equals(raw);
                views.add(new OptionView(views.isEmpty() ? id : id + "-" + (views.size() + 1), option.value(), option.text(), chosen,
                        exclusive && !divided && !views.isEmpty(), exclusive, advice.choices().get(option.value())));
                divided |= exclusive;
            }
            return views;
        }

        /** Guidance, title, question and choices, each word where it is first read. */
        private List<Glossary.Term> terms(Component component) {
            String words = Stream.concat(Stream.of(component.text(), component.label(), component.hint()), component.options().stream().map(Option::text)).collect(Collectors.joining(" / "));
            return Glossary.in(words).stream().filter(term -> said.add(term.id())).toList();
        }

        private static String typed(Object raw) {
            if (raw instanceof BigDecimal number) {
                return number.toString();
            }
            return raw instanceof String || raw instanceof Number || raw instanceof Boolean ? raw.toString() : "";
        }

        private static DateView date(Object raw) {
            String text = raw instanceof String typed ? typed : "";
            try {
                LocalDate date = LocalDate.parse(text);
                return new DateView(String.valueOf(date.getDayOfMonth()), String.valueOf(date.getMonthValue()), String.valueOf(date.getYear()));
            } catch (DateTimeException notWhole) {
                String[] parts = text.split("/", -1);
                return parts.length == 3 ? new DateView(parts[0], parts[1], parts[2]) : new DateView(text, "", "");
            }
        }

        private static String inputmode(Component question) {
            boolean nhs = question.property("check").filter("nhs-number"::equals).isPresent();
            if (nhs || question.type() == Type.NUMBER && Objects.equals(question.rules().decimals(), 0)) {
                return "numeric";
            }
            return question.type() == Type.NUMBER ? "decimal" : "email".equals(question.rules().kind()) ? "email"
                    : "phone".equals(question.rules().kind()) ? "tel" : null;
        }

        private static String width(Component question) {
            boolean nhs = question.property("check").filter("nhs-number"::equals).isPresent();
            return question.type() == Type.NUMBER ? "govuk-input--width-5" : nhs ? "govuk-input--width-10" : null;
        }
    }
}
