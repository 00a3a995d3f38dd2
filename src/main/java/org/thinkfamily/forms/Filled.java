package org.thinkfamily.forms;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.thinkfamily.forms.Component.Type;

/** A form with answers laid into it: each answer beside its question, each row beside its person, and what is hidden. */
final class Filled {

    static final int MOST_ROWS = 100;
    private static final int BLANK_ROWS = 2;
    private static final int MOST_STRAYS = 20;
    private static final Logger LOG = LoggerFactory.getLogger(Filled.class);

    final Form form;
    final FormContext context;
    final Map<?, ?> raw;
    /** Problems of shape: unknown keys, rows that are no rows. A list that is hidden takes its own with it. */
    final List<Problem> strays = new ArrayList<>();
    private final Map<Component, List<Problem>> listProblems = new IdentityHashMap<>();
    private final Map<Component, Normal> cells = new IdentityHashMap<>();
    private final Map<Component, List<Row>> rows = new IdentityHashMap<>();
    private final Map<List<Object>, Boolean> asked = new HashMap<>();
    private Set<String> hidden = Set.of();

    private Filled(Form form, Map<String, ?> raw, FormContext context) {
        this.form = form;
        this.raw = raw;
        this.context = context;
    }

    static Filled of(Form form, Map<String, ?> raw, FormContext context) {
        Filled filled = lay(form, raw, context);
        filled.hide();
        return filled;
    }

    /** Nothing answered and nothing hidden, with rows to write in where people may add some or nobody is known yet. */
    static Filled blank(Form form, FormContext known) {
        FormContext context = known.onPaper();
        Map<String, Object> answers = Answers.initial(form, context);
        for (Component list : form.questions()) {
            if (list.type() == Type.LIST && (list.isAbout() ? context.peopleOf(list).isEmpty() : list.rows().addRemove() || list.isKnown() && context.rowsOf(list) == null)) {
                List<Object> rows = new ArrayList<>(context.peopleOf(list).isEmpty() ? List.of() : (List<?>) answers.get(list.key()));
                rows.addAll(Collections.nCopies(BLANK_ROWS, Map.of()));
                answers.put(list.key(), rows);
            }
        }
        return lay(form, answers, context);
    }

    private static Filled lay(Form form, Map<String, ?> raw, FormContext context) {
        Filled filled = new Filled(form, raw, context);
        filled.strayKeys(raw, form.questions(), false, "", null, filled.strays);
        if (form.copiesOutsideLists() && raw.containsKey("copied") && !copyable(form.questions().stream(), raw.get("copied"))) {
            filled.strays.add(new Problem("/copied", "questions", Words.say("forms.error.copied.one")));
        }
        for (Component question : form.questions()) {
            if (question.type() == Type.LIST) {
                filled.layRows(question, raw.get(question.key()));
            } else {
                filled.cells.put(question, Normal.of(question, raw.get(question.key()), context));
            }
        }
        return filled;
    }

    private void strayKeys(Map<?, ?> given, List<Component> questions, boolean row, String pointer, Component list, List<Problem> into) {
        Set<String> keys = questions.stream().map(Component::key).collect(Collectors.toSet());
        int found = 0;
        for (Object key : given.keySet()) {
            if (!keys.contains(key) && !(!row && "copied".equals(key) && form.copiesOutsideLists()) && !(row && ("person".equals(key) || "copied".equals(key) && list.isAbout() || Row.LEFT_OUT.equals(key) && list.leavesOut())) && ++found <= MOST_STRAYS) {
                String name = String.valueOf(key);
                into.add(new Problem(pointer + "/" + name.replace("~", "~0").replace("/", "~1"),
                        list == null ? "questions" : id(list, null),
                        list == null ? Words.say("forms.error.unknown", Words.brief(name))
                                : Words.say("forms.error.unknown.row", Words.brief(name), list.label())));
            }
        }
    }

    private void layRows(Component list, Object given) {
        List<Row> laid = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        rows.put(list, laid);
        listProblems.put(list, problems);
        String pointer = "/" + list.key();
        List<KnownRow> people = context.peopleOf(list);
        Set<Long> seen = new HashSet<>();
        if (given != null && !(given instanceof List<?>)) {
            problems.add(new Problem(pointer, id(list, null), Words.say("forms.error.rows", list.label())));
        }
        List<?> sent = given instanceof List<?> all ? all : List.of();
        if (context.rowsOf(list) != null) {
            layKnown(list, context.rowsOf(list), sent, laid, problems);
            return;
        }
        if (sent.size() > MOST_ROWS) {
            problems.add(new Problem(pointer, id(list, null), Words.say("forms.error.rows.many", list.label(), MOST_ROWS)));
            sent = sent.subList(0, MOST_ROWS);
        }
        for (int i = 0; i < sent.size(); i++) {
            Map<?, ?> row = sent.get(i) instanceof Map<?, ?> answers ? answers : Map.of();
            if (!(sent.get(i) instanceof Map)) {
                problems.add(new Problem(pointer + "/" + i, id(list, null), Words.say("forms.error.row", list.label())));
                laid.add(row(list, i, true, row, null));
                continue;
            }
            KnownRow known = person(list, row, context.anyOf(list), seen, pointer + "/" + i, problems);
            laid.add(row(list, i, true, row, known));
            strayKeys(row, Form.answered(list.components()).toList(), true, pointer + "/" + i, list, problems);
            if (list.isAbout() && row.containsKey("copied") && !copyable(Form.answered(list.components()), row.get("copied"))) {
                problems.add(new Problem(pointer + "/" + i + "/copied", id(list, null), Words.say("forms.error.copied", list.label())));
            }
        }
        if (!laid.isEmpty() && laid.size() >= people.size() && laid.stream().allMatch(Row::leftOut)) {
            problems.add(new Problem(pointer, id(list, null), Words.say("forms.error.leftOut.all", list.label())));
        }
        // Nobody the record knows is left out by not being sent: their questions are asked all the same.
        for (KnownRow known : people) {
            if (!seen.contains(known.person())) {
                laid.add(row(list, laid.size(), false, Map.of(), known));
            }
        }
    }

    /** One row for each that a feature knows. What stands there to read is what it knows, whatever was sent; by it a row that was sent is told from the others. */
    private void layKnown(Component list, List<Map<String, Object>> known, List<?> sent, List<Row> laid, List<Problem> problems) {
        List<Component> read = Form.answered(list.components()).filter(Component::isTold).toList();
        List<Object> left = new ArrayList<>(sent);
        for (Map<String, Object> one : known) {
            int at = 0;
            while (at < left.size() && !(left.get(at) instanceof Map<?, ?> row && read.stream().allMatch(question -> row.get(question.key()) == null || "".equals(row.get(question.key()))
                    || Objects.equals(Normal.of(question, row.get(question.key()), context).value(), Normal.of(question, one.get(question.key()), context).value())))) {
                at++;
            }
            Map<?, ?> found = at < left.size() ? (Map<?, ?>) left.remove(at) : null;
            Map<Object, Object> row = new HashMap<>(found == null ? Map.of() : found);
            read.forEach(question -> row.put(question.key(), one.get(question.key())));
            strayKeys(row, Form.answered(list.components()).toList(), true, "/" + list.key() + "/" + laid.size(), list, problems);
            laid.add(row(list, laid.size(), found != null, row, null));
        }
        if (!left.isEmpty()) {
            problems.add(new Problem("/" + list.key(), id(list, null), Words.say("forms.error.rows.known", list.label())));
        }
    }

    private static boolean copyable(Stream<Component> questions, Object marks) {
        return marks instanceof Map<?, ?> map && questions.filter(question -> question.properties().containsKey("copy")).map(Component::key).collect(Collectors.toSet())
                .containsAll(map.keySet());
    }

    /**
     * Whose answer was copied to this row and not yet confirmed for the person it is about; null when it was not copied, and when the two are no longer the same.
     * Outside lists it is a copy of what was said of a sibling in an entry of its own.
     */
    KnownRow copiedFrom(Component question, Row row) {
        if (!question.properties().containsKey("copy") || !((row == null ? raw : row.raw()).get("copied") instanceof Map<?, ?> marks)) {
            return null;
        }
        Long from = personId(marks.get(question.key()));
        if (row == null) {
            return context.people().getOrDefault("child", List.of()).stream().filter(one -> from != null && one.person() == from).findFirst().orElse(null);
        }
        return context.peopleOf(row.list()).stream().filter(one -> from != null && one.person() == from && one != row.known())
                .filter(one -> rows.get(row.list()).stream().filter(other -> other.sent() && !other.leftOut() && other.known() == one)
                        .allMatch(other -> Objects.equals(other.cells().get(question).value(), row.cells().get(question).value())))
                .findFirst().orElse(null);
    }

    private Row row(Component list, int index, boolean sent, Map<?, ?> given, KnownRow known) {
        Map<Component, Normal> answers = new IdentityHashMap<>();
        Form.answered(list.components()).forEach(question -> answers.put(question, Normal.of(question, given.get(question.key()), context)));
        return new Row(list, index, sent, given, known, answers);
    }

    private KnownRow person(Component list, Map<?, ?> row, List<KnownRow> people, Set<Long> seen, String pointer, List<Problem> problems) {
        Object given = row.get("person");
        if (given == null || "".equals(given)) {
            if (list.isAbout()) {
                problems.add(new Problem(pointer + "/person", id(list, null), Words.say("forms.error.person.missing", list.label())));
            } else if (list.peopleKind() == null && row.containsKey("person")) {
                problems.add(new Problem(pointer + "/person", id(list, null), Words.say("forms.error.person.extra", list.label())));
            }
            return null;
        }
        String error = list.peopleKind() == null ? "forms.error.person.extra" : "forms.error.person.unknown";
        Long id = personId(given);
        KnownRow known = people.stream().filter(one -> id != null && one.person() == id).findFirst().orElse(null);
        if (known != null && !seen.add(id)) {
            error = "forms.error.person.twice";
            known = null;
        }
        if (known == null) {
            problems.add(new Problem(pointer + "/person", id(list, null), Words.say(error, list.label())));
        }
        return known;
    }

    static Long personId(Object given) {
        if (given instanceof Long || given instanceof Integer) {
            return ((Number) given).longValue();
        }
        return given instanceof String text && text.matches("[0-9]{1,18}") ? Long.valueOf(text) : null;
    }

    /**
     * Finds what is hidden. A hidden answer counts as absent for the other conditions, so the conditions are asked again
     * until nothing changes; a form whose conditions contradict each other in a circle shows the questions in doubt.
     */
    private void hide() {
        int most = (int) form.all().filter(component -> component.hide() != null).count() + 1;
        if (most == 1) {
            return;
        }
        Set<String> before = Set.of();
        for (int i = 0; i <= most; i++) {
            Set<String> now = hiddenGiven(before);
            boolean settled = now.equals(before);
            if (i == most && !settled) {
                now.retainAll(before);
            }
            hidden = now;
            if (settled) {
                return;
            }
            before = now;
        }
    }

    private Set<String> hiddenGiven(Set<String> assumed) {
        Set<String> found = new HashSet<>();
        Map<String, Object> values = new HashMap<>();
        for (Component question : form.questions()) {
            Object value = null;
            if (!assumed.contains(question.id())) {
                value = question.type() == Type.LIST ? rows.get(question).stream().map(row -> values(row, assumed)).toList()
                        : cells.get(question).value();
            }
            values.put(question.key(), value);
        }
        hideIn(form.components(), null, values, assumed, false, found);
        return found;
    }

    private Map<String, Object> values(Row row, Set<String> assumed) {
        Map<String, Object> values = new HashMap<>();
        row.cells().forEach((question, cell) ->
                values.put(question.key(), row.leftOut() || assumed.contains(row.prefix() + question.id()) ? null : cell.value()));
        return values;
    }

    private void hideIn(List<Component> components, Row row, Map<String, Object> values, Set<String> assumed, boolean parentHidden, Set<String> found) {
        for (Component component : components) {
            boolean hide = parentHidden || component.hide() != null && isTrue(component, values);
            if (hide) {
                found.add(row == null ? component.id() : row.prefix() + component.id());
            }
            if (component.type() == Type.GROUP) {
                hideIn(component.components(), row, values, assumed, hide, found);
            } else if (component.type() == Type.LIST && !hide) {
                for (Row inner : rows.get(component)) {
                    Map<String, Object> both = new HashMap<>(values);
                    both.putAll(values(inner, assumed));
                    hideIn(component.components(), inner, both, assumed, false, found);
                }
            }
        }
    }

    /** A condition costs far more than comparing the few values it uses: each is evaluated once for the same values. */
    private boolean isTrue(Component component, Map<String, Object> values) {
        Map<String, Object> used = new HashMap<>();
        for (String name : form.namesInCondition(component)) {
            if (values.containsKey(name)) {
                used.put(name, values.get(name));
            }
        }
        return asked.computeIfAbsent(List.of(component.id(), used), unasked -> evaluate(component, used));
    }

    private boolean evaluate(Component component, Map<String, Object> values) {
        try {
            return Boolean.TRUE.equals(context.feel().evaluate(component.hide(), values));
        } catch (RuntimeException failed) {
            // Shown: a question is never hidden by accident. The failure's own message may repeat answers, so it stays out of the log.
            LOG.warn("The condition of {} in form {} could not be evaluated ({}); it is shown", component.id(), form.id(), failed.getClass().getSimpleName());
            return false;
        }
    }

    boolean isHidden(Component component, Row row) {
        return hidden.contains(row == null ? component.id() : row.prefix() + component.id());
    }

    Normal cell(Component question, Row row) {
        return row == null ? cells.get(question) : row.cells().get(question);
    }

    Object rawOf(Component question, Row row) {
        return (row == null ? raw : row.raw()).get(question.key());
    }

    List<Row> rows(Component list) {
        return rows.get(list);
    }

    List<Problem> problemsOf(Component list) {
        return listProblems.get(list);
    }

    /** The id of the element an error links to: the box, the first box of a date, the first choice. */
    static String id(Component question, Row row) {
        String id = row == null ? "q-" + question.key() : row.id() + "-" + question.key();
        return question.type() == Type.DATE ? id + "-day" : id;
    }

    /** Each visible question with its row. */
    interface Visitor {
        void visit(Component question, Row row);
    }

    /** Goes through the visible questions in order; a list is visited before its rows' questions. */
    void eachVisible(Visitor visitor) {
        each(form.components(), null, visitor);
    }

    private void each(List<Component> components, Row row, Visitor visitor) {
        for (Component component : components) {
            if (component.type() == Type.TEXT || isHidden(component, row)) {
                continue;
            }
            if (component.type() == Type.GROUP) {
                each(component.components(), row, visitor);
                continue;
            }
            visitor.visit(component, row);
            if (component.type() == Type.LIST) {
                rows(component).stream().filter(inner -> !inner.leftOut()).forEach(inner -> each(component.components(), inner, visitor));
            }
        }
    }

    /** The visible answers that are right, in the order of the form. */
    Map<String, Object> accepted() {
        Map<String, Object> answers = new LinkedHashMap<>();
        Map<Row, Map<String, Object>> inRows = new IdentityHashMap<>();
        Map<String, Object> outside = new LinkedHashMap<>();
        Map<Row, Map<String, Object>> copies = new IdentityHashMap<>();
        eachVisible((question, row) -> {
            if (question.type() == Type.LIST) {
                List<Map<String, Object>> list = new ArrayList<>();
                for (Row inner : rows(question)) {
                    Map<String, Object> one = new LinkedHashMap<>();
                    if (inner.known() != null) {
                        one.put("person", inner.known().person());
                    }
                    if (inner.leftOut()) {
                        one.put(Row.LEFT_OUT, inner.reason());
                    }
                    inRows.put(inner, one);
                    list.add(one);
                }
                answers.put(question.key(), list);
            } else if (cell(question, row).value() != null) {
                (row == null ? answers : inRows.get(row)).put(question.key(), cell(question, row).value());
                KnownRow from = copiedFrom(question, row);
                if (from != null) {
                    (row == null ? outside : copies.computeIfAbsent(row, any -> new LinkedHashMap<>())).put(question.key(), from.person());
                }
            }
        });
        if (!outside.isEmpty()) {
            answers.put("copied", outside);
        }
        copies.forEach((row, marks) -> inRows.get(row).put("copied", marks));
        return answers;
    }
}
