package org.thinkfamily.worklist;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.Policy;
import org.thinkfamily.clock.Clock;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.WorkerReplaced;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The lists of tasks people see. Each is one query on an index made for it, paged by key, and one row of the audit, in one transaction. A list gives one task
 * more than is to be shown, when there is one, so that its caller knows that it goes on; the audit names those shown.
 */
@Component
public class WorkItems {

    /** True for a task {@code w} of a family that the actor may see. */
    private static final String OF_VISIBLE_FAMILY = Policy.maySeeFamily("w.family_ref");

    /**
     * True for a task {@code w} that the actor may see: all of families the actor may see; and while it is open, one that waits in the queue in the actor's
     * roles or is with a managed team. To hold it or to have done it is not enough: who is no longer involved no longer sees it.
     */
    private static final String VISIBLE = """
            (w.done_at is null and (w.assignee is null and w.team_id = :actorTeam and w.role = any(:actorRoles) or w.team_id = any(:actorManages))
             or %s)
            """.formatted(OF_VISIBLE_FAMILY);

    private static final String MINE = " w.assignee = any(:actorFor) and w.done_at is null and " + OF_VISIBLE_FAMILY;

    private static final String AFTER = "(cast(:afterAt as timestamptz) is null or (w.sort_at, w.id) > (:afterAt, :afterId))";

    private static final String COLUMNS = """
            select w.id, w.family_ref, w.name, w.process_key, w.process_name, w.process_id, w.definition_id, w.deployment_id, w.step_key, w.form_key, w.role,
                   r.name as role_name, w.team_id, t.name as team_name, w.assignee, a.name as assignee_name, w.about, w.subjects, w.clock, w.due_on, w.sort_at,
                   w.created_at, w.done_at, w.done_by, d.name as done_by_name, w.entry_id,
                   (select string_agg(p.first_name || ' ' || p.last_name, ', ' order by p.id) from family_member m join person p on p.id = m.person_id
                     where m.family_ref = w.family_ref and m.position = 'adult') as adults,
                   (select string_agg(p.first_name || ' ' || p.last_name, ', ' order by p.id) from person p where p.id = any(w.about)) as about_names,
                   case when w.clock is not null and w.due_on < cast(:today as date) then (
                     select c.late_reason from clock c where c.family_ref = w.family_ref and c.process_instance_id = w.process_id and c.name = w.clock and c.due_on = w.due_on
                      order by c.late_reason is null, c.id desc limit 1) end as late_reason,
                   REDFLAG as red_flag
              from %s w join app_role r on r.code = w.role join team t on t.id = w.team_id
              left join app_user a on a.username = w.assignee left join app_user d on d.username = w.done_by
            """.replace("REDFLAG", Clock.redFlagOpen("w.family_ref"));

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Families families;
    private final Audit audit;

    WorkItems(JdbcClient jdbc, JsonMapper json, Families families, Audit audit) {
        this.jdbc = jdbc;
        this.json = json;
        this.families = families;
        this.audit = audit;
    }

    /** Where a page of a list starts: after this item; null for the first page. */
    record After(Instant at, String id) {

        static After of(String key) {
            if (key == null || !key.matches("\\d{1,18}\\.\\d{1,9}\\.[\\w-]{1,64}")) {
                return null;
            }
            String[] parts = key.split("\\.", 3);
            return new After(Instant.ofEpochSecond(Long.parseLong(parts[0]), Long.parseLong(parts[1])), parts[2]);
        }

        static String key(Instant at, String id) {
            return at.getEpochSecond() + "." + at.getNano() + "." + id;
        }
    }

    /** The open tasks the actor holds, and those of whom the actor stands in for, earliest due first; none of a family with which the actor is no longer involved. */
    @Transactional
    public List<WorkItem> mine(Actor actor, String after, int shown) {
        return list("work.mine", """
                (select q.* from unnest(cast(:actorFor as text[])) worker
                  cross join lateral (select w.* from work_item w
                                       where w.assignee = worker and w.done_at is null and %s and %s
                                       order by w.sort_at, w.id limit :limit) q
                  order by sort_at, id limit :limit)
                """.formatted(OF_VISIBLE_FAMILY, AFTER), actor, after, shown);
    }

    /** The tasks that wait in the actor's team for somebody in one of the actor's roles, and for a manager every open task of the managed teams; earliest due first. */
    @Transactional
    public List<WorkItem> team(Actor actor, String after, int shown) {
        return list("work.team", """
                (select distinct on (sort_at, id) * from (
                   select q.* from unnest(cast(:actorRoles as text[])) held
                    cross join lateral (select w.* from work_item w
                                         where w.team_id = :actorTeam and w.role = held and w.assignee is null and w.done_at is null and %1$s
                                         order by w.sort_at, w.id limit :limit) q
                   union all
                   select q.* from unnest(cast(:actorManages as text[])) managed
                    cross join lateral (select w.* from work_item w
                                         where w.team_id = managed and w.done_at is null and %1$s
                                         order by w.sort_at, w.id limit :limit) q) both_ways
                  order by sort_at, id limit :limit)
                """.formatted(AFTER), actor, after, shown);
    }

    /**
     * What is late and waits for others, earliest due first: open tasks of the families with which the actor's managed teams are involved, past their day, that are
     * with none of these teams.
     */
    @Transactional
    public List<WorkItem> lateElsewhere(Actor actor, String after, int shown) {
        return list("work.late-elsewhere", """
                (select w.* from work_item w
                  where w.done_at is null and w.due_on < cast(:today as date) and w.team_id <> all(cast(:actorManages as text[]))
                    and w.family_ref in (select i.family_ref from involvement i where i.ended_on is null and i.team_id = any(cast(:actorManages as text[])))
                    and %s and %s
                  order by w.sort_at, w.id limit :limit)
                """.formatted(OF_VISIBLE_FAMILY, AFTER), actor, after, shown);
    }

    /** The open tasks of a family, earliest due first, {@code limit} at most. The caller has asked the policy about the family and written the audit. */
    public List<WorkItem> ofFamily(String family, String after, int limit) {
        return jdbc.sql(COLUMNS.formatted("(select * from work_item w where w.family_ref = :family and w.done_at is null and " + AFTER
                        + " order by w.sort_at, w.id limit :limit)") + " order by w.sort_at, w.id")
                .param("family", family).params(after(After.of(after))).param("limit", limit).param("today", families.today()).query(this::item).list();
    }

    /** The tasks of one process of a family, open and done, the oldest first. The caller has asked the policy about the family. */
    public List<WorkItem> ofProcess(String family, String process) {
        return jdbc.sql(COLUMNS.formatted("work_item") + " where w.family_ref = :family and w.process_id = :process order by w.created_at, w.id")
                .param("family", family).param("process", process).param("today", families.today()).query(this::item).list();
    }

    /** How many tasks {@link #mine} lists in all. */
    public long countMine(Actor actor) {
        return jdbc.sql("select count(*) from work_item w where" + MINE).params(Policy.of(actor)).query(Long.class).single();
    }

    /** How many tasks {@link #team} lists in all. */
    public long countTeam(Actor actor) {
        return jdbc.sql("""
                select count(*) from work_item w
                 where w.done_at is null
                   and (w.team_id = :actorTeam and w.role = any(:actorRoles) and w.assignee is null or w.team_id = any(:actorManages))
                """).params(Policy.of(actor)).query(Long.class).single();
    }

    /** How many tasks {@link #ofFamily} lists in all. */
    public long countOfFamily(String family) {
        return jdbc.sql("select count(*) from work_item w where w.family_ref = :family and w.done_at is null").param("family", family).query(Long.class).single();
    }

    /** Whether this is a key that a list gave. */
    public static boolean isKey(String after) {
        return After.of(after) != null;
    }

    private List<WorkItem> list(String action, String from, Actor actor, String after, int shown) {
        if (after == null) {
            // Planning it anew, with the rules of seven tables, would take longer than the query itself. A later page starts in the middle of the index only when planned for its key.
            jdbc.sql("set local plan_cache_mode = force_generic_plan").update();
        }
        List<WorkItem> found = jdbc.sql(COLUMNS.formatted(from) + " order by w.sort_at, w.id")
                .params(Policy.of(actor)).params(after(After.of(after))).param("limit", shown + 1).param("today", families.today()).query(this::item).list();
        List<WorkItem> seen = found.subList(0, Math.min(shown, found.size()));
        audit.list(actor, action, seen.stream().map(WorkItem::family).toList(), seen.stream().flatMap(item -> item.about().stream()).toList());
        return found;
    }

    private static Map<String, Object> after(After after) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("afterAt", after == null ? null : Timestamp.from(after.at()));
        parameters.put("afterId", after == null ? null : after.id());
        return parameters;
    }

    /** A task the actor may see, open or done; empty when there is none. */
    public Optional<WorkItem> one(Actor actor, String id) {
        return jdbc.sql(COLUMNS.formatted("work_item") + " where w.id = :id and " + VISIBLE)
                .params(Policy.of(actor)).param("id", id).param("today", families.today()).query(this::item).optional();
    }

    /** The open tasks of a worker who is replaced go to who takes over, or into the queue: nobody holds a task of a family that they may not see. */
    @EventListener
    void on(WorkerReplaced worker) {
        jdbc.sql("""
                update work_item w set assignee = u.username, team_id = coalesce(u.team_id, w.team_id)
                  from (select cast(:now as text) as username) taker left join app_user u on u.username = taker.username
                 where w.family_ref = :family and w.role = :role and w.assignee = :before and w.done_at is null
                """).param("family", worker.family()).param("role", worker.role()).param("before", worker.before()).param("now", worker.now()).update();
    }

    /**
     * Gives a task to somebody, when it still is with {@code holder} (null: in the queue). Returns whether it was. Who gets it is involved with the family from then
     * on; a holder who was involved because of this task alone, and has done nothing, no longer is.
     */
    boolean give(String id, String holder, String to) {
        return jdbc.sql("""
                with given as (
                  update work_item set assignee = :to
                   where id = :id and assignee is not distinct from cast(:holder as text) and done_at is null
                  returning family_ref, role, team_id),
                involved as (
                  insert into involvement (family_ref, role, team_id, username, began_on, by_work)
                  select g.family_ref, g.role, coalesce(u.team_id, g.team_id), u.username, :today, :id from given g join app_user u on u.username = :to
                  on conflict do nothing),
                left_it as (
                  update involvement i set ended_on = :today from given g
                   where i.family_ref = g.family_ref and i.username = :holder and i.by_work = :id and i.ended_on is null
                     and not exists (select 1 from entry e where e.family_ref = g.family_ref and e.author = :holder)
                     and not exists (select 1 from work_item w where w.family_ref = g.family_ref and w.assignee = :holder and w.id <> :id and w.done_at is null))
                select count(*) from given
                """).param("id", id).param("holder", holder).param("to", to).param("today", families.today())
                .query(Integer.class).single() == 1;
    }

    /** Gives a task that {@code holder} still holds to who stands in for the holder and does it now. Returns whether it was. */
    boolean standIn(String id, String holder, String deputy) {
        return jdbc.sql("update work_item set assignee = :deputy where id = :id and assignee = :holder and done_at is null")
                .param("deputy", deputy).param("id", id).param("holder", holder).update() == 1;
    }

    private WorkItem item(ResultSet row, int n) throws SQLException {
        Timestamp done = row.getTimestamp("done_at");
        return new WorkItem(row.getString("id"), row.getString("family_ref"), row.getString("adults"), row.getString("name"), row.getString("process_key"),
                row.getString("process_name"), row.getString("process_id"), row.getString("definition_id"), row.getString("deployment_id"), row.getString("step_key"),
                row.getString("form_key"), row.getString("role"), row.getString("role_name"), row.getString("team_id"), row.getString("team_name"),
                row.getString("assignee"), row.getString("assignee_name"), Arrays.asList((Long[]) row.getArray("about").getArray()), row.getString("about_names"),
                json.readValue(row.getString("subjects"), new TypeReference<Map<String, Long>>() { }), row.getString("clock"), row.getObject("due_on", LocalDate.class),
                row.getTimestamp("created_at").toInstant(), done == null ? null : done.toInstant(), row.getString("done_by"), row.getString("done_by_name"),
                (Long) row.getObject("entry_id"), row.getString("late_reason"), row.getBoolean("red_flag"), After.key(row.getTimestamp("sort_at").toInstant(), row.getString("id")));
    }
}
