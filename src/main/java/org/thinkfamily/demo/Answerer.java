package org.thinkfamily.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.thinkfamily.forms.Answers;
import org.thinkfamily.forms.Component;
import org.thinkfamily.forms.Component.Type;
import org.thinkfamily.forms.Form;
import org.thinkfamily.forms.FormContext;
import org.thinkfamily.forms.KnownRow;
import org.thinkfamily.forms.Option;

/**
 * Fills in any form for one family: first what the storyline says, then what is true of the family, then what the record knows, then what
 * {@code demo/answers.yml} says for everybody, and for the rest something sensible by the kind of the question. The form itself drops what it hides.
 */
class Answerer {

    private static final int SOON = 14;

    private final Map<String, Object> usual = DemoFile.read("answers");
    private final Narratives narratives = new Narratives();

    /**
     * Whom and what a form is filled in about.
     *
     * @param said what the storyline says, by key; for a list one map for every row, or a list of maps, one a row
     * @param adultRole the adult side of the family
     * @param childName of the child a step is about, or null
     * @param number of the family, to spread work over colleagues
     */
    record About(Household household, Map<String, Object> said, String adultRole, String childName, int number, Random random) { }

    /** The answers to every question of the form. */
    Map<String, Object> fill(Form form, FormContext context, About about) {
        Map<String, Object> answers = new LinkedHashMap<>(Answers.initial(form, context));
        Map<String, Object> facts = about.household().answers();
        facts.put("adultRole", about.adultRole());
        for (Component question : form.questions()) {
            if (question.type() == Type.LIST) {
                answers.put(question.key(), rows(form, question, context, (List<?>) answers.get(question.key()), about));
            } else {
                put(answers, answer(form, question, context, new Sources(about.said(), facts, answers, usual(form, null)), about, name(about)), question);
            }
        }
        return answers;
    }

    private static String name(About about) {
        return about.childName() != null ? about.childName()
                : about.household().children().stream().map(Household.Child::firstName).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static void put(Map<String, Object> answers, Object answer, Component question) {
        if (answer == null) {
            answers.remove(question.key());
        } else {
            answers.put(question.key(), answer);
        }
    }

    /** Where an answer may come from, what counts most first. What is true of the family is asked under many keys: it answers only a question that it fits. */
    private record Sources(Map<String, Object> said, Map<String, Object> facts, Map<String, Object> known, Map<String, Object> usual) {

        Object find(Component question) {
            Object fact = facts.get(question.key());
            return said.containsKey(question.key()) ? said.get(question.key())
                    : fact != null && fits(question, fact) ? fact
                    : known.containsKey(question.key()) ? known.get(question.key()) : usual.get(question.key());
        }

        private static boolean fits(Component question, Object fact) {
            // What a form asks about the child of the step is not what is true of the adult in treatment: the record knows it.
            if (question.property("fact").filter(name -> name.startsWith("child.")).isPresent()) {
                return false;
            }
            return switch (question.type()) {
                case RADIO, SELECT -> question.valuesKey() != null || question.options().stream().anyMatch(option -> option.value().equals(fact));
                case CHECKLIST -> fact instanceof List<?>;
                case TEXTFIELD -> question.property("fact").isPresent();
                default -> question.type() == Type.DATE;
            };
        }
    }

    private List<Object> rows(Form form, Component list, FormContext context, List<?> initial, About about) {
        List<Object> rows = new ArrayList<>();
        String people = list.property("people").orElse(list.property("about").orElse(null));
        if (list.property("rows").isPresent()) {
            for (Object known : initial) {
                rows.add(row(form, list, context, text(known), Map.of(), said(about, list, rows.size()), about, name(about)));
            }
            return rows;
        }
        if (people == null) {
            Object said = about.said().containsKey(list.key()) ? about.said().get(list.key()) : usual(form, null).getOrDefault(list.key(), List.of());
            for (Object row : (List<?>) said) {
                rows.add(row(form, list, context, new LinkedHashMap<>(), Map.of(), text(row), about, name(about)));
            }
            return rows;
        }
        List<KnownRow> known = context.people().getOrDefault(people, List.of());
        List<String> there = new ArrayList<>();
        for (int i = 0; i < initial.size(); i++) {
            Map<String, Object> row = text(initial.get(i));
            KnownRow person = known.stream().filter(each -> Long.valueOf(each.person()).equals(row.get("person"))).findFirst().orElse(null);
            if (person == null) {
                continue;
            }
            there.add(person.name());
            boolean child = people.equals("child");
            Map<String, Object> facts = child ? about.household().child(person.name()).map(Household::answers).orElse(Map.of())
                    : about.household().adult(person.name()).map(Household::answers).orElse(Map.of());
            rows.add(row(form, list, context, row, facts, said(about, list, i), about, first(person.name())));
        }
        if (list.property("people").isPresent()) {
            if (people.equals("child")) {
                about.household().children().stream().filter(child -> child.unborn() ? there.size() < about.household().children().size() : !there.contains(child.name()))
                        .forEach(child -> rows.add(row(form, list, context, new LinkedHashMap<>(), Household.answers(child), Map.of(), about, child.firstName())));
            } else {
                about.household().adults().stream().filter(adult -> !there.contains(adult.name()))
                        .forEach(adult -> rows.add(row(form, list, context, new LinkedHashMap<>(), Household.answers(adult), Map.of(), about, adult.firstName())));
            }
        }
        return rows;
    }

    private static String first(String name) {
        int end = name.indexOf(' ');
        return end < 0 ? name : name.substring(0, end);
    }

    private static Map<String, Object> said(About about, Component list, int row) {
        Object said = about.said().get(list.key());
        if (said instanceof List<?> each && !each.isEmpty()) {
            return text(each.get(Math.min(row, each.size() - 1)));
        }
        return said instanceof Map<?, ?> all ? text(all) : Map.of();
    }

    private Map<String, Object> row(Form form, Component list, FormContext context, Map<String, Object> initial, Map<String, Object> facts, Map<String, Object> said,
            About about, String name) {
        Map<String, Object> row = new LinkedHashMap<>(initial);
        questions(list.components()).forEach(question -> put(row, answer(form, question, context, new Sources(said, facts, row, usual(form, list.key())), about, name), question));
        return row;
    }

    private static List<Component> questions(List<Component> components) {
        return components.stream().flatMap(component -> component.type() == Type.GROUP ? questions(component.components()).stream()
                : component.type().asks() ? Stream.of(component) : Stream.empty()).toList();
    }

    /** What is usual for this form, or for the rows of one of its lists. */
    private Map<String, Object> usual(Form form, String list) {
        Map<String, Object> all = text(usual.getOrDefault(form.id(), Map.of()));
        return list == null ? all : all.get(list) instanceof Map<?, ?> rows ? text(rows) : Map.of();
    }

    private Object answer(Form form, Component question, FormContext context, Sources sources, About about, String name) {
        Object found = sources.find(question);
        if (found != null) {
            return as(question, found, context, about, name);
        }
        return switch (question.type()) {
            case RADIO, SELECT -> "family.adults".equals(question.valuesKey()) ? as(question, 1, context, about, name) : question.rules().required() || question.valuesKey() != null ? chosen(question, options(question, context), about) : null;
            case CHECKLIST -> List.of(options(question, context).get(0).value());
            case CHECKBOX -> question.rules().required();
            case NUMBER -> 1;
            case DATE -> !question.rules().required() ? null
                    : question.fitting(context.today().plusDays(question.property("check").filter(check -> check.startsWith("future-")).isPresent() ? SOON : 0)).toString();
            case TEXTFIELD, TEXTAREA -> narratives.text(form.id(), question, about, name);
            case TEXT, GROUP, LIST -> null;
        };
    }

    private static Object chosen(Component question, List<Option> options, About about) {
        if (options.isEmpty()) {
            return null;
        }
        boolean worker = question.valuesKey() != null && question.valuesKey().startsWith("workers.");
        return options.get(worker ? about.number() % options.size() : 0).value();
    }

    /** A value of a file as an answer: people by their place in the family from 1, days from today, yes and no, names in texts. */
    private Object as(Component question, Object value, FormContext context, About about, String name) {
        if (value instanceof Boolean is && question.type() != Type.CHECKBOX) {
            return is ? "yes" : "no";
        }
        if (value instanceof Integer days && question.type() == Type.DATE) {
            return question.fitting(context.today().plusDays(days)).toString();
        }
        if (value instanceof Integer place && question.valuesKey() != null && question.valuesKey().startsWith("family.")) {
            List<Option> options = options(question, context);
            String wanted = question.valuesKey().equals("family.children") ? about.household().children().get(place - 1).name() : about.household().adults().get(place - 1).name();
            return options.stream().filter(option -> (option.text() + ",").startsWith(wanted + ",")).findFirst().orElse(options.get(options.size() - 1)).value();
        }
        if (value instanceof String text && (question.type() == Type.TEXTAREA || question.type() == Type.TEXTFIELD)) {
            return Narratives.named(text, about, name);
        }
        return value;
    }

    private static List<Option> options(Component question, FormContext context) {
        return question.valuesKey() == null ? question.options() : context.options().getOrDefault(question.valuesKey(), List.of());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> text(Object map) {
        return (Map<String, Object>) map;
    }
}
