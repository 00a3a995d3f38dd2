package org.thinkfamily.access;

import java.sql.Timestamp;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who did what, when. Written in the transaction of the act itself: no audit, no act. */
@Component
public class Audit {

    private final JdbcClient jdbc;
    private final Clock time;

    Audit(JdbcClient jdbc, Clock time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    /**
     * Opens something of a family for reading: asks the policy and writes the audit in one statement, so that nothing is read without both.
     *
     * @throws NotFound when there is no such family or the actor may not know of it
     */
    @Transactional
    public void read(Actor actor, String action, String family, Object subject) {
        int written = jdbc.sql("""
                insert into audit_event (at, username, roles, action, family_ref, subject)
                select :at, :actor, :roles, :action, f.ref, :subject from family f where f.ref = :family and
                """ + Policy.MAY_SEE_FAMILY)
                .params(Policy.of(actor)).param("at", Timestamp.from(time.instant())).param("roles", String.join(",", actor.roles().stream().sorted().toList()))
                .param("action", action).param("family", family).param("subject", subject == null ? null : subject.toString()).update();
        if (written == 0) {
            throw new NotFound();
        }
    }

    /**
     * @param action what was done, for example {@code entry.file}
     * @param family the family's reference, or null where there is none
     * @param subject the id of what was read or changed, or null; never a name
     */
    @Transactional
    public void record(Actor actor, String action, String family, Object subject) {
        jdbc.sql("""
                insert into audit_event (at, username, roles, action, family_ref, subject)
                values (:at, :username, :roles, :action, :family, :subject)
                """)
                .param("at", Timestamp.from(time.instant())).param("username", actor.username())
                .param("roles", String.join(",", actor.roles().stream().sorted().toList()))
                .param("action", action).param("family", family).param("subject", subject == null ? null : subject.toString())
                .update();
    }
}
