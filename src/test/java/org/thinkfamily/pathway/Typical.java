package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.annotation.Autowired;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Actors;
import org.thinkfamily.forms.Answers;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.forms.Component;
import org.thinkfamily.forms.FormContext;
import org.thinkfamily.forms.Option;
import org.thinkfamily.forms.Problem;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;
import org.thinkfamily.worklist.WorkItem;

/** Fills in forms as a reader who knows nothing would: what a test says, and to every other question that must be answered the first answer there is. */
class Typical {

    private final Fillings fillings;
    private final Actors actors;
    private final Walk walk;
    /** Chooses among the answers there are; null: the first. */
    private final RandomGenerator chance;

    @Autowired
    Typical(Fillings fillings, Actors actors, Walk walk) {
        this(fillings, actors, walk, null);
    }

    private Typical(Fillings fillings, Actors actors, Walk walk, RandomGenerator chance) {
        this.fillings = fillings;
        this.actors = actors;
        this.walk = walk;
        this.chance = chance;
    }

    /** Chooses by chance where this one takes the first answer. */
    Typical by(RandomGenerator random) {
        return new Typical(fillings, actors, walk, random);
    }

    void start(String role, String process, String family, Object... said) {
        Actor actor = actors.find(role).orElseThrow();
        Filling filling = fillings.start(actor, process, family);
        fillings.file(filling, answered(filling, said), actor, null);
    }

    /** Does the family's one open task of that step. A name such as {@code people.risk} answers a question in every row. */
    void complete(String family, String step, Object... said) {
        complete(walk.task(family, step), said);
    }

    void complete(WorkItem task, Object... said) {
        Filling filling = fillings.of(task);
        fillings.file(filling, answered(filling, said), actors.find(task.assignee() == null ? task.role() : task.assignee()).orElseThrow(), null);
    }

    void report(String role, String family, String message, Object... said) {
        Actor actor = actors.find(role).orElseThrow();
        Filling filling = fillings.change(actor, family, message);
        fillings.file(filling, answered(filling, said), actor, null);
    }

    /** Answers that a form accepts. */
    Map<String, Object> answers(Filling filling, Object... said) {
        return answered(filling, said).answers();
    }

    private CheckedForm answered(Filling filling, Object... said) {
        FormContext context = fillings.context(filling);
        Map<String, Object> answers = changeable(Answers.initial(filling.form(), context));
        for (int i = 0; i < said.length; i += 2) {
            String name = said[i].toString();
            if (name.contains(".")) {
                String list = name.substring(0, name.indexOf('.'));
                for (Object row : (List<?>) answers.get(list)) {
                    cast(row).put(name.substring(name.indexOf('.') + 1), said[i + 1]);
                }
            } else {
                answers.put(name, said[i + 1]);
            }
        }
        CheckedForm checked = fillings.check(filling, context, answers);
        for (int round = 0; round < 10 && !checked.isAccepted(); round++) {
            for (Problem problem : checked.problems()) {
                answer(filling, context, answers, problem.pointer().substring(1).split("/"));
            }
            checked = fillings.check(filling, context, answers);
        }
        assertThat(checked.problems()).as("problems of the form " + filling.form().id()).isEmpty();
        return checked;
    }

    private void answer(Filling filling, FormContext context, Map<String, Object> answers, String[] where) {
        Component question = filling.form().question(where[0]).orElseThrow();
        if (where.length == 3) {
            Component cell = question.components().stream().filter(each -> where[2].equals(each.key())).findFirst().orElseThrow();
            cast(((List<?>) answers.get(where[0])).get(Integer.parseInt(where[1]))).putIfAbsent(where[2], first(cell, context));
        } else {
            answers.putIfAbsent(where[0], first(question, context));
        }
    }

    private Object first(Component question, FormContext context) {
        String choice = switch (question.type()) {
            case RADIO, SELECT, CHECKLIST -> one(question.valuesKey() == null ? question.options() : context.options().get(question.valuesKey()));
            default -> null;
        };
        return switch (question.type()) {
            case RADIO, SELECT -> choice;
            case CHECKLIST -> List.of(choice);
            case DATE -> question.property("check").filter("adult-date-of-birth"::equals).isPresent() ? "1990-05-01" : question.fitting(context.today()).toString();
            case NUMBER -> 1;
            case CHECKBOX -> true;
            default -> "Told in words.";
        };
    }

    private String one(List<Option> options) {
        assertThat(options).as("what there is to choose from").isNotEmpty();
        return options.get(chance == null ? 0 : chance.nextInt(options.size())).value();
    }

    private static Map<String, Object> changeable(Map<String, Object> answers) {
        Map<String, Object> changeable = new LinkedHashMap<>();
        answers.forEach((key, value) -> {
            if (value instanceof List<?> rows) {
                List<Object> copies = new ArrayList<>();
                rows.forEach(row -> copies.add(row instanceof Map<?, ?> ? new HashMap<>(cast(row)) : row));
                changeable.put(key, copies);
            } else {
                changeable.put(key, value);
            }
        });
        return changeable;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Object row) {
        return (Map<String, Object>) row;
    }
}
