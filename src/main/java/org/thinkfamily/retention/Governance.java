package org.thinkfamily.retention;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Acting;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.clock.WorkingDays;

/**
 * Who governs information: works with any record, for a stated reason, and sees one only while their team is involved with it for that. Roles say who they are
 * ({@code app_role.governs}).
 */
@Component
public class Governance {

    private static final int MOST = 20;

    private final JdbcClient jdbc;
    private final Audit audit;
    private final Clock time;

    Governance(JdbcClient jdbc, Audit audit, Clock time) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.time = time;
    }

    /** Somebody found: no more than it takes to know that it is the right person. */
    public record Found(String family, String name, LocalDate dateOfBirth, String position) { }

    /** A record the actor's team works with. */
    public record Open(String family, LocalDate since) { }

    /** A legal hold that stands. */
    public record Held(String family, String reason, Instant setAt, String setBy) { }

    /** Whether a role of the actor's governs information. */
    public boolean governs(Actor actor) {
        return actor.team() != null && jdbc.sql("select exists (select 1 from app_role where governs and code = any(:roles))").param("roles", actor.roles().toArray(String[]::new)).query(Boolean.class).single();
    }

    /** @throws NotAllowed for everybody else */
    public void require(Actor actor) {
        if (!governs(actor)) {
            throw new NotAllowed();
        }
    }

    /**
     * People in the whole record, by the reference of a family, an NHS number, or a last name with a date of birth.
     *
     * @throws NotAllowed when the actor does not govern information
     */
    @Transactional
    public List<Found> find(Actor actor, String ref, String number, String lastName, LocalDate born) {
        require(actor);
        List<Found> found = Acting.asSystem("look for the record of a person", () -> jdbc.sql("""
                select m.family_ref as family, p.first_name || ' ' || p.last_name as name, p.date_of_birth, m.position
                  from person p join family_member m on m.person_id = p.id
                 where m.family_ref = upper(:ref) or p.nhs_number = :number or lower(p.last_name) = lower(:last) and p.date_of_birth = :born
                 order by p.last_name, p.first_name, m.family_ref limit :most
                """).param("ref", ref).param("number", number).param("last", lastName).param("born", born).param("most", MOST).query(Found.class).list());
        audit.list(actor, "governance.find", found.stream().map(Found::family).toList(), List.of());
        return found;
    }

    /**
     * Involves the actor's team with a family, so that it is seen by who governs information there.
     *
     * @param reason why, in the actor's words; it goes into the audit
     * @throws NotFound when there is no such family
     */
    @Transactional
    public void takeOn(Actor actor, String family, String reason) {
        require(actor);
        int known = Acting.asSystem("govern the information of a family", () -> involve(actor, family));
        if (known == 0) {
            throw new NotFound();
        }
        audit.record(actor, "governance.take-on", family, null, reason);
    }

    /** As part of something else that was asked for and is audited; how many families of that reference there are. */
    public int involve(Actor actor, String family) {
        jdbc.sql("""
                insert into involvement (family_ref, role, team_id, began_on)
                select f.ref, a.code, :team, :today from family f join app_role a on a.governs and a.code = any(:roles) where f.ref = :family on conflict do nothing
                """).param("team", actor.team()).param("today", WorkingDays.dayOf(time.instant())).param("roles", actor.roles().toArray(String[]::new)).param("family", family).update();
        return jdbc.sql("select count(*) from family where ref = :family").param("family", family).query(Integer.class).single();
    }

    /**
     * Leaves the next step to the team: what is proposed or decided by one officer is confirmed by another, so nobody is named for a family. To be called when a step of a
     * governing process is filed.
     */
    public void leaveToTheTeam(String family) {
        jdbc.sql("delete from involvement i using app_role a where a.code = i.role and a.governs and i.family_ref = :family and i.username is not null and exists ("
                + "select 1 from involvement t where t.family_ref = i.family_ref and t.role = i.role and t.team_id = i.team_id and t.username is null and t.ended_on is null)")
                .param("family", family).update();
    }

    /** Ends the sight of who governs, because there is nothing more to do. @throws NotAllowed while a step of theirs is open there */
    @Transactional
    public void letGo(Actor actor, String family) {
        require(actor);
        audit.read(actor, "governance.let-go", family, null);
        boolean busy = jdbc.sql("select exists (select 1 from work_item w join app_role a on a.code = w.role and a.governs where w.family_ref = :family and w.done_at is null)").param("family", family)
                .query(Boolean.class).single();
        if (busy) {
            throw new NotAllowed();
        }
        jdbc.sql("update involvement i set ended_on = :today from app_role a where a.code = i.role and a.governs and i.family_ref = :family and i.ended_on is null")
                .param("today", WorkingDays.dayOf(time.instant())).param("family", family).update();
    }

    /** The records that the actor's team works with. */
    @Transactional
    public List<Open> open(Actor actor) {
        require(actor);
        List<Open> open = jdbc.sql("""
                select i.family_ref as family, min(i.began_on) as since from involvement i join app_role a on a.code = i.role and a.governs
                 where i.team_id = :team and i.ended_on is null group by i.family_ref order by 2, 1 limit 200
                """).param("team", actor.team()).query(Open.class).list();
        audit.list(actor, "governance.list", open.stream().map(Open::family).toList(), List.of());
        return open;
    }

    /** The legal holds that stand, oldest first: of every family, because they are for who governs to keep in mind. */
    @Transactional
    public List<Held> held(Actor actor) {
        require(actor);
        List<Held> held = Acting.asSystem("list legal holds", () -> jdbc.sql("""
                select h.family_ref as family, h.reason, h.set_at, u.name as set_by from legal_hold h join app_user u on u.username = h.set_by where h.lifted_at is null order by h.id limit 200
                """).query(Held.class).list());
        audit.list(actor, "hold.list", held.stream().map(Held::family).toList(), List.of());
        return held;
    }
}
