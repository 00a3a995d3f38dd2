package org.thinkfamily.worklist;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.Clock;
import org.thinkfamily.clock.ClockMoved;
import org.thinkfamily.family.Families;
import org.thinkfamily.pathway.StepCancelled;
import org.thinkfamily.pathway.StepCreated;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns steps of the engine into tasks people see, in the engine's transaction, and decides whose each one is: the user the model names; else the family's
 * worker in the role; for a GP, the person's own practice; for a manager, the team that is involved; else the queue of the team involved with the family;
 * else the same for the role the model falls back on; else the duty team of the role. Nobody gets a second look at what they decided first.
 */
@Component
class Intake {

    /** Due when nothing says when: after everything else. */
    private static final Instant NO_DATE = Instant.parse("9999-01-01T00:00:00Z");

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Families families;
    private final java.time.Clock time;

    Intake(JdbcClient jdbc, JsonMapper json, Families families, java.time.Clock time) {
        this.jdbc = jdbc;
        this.json = json;
        this.families = families;
        this.time = time;
    }

    @EventListener
    void on(StepCreated step) {
        Map<String, Long> subjects = step.subjects();
        Set<Long> about = new LinkedHashSet<>();
        if (subjects.containsKey("child")) {
            about.add(subjects.get("child"));
        }
        if (subjects.containsKey("person")) {
            about.add(subjects.get("person"));
        }
        int taken = jdbc.sql("""
                with first as (
                  select author from entry where process_id = :process and form_key = any(:notBy)),
                people as (
                  select id, gp_practice_id, school_id from person where id in (:person, :child)),
                near as materialized (
                  select role, team_id, username from involvement where family_ref = :family and ended_on is null),
                asked as (
                  select 1 as turn, cast(:role as text) as role union all
                  select 2, cast(:otherwise as text) where cast(:otherwise as text) is not null),
                choice as (
                  select username, team_id, role from (
                    select 0 as turn, 1 as rank, u.username, u.team_id, coalesce(cast(:role as text), (select min(r.role) from user_role r where r.username = u.username)) as role
                      from app_user u where u.username = :assignee and u.enabled and u.team_id is not null and u.username not in (select author from first)
                    union all
                    select a.turn, 2, null, p.gp_practice_id, a.role
                      from asked a join people p on p.id = :person where a.role = 'gp' and p.gp_practice_id is not null
                    union all
                    select a.turn, 2, null, p.school_id, a.role
                      from asked a join people p on p.id = :child where a.role = 'school-lead' and p.school_id is not null
                    union all
                    select a.turn, 3, i.username, i.team_id, a.role
                      from asked a join near i on i.role = a.role and i.username is not null
                      join app_user u on u.username = i.username and u.enabled
                     where a.role <> 'gp' and i.username not in (select author from first)
                    union all
                    select a.turn, 4, null, i.team_id, a.role
                      from asked a join app_role r on r.code = a.role and r.manages cross join near i
                     where exists (select 1 from user_role h join app_user u on u.username = h.username and u.enabled
                                    where h.role = a.role and u.username not in (select author from first) and (u.team_id = i.team_id or exists (
                                          select 1 from managed_team m where m.username = u.username and m.team_id = i.team_id)))
                    union all
                    select a.turn, 5, null, i.team_id, a.role
                      from asked a join near i on i.role = a.role and i.username is null
                     where a.role <> 'gp'
                    union all
                    select a.turn + 2, 6, null, r.duty_team_id, a.role
                      from asked a join app_role r on r.code = a.role and r.duty_team_id is not null
                  ) found order by turn, rank, username nulls last, team_id limit 1),
                involved as (
                  insert into involvement (family_ref, role, team_id, username, began_on)
                  select :family, role, team_id, username, :today from choice on conflict do nothing)
                insert into work_item (id, family_ref, name, process_key, process_name, process_id, definition_id, deployment_id, step_key, form_key,
                                       role, team_id, assignee, about, subjects, clock, due_on, sort_at, created_at)
                select :id, :family, :name, :process, :processName, :processId, :definition, :deployment, :step, :form,
                       role, team_id, username, :about, cast(:subjects as jsonb), :clock, :dueOn, :sortAt, :now from choice
                """)
                .param("id", step.taskId()).param("family", step.family()).param("name", step.name()).param("process", step.processKey())
                .param("processName", step.processName()).param("processId", step.processId()).param("definition", step.definitionId())
                .param("deployment", step.deploymentId()).param("step", step.stepKey()).param("form", step.formKey())
                .param("role", step.role()).param("otherwise", step.otherwise()).param("assignee", step.assignee()).param("person", subjects.get("person"))
                .param("child", subjects.get("child")).param("notBy", step.notBy().toArray(String[]::new))
                .param("about", about.toArray(Long[]::new)).param("subjects", json.writeValueAsString(subjects))
                .param("clock", step.clock() == null ? null : step.clock().name()).param("dueOn", step.clock() == null ? null : step.clock().dueOn())
                .param("sortAt", Timestamp.from(step.clock() == null ? NO_DATE : step.clock().dueAt())).param("now", Timestamp.from(time.instant()))
                .param("today", families.today())
                .update();
        if (taken == 0) {
            throw new IllegalStateException("No team takes the tasks of the role " + step.role() + " (step " + step.stepKey() + "): give the role a duty team.");
        }
    }

    /** Tasks that are due by a clock are due anew when it counts from another day. */
    @EventListener
    void on(ClockMoved moved) {
        Clock clock = moved.clock();
        jdbc.sql("""
                update work_item set due_on = :dueOn, sort_at = :sortAt
                 where process_id = :process and clock = :clock and done_at is null
                   and cast(coalesce(subjects ->> 'person', subjects ->> 'child') as bigint) is not distinct from cast(:person as bigint)
                """)
                .param("dueOn", clock.dueOn()).param("sortAt", Timestamp.from(clock.dueAt())).param("process", clock.processInstance()).param("clock", clock.name())
                .param("person", clock.person()).update();
    }

    @EventListener
    void on(StepCancelled step) {
        jdbc.sql("update work_item set done_at = :now where id = :id and done_at is null")
                .param("now", Timestamp.from(time.instant())).param("id", step.taskId()).update();
    }
}
