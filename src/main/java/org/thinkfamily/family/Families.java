package org.thinkfamily.family;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.Policy;
import org.thinkfamily.clock.WorkingDays;

/** The families of the record and the people in them. Each list that names them is written into the audit, in one row and in the transaction that reads it. */
@Component
public class Families {

    private final JdbcClient jdbc;
    private final Clock time;
    private final Audit audit;

    Families(JdbcClient jdbc, Clock time, Audit audit) {
        this.jdbc = jdbc;
        this.time = time;
        this.audit = audit;
    }

    /** A family as it stands in a list: the reference, the names of its adults and children, and whether nobody has acted yet on a red flag. */
    public record Listed(String ref, String adults, String children, Instant createdAt, long openTasks, LocalDate nextDue, boolean redFlag) { }

    /** One answer to a search: a person and the family in which they were found. {@code address}: where they live now, or null. */
    public record Found(String family, long person, String name, LocalDate dateOfBirth, LocalDate expectedOn, String position, String relationship, String address) { }

    /** Opens a family with nobody in it yet. */
    public String open(String by) {
        return jdbc.sql("insert into family (created_at, created_by) values (:at, :by) returning ref")
                .param("at", Timestamp.from(time.instant())).param("by", by).query(String.class).single();
    }

    /** The people of a family: adults, then children, eldest first. Empty for a family that does not exist. */
    public List<Person> people(String family) {
        return jdbc.sql(PEOPLE + " where m.family_ref = :family and p.merged_into is null order by m.position, p.date_of_birth nulls last, p.id")
                .param("family", family).query(Person.class).list();
    }

    private static final String PEOPLE = """
            select p.id, p.first_name, p.last_name, p.date_of_birth, p.expected_on, p.nhs_number, p.sex,
                   p.gp_practice_id as gp_practice, g.name as gp_practice_name, p.school_id as school, s.name as school_name,
                   m.position, m.relationship, m.home, m.young_carer, a.address
              from family_member m join person p on p.id = m.person_id
              left join team g on g.id = p.gp_practice_id
              left join team s on s.id = p.school_id
              left join person_address a on a.person_id = p.id and a.until_on is null and not a.withheld
            """;

    /**
     * The families the actor may see, newest first.
     *
     * @param query part of a name or a reference; null or blank: all
     * @param afterAt with {@code afterRef} the family after which the list starts; null: from the start
     * @param shown how many are to be shown; one more is given when there is one
     */
    @Transactional
    public List<Listed> visibleTo(Actor actor, String query, Instant afterAt, String afterRef, int shown) {
        List<Listed> found = jdbc.sql(LISTED + VISIBLE + """
                   and (cast(:afterAt as timestamptz) is null or (f.created_at, f.ref) < (:afterAt, :afterRef))
                 order by f.created_at desc, f.ref desc limit :limit
                """)
                .params(Policy.of(actor)).param("query", words(query))
                .param("afterAt", afterAt == null ? null : Timestamp.from(afterAt)).param("afterRef", afterRef).param("limit", shown + 1)
                .query(Listed.class).list();
        audit.list(actor, words(query) == null ? "families.list" : "family.find", found.stream().limit(shown).map(Listed::ref).toList(), List.of());
        return found;
    }

    /** How many families {@link #visibleTo} lists in all. */
    public long countVisibleTo(Actor actor, String query) {
        return jdbc.sql("select count(*) from family f" + VISIBLE).params(Policy.of(actor)).param("query", words(query)).query(Long.class).single();
    }

    private static final String VISIBLE = " where " + Policy.MAY_SEE_FAMILY + """
             and (cast(:query as text) is null or f.ref = upper(:query) or exists (
                    select 1 from family_member m join person p on p.id = m.person_id
                     where m.family_ref = f.ref and (strpos(lower(p.first_name || ' ' || p.last_name), lower(:query)) > 0
                        or strpos(regexp_replace(lower(p.first_name || p.last_name), '[^[:alnum:]]', '', 'g'), nullif(regexp_replace(lower(:query), '[^[:alnum:]]', '', 'g'), '')) > 0)))
            """;

    private static String words(String query) {
        return query == null || query.isBlank() ? null : query.strip();
    }

    /** The families in which the actor is the named worker, next due first. */
    @Transactional
    public List<Listed> casesOf(Actor actor) {
        List<Listed> cases = jdbc.sql(LISTED + """
                 where exists (select 1 from involvement i where i.family_ref = f.ref and i.username = :actor and i.ended_on is null)
                 order by next_due nulls last, f.ref
                """).param("actor", actor.username()).query(Listed.class).list();
        audit.list(actor, "cases.list", cases.stream().map(Listed::ref).toList(), List.of());
        return cases;
    }

    private static final String LISTED = """
            select f.ref, f.created_at,
                   (select string_agg(p.first_name || ' ' || p.last_name, ', ' order by p.id) from family_member m join person p on p.id = m.person_id and p.merged_into is null
                     where m.family_ref = f.ref and m.position = 'adult') as adults,
                   (select string_agg(p.first_name || ' ' || p.last_name, ', ' order by p.date_of_birth nulls last, p.id) from family_member m join person p on p.id = m.person_id and p.merged_into is null
                     where m.family_ref = f.ref and m.position = 'child') as children,
                   (select count(*) from work_item w where w.family_ref = f.ref and w.done_at is null) as open_tasks,
                   least((select min(w.due_on) from work_item w where w.family_ref = f.ref and w.done_at is null),
                         (select min(c.due_on) from clock c where c.family_ref = f.ref and c.met_at is null and c.stopped_at is null),
                         (select min(r.due_on) from review r join care_period p on p.id = r.care_period_id
                           where p.family_ref = f.ref and p.ended_on is null and r.held_on is null)) as next_due,
                   REDFLAG as red_flag
              from family f
            """.replace("REDFLAG", org.thinkfamily.clock.Clock.redFlagOpen("f.ref"));

    /**
     * People in families the actor may see (U22): by part of a name or how it sounds, a date of birth, an NHS number, a family reference with or without its letter, or part
     * of the address they live at. Best match first, at most 50.
     */
    @Transactional
    public List<Found> find(Actor actor, String query) {
        SearchTerm term = SearchTerm.of(query);
        List<Found> found = jdbc.sql("""
                with asked as (select array(select distinct dmetaphone(word) from unnest(cast(:words as text[])) word where dmetaphone(word) <> '') as sounds)
                select f.ref as family, k.id as person, k.first_name || ' ' || k.last_name as name, k.date_of_birth, k.expected_on, used.position, used.relationship,
                       (select l.address from person_address l where l.person_id = k.id and l.until_on is null and not l.withheld) as address
                  from asked, family f join family_member m on m.family_ref = f.ref join person p on p.id = m.person_id
                  join person k on k.id = coalesce(p.merged_into, p.id) join family_member used on used.family_ref = f.ref and used.person_id = k.id
                  left join person_address a on a.person_id = p.id and a.until_on is null and not a.withheld
                 where (lower(p.first_name || ' ' || p.last_name) like '%' || lower(:part) || '%'
                        or regexp_replace(lower(p.first_name || p.last_name), '[^[:alnum:]]', '', 'g') like '%' || :squeezed || '%'
                        or lower(p.first_name || ' ' || p.last_name) % lower(:text)
                        or (dmetaphone(p.first_name) = any(asked.sounds) or dmetaphone(p.last_name) = any(asked.sounds))
                           and asked.sounds <@ array[dmetaphone(p.first_name), dmetaphone(p.last_name), dmetaphone_alt(p.first_name), dmetaphone_alt(p.last_name)]
                        or p.date_of_birth = :date or p.nhs_number = :number or f.ref = :ref
                        or a.squeezed like '%' || :place || '%')
                """ + " and " + Policy.MAY_SEE_FAMILY + """
                 order by lower(p.first_name || ' ' || p.last_name) like '%' || lower(:part) || '%' desc,
                          similarity(lower(p.first_name || ' ' || p.last_name), lower(:text)) desc, p.last_name, p.first_name, f.ref limit 50
                """)
                .params(Policy.of(actor)).param("text", term.text()).param("part", term.pattern()).param("words", term.words()).param("date", term.date())
                .param("number", term.number()).param("ref", term.ref()).param("place", term.place()).param("squeezed", term.squeezed())
                .query(Found.class).list().stream().distinct().toList();
        audit.list(actor, "family.find", found.stream().map(Found::family).toList(), found.stream().map(Found::person).toList());
        return found;
    }

    /** Who of a family was recorded twice: the person in use, by the id that is no longer used. The caller has asked the policy about the family. */
    public Map<Long, Person> joined(String family) {
        Map<Long, Long> used = new HashMap<>();
        jdbc.sql("select p.id, p.merged_into from family_member m join person p on p.id = m.person_id where m.family_ref = :family and p.merged_into is not null").param("family", family)
                .query((row, n) -> used.put(row.getLong(1), row.getLong(2))).list();
        Map<Long, Person> joined = new HashMap<>();
        if (!used.isEmpty()) {
            people(family).forEach(person -> used.forEach((old, now) -> {
                if (now == person.id()) {
                    joined.put(old, person);
                }
            }));
        }
        return joined;
    }

    /**
     * Whether an NHS number belongs to somebody in the record who is not this person.
     *
     * @param person who may have it; null for somebody new
     */
    public boolean numberTaken(String number, Long person) {
        return jdbc.sql("select exists (select 1 from person where nhs_number = :number and coalesce(merged_into, id) is distinct from cast(:person as bigint))")
                .param("number", number).param("person", person).query(Boolean.class).single();
    }

    /** Today in England. */
    public LocalDate today() {
        return WorkingDays.dayOf(time.instant());
    }
}
