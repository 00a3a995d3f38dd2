package org.thinkfamily.retention;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;

/** Legal holds: while one stands nothing of the family is destroyed, nor of its people in other families. */
@Component
public class Holds {

    private final JdbcClient jdbc;
    private final Audit audit;
    private final Governance governance;
    private final Clock time;

    Holds(JdbcClient jdbc, Audit audit, Governance governance, Clock time) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.governance = governance;
        this.time = time;
    }

    /** A hold; {@code liftedAt}, {@code liftedBy} and {@code liftReason} are null while it stands. People by name. */
    public record Hold(long id, String reason, String setBy, Instant setAt, String liftedBy, Instant liftedAt, String liftReason) {

        public boolean stands() {
            return liftedAt == null;
        }
    }

    /** Present and past holds of a family, newest first. The caller has asked the policy about the family. */
    public List<Hold> of(String family) {
        return jdbc.sql("""
                select h.id, h.reason, s.name as set_by, h.set_at, l.name as lifted_by, h.lifted_at, h.lift_reason
                  from legal_hold h join app_user s on s.username = h.set_by left join app_user l on l.username = h.lifted_by where h.family_ref = :family order by h.id desc
                """).param("family", family).query(Hold.class).list();
    }

    /** Sets a hold. One that stands already stays as it is. @param reason never blank */
    @Transactional
    public void set(Actor actor, String family, String reason) {
        governance.require(actor);
        audit.read(actor, "hold.set", family, null, reason);
        jdbc.sql("insert into legal_hold (family_ref, reason, set_by, set_at) values (:family, :reason, :by, :at) on conflict do nothing")
                .param("family", family).param("reason", reason).param("by", actor.username()).param("at", Timestamp.from(time.instant())).update();
    }

    /** Lifts the hold that stands; when none does, nothing happens. @param reason never blank */
    @Transactional
    public void lift(Actor actor, String family, String reason) {
        governance.require(actor);
        audit.read(actor, "hold.lift", family, null, reason);
        jdbc.sql("update legal_hold set lifted_by = :by, lifted_at = :at, lift_reason = :reason where family_ref = :family and lifted_at is null")
                .param("family", family).param("reason", reason).param("by", actor.username()).param("at", Timestamp.from(time.instant())).update();
    }
}
