package org.thinkfamily.access;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who did what, when and why. Written in the transaction of the act itself: no audit, no act. A write that takes longer than {@value #SECONDS} seconds is given up, and the act
 * is refused with {@link AuditUnavailable}; so are, for a moment, those that come after it, so that they do not queue.
 */
@Component
public class Audit {

    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
    /** How long a write may take. The driver watches it: it costs no statement. */
    static final int SECONDS = 2;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final JdbcClient jdbc;
    private final Clock time;
    private final EmergencyJournal journal;
    /** When a write was given up last; null while all is well. */
    private volatile Instant givenUp;

    Audit(JdbcClient jdbc, Clock time, EmergencyJournal journal) {
        this.jdbc = jdbc;
        this.time = time;
        this.journal = journal;
    }

    /**
     * Opens something of a family for reading: asks the policy and writes the audit in one statement, so that nothing is read without both.
     *
     * @throws NotFound when there is no such family or the actor may not know of it
     * @throws AuditUnavailable when it cannot be written
     */
    @Transactional
    public void read(Actor actor, String action, String family, Object subject) {
        read(actor, action, family, subject, null);
    }

    /**
     * Opens something of a family for reading, as above, for a reason that was given. Whoever has opened the family in an emergency reads it although the audit cannot be written:
     * then the emergency journal is, so that a child's protection does not wait for it.
     *
     * @param reason in somebody's words, or null
     * @throws java.io.UncheckedIOException when in an emergency neither can be written
     */
    @Transactional
    public void read(Actor actor, String action, String family, Object subject, String reason) {
        if (!actor.opened().contains(family)) {
            open(actor, action, family, subject, reason);
            return;
        }
        orJournal(() -> open(actor, action, family, subject, reason), () -> journal.write(actor, action, family, emergencyOf(actor, family)));
    }

    /**
     * Opens something of a family for changing it: as {@link #read}, and never by the emergency journal.
     *
     * @throws NotFound as above
     * @throws AuditUnavailable as above
     */
    @Transactional
    public void change(Actor actor, String action, String family, Object subject) {
        open(actor, action, family, subject, null);
    }

    private void open(Actor actor, String action, String family, Object subject, String reason) {
        int written = write(jdbc.sql("""
                insert into audit_event (at, username, roles, action, family_ref, subject, reason)
                select :at, :actor, :roles, :action, f.ref, :subject, :reason from family f where f.ref = :family and
                """ + Policy.MAY_SEE_FAMILY)
                .params(Policy.of(actor)).params(event(actor, action, subject)).param("reason", reason).param("family", family));
        if (written == 0) {
            throw new NotFound();
        }
    }

    /** The reason of the emergency that lasts. */
    private String emergencyOf(Actor actor, String family) {
        return jdbc.sql("select reason from break_glass where username = :user and family_ref = :family and until_at > record_time() order by id desc limit 1")
                .param("user", actor.username()).param("family", family).query(String.class).optional().orElseThrow(NotFound::new);
    }

    /**
     * Writes what was done. The caller has asked the policy.
     *
     * @param action what was done, for example {@code entry.file}
     * @param family the family's reference, or null where there is none
     * @param subject the id of what was read or changed, or null; never a name
     * @throws AuditUnavailable when it cannot be written
     */
    @Transactional
    public void record(Actor actor, String action, String family, Object subject) {
        record(actor, action, family, subject, null);
    }

    /**
     * Writes what was done, as above, for a reason that was given.
     *
     * @param reason in somebody's words, or null
     */
    @Transactional
    public void record(Actor actor, String action, String family, Object subject, String reason) {
        write(jdbc.sql("""
                insert into audit_event (at, username, roles, action, family_ref, subject, reason)
                values (:at, :actor, :roles, :action, :family, :subject, :reason)
                """)
                .params(event(actor, action, subject)).param("family", family).param("reason", reason));
    }

    /**
     * Writes that somebody opened a family in an emergency, or asked to: as {@link #record}, or into the emergency journal when the audit cannot be written. The caller has asked
     * whether the person may. Nothing else may use it.
     *
     * @param family the family's reference, or null where it is not known whether there is one
     * @param reason never blank
     * @throws java.io.UncheckedIOException when neither can be written
     */
    @Transactional
    public void recordInEmergency(Actor actor, String action, String family, Object subject, String reason) {
        orJournal(() -> record(actor, action, family, subject, reason), () -> journal.write(actor, action, family, reason));
    }

    private void orJournal(Runnable write, Runnable otherwise) {
        jdbc.sql("savepoint audit").update();
        try {
            write.run();
        } catch (AuditUnavailable unavailable) {
            jdbc.sql("rollback to savepoint audit").update();
            otherwise.run();
        }
    }

    /**
     * Writes what the product did by itself.
     *
     * @param who what of it, such as {@code installation}
     * @param subject what it was done to
     * @throws AuditUnavailable when it cannot be written
     */
    @Transactional
    public void system(String who, String action, String subject) {
        write(jdbc.sql("insert into audit_event (at, username, roles, action, subject) values (:at, :who, '', :action, :subject)")
                .param("at", Timestamp.from(time.instant())).param("who", who).param("action", action).param("subject", subject));
    }

    /**
     * Writes which families a list has shown, in one row however long the list is. What was searched for is not written: it is a name.
     *
     * @param families references, in any order and as often as they come
     * @param people ids of the people that were shown one by one; empty for a list of families
     * @throws AuditUnavailable when it cannot be written
     */
    @Transactional
    public void list(Actor actor, String action, Collection<String> families, Collection<Long> people) {
        write(jdbc.sql("""
                insert into audit_event (at, username, roles, action, families, people)
                values (:at, :actor, :roles, :action, :families, :people)
                """)
                .params(event(actor, action, null))
                .param("families", families.stream().distinct().sorted().toArray(String[]::new))
                .param("people", people.stream().distinct().sorted().toArray(Long[]::new)));
    }

    /**
     * Writes that something was refused, in a transaction of its own, after that of the act has ended.
     *
     * @param family the reference that was asked for, or null; written only when there is such a family
     * @param subject the id that was asked for, or null
     * @throws AuditUnavailable when it cannot be written
     */
    @Transactional
    public void refused(Actor actor, String action, String family, Object subject) {
        write(jdbc.sql("""
                insert into audit_event (at, username, roles, action, family_ref, subject, outcome)
                values (:at, :actor, :roles, :action, audit_family(:family), :subject, 'refused')
                """)
                .params(event(actor, action, subject)).param("family", family));
    }

    /**
     * Writes that somebody signed in, or tried to, or was signed out: with the roles they hold. A name that no user has is not kept, since people type passwords there.
     *
     * @param username what was given as one, or null
     * @param outcome {@code done} or {@code refused}
     * @throws AuditUnavailable when it cannot be written
     */
    @Transactional
    public void session(String action, String username, String outcome) {
        write(jdbc.sql("""
                insert into audit_event (at, username, roles, action, outcome)
                select :at, coalesce(u.username, 'unknown'), coalesce((select string_agg(r.role, ',' order by r.role) from user_role r where r.username = u.username), ''), :action, :outcome
                  from (values (1)) one left join app_user u on u.username = :username
                """)
                .param("at", Timestamp.from(time.instant())).param("action", action).param("username", username == null ? null : username.replace("\0", "")).param("outcome", outcome));
    }

    private int write(StatementSpec statement) {
        Instant last = givenUp;
        Duration since = last == null ? PAUSE : Duration.between(last, time.instant());
        if (!since.isNegative() && since.compareTo(PAUSE) < 0) {
            throw new AuditUnavailable(null);
        }
        try {
            int written = statement.withQueryTimeout(SECONDS).update();
            givenUp = null;
            return written;
        } catch (DataAccessException failed) {
            if (failed instanceof QueryTimeoutException) {
                givenUp = time.instant();
            }
            LOG.error("The audit cannot be written, so what was asked for is refused ({})", failed.getClass().getSimpleName());
            throw new AuditUnavailable(failed);
        }
    }

    private Map<String, Object> event(Actor actor, String action, Object subject) {
        Map<String, Object> event = new HashMap<>();
        event.put("at", Timestamp.from(time.instant()));
        event.put("actor", actor.username());
        event.put("roles", String.join(",", actor.roles().stream().sorted().toList()));
        event.put("action", action);
        event.put("subject", subject == null ? null : subject.toString());
        return event;
    }
}
