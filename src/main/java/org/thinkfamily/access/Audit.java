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
     * @param action what was done, for example {@code family.read}
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
