package org.thinkfamily.access;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who stands in for whom, from the first day to the last (Europe/London): a deputy sees the families of the worker and does the worker's tasks. */
@Component
public class Deputies {

    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final int MOST_DAYS = 90;

    private final JdbcClient jdbc;
    private final Audit audit;
    private final Clock time;

    Deputies(JdbcClient jdbc, Audit audit, Clock time) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.time = time;
    }

    /** One time of standing in; {@code name} is the deputy's, {@code worker} for whom. */
    public record Deputy(long id, String username, String name, String worker, String workerName, LocalDate fromOn, LocalDate untilOn) { }

    /** What is wrong with a wish: the field ({@code deputy}, {@code from} or {@code until}) and the key of the message. */
    public record Wrong(String field, String message) { }

    /** Who can stand in for this person: enabled colleagues of the same team who hold one of the same roles. */
    public List<Actors.Colleague> possible(Actor actor) {
        return jdbc.sql("""
                select u.username, u.name, t.name as team from app_user u join team t on t.id = u.team_id
                 where u.enabled and u.team_id = :team and u.username <> :user
                   and exists (select 1 from user_role r where r.username = u.username and r.role = any(:roles))
                 order by u.name
                """).param("team", actor.team()).param("user", actor.username()).param("roles", actor.roles().toArray(String[]::new)).query(Actors.Colleague.class).list();
    }

    /** What is wrong with naming that deputy; empty when it can be done. Days may be null. */
    public List<Wrong> check(Actor actor, String deputy, LocalDate from, LocalDate until) {
        return possible(actor).stream().noneMatch(colleague -> colleague.username().equals(deputy)) ? List.of(new Wrong("deputy", "deputy.error.who"))
                : from == null || from.isBefore(today()) ? List.of(new Wrong("from", "deputy.error.from"))
                : until == null || until.isBefore(from) || until.isAfter(from.plusDays(MOST_DAYS)) ? List.of(new Wrong("until", "deputy.error.until")) : List.of();
    }

    /**
     * Names a deputy for the actor.
     *
     * @throws IllegalArgumentException when {@link #check} finds something wrong
     */
    @Transactional
    public long name(Actor actor, String deputy, LocalDate from, LocalDate until) {
        if (!check(actor, deputy, from, until).isEmpty()) {
            throw new IllegalArgumentException("that deputy cannot be named");
        }
        Long id = jdbc.sql("insert into deputy (username, deputy, from_on, until_on, named_by, named_at) values (:user, :deputy, :from, :until, :user, :now) returning id")
                .param("user", actor.username()).param("deputy", deputy).param("from", from).param("until", until).param("now", Timestamp.from(time.instant()))
                .query(Long.class).single();
        audit.record(actor, "deputy.name", null, id);
        return id;
    }

    /** Ends it at once. @throws NotFound when it is none of the actor's, or over */
    @Transactional
    public void end(Actor actor, long id) {
        if (jdbc.sql("update deputy set ended_at = :now where id = :id and username = :user and ended_at is null").param("now", Timestamp.from(time.instant())).param("id", id)
                .param("user", actor.username()).update() == 0) {
            throw new NotFound();
        }
        audit.record(actor, "deputy.end", null, id);
    }

    /** Now or later: who stands in for the actor, and for whom the actor stands in. The first day first. */
    public List<Deputy> of(Actor actor) {
        return jdbc.sql("""
                select d.id, d.deputy as username, u.name, d.username as worker, w.name as worker_name, d.from_on, d.until_on
                  from deputy d join app_user u on u.username = d.deputy join app_user w on w.username = d.username
                 where :user in (d.username, d.deputy) and d.ended_at is null and d.until_on >= :today order by d.from_on, d.id
                """).param("user", actor.username()).param("today", today()).query(Deputy.class).list();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(time.instant(), LONDON);
    }
}
