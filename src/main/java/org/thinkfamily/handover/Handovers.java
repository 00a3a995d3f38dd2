package org.thinkfamily.handover;

import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The changes of worker of a family (S-206). */
@Component
public class Handovers {

    private final JdbcClient jdbc;

    Handovers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A change of worker.
     *
     * @param from name of who worked with the family before; null: the team's queue
     * @param to name of who does from then on; null: the team's queue
     * @param toUser username of {@code to}, or null
     * @param entry id of what was written for the new worker; null when nobody handed over
     */
    public record Change(long id, String role, String roleName, String from, String to, String toUser, Instant changedAt, Long entry) { }

    /** All of a family, the newest first. The caller has asked the policy about the family. */
    public List<Change> of(String family) {
        return jdbc.sql("""
                select c.id, c.role, r.name as role_name, f.name as "from", t.name as "to", c.to_user, c.changed_at, c.entry_id as entry
                  from change_of_worker c join app_role r on r.code = c.role left join app_user f on f.username = c.from_user left join app_user t on t.username = c.to_user
                 where c.family_ref = :family order by c.id desc
                """).param("family", family).query(Change.class).list();
    }
}
