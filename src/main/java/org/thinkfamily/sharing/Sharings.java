package org.thinkfamily.sharing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.sql.Array;
import java.sql.Timestamp;
import java.time.LocalDate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;

/** What was asked for and what was decided about it, as far as the reader may know of it: PostgreSQL keeps the rest back (docs/decisions/sharing.md). */
@Component
public class Sharings {

    private static final String SELECT = """
            select id, family_ref, person_id, asked_by, asked_user, asked_at, recipient, recipient_person, recipient_who, items, decision, exception, allowed, shared, basis, consent_state, told, channel,
                   shared_until, decided_by, decided_at, ended_on, coalesce(decided_entry, asked_entry) as entry, asked_entry
              from sharing
            """;

    private final JdbcClient jdbc;
    private final Audit audit;

    Sharings(JdbcClient jdbc, Audit audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /** All of a family, newest first. Written into the audit. @throws org.thinkfamily.access.NotFound when there is no such family or the actor may not know of it */
    @Transactional
    public List<Sharing> read(Actor actor, String family) {
        audit.read(actor, "sharing.read", family, null);
        return of(family);
    }

    /** The same for a caller that has asked the policy and written the audit. */
    public List<Sharing> of(String family) {
        return jdbc.sql(SELECT + " where family_ref = :family order by id desc").param("family", family).query(Sharings::row).list();
    }

    /** The request that a process is about; empty when it is about none. */
    public Optional<Sharing> ofProcess(String process) {
        return jdbc.sql(SELECT + " where process_id = :process").param("process", process).query(Sharings::row).optional();
    }

    /** The process that has just begun is about the request that was written down last by its starter, in the same transaction. */
    public void open(String family, String process, String starter) {
        jdbc.sql("""
                update sharing set process_id = :process
                 where id = (select max(id) from sharing where family_ref = :family and asked_user = :starter and process_id is null)
                """).param("process", process).param("family", family).param("starter", starter).update();
    }

    private static Sharing row(ResultSet row, int n) throws SQLException {
        Timestamp decided = row.getTimestamp("decided_at");
        return new Sharing(row.getLong("id"), row.getString("family_ref"), row.getLong("person_id"), row.getString("asked_by"), row.getString("asked_user"), row.getTimestamp("asked_at").toInstant(),
                row.getString("recipient"), (Long) row.getObject("recipient_person"), row.getString("recipient_who"), list(row.getArray("items")), row.getString("decision"), row.getBoolean("exception"),
                (Boolean) row.getObject("allowed"), list(row.getArray("shared")), row.getString("basis"), row.getString("consent_state"), row.getString("told"), row.getString("channel"),
                row.getObject("shared_until", LocalDate.class), row.getString("decided_by"), decided == null ? null : decided.toInstant(), row.getObject("ended_on", LocalDate.class), row.getLong("entry"), row.getLong("asked_entry"));
    }

    private static List<String> list(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }
}
