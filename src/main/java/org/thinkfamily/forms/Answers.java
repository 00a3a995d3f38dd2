package org.thinkfamily.forms;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.thinkfamily.forms.Component.Type;

/** Answers to start from. */
public final class Answers {

    private Answers() {
    }

    /**
     * What stands in a form before anybody has answered: the facts the record knows (U15), a row for each person of
     * {@code about} and {@code people} lists, and the blank rows other lists start with. A known fact that the form
     * would refuse is left out.
     */
    public static Map<String, Object> initial(Form form, FormContext context) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Component question : form.questions()) {
            if (question.type() == Type.LIST) {
                values.put(question.key(), rows(question, context));
            } else {
                question.property("fact").map(context.facts()::get).ifPresent(fact -> put(values, question, fact, context));
            }
        }
        return values;
    }

    private static List<Object> rows(Component list, FormContext context) {
        List<Object> rows = new ArrayList<>();
        if (context.rowsOf(list) != null) {
            context.rowsOf(list).forEach(known -> {
                Map<String, Object> row = new LinkedHashMap<>();
                Form.answered(list.components()).filter(question -> known.get(question.key()) != null).forEach(question -> row.put(question.key(), known.get(question.key())));
                rows.add(row);
            });
            return rows;
        }
        for (KnownRow known : context.peopleOf(list)) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("person", known.person());
            Form.answered(list.components()).forEach(question ->
                    question.property("fact").map(known.facts()::get).ifPresent(fact -> put(row, question, fact, context)));
            rows.add(row);
        }
        if (rows.isEmpty() && !list.isAbout()) {
            for (int i = 0; i < Math.min(list.rows().first(), Filled.MOST_ROWS); i++) {
                rows.add(new LinkedHashMap<>());
            }
        }
        return rows;
    }

    private static void put(Map<String, Object> values, Component question, KnownFact fact, FormContext context) {
        Normal known = Normal.of(question, fact.value(), context);
        if (known.value() != null) {
            values.put(question.key(), known.value());
        }
    }

    /**
     * A draft laid over other answers. A draft's own value wins, also when it is blank; in lists of people the rows are
     * matched by {@code person}, and people who are not in the draft keep the row they have. Keys that the form no
     * longer has are left out, so that an old draft never blocks a newer form.
     */
    public static Map<String, Object> over(Form form, Map<String, ?> below, Map<String, ?> draft) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Component question : form.questions()) {
            String key = question.key();
            if (question.peopleKind() != null && below.get(key) instanceof List<?> known && draft.get(key) instanceof List<?> drafted) {
                values.put(key, people(known, drafted));
            } else if (draft.containsKey(key)) {
                values.put(key, draft.get(key));
            } else if (below.containsKey(key)) {
                values.put(key, below.get(key));
            }
        }
        if (form.copiesOutsideLists() && draft.containsKey("copied")) {
            values.put("copied", draft.get("copied"));
        }
        return values;
    }

    /**
     * Filed answers as a reader may see them: those to questions whose {@code restricted} value they may not read are absent, in rows too.
     *
     * @param mayRead whether the reader may see questions with this {@code restricted} value
     */
    public static Map<String, Object> readable(Form form, Map<String, ?> answers, Predicate<String> mayRead) {
        Map<String, Object> read = new LinkedHashMap<>(answers);
        strip(form.components(), read, mayRead);
        return read;
    }

    private static void strip(List<Component> components, Map<String, Object> answers, Predicate<String> mayRead) {
        for (Component component : components) {
            boolean refused = component.property("restricted").filter(mayRead.negate()).isPresent();
            if (component.type() == Type.GROUP) {
                if (refused) {
                    Form.answered(component.components()).forEach(question -> answers.remove(question.key()));
                } else {
                    strip(component.components(), answers, mayRead);
                }
            } else if (refused) {
                answers.remove(component.key());
            } else if (component.type() == Type.LIST && answers.get(component.key()) instanceof List<?> rows) {
                answers.put(component.key(), rows.stream().map(row -> row instanceof Map<?, ?> map ? row(component, map, mayRead) : row).toList());
            }
        }
    }

    private static Map<String, Object> row(Component list, Map<?, ?> row, Predicate<String> mayRead) {
        Map<String, Object> read = new LinkedHashMap<>();
        row.forEach((key, value) -> read.put(String.valueOf(key), value));
        strip(list.components(), read, mayRead);
        return read;
    }

    private static List<Object> people(List<?> known, List<?> drafted) {
        Map<Long, Map<?, ?>> byPerson = new HashMap<>();
        for (Object one : drafted) {
            if (one instanceof Map<?, ?> row && Filled.personId(row.get("person")) != null) {
                byPerson.put(Filled.personId(row.get("person")), row);
            }
        }
        List<Object> rows = new ArrayList<>();
        for (Object one : known) {
            // The blank row that a list of new people starts with gives way to the rows of the draft.
            if (one instanceof Map<?, ?> row && Filled.personId(row.get("person")) != null) {
                Map<Object, Object> merged = new LinkedHashMap<>(row);
                Map<?, ?> over = byPerson.get(Filled.personId(row.get("person")));
                if (over != null) {
                    // What is said of the row and not asked in it: a draft that says nothing has taken it back.
                    merged.keySet().removeAll(List.of("copied", Row.LEFT_OUT));
                    merged.putAll(over);
                }
                merged.put("person", row.get("person"));
                rows.add(merged);
            }
        }
        for (Object one : drafted) {
            if (one instanceof Map<?, ?> row && Filled.personId(row.get("person")) == null) {
                rows.add(row);
            }
        }
        return rows;
    }
}
