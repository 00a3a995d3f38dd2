package org.thinkfamily.family;

import java.time.LocalDate;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Actor;

/** Who is involved with a family, from when until when. Sight of the family rests on it. */
@Component
public class Involvements {

    private final JdbcClient jdbc;
    private final Families families;
    private final ApplicationEventPublisher events;

    Involvements(JdbcClient jdbc, Families families, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.families = families;
        this.events = events;
    }

    /** @param username null: the team's queue; {@code phone}: the team's, null when it has given none */
    public record Involvement(String role, String roleName, String username, String name, String email, String phone, String team, String teamName, String service, LocalDate beganOn, LocalDate endedOn) { }

    /** Present and past involvement, present first. */
    public List<Involvement> of(String family) {
        return jdbc.sql("""
                select i.role, r.name as role_name, i.username, u.name, coalesce(u.email, t.email) as email, t.phone, i.team_id as team, t.name as team_name, s.name as service,
                       i.began_on, i.ended_on
                  from involvement i join app_role r on r.code = i.role join team t on t.id = i.team_id join service s on s.id = t.service_id
                  left join app_user u on u.username = i.username
                 where i.family_ref = :family
                 order by i.ended_on desc nulls first, s.name, r.name, i.id
                """).param("family", family).query(Involvement.class).list();
    }

    /**
     * Makes a person the family's named worker in a role. Who held the role by name in the same team before is no longer involved in it, nor is the team's queue.
     * Nothing happens when the person has no team or does not exist. Publishes {@link WorkerReplaced} for each
     * person whose involvement it ends.
     */
    @Transactional
    public void name(String family, String role, String username) {
        List<String> replaced = jdbc.sql("""
                with worker as (select username, team_id from app_user where username = :username and team_id is not null),
                ended as (update involvement i set ended_on = :today from worker w
                           where i.family_ref = :family and i.role = :role and i.ended_on is null and i.person_id is null
                             and i.username is distinct from w.username and (i.team_id = w.team_id or i.username is not null)
                          returning i.username),
                named as (
                  insert into involvement (family_ref, role, team_id, username, began_on)
                  select :family, :role, team_id, username, :today from worker
                  on conflict do nothing)
                select distinct username from ended where username is not null
                """)
                .param("family", family).param("role", role).param("username", username).param("today", families.today())
                .query(String.class).list();
        replaced.forEach(before -> events.publishEvent(new WorkerReplaced(family, role, before, username)));
    }

    /** Who works with the family by name in a role no longer does; the queues of their teams do. Publishes {@link WorkerReplaced} for each of them. */
    @Transactional
    public void toTeam(String family, String role) {
        List<String> left = jdbc.sql("""
                with ended as (update involvement set ended_on = :today where family_ref = :family and role = :role and ended_on is null and username is not null returning team_id, username),
                queued as (
                  insert into involvement (family_ref, role, team_id, began_on) select distinct :family, :role, team_id, cast(:today as date) from ended
                  on conflict do nothing)
                select distinct username from ended
                """).param("family", family).param("role", role).param("today", families.today()).query(String.class).list();
        left.forEach(before -> events.publishEvent(new WorkerReplaced(family, role, before, null)));
    }

    /** Names the actor as the family's worker in the role when nobody is named for it. */
    public void nameIfNobody(String family, String role, Actor actor) {
        jdbc.sql("""
                insert into involvement (family_ref, role, team_id, username, began_on)
                select :family, :role, :team, :username, :today
                 where cast(:team as text) is not null and not exists (
                       select 1 from involvement where family_ref = :family and role = :role and username is not null and ended_on is null)
                on conflict do nothing
                """)
                .param("family", family).param("role", role).param("team", actor.team()).param("username", actor.username())
                .param("today", families.today()).update();
    }
}
