package org.thinkfamily.pathway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.forms.Component;
import org.thinkfamily.forms.Component.Type;
import org.thinkfamily.forms.Form;
import org.thinkfamily.forms.FormCheck;
import org.thinkfamily.forms.FormContext;
import org.thinkfamily.forms.Problem;

/** Fills in a form as a person would: what the test wants to say, and something sensible for every other question that is asked. */
final class Answering {

    private static final String WORDS = "Something that was seen and written down.";

    private final Form form;
    private final FormContext context;
    private final Map<String, Object> raw = new LinkedHashMap<>();

    private Answering(Form form, FormContext context) {
        this.form = form;
        this.context = context;
    }

    /** @param wanted answers by key; for a list of people one map, the same for each row, or a map of such maps by person id */
    static CheckedForm of(Form form, FormContext context, Map<String, ?> wanted) {
        Answering answering = new Answering(form, context);
        answering.lay(wanted);
        for (int i = 0; i < 12; i++) {
            CheckedForm checked = FormCheck.check(form, answering.raw, context);
            if (checked.isAccepted()) {
                return checked;
            }
            checked.problems().forEach(answering::answer);
        }
        throw new AssertionError(form.id() + " is never content: " + FormCheck.check(form, answering.raw, context).problems());
    }

    private void lay(Map<String, ?> wanted) {
        wanted.forEach((key, value) -> {
            if (form.question(key).isEmpty()) {
                throw new AssertionError(form.id() + " does not ask " + key);
            }
            if (form.question(key).get().type() != Type.LIST) {
                raw.put(key, value);
            }
        });
        for (Component list : form.questions()) {
            if (list.type() == Type.LIST) {
                String people = list.property("about").orElse(list.property("people").orElse(null));
                List<Map<String, Object>> rows = new ArrayList<>();
                if (people == null) {
                    rows.add(new LinkedHashMap<>());
                } else {
                    context.people().getOrDefault(people, List.of()).forEach(known -> rows.add(row(known.person(), (Map<?, ?>) wanted.get(list.key()))));
                }
                raw.put(list.key(), rows);
            }
        }
    }

    private static Map<String, Object> row(long person, Map<?, ?> wanted) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("person", person);
        if (wanted != null) {
            Map<?, ?> own = wanted.get(person) instanceof Map<?, ?> mine ? mine : wanted;
            own.forEach((key, value) -> {
                if (key instanceof String question) {
                    row.put(question, value);
                }
            });
        }
        return row;
    }

    @SuppressWarnings("unchecked")
    private void answer(Problem problem) {
        String[] path = problem.pointer().substring(1).split("/");
        Component question = form.question(path[0]).orElseThrow(() -> new AssertionError(problem.toString()));
        if (question.type() != Type.LIST) {
            raw.put(question.key(), something(question));
            return;
        }
        Component inner = question.components().stream().filter(each -> path.length > 2 && path[2].equals(each.key())).findFirst()
                .orElseThrow(() -> new AssertionError(problem.toString()));
        ((List<Map<String, Object>>) raw.get(question.key())).get(Integer.parseInt(path[1])).put(inner.key(), something(inner));
    }

    private Object something(Component question) {
        return switch (question.type()) {
            case RADIO, SELECT -> options(question).get(0);
            case CHECKLIST -> List.of(options(question).get(0));
            case CHECKBOX -> true;
            case DATE -> question.fitting(question.property("check").filter(check -> check.startsWith("future-")).isPresent() ? context.today().plusDays(7) : context.today()).toString();
            case NUMBER -> 1;
            default -> WORDS;
        };
    }

    private List<String> options(Component question) {
        return question.valuesKey() == null ? question.options().stream().map(option -> option.value()).toList()
                : context.options().getOrDefault(question.valuesKey(), List.of()).stream().map(option -> option.value()).toList();
    }
}
