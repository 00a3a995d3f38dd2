package org.thinkfamily.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who has looked at a family. For those whom {@code app_role.reads_audit} names: managers at the families in which their teams are involved, others at those for which they are
 * themselves named in that role. Looking here is written down like any other look.
 */
@Component
public class WhoLooked {

    /** What somebody did, of an audit row {@code e}: see {@link #KINDS}. */
    public static final String KIND = """
            case when e.outcome = 'refused' then 'refused' when e.action like 'emergency.%' then 'emergency' when e.families is not null then 'listed'
                 when e.action like '%.print' then 'printed' when e.action like '%.read' or e.action = 'work.family' then 'opened' else 'changed' end
            """;
    /** Opened something of it; saw it in a list; printed; wrote or changed something; opened it in an emergency; asked and was refused. */
    public static final List<String> KINDS = List.of("opened", "listed", "printed", "changed", "emergency", "refused");

    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final Audit audit;
    private final Clock time;
    private volatile Readers readers = new Readers(Set.of(), null);

    WhoLooked(JdbcClient jdbc, Audit audit, Clock time) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.time = time;
    }

    private record Readers(Set<String> roles, Instant readAt) { }

    /**
     * One row of the audit.
     *
     * @param name of the person; null when the username is no user's any more
     * @param roles the names of the roles they held, with commas between them
     * @param kind one of {@link #KINDS}
     * @param entry the number of the entry it was, where it was one that the actor may see; else null
     * @param title of that entry
     * @param reason in their own words, or null
     */
    public record Look(long id, Instant at, String username, String name, String roles, String action, String kind, Long entry, String title, String reason) { }

    /** Somebody who has looked; {@code id}: the number of one of their rows, which stands for them in an address. */
    public record Person(long id, String username, String name) { }

    /** Whether a role of this person may lead here for some family; as it was within the last minute. Only for showing links. */
    public boolean offeredTo(Actor actor) {
        Readers known = readers;
        Instant now = time.instant();
        if (known.readAt() == null || !now.isBefore(known.readAt().plus(REMEMBERED)) || now.isBefore(known.readAt())) {
            known = new Readers(Set.copyOf(jdbc.sql("select code from app_role where reads_audit").query(String.class).list()), now);
            readers = known;
        }
        return actor.hasAny(known.roles());
    }

    /**
     * The newest first.
     *
     * @param person the number of a row of the person looked for, as {@link Person} has it; null for everybody
     * @param kind one of {@link #KINDS}, or null for all
     * @param before the number of the row after which the list goes on; null from the newest
     * @throws NotFound when there is no such family or the actor may not know of it
     * @throws NotAllowed when the actor may see the family but not who has looked at it
     */
    @Transactional
    public List<Look> of(Actor actor, String family, Long person, String kind, Long before, int limit) {
        audit.read(actor, "who-looked.read", family, null);
        if (!mayRead(actor, family)) {
            throw new NotAllowed();
        }
        return jdbc.sql("select look.*, n.id as entry, n.title from (select e.id, e.at, e.username, u.name, e.action, e.subject, e.reason, " + KIND + """
                        as kind, (select string_agg(r.name, ', ' order by r.name) from app_role r where r.code = any(string_to_array(e.roles, ','))) as roles
                """ + LOOKS + """
                   and (cast(:before as bigint) is null or e.id < :before)
                   and (cast(:person as bigint) is null or e.username = (select p.username from audit_event p where p.id = :person))
                 order by e.id desc limit :limit) look
                  left join entry n on n.family_ref = :family and n.id = case when look.action like 'entry.%' and look.subject ~ '^[0-9]{1,18}$' then cast(look.subject as bigint) end
                 order by look.id desc
                """)
                .param("family", family).param("before", before).param("person", person).param("kind", kind).param("limit", limit).query(Look.class).list();
    }

    /** How many {@link #of} lists in all. The caller has listed them. */
    public long count(String family, String kind) {
        return jdbc.sql("select count(*)" + LOOKS).param("family", family).param("kind", kind).query(Long.class).single();
    }

    private static final String LOOKS = """
             from (select * from audit_event where family_ref = :family union all
                   select * from audit_event where families @> array[cast(:family as text)] and family_ref is null) e
             left join app_user u on u.username = e.username
            where (cast(:kind as text) is null or :kind =
            """ + KIND + ")\n";

    /** Everybody who has looked, by name. The caller has listed {@link #of}. */
    public List<Person> people(String family) {
        return jdbc.sql("""
                select max(e.id) as id, e.username, coalesce(u.name, e.username) as name
                  from (select id, username from audit_event where family_ref = :family union all
                        select id, username from audit_event where families @> array[cast(:family as text)] and family_ref is null) e
                  left join app_user u on u.username = e.username
                 group by e.username, u.name order by 3
                """).param("family", family).query(Person.class).list();
    }

    private boolean mayRead(Actor actor, String family) {
        return jdbc.sql("""
                select exists (select 1 from involvement i where i.family_ref = :family and i.ended_on is null
                   and (i.team_id = any(:manages) and exists (select 1 from app_role a where a.code = any(:roles) and a.manages and a.reads_audit)
                        or i.username = :me and exists (select 1 from app_role a where a.code = i.role and a.reads_audit)))
                """)
                .param("family", family).param("me", actor.username()).param("manages", actor.managedTeams().toArray(String[]::new))
                .param("roles", actor.roles().toArray(String[]::new)).query(Boolean.class).single();
    }
}
