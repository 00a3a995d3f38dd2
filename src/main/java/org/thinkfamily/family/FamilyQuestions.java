package org.thinkfamily.family;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.access.Actors;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.forms.Feel;
import org.thinkfamily.forms.Form;
import org.thinkfamily.forms.FormContext;
import org.thinkfamily.forms.KnownFact;
import org.thinkfamily.forms.KnownRow;
import org.thinkfamily.forms.Option;

/** What a form needs to know about a family before it is shown or checked: its people, what is known of them, whom work can be given to. */
@Component
public class FamilyQuestions {


    private static final String WORKERS = "workers.";

    private final JdbcClient jdbc;
    private final Families families;
    private final Actors actors;
    private final Feel feel;
    private final MessageSource messages;
    private final ObjectProvider<RowFacts> features;
    private final Dates dates;

    FamilyQuestions(JdbcClient jdbc, Families families, Actors actors, Feel feel, MessageSource messages, ObjectProvider<RowFacts> features, Dates dates) {
        this.dates = dates;
        this.jdbc = jdbc;
        this.families = families;
        this.actors = actors;
        this.feel = feel;
        this.messages = messages;
        this.features = features;
    }

    /**
     * The context of a form for a family. Only what the form asks for is read.
     *
     * @param family null when there is no family yet
     * @param subjects the people the step is about by variable name
     */
    public FormContext context(Form form, String family, Map<String, Long> subjects) {
        List<Person> people = family == null || !asksAboutPeople(form) ? List.of() : families.people(family);
        Map<Long, Map<String, KnownFact>> known = people.isEmpty() || form.properties("fact").isEmpty() ? Map.of() : known(family, people);
        if (!people.isEmpty()) {
            features.stream().filter(feature -> form.properties("fact").stream().anyMatch(name -> name.startsWith(feature.feature() + ".")))
                    .forEach(feature -> feature.of(subjects).forEach((person, facts) -> known.computeIfAbsent(person, id -> new LinkedHashMap<>()).putAll(facts)));
        }
        return new FormContext(families.today(), options(form, people, subjects), rows(people, known), facts(form, subjects, known), feel, dates::ahead);
    }

    private static boolean asksAboutPeople(Form form) {
        return !form.properties("about").isEmpty() || !form.properties("people").isEmpty() || !form.properties("fact").isEmpty() || form.copiesOutsideLists()
                || form.all().anyMatch(question -> question.valuesKey() != null && question.valuesKey().startsWith("family."));
    }

    private Map<String, List<Option>> options(Form form, List<Person> people, Map<String, Long> subjects) {
        Map<String, List<Option>> options = new HashMap<>();
        form.all().map(org.thinkfamily.forms.Component::valuesKey).filter(key -> key != null).distinct().forEach(key -> {
            if (key.startsWith(WORKERS)) {
                options.put(key, actors.withRole(key.substring(WORKERS.length()), null).stream()
                        .map(worker -> new Option(worker.username(), worker.team() == null ? worker.name() : worker.name() + ", " + worker.team())).toList());
            } else {
                options.put(key, switch (key) {
                    case "family.children" -> named(people.stream().filter(Person::child).toList());
                    // Whose birth is corrected is among them, born as they are.
                    case "family.unborn" -> named(people.stream().filter(person -> person.unborn() || person.child() && Long.valueOf(person.id()).equals(subjects.get("person"))).toList());
                    case "family.adults" -> named(people.stream().filter(person -> !person.child()).toList());
                    case "family.people" -> named(people);
                    case "gp-practices" -> places("gp");
                    case "schools" -> places("education");
                    default -> List.of();
                });
            }
        });
        return options;
    }

    private List<Option> named(List<Person> people) {
        return people.stream().map(person -> new Option(String.valueOf(person.id()), heading(person))).toList();
    }

    private List<Option> places(String kind) {
        List<Option> places = new ArrayList<>(jdbc.sql("""
                select t.id as value, t.name as text from team t join service s on s.id = t.service_id where s.kind = :kind order by t.name
                """).param("kind", kind).query(Option.class).list());
        places.add(new Option("not-known", messages.getMessage("family.place." + kind, null, Locale.UK)));
        return places;
    }

    /** The name of a GP practice or a school by its id; an id that is none as it stands, "Not known" in words. */
    public String place(String id) {
        return "not-known".equals(id) ? messages.getMessage("family.not-known", null, Locale.UK)
                : jdbc.sql("select name from team where id = :id").param("id", id).query(String.class).optional().orElse(id);
    }

    private Map<String, List<KnownRow>> rows(List<Person> people, Map<Long, Map<String, KnownFact>> known) {
        return Map.of("child", people.stream().filter(Person::child).map(person -> row(person, known)).toList(),
                "parent", people.stream().filter(person -> !person.child()).map(person -> row(person, known)).toList());
    }

    private KnownRow row(Person person, Map<Long, Map<String, KnownFact>> known) {
        return new KnownRow(person.id(), person.name(), heading(person), known.getOrDefault(person.id(), Map.of()));
    }

    /** "Amy Example, 7" or "Jo Example, mother" or "Unborn baby, expected 3 May 2026". */
    public String heading(Person person) {
        Integer age = person.ageOn(families.today());
        String what = person.unborn() ? messages.getMessage("family.expected", new Object[] {Dates.day(person.expectedOn())}, Locale.UK)
                : person.child() ? (age == null ? null : messages.getMessage("family.age", new Object[] {age}, Locale.UK))
                : person.relationship() == null ? null : messages.getMessage("family.relationship." + person.relationship(), null, person.relationship(), Locale.UK);
        return what == null ? person.name() : person.name() + ", " + what;
    }

    /** Name, relation to the children, age: "Rosa Example, mother, aged 36", "Mia Example, child, aged 8". So nobody takes one person for another (U23). */
    public String identity(Person person) {
        Integer age = person.ageOn(families.today());
        String relation = person.child() ? messages.getMessage("family.child", null, Locale.UK)
                : person.relationship() == null ? messages.getMessage("family.adult", null, Locale.UK)
                : messages.getMessage("family.relationship." + person.relationship(), null, person.relationship(), Locale.UK);
        String old = person.unborn() ? messages.getMessage("family.expected", new Object[] {Dates.day(person.expectedOn())}, Locale.UK)
                : age == null ? messages.getMessage("family.age.not-known", null, Locale.UK) : messages.getMessage("family.age", new Object[] {age}, Locale.UK);
        return person.name() + ", " + relation + ", " + old;
    }

    private static Map<String, KnownFact> facts(Form form, Map<String, Long> subjects, Map<Long, Map<String, KnownFact>> known) {
        Map<String, KnownFact> facts = new LinkedHashMap<>();
        for (String name : form.properties("fact")) {
            int dot = name.indexOf('.');
            Long person = dot < 0 ? null : subjects.get(name.substring(0, dot));
            KnownFact fact = person == null ? null : known.getOrDefault(person, Map.of()).get(name.substring(dot + 1));
            if (fact != null) {
                facts.put(name, fact);
            }
        }
        return facts;
    }

    private record Said(long person, String fact, LocalDate on, String source) { }

    private Map<Long, Map<String, KnownFact>> known(String family, List<Person> people) {
        Map<Long, Map<String, Said>> said = new HashMap<>();
        jdbc.sql("""
                select s.person_id as person, s.fact, s.said_on as on, s.source from fact_source s
                 where s.person_id in (select person_id from family_member where family_ref = :family)
                """).param("family", family).query(Said.class).list()
                .forEach(row -> said.computeIfAbsent(row.person(), id -> new HashMap<>()).put(row.fact(), row));
        Map<Long, Map<String, KnownFact>> known = new HashMap<>();
        for (Person person : people) {
            Map<String, KnownFact> facts = new LinkedHashMap<>();
            for (Fact fact : Fact.values()) {
                Said source = said.getOrDefault(person.id(), Map.of()).get(fact.name);
                Object value = fact.answered(person, source != null);
                if (value != null && source != null) {
                    facts.put(fact.name, new KnownFact(value, source.source(), source.on()));
                }
            }
            known.put(person.id(), facts);
        }
        return known;
    }
}
