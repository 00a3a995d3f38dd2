package org.thinkfamily.family;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.access.Policy;

/**
 * People who were recorded twice. Joining loses nothing: both rows stay with all that points to them, the one no longer used points to the one in use, entries stay as they
 * are, and it can be undone. Who proposes, joins or undoes sees a family of each of the two.
 */
@Component
public class Merges {

    private static final int SHOWN = 12;

    private final JdbcClient jdbc;
    private final Clock time;
    private final Audit audit;

    Merges(JdbcClient jdbc, Clock time, Audit audit) {
        this.jdbc = jdbc;
        this.time = time;
        this.audit = audit;
    }

    /** Somebody who may be the same person, in a family the reader may see. */
    public record Twin(long person, String name, LocalDate dateOfBirth, LocalDate expectedOn, String family, boolean sameNumber) { }

    /**
     * A proposal, or what became of it.
     *
     * @param person who stays in use, {@code merged} who does not
     * @param state {@code proposed}, {@code joined} or {@code undone}
     * @param at when it got there
     */
    public record Merge(long id, long person, long merged, String state, Instant at, String reason, String undoReason) { }

    /** A fact of the two, as models name it; either value may be null. {@code differs}: both have one, and not the same. */
    public record Compared(String fact, String kept, String merged) {

        public boolean differs() {
            return kept != null && merged != null && !kept.equals(merged);
        }
    }

    /**
     * What joining would do.
     *
     * @param families of the two that the reader may see
     * @param entries how many entries are about the one who stays and about the other
     * @param mayJoin false when something is under way about the one who would go out of use, or one of the two was joined already
     */
    public record Preview(Merge merge, String keptName, String mergedName, List<Compared> facts, List<String> keptFamilies, List<String> mergedFamilies, long keptEntries, long mergedEntries,
            boolean mayJoin) { }

    /** The two cannot be joined, or taken apart, as things stand. */
    public static class Refused extends RuntimeException {
        Refused() {
            super("refused", null, false, false);
        }
    }

    /** Who may be the same person: same number, or a name and birthday that are alike, among people in families the actor may see; likeliest first. */
    @Transactional
    public List<Twin> twins(Actor actor, String family, long person) {
        audit.read(actor, "person.twins", family, person);
        requireIn(family, person);
        List<Twin> twins = jdbc.sql("""
                select o.id as person, o.first_name || ' ' || o.last_name as name, o.date_of_birth, o.expected_on, min(f.ref) as family, coalesce(o.nhs_number = p.nhs_number, false) as same_number
                  from person p, family f join family_member m on m.family_ref = f.ref join person o on o.id = m.person_id
                 where p.id = :person and o.id <> p.id and o.merged_into is null
                   and (o.nhs_number = p.nhs_number or o.date_of_birth = p.date_of_birth
                        or lower(o.first_name || ' ' || o.last_name) % lower(p.first_name || ' ' || p.last_name)
                        or dmetaphone(o.first_name) = dmetaphone(p.first_name) and dmetaphone(o.last_name) = dmetaphone(p.last_name))
                   and
                """ + Policy.MAY_SEE_FAMILY + """
                 group by o.id, p.id
                 order by coalesce(o.nhs_number = p.nhs_number, false) desc,
                          similarity(lower(o.first_name || ' ' || o.last_name), lower(p.first_name || ' ' || p.last_name)) + case when o.date_of_birth = p.date_of_birth then 0.5 else 0 end desc, o.id
                 limit :most
                """).params(Policy.of(actor)).param("person", person).param("most", SHOWN).query(Twin.class).list();
        audit.list(actor, "person.twins", twins.stream().map(Twin::family).toList(), twins.stream().map(Twin::person).toList());
        return twins;
    }

    /**
     * Proposes to join two rows of one person. The first stays in use, unless something is under way about the other only.
     *
     * @throws NotFound when the actor may not see the family, or no family of the other
     * @throws Refused when they are one row, or one of them was joined before
     */
    @Transactional
    public long propose(Actor actor, String family, long person, long other) {
        audit.change(actor, "person.propose-join", family, person);
        requireIn(family, person);
        requireSight(actor, other);
        if (person == other || jdbc.sql("select exists (select 1 from person where id in (:one, :other) and merged_into is not null)").param("one", person).param("other", other)
                .query(Boolean.class).single()) {
            throw new Refused();
        }
        boolean swapped = jdbc.sql("""
                select (has_open_steps(:other) or exists (select 1 from person where merged_into = :other)) and not (has_open_steps(:one) or exists (select 1 from person where merged_into = :one))
                """).param("one", person).param("other", other).query(Boolean.class).single();
        return jdbc.sql("""
                insert into person_merge (family_ref, person_id, merged_id, state, proposed_by, proposed_at) values (:family, :person, :merged, 'proposed', :by, :at) returning id
                """).param("family", family).param("person", swapped ? other : person).param("merged", swapped ? person : other).param("by", actor.username()).param("at", now())
                .query(Long.class).single();
    }

    /** What was proposed and done about a person, newest first. The caller has asked the policy about the family. */
    public List<Merge> of(String family, long person) {
        return jdbc.sql(MERGE + " where family_ref = :family and (person_id = :person or merged_id = :person) order by id desc").param("family", family).param("person", person)
                .query(Merge.class).list();
    }

    private static final String MERGE = """
            select id, person_id as person, merged_id as merged, state, coalesce(undone_at, joined_at, proposed_at) as at, reason, undo_reason from person_merge
            """;

    /** @throws NotFound when there is no such proposal in the family, or the actor sees no family of one of the two */
    @Transactional
    public Preview preview(Actor actor, String family, long id) {
        Merge merge = open(actor, "person.join-preview", family, id);
        Map<String, Map<Long, String>> values = new LinkedHashMap<>();
        jdbc.sql("""
                select v.fact, v.person, v.value from (
                  select p.id as person, s.fact, s.value, s.place from person p
                   cross join lateral (values ('firstName', p.first_name, 1), ('lastName', p.last_name, 2), ('dateOfBirth', coalesce(p.date_of_birth, p.expected_on)::text, 3),
                                              ('nhsNumber', p.nhs_number, 4), ('sex', p.sex, 5), ('gpPractice', p.gp_practice_id, 6), ('school', p.school_id, 7)) as s(fact, value, place)
                   where p.id in (:kept, :merged)
                  union all
                  select person_id, fact, value, 8 from person_fact
                   where person_id in (:kept, :merged) and replaced_at is null and fact = any(:others)) v
                 where v.value is not null and v.value <> '' order by v.place, v.fact
                """).param("kept", merge.person()).param("merged", merge.merged())
                .param("others", Arrays.stream(Fact.values()).filter(fact -> fact.table.equals("person_fact")).map(fact -> fact.name).toArray(String[]::new))
                .query((row, n) -> values.computeIfAbsent(row.getString(1), fact -> new LinkedHashMap<>()).put(row.getLong(2), row.getString(3))).list();
        List<Compared> facts = new ArrayList<>();
        values.forEach((fact, by) -> facts.add(new Compared(fact, by.get(merge.person()), by.get(merge.merged()))));
        return new Preview(merge, name(merge.person()), name(merge.merged()), facts, families(actor, merge.person()), families(actor, merge.merged()), entries(merge.person()), entries(merge.merged()),
                jdbc.sql("""
                        select not has_open_steps(:merged) and not exists (select 1 from person where merged_into = :merged)
                               and not exists (select 1 from person where id in (:kept, :merged) and merged_into is not null)
                        """).param("kept", merge.person()).param("merged", merge.merged()).query(Boolean.class).single());
    }

    /**
     * Joins the two.
     *
     * @param chosen the facts for which the word of the one who goes out of use is taken; what only that one has is taken anyway
     * @param reason in somebody's words
     * @throws NotFound as {@link #preview}
     * @throws Refused when it cannot be done as things stand
     */
    @Transactional
    public void join(Actor actor, String family, long id, List<String> chosen, String reason) {
        Preview preview = preview(actor, family, id);
        String choices = preview.facts().stream().filter(fact -> fact.merged() != null && (fact.kept() == null || chosen.contains(fact.fact())))
                .map(fact -> '"' + fact.fact() + "\":\"merged\"").collect(Collectors.joining(",", "{", "}"));
        told(actor, "person.join", id, reason, jdbc.sql("select join_people(:id, cast(:choices as jsonb), :reason, :by, :at)").param("id", id).param("choices", choices).param("reason", reason)
                .param("by", actor.username()).param("at", now()).query(Merges::texts).optional());
    }

    /**
     * Takes the two apart again.
     *
     * @throws NotFound as {@link #preview}
     * @throws Refused when they are not joined, or another was joined to the same person since
     */
    @Transactional
    public void undo(Actor actor, String family, long id, String reason) {
        open(actor, "person.undo-join", family, id);
        told(actor, "person.undone", id, reason, jdbc.sql("select undo_join(:id, :reason, :by, :at)").param("id", id).param("reason", reason).param("by", actor.username()).param("at", now())
                .query(Merges::texts).optional());
    }

    /** Each family concerned has it in its audit, also those the actor may not see. */
    private void told(Actor actor, String action, long id, String reason, Optional<List<String>> families) {
        families.orElseThrow(Refused::new).forEach(ref -> audit.record(actor, action, ref, id, reason));
    }

    /** What a function gave back; null when it refused. */
    private static List<String> texts(ResultSet row, int n) throws SQLException {
        Array texts = row.getArray(1);
        return texts == null ? null : List.of((String[]) texts.getArray());
    }

    private Merge open(Actor actor, String action, String family, long id) {
        audit.read(actor, action, family, id);
        Merge merge = jdbc.sql(MERGE + " where id = :id and family_ref = :family").param("id", id).param("family", family).query(Merge.class).optional().orElseThrow(NotFound::new);
        requireSight(actor, merge.person());
        requireSight(actor, merge.merged());
        return merge;
    }

    private void requireIn(String family, long person) {
        if (!jdbc.sql("select exists (select 1 from family_member m join person p on p.id = m.person_id where m.family_ref = :family and m.person_id = :person and p.merged_into is null)")
                .param("family", family).param("person", person).query(Boolean.class).single()) {
            throw new NotFound();
        }
    }

    private void requireSight(Actor actor, long person) {
        if (families(actor, person).isEmpty()) {
            throw new NotFound();
        }
    }

    private List<String> families(Actor actor, long person) {
        return jdbc.sql("select f.ref from family f join family_member m on m.family_ref = f.ref where m.person_id = :person and " + Policy.MAY_SEE_FAMILY + " order by f.ref")
                .params(Policy.of(actor)).param("person", person).query(String.class).list();
    }

    private String name(long person) {
        return jdbc.sql("select first_name || ' ' || last_name from person where id = :id").param("id", person).query(String.class).single();
    }

    private long entries(long person) {
        return jdbc.sql("select count(*) from entry where :id = any(about)").param("id", person).query(Long.class).single();
    }

    private Timestamp now() {
        return Timestamp.from(time.instant());
    }
}
