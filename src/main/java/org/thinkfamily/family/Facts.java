package org.thinkfamily.family;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.forms.Component.Type;
import org.thinkfamily.forms.Form;
import org.thinkfamily.forms.Option;

/** Takes from the answers of a form what they say about people, and keeps it with who said it and when (S-198). */
@Component
public class Facts {

    private static final String WORKER = "worker.";
    /** The question that chooses one of the family, and the facts {@code person.…} that are then said of them. */
    private static final String PERSON = "person";
    private static final Set<String> MANNER = Set.of("source", "status", "instead");
    /** These have tables of their own, with their own dates; a withheld address is kept nowhere else. */
    private static final Set<Fact> ELSEWHERE = EnumSet.of(Fact.WITHHELD_ADDRESS, Fact.EARLIER_FIRST_NAME, Fact.EARLIER_LAST_NAME);

    private final JdbcClient jdbc;
    private final Involvements involvements;
    private final Families families;
    private final MessageSource messages;
    private final Clock time;

    Facts(JdbcClient jdbc, Involvements involvements, Families families, MessageSource messages, Clock time) {
        this.time = time;
        this.jdbc = jdbc;
        this.involvements = involvements;
        this.families = families;
        this.messages = messages;
    }

    /**
     * What was taken.
     *
     * @param answers the answers, each row of people now with the id of its person
     * @param subjects the process's people by variable name, with those that were new
     * @param about ids of all people the answers are about
     */
    public record Taken(Map<String, Object> answers, Map<String, Long> subjects, Set<Long> about) { }

    /**
     * @param answers accepted answers
     * @param subjects the people the step is about by variable name ({@code adult}, {@code child}, {@code person})
     * @param source what the facts come from in words, such as the step's name
     */
    public Taken take(Form form, Map<String, Object> answers, String family, Map<String, Long> subjects, String source, String username) {
        Source from = new Source(family, source, username, families.today(), "said", "changed");
        Map<String, Object> kept = new LinkedHashMap<>(answers);
        Map<String, Long> people = new LinkedHashMap<>(subjects);
        Map<String, Map<Fact, Object>> said = new LinkedHashMap<>();
        Map<String, Map<String, String>> manners = new LinkedHashMap<>();
        if (form.question(PERSON).map(org.thinkfamily.forms.Component::valuesKey).filter(key -> key.startsWith("family.")).isPresent() && answers.get(PERSON) != null) {
            people.putIfAbsent(PERSON, Long.valueOf(answers.get(PERSON).toString()));
        }
        for (var question : form.questions()) {
            Object answer = answers.get(question.key());
            if (answer == null) {
                continue;
            }
            if (question.type() == Type.LIST) {
                if (question.property("people").isPresent() || question.property("about").isPresent()) {
                    kept.put(question.key(), rows(question, (List<?>) answer, from));
                }
            } else {
                question.property("fact").ifPresent(name -> {
                    if (name.startsWith(WORKER)) {
                        involvements.name(family, name.substring(WORKER.length()), answer.toString());
                    } else if (MANNER.contains(name.substring(name.indexOf('.') + 1))) {
                        manners.computeIfAbsent(name.substring(0, name.indexOf('.')), who -> new LinkedHashMap<>()).put(name.substring(name.indexOf('.') + 1), words(question, answer));
                    } else {
                        Fact.named(name.substring(name.indexOf('.') + 1))
                                .ifPresent(fact -> said.computeIfAbsent(name.substring(0, name.indexOf('.')), who -> new EnumMap<>(Fact.class)).put(fact, answer));
                    }
                });
            }
        }
        said.forEach((who, facts) -> {
            Long person = people.get(who);
            if (person == null) {
                person = add("child".equals(who) ? "child" : "adult", facts, from);
                people.put(who, person);
            }
            keep(person, facts, from.said(manners.getOrDefault(who, Map.of())));
        });
        // Where a step is about one parent, the adult with whom the pathway began is not whom the answers are about.
        Set<Long> about = new LinkedHashSet<>();
        people.forEach((who, person) -> {
            if (!(who.equals("adult") && subjects.containsKey(PERSON))) {
                about.add(person);
            }
        });
        kept.values().forEach(value -> peopleIn(value, about));
        return new Taken(kept, people, about);
    }

    /** {@code status} and {@code instead}: as {@code keep_facts} of the database knows them. */
    private record Source(String family, String words, String username, LocalDate on, String status, String instead) {

        Source said(Map<String, String> manner) {
            return new Source(family, manner.getOrDefault("source", words), username, on, manner.getOrDefault("status", status), manner.getOrDefault("instead", instead));
        }
    }

    /** A source is kept in the words of the form, the rest by its code. */
    private static String words(org.thinkfamily.forms.Component question, Object answer) {
        return question.property("fact").filter(name -> name.endsWith(".source")).flatMap(name -> question.options().stream().filter(option -> option.value().equals(answer)).findFirst())
                .map(Option::text).orElse(answer.toString());
    }

    private List<Object> rows(org.thinkfamily.forms.Component list, List<?> rows, Source from) {
        List<Object> kept = new ArrayList<>();
        for (Object each : rows) {
            Map<String, Object> row = new LinkedHashMap<>();
            ((Map<?, ?>) each).forEach((key, value) -> row.put(key.toString(), value));
            Map<Fact, Object> facts = new EnumMap<>(Fact.class);
            list.components().stream().flatMap(Facts::questions).forEach(question -> question.property("fact").flatMap(Fact::named).ifPresent(fact -> {
                if (row.get(question.key()) != null) {
                    facts.put(fact, row.get(question.key()));
                }
            }));
            Long person = row.get("person") == null ? null : Long.valueOf(row.get("person").toString());
            if (person == null && list.property("people").isPresent()) {
                person = add("parent".equals(list.property("people").get()) ? "adult" : "child", facts, from);
                row.put("person", person);
            }
            if (person != null && !facts.isEmpty()) {
                keep(person, facts, from);
            }
            kept.add(row);
        }
        return kept;
    }

    private static Stream<org.thinkfamily.forms.Component> questions(org.thinkfamily.forms.Component component) {
        return component.type() == Type.GROUP ? component.components().stream().flatMap(Facts::questions) : Stream.of(component);
    }

    private static void peopleIn(Object answer, Set<Long> about) {
        if (answer instanceof List<?> rows) {
            rows.forEach(row -> {
                // An entry is not about a child who was left out of it.
                if (row instanceof Map<?, ?> map && map.get("person") != null && !map.containsKey("leftOut")) {
                    about.add(Long.valueOf(map.get("person").toString()));
                }
            });
        }
    }

    private long add(String position, Map<Fact, Object> facts, Source from) {
        String first = facts.containsKey(Fact.FIRST_NAME) ? facts.get(Fact.FIRST_NAME).toString() : messages.getMessage("family.unborn", null, Locale.UK);
        return jdbc.sql("""
                with added as (insert into person (first_name, last_name) values (:first, :last) returning id)
                insert into family_member (family_ref, person_id, position) select :family, id, :position from added returning person_id
                """)
                .param("first", first).param("last", facts.getOrDefault(Fact.LAST_NAME, "").toString())
                .param("family", from.family()).param("position", position)
                .query(Long.class).single();
    }

    private void keep(long person, Map<Fact, Object> facts, Source from) {
        update("person", "id = :person", person, facts, from);
        update("family_member", "person_id = :person and family_ref = :family", person, facts, from);
        if (facts.containsKey(Fact.WITHHELD_ADDRESS)) {
            live(person, facts.get(Fact.WITHHELD_ADDRESS).toString().strip(), true, from);
        } else if (facts.containsKey(Fact.ADDRESS)) {
            live(person, facts.get(Fact.ADDRESS).toString().strip(), false, from);
        }
        if (facts.containsKey(Fact.EARLIER_FIRST_NAME) || facts.containsKey(Fact.EARLIER_LAST_NAME)) {
            named(person, facts, from);
        }
        Map<Fact, Object> kept = new EnumMap<>(facts);
        kept.keySet().removeAll(ELSEWHERE);
        jdbc.sql("select keep_facts(:person, :family, :facts, :values, :status, :instead, :by, :on, :at, :source)")
                .param("person", person).param("family", from.family()).param("by", from.username()).param("on", Date.valueOf(from.on())).param("source", from.words())
                .param("at", Timestamp.from(time.instant())).param("status", from.status()).param("instead", from.instead())
                .param("facts", kept.keySet().stream().map(fact -> fact.name).toArray(String[]::new)).param("values", kept.values().stream().map(Fact::said).toArray(String[]::new))
                .query((row, n) -> person).single();
    }

    /** A name they had before, or are also known by; a part that was not said is the one they have now. */
    private void named(long person, Map<Fact, Object> facts, Source from) {
        jdbc.sql("""
                insert into person_other_name (person_id, first_name, last_name, family_ref, said_by, said_on, source)
                select id, coalesce(cast(:first as text), first_name), coalesce(cast(:last as text), last_name), :family, :by, :on, :source from person where id = :person
                on conflict do nothing
                """)
                .param("person", person).param("first", facts.get(Fact.EARLIER_FIRST_NAME)).param("last", facts.get(Fact.EARLIER_LAST_NAME)).param("family", from.family())
                .param("by", from.username()).param("on", from.on()).param("source", from.words()).update();
    }

    /**
     * Another address than the one in force ends that one; the same again changes nothing. A withheld one ends no other, since whoever may not know it must not see that anything has
     * changed: for them the last one known to all stays the last.
     */
    private void live(long person, String address, boolean withheld, Source from) {
        jdbc.sql("update person_address set until_on = :on where person_id = :person and until_on is null and (address <> :address or withheld <> :withheld) and (withheld or not :withheld)")
                .param("on", from.on()).param("person", person).param("address", address).param("withheld", withheld).update();
        jdbc.sql("""
                insert into person_address (person_id, address, withheld, family_ref, said_by, source, from_on)
                select :person, :address, :withheld, :family, :by, :source, :on
                 where not exists (select 1 from person_address where person_id = :person and until_on is null and withheld = :withheld)
                """)
                .param("person", person).param("address", address).param("withheld", withheld).param("family", from.family()).param("by", from.username()).param("source", from.words())
                .param("on", from.on()).update();
    }

    private void update(String table, String where, long person, Map<Fact, Object> facts, Source from) {
        Map<Fact, Object> own = new EnumMap<>(Fact.class);
        facts.forEach((fact, value) -> {
            if (fact.table.equals(table)) {
                own.put(fact, value);
            }
        });
        if (own.isEmpty()) {
            return;
        }
        // A child who was expected and is now born has a date of birth in place of the expected date.
        String born = own.containsKey(Fact.DATE_OF_BIRTH) ? ", expected_on = null" : "";
        if (!born.isEmpty()) {
            own.remove(Fact.EXPECTED_ON);
        }
        String set = String.join(", ", own.keySet().stream().map(fact -> fact.column + " = :" + fact.name()).toList());
        var update = jdbc.sql("update " + table + " set " + set + born + " where " + where).param("person", person).param("family", from.family());
        for (var fact : own.entrySet()) {
            update = update.param(fact.getKey().name(), fact.getKey().stored(fact.getValue()));
        }
        update.update();
    }
}
