package org.thinkfamily.kin;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.family.Person;

/** How the people of families are related. Who calls has asked the policy about the family. */
@Component
public class Kin {

    /** Kinds in which neither comes first. */
    private static final Set<String> MUTUAL = Set.of("partner", "sibling", "conflict");
    /** What somebody may be to all children of a family, as the screening asks it, and which tie that is. */
    private static final Map<String, String> TO_CHILDREN = Map.of("mother", "parent", "father", "parent", "parent", "parent", "step-parent", "step-parent", "carer", "carer");

    private final JdbcClient jdbc;

    Kin(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What one person is to another.
     *
     * @param kind {@code parent}, {@code step-parent}, {@code carer}, {@code parental-responsibility}, {@code partner}, {@code sibling} or {@code conflict}
     * @param since and {@code until}: null when not known
     * @param ended whether it is so no more
     */
    public record Tie(long who, String kind, long whose, LocalDate since, LocalDate until, boolean ended) {

        public boolean mutual() {
            return MUTUAL.contains(kind);
        }
    }

    /** A stay in a home of the family, from a day that may be null; {@code home} is {@code first}, {@code second}, {@code third} or {@code away}. */
    public record Stay(long person, String home, LocalDate since) { }

    /**
     * A family's ties and homes.
     *
     * @param homes where each person lives now, by id; who is not in it: not known
     * @param stays all that was said of homes, oldest first
     * @param died the day of death, by id of who has died
     */
    public record Web(List<Tie> ties, Map<Long, String> homes, List<Stay> stays, Map<Long, LocalDate> died) { }

    /** Something said: {@code what} is {@code tie}, {@code home} or {@code died}. */
    private record Said(String what, long person, Long other, String kind, LocalDate since, LocalDate until, String state) { }

    /**
     * What was said of ties and homes, the newest word on each; and beside it what the screening knew: what an adult is to the children, who lives in the household.
     *
     * @param people of the family
     */
    public Web of(String family, List<Person> people) {
        Map<String, Tie> ties = new LinkedHashMap<>();
        Set<Long> members = new HashSet<>(people.stream().map(Person::id).toList());
        for (Person adult : people) {
            String kind = adult.child() || adult.relationship() == null ? null : TO_CHILDREN.get(adult.relationship());
            if (kind != null) {
                people.stream().filter(Person::child).forEach(child -> ties.put(key(kind, adult.id(), child.id()), new Tie(adult.id(), kind, child.id(), null, null, false)));
            }
        }
        List<Said> all = jdbc.sql("""
                select 'tie' as what, person_id as person, other_id as other, kind, since_on as since, until_on as until, state, id from relationship where family_ref = :family
                union all select 'home', person_id, null, home, since_on, null, null, id from home_stay where family_ref = :family
                union all select 'died', person_id, null, null, cast(value as date), null, null, id from person_fact
                           where fact = 'diedOn' and replaced_at is null and person_id = any(:people)
                 order by id
                """).param("family", family).param("people", members.toArray(Long[]::new)).query(Said.class).list();
        for (Said said : all) {
            if (!said.what().equals("tie") || !members.contains(said.person()) || !members.contains(said.other())) {
                continue;
            }
            String key = key(said.kind(), said.person(), said.other());
            Tie before = ties.remove(key);
            if (!said.state().equals("never")) {
                ties.put(key, new Tie(said.person(), said.kind(), said.other(), said.since() != null || before == null ? said.since() : before.since(), said.until(), said.state().equals("ended")));
            }
        }
        Map<Long, String> homes = new HashMap<>();
        people.forEach(person -> {
            if ("household".equals(person.home())) {
                homes.put(person.id(), "first");
            } else if ("elsewhere".equals(person.home())) {
                homes.put(person.id(), "away");
            }
        });
        List<Stay> stays = all.stream().filter(said -> said.what().equals("home")).map(said -> new Stay(said.person(), said.kind(), said.since())).toList();
        stays.forEach(stay -> homes.put(stay.person(), stay.home()));
        Map<Long, LocalDate> died = new HashMap<>();
        all.stream().filter(said -> said.what().equals("died")).forEach(said -> died.put(said.person(), said.since()));
        return new Web(List.copyOf(ties.values()), homes, stays, died);
    }

    /** Who of the family is in conflict with this person now. */
    public Set<Long> inConflictWith(String family, List<Person> people, long person) {
        Set<Long> against = new HashSet<>();
        of(family, people).ties().stream().filter(tie -> tie.kind().equals("conflict") && !tie.ended() && (tie.who() == person || tie.whose() == person))
                .forEach(tie -> against.add(tie.who() == person ? tie.whose() : tie.who()));
        return against;
    }

    /** The mutual ties are one, whoever was named first. */
    private static String key(String kind, long who, long whose) {
        return MUTUAL.contains(kind) ? kind + ':' + Math.min(who, whose) + ':' + Math.max(who, whose) : kind + ':' + who + ':' + whose;
    }
}
