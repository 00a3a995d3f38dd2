package org.thinkfamily.forms;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.thinkfamily.forms.Component.Type;

/** Checks answers against their form. What the form says is law. */
public final class FormCheck {

    private static final int MOST_PROBLEMS = 200;
    private static final Set<String> IMPERATIVES = Set.of(Words.say("forms.imperatives").split(","));
    private static final Set<String> NO_ARTICLE = Set.of(Words.say("forms.noArticle").split(","));
    private static final Pattern WORD = Pattern.compile("[\\s,:;.’']");

    private FormCheck() {
    }

    /**
     * Checks what was sent. Never throws because of what was sent, however odd.
     *
     * @param raw the answers as JSON gives them: text, numbers, booleans, lists and maps
     */
    public static CheckedForm check(Form form, Map<String, ?> raw, FormContext context) {
        Filled filled = Filled.of(form, raw, context);
        List<Problem> problems = new ArrayList<>(filled.strays);
        filled.eachVisible((question, row) -> {
            if (problems.size() < MOST_PROBLEMS) {
                if (question.type() == Type.LIST) {
                    problems.addAll(filled.problemsOf(question));
                    tooFew(filled, question, problems);
                    filled.rows(question).stream().filter(inner -> inner.reasonError() != null)
                            .forEach(inner -> problems.add(new Problem(inner.pointer() + "/" + Row.LEFT_OUT, inner.id() + "-" + Row.LEFT_OUT, inner.reasonError())));
                } else {
                    problem(filled, question, row, problems);
                }
            }
        });
        Map<String, Object> answers = filled.accepted();
        return new CheckedForm(answers, routes(form, answers), List.copyOf(problems));
    }

    /** What somebody said of a person: {@code fact} without the words before its dot, {@code who} those words or empty, {@code person} whose row it stands in, or whom the question called {@code who} chooses, or null. */
    public record Said(String fact, String who, Long person, Object value) { }

    /**
     * Checked answers with what the record finds wrong in what they say of people.
     *
     * @param wrong the message for something said, or null when it may stand
     */
    public static CheckedForm alsoWrong(CheckedForm checked, Form form, Map<String, ?> raw, FormContext context, String fact, Function<Said, String> wrong) {
        if (form.properties("fact").stream().noneMatch(name -> name.substring(name.indexOf('.') + 1).equals(fact))) {
            return checked;
        }
        Filled filled = Filled.of(form, raw, context);
        List<Problem> problems = new ArrayList<>(checked.problems());
        filled.eachVisible((question, row) -> question.property("fact").filter(name -> name.substring(name.indexOf('.') + 1).equals(fact)).ifPresent(name -> {
            Object value = question.type() == Type.LIST ? null : filled.cell(question, row).value();
            int dot = name.indexOf('.');
            String message = value == null ? null : wrong.apply(new Said(fact, dot < 0 ? "" : name.substring(0, dot), row == null ? dot < 0 ? null : chosen(form, raw, name.substring(0, dot))
                    : row.known() == null ? null : row.known().person(), value));
            if (message != null) {
                problems.add(new Problem(row == null ? "/" + question.key() : row.pointer() + "/" + question.key(), Filled.id(question, row), message));
            }
        }));
        return new CheckedForm(checked.answers(), checked.routes(), List.copyOf(problems));
    }

    /** The person of the family whom the question of that name chooses; null when it asks for nobody or nobody is chosen. */
    private static Long chosen(Form form, Map<String, ?> raw, String question) {
        return form.question(question).filter(each -> each.valuesKey() != null && each.valuesKey().startsWith("family.")).map(each -> Filled.personId(raw.get(question))).orElse(null);
    }

    private static void problem(Filled filled, Component question, Row row, List<Problem> problems) {
        Normal cell = filled.cell(question, row);
        String error = cell.error();
        if (error == null && question.rules().required() && (cell.value() == null || Boolean.FALSE.equals(cell.value()))) {
            error = missing(question);
        }
        if (error != null) {
            String pointer = row == null ? "/" + question.key() + cell.path()
                    : row.sent() ? row.pointer() + "/" + question.key() + cell.path() : "/" + row.list().key();
            problems.add(new Problem(pointer, Filled.id(question, row),
                    row == null ? error : Words.say("forms.error.row.of", row.name(), Words.inside(error))));
        }
    }

    private static void tooFew(Filled filled, Component list, List<Problem> problems) {
        if (filled.rows(list).size() < list.atLeast() && filled.problemsOf(list).isEmpty()) {
            String key = list.peopleKind() == null ? "forms.error.rows.few" : "forms.error.rows.few." + list.peopleKind();
            problems.add(new Problem("/" + list.key(), Filled.id(list, null), Words.say(key, list.label(), list.atLeast())));
        }
    }

    /** What to do about a blank answer, in the manner of the GOV.UK Design System. */
    static String missing(Component question) {
        String label = question.label().strip();
        if (question.type() == Type.CHECKBOX) {
            return Words.say("forms.error.confirm", label);
        }
        boolean choose = question.type().hasOptions();
        if (label.endsWith("?")) {
            return Words.say(choose ? "forms.error.choose" : "forms.error.answer", label);
        }
        String first = WORD.split(label, 2)[0].toLowerCase(Locale.UK);
        if (IMPERATIVES.contains(first)) {
            return label.endsWith(".") ? label.substring(0, label.length() - 1) : label;
        }
        String inside = Words.inside(label);
        if (choose) {
            return Words.say("forms.error.select", inside);
        }
        boolean plural = label.endsWith("s") && !label.endsWith("ss");
        if (question.type() == Type.TEXTAREA || plural || NO_ARTICLE.contains(first)) {
            return Words.say("forms.error.enter", inside);
        }
        boolean vowel = "aeio".indexOf(inside.charAt(0)) >= 0 || first.equals("nhs");
        return Words.say(vowel ? "forms.error.enter.an" : "forms.error.enter.a", inside);
    }

    /** The process variables that checked answers become, by key; null for what was not answered. */
    public static Map<String, Object> routes(Form form, Map<String, Object> answers) {
        Map<String, Object> routes = new LinkedHashMap<>();
        for (Component question : form.questions()) {
            if (question.type() == Type.LIST) {
                Form.answered(question.components()).filter(Component::isRoute).forEach(inner -> routes.put(inner.key(), first(inner, answers.get(question.key()))));
            } else if (question.isRoute()) {
                Object value = answers.get(question.key());
                boolean person = question.valuesKey() != null && question.valuesKey().startsWith("family.");
                routes.put(question.key(), person && value != null ? Filled.personId(value) : value);
            }
        }
        return routes;
    }

    /** Of the codes that the form puts in order, the first that a row has. */
    private static String first(Component question, Object rows) {
        Set<Object> given = new HashSet<>();
        if (rows instanceof List<?> list) {
            list.forEach(row -> given.add(((Map<?, ?>) row).get(question.key())));
        }
        return Stream.of(question.properties().get("route").split(",")).filter(given::contains).findFirst().orElse(null);
    }
}
