package org.thinkfamily.family;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.access.Policy;

/** One person with everything that was said of them: source, date and status of each fact, and what stood there before (S-024, S-103). */
@Component
public class Portraits {

    private static final String WITHHELD = "withheld-address";

    private final JdbcClient jdbc;
    private final Families families;
    private final Policy policy;
    private final Audit audit;

    Portraits(JdbcClient jdbc, Families families, Policy policy, Audit audit) {
        this.jdbc = jdbc;
        this.families = families;
        this.policy = policy;
        this.audit = audit;
    }

    /**
     * What is known of a person, as far as the reader may know it.
     *
     * @param facts in the order people read them, those that nobody said anything about left out
     * @param families references of the families they are in that the reader may see
     */
    public record Portrait(Person person, List<Known> facts, List<Address> addresses, List<OtherName> otherNames, List<String> families) { }

    /**
     * A fact in force, with what stood there before, newest first.
     *
     * @param fact by the name models use for it
     * @param value codes as they are kept, several with commas between
     * @param status {@code said}, {@code seen} or {@code in-doubt}; null, as source and date, where nobody kept where it is from
     */
    public record Known(String fact, String value, String status, String source, String saidBy, LocalDate saidOn, List<Before> before) { }

    /** @param replacedAs {@code changed}: right then; {@code wrong}: never right; {@code confirmed}: the same, less sure */
    public record Before(String value, String status, String source, LocalDate saidOn, LocalDate replacedOn, String replacedAs) { }

    /** {@code source} and {@code saidOn}: null for the name under which somebody was recorded twice. */
    public record OtherName(String firstName, String lastName, String source, LocalDate saidOn) { }

    /** Where they live or lived. {@code untilOn}: null for where they live now. */
    public record Address(String address, boolean withheld, String source, LocalDate fromOn, LocalDate untilOn) { }

    /** {@code chosen}: said of the one who is in use, or of the other when that one's word was chosen. */
    private record Row(boolean chosen, String fact, String value, String status, String source, String saidBy, LocalDate saidOn, LocalDate replacedOn, String replacedAs) { }

    /** @throws NotFound when there is no such person in the family, or the actor may not know of the family */
    @Transactional
    public Portrait of(Actor actor, String family, long id) {
        audit.read(actor, "person.read", family, id);
        Person person = families.people(family).stream().filter(one -> one.id() == id).findFirst().orElseThrow(NotFound::new);
        Map<String, List<Row>> rows = jdbc.sql("""
                select f.person_id = coalesce((select g.merged_id from person_merge g where g.person_id = :person and g.state = 'joined' and g.choices ->> f.fact = 'merged' order by g.id desc limit 1),
                                              :person) as chosen,
                       f.fact, f.value, f.status, f.source, coalesce(u.name, f.said_by) as said_by, f.said_on,
                       cast(f.replaced_at at time zone 'Europe/London' as date) as replaced_on, f.replaced_as
                  from person_fact f left join app_user u on u.username = f.said_by
                 where f.person_id in (select id from person where id = :person or merged_into = :person) and (f.family_ref = :family or f.fact not in ('home', 'relationship', 'youngCarer'))
                 order by f.replaced_at desc nulls first, f.id desc
                """).param("person", id).param("family", family).query(Row.class).list().stream().collect(Collectors.groupingBy(Row::fact, LinkedHashMap::new, Collectors.toList()));
        List<Known> facts = new ArrayList<>();
        for (Fact fact : Fact.values()) {
            if (fact.table.equals("person_address") || fact.table.equals("person_other_name")) {
                continue;
            }
            List<Row> said = rows.getOrDefault(fact.name, List.of());
            List<Row> standing = said.stream().filter(row -> row.replacedAs() == null).toList();
            Object kept = fact.answered(person, !standing.isEmpty());
            Row now = standing.stream().filter(row -> kept == null ? row.chosen() : row.value().equals(kept.toString())).max(Comparator.comparing(Row::chosen))
                    .orElse(standing.isEmpty() || kept != null ? null : standing.get(0));
            String value = kept != null ? kept.toString() : now == null ? null : now.value();
            if (value != null && !value.isBlank()) {
                facts.add(new Known(fact.name, value, now == null ? null : now.status(), now == null ? null : now.source(), now == null ? null : now.saidBy(), now == null ? null : now.saidOn(),
                        said.stream().filter(row -> row.replacedAs() != null).map(row -> new Before(row.value(), row.status(), row.source(), row.saidOn(), row.replacedOn(), row.replacedAs())).toList()));
            }
        }
        return new Portrait(person, facts, addresses(actor, family, id), jdbc.sql("""
                select first_name, last_name, source, said_on from person_other_name where person_id in (select id from person where id = :person or merged_into = :person)
                union all select first_name, last_name, null, null from person where merged_into = :person
                order by 4 nulls last
                """).param("person", id).query(OtherName.class).list(),
                jdbc.sql("select f.ref from family f join family_member m on m.family_ref = f.ref where m.person_id = :person and " + Policy.MAY_SEE_FAMILY + " order by f.ref")
                        .params(Policy.of(actor)).param("person", id).query(String.class).list());
    }

    /** A withheld address is not there for who may not see it; for who may, it ended the one that was known to all. */
    private List<Address> addresses(Actor actor, String family, long person) {
        return jdbc.sql("""
                select a.address, a.withheld, a.source, a.from_on, a.ends as until_on
                  from (select l.*, coalesce(l.until_on, (select min(w.from_on) from person_address w where :withheld and not l.withheld and w.withheld and w.person_id = l.person_id and w.id > l.id)) as ends
                          from person_address l where l.person_id in (select id from person where id = :person or merged_into = :person) and (not l.withheld or :withheld)) a
                 order by a.ends desc nulls first, a.id desc
                """).param("person", person).param("withheld", policy.mayRead(actor, family, WITHHELD)).query(Address.class).list();
    }
}
