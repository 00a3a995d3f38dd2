package org.thinkfamily.family;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
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

/** Takes from the answers of a form what they say about people, and keeps it with who said it and when (S-198). */
@Component
public class Facts {

    private static final String WORKER = "worker.";

    private final JdbcClient jdbc;
    private final Involvements involvements;
    private final Families families;
    private final MessageSource messages;

    Facts(JdbcClient jdbc, Involvements involvements, Families families, MessageSource messages) {
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
        Source from = new Source(family, source, username, families.today());
        Map<String, Object> kept = new LinkedHashMap<>(answers);
        Map<String, Long> people = new LinkedHashMap<>(subjects);
        Map<String, Map<Fact, Object>> said = new LinkedHashMap<>();
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
            keep(person, facts, from);
        });
        Set<Long> about = new LinkedHashSet<>(people.values());
        kept.values().forEach(value -> peopleIn(value, about));
        return new Taken(kept, people, about);
    }

    private record Source(String family, String words, String username, LocalDate on) { }

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
                person = add("child".equals(list.property("people").get()) ? "child" : "adult", facts, from);
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
                if (row instanceof Map<?, ?> map && map.get("person") != null) {
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
        if (facts.containsKey(Fact.ADDRESS)) {
            live(person, facts.get(Fact.ADDRESS).toString().strip(), from);
        }
        jdbc.sql("""
                insert into fact_source (person_id, fact, family_ref, said_by, said_on, source)
                select :person, fact, :family, :by, :on, :source from unnest(cast(:facts as text[])) fact
                on conflict (person_id, fact) do update
                   set family_ref = excluded.family_ref, said_by = excluded.said_by, said_on = excluded.said_on, source = excluded.source
                """)
                .param("person", person).param("family", from.family()).param("by", from.username()).param("on", Date.valueOf(from.on()))
                .param("source", from.words()).param("facts", facts.keySet().stream().map(fact -> fact.name).toArray(String[]::new))
                .update();
    }

    /** Another address than the one in force ends that one; the same again changes nothing. */
    private void live(long person, String address, Source from) {
        jdbc.sql("update person_address set until_on = :on where person_id = :person and until_on is null and address <> :address")
                .param("on", from.on()).param("person", person).param("address", address).update();
        jdbc.sql("""
                insert into person_address (person_id, address, family_ref, said_by, source, from_on)
                select :person, :address, :family, :by, :source, :on
                 where not exists (select 1 from person_address where person_id = :person and until_on is null)
                """)
                .param("person", person).param("address", address).param("family", from.family()).param("by", from.username()).param("source", from.words())
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
