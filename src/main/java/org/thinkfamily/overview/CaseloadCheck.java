package org.thinkfamily.overview;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Acting;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.access.Policy;
import org.thinkfamily.access.WhoLooked;

/**
 * For managers: which families people of their teams have opened without a reason that the record knows. A reason is one that was written down, to be the family's named worker on that
 * day, to hold or to have done a task of the family, or to have filed something about it. What is left was seen from a team's queue, as a manager, or in an emergency: a question to ask, not a fault.
 */
@Component
public class CaseloadCheck {

    /** How many days back, when nothing else is asked for, and at most. */
    public static final int DAYS = 30;
    public static final int MOST_DAYS = 366;

    private final JdbcClient jdbc;
    private final Audit audit;
    private final Clock time;

    CaseloadCheck(JdbcClient jdbc, Audit audit, Clock time) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.time = time;
    }

    /**
     * A family that somebody opened.
     *
     * @param id the number of the newest look, by which the list is ordered
     * @param name of the person
     * @param times how often in these days
     * @param how {@code emergency}, {@code manager} or {@code queue}
     * @param reason the newest that was given, or null
     */
    public record Opened(long id, String username, String name, String family, long times, Instant firstAt, Instant lastAt, String how, String reason) { }

    /**
     * The newest first, within the last {@code days} days. Only families that the manager may see. Written into the audit.
     *
     * @param before the number after which the list goes on; null from the newest
     * @throws NotAllowed when the actor manages nobody
     */
    @Transactional
    public List<Opened> of(Actor actor, int days, Long before, int limit) {
        if (!actor.manages()) {
            throw new NotAllowed();
        }
        Instant now = time.instant();
        List<Opened> opened = jdbc.sql("select * from (" + OPENED + ") opened where cast(:before as bigint) is null or id < :before order by id desc limit :limit")
                .params(asked(actor, now, days)).param("before", before).param("limit", limit).query(Opened.class).list();
        audit.list(actor, "caseload.check", opened.stream().map(Opened::family).toList(), List.of());
        return opened;
    }

    /** How many {@link #of} lists in all. The caller has listed them. */
    public long count(Actor actor, int days) {
        return jdbc.sql("select count(*) from (" + OPENED + ") opened").params(asked(actor, time.instant(), days)).query(Long.class).single();
    }

    /** A family that somebody opened in an emergency, with what they gave as the reason. */
    public record Emergency(String name, String family, String reason, Instant openedAt, Instant untilAt) { }

    /**
     * What people of the manager's teams opened in an emergency within the last {@code days} days of families that the manager does not see: the newest first. Nothing of such a family is
     * told but its reference, and the reason that was given. Written into the audit.
     *
     * @throws NotAllowed when the actor manages nobody
     */
    @Transactional
    public List<Emergency> emergencies(Actor actor, int days) {
        if (!actor.manages()) {
            throw new NotAllowed();
        }
        List<Emergency> opened = Acting.asSystem("tell a manager what their people opened in an emergency", () -> jdbc.sql("""
                select u.name, b.family_ref as family, b.reason, b.opened_at, b.until_at from break_glass b join app_user u on u.username = b.username join family f on f.ref = b.family_ref
                 where b.opened_at > :since and b.opened_at <= :now and u.team_id = any(:teams) and u.username <> :me and not
                """ + Policy.MAY_SEE_FAMILY + " order by b.id desc").params(asked(actor, time.instant(), days)).query(Emergency.class).list());
        audit.list(actor, "caseload.check", opened.stream().map(Emergency::family).toList(), List.of());
        return opened;
    }

    private static Map<String, Object> asked(Actor actor, Instant now, int days) {
        Map<String, Object> asked = new HashMap<>(Policy.of(actor));
        asked.put("me", actor.username());
        asked.put("teams", actor.managedTeams().toArray(String[]::new));
        asked.put("since", Timestamp.from(now.minus(Duration.ofDays(days))));
        asked.put("now", Timestamp.from(now));
        return asked;
    }

    private static final String OPENED = """
            select max(e.id) as id, e.username, u.name, e.family_ref as family, count(*) as times, min(e.at) as first_at, max(e.at) as last_at,
                   case when bool_or(e.action like 'emergency.%') then 'emergency'
                        when bool_or(exists (select 1 from app_role a where a.manages and a.code = any(string_to_array(e.roles, ',')))) then 'manager' else 'queue' end as how,
                   (array_agg(e.reason order by e.id desc) filter (where e.reason is not null))[1] as reason
              from audit_event e join app_user u on u.username = e.username join family f on f.ref = e.family_ref
             where e.at > :since and e.at <= :now and u.team_id = any(:teams) and u.username <> :me
            """ + " and " + WhoLooked.KIND + " in ('opened', 'printed', 'emergency') and (e.reason is null or e.action like 'emergency.%') and " + Policy.MAY_SEE_FAMILY + """
               and not exists (select 1 from involvement n where n.family_ref = e.family_ref and n.username = e.username
                    and n.began_on <= cast(e.at at time zone 'Europe/London' as date) and (n.ended_on is null or n.ended_on >= cast(e.at at time zone 'Europe/London' as date)))
               and not exists (select 1 from work_item w where w.family_ref = e.family_ref and (w.assignee = e.username or w.done_by = e.username))
               and not exists (select 1 from entry n where n.family_ref = e.family_ref and n.author = e.username)
             group by e.username, u.name, e.family_ref
            """;
}
