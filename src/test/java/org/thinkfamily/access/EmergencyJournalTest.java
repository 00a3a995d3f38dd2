package org.thinkfamily.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestDatabase;
import tools.jackson.databind.json.JsonMapper;

/** What break-glass writes on the node while the audit cannot be written, and how it comes into the audit. */
@Requirement("S-221")
class EmergencyJournalTest {

    private static final Clock THEN = Clock.fixed(Instant.parse("2026-11-20T23:10:00.123Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;
    private final DataSource database = TestDatabase.fresh();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final Actor actor = AuditedActor.of(jdbc, "gp", "iro");

    private Path file() {
        return folder.resolve("node/journal.jsonl");
    }

    private EmergencyJournal journal() {
        return new EmergencyJournal(jdbc, JsonMapper.builder().build(), THEN, file().toString());
    }

    private List<String> reasons() {
        return jdbc.sql("select reason from audit_event where action = 'break-glass' order by id").query(String.class).list();
    }

    @Test
    void isCarriedIntoTheAuditOnceItWorksAgain() throws Exception {
        EmergencyJournal journal = journal();
        try (Connection other = TestDatabase.owner(database)) {
            other.setAutoCommit(false);
            other.createStatement().execute("lock table audit_event in share mode");
            journal.write(actor, "break-glass", "F-10001", "Called by the ward:\nthe baby is going home");
            assertThat(Files.readString(file())).endsWith("}\n").contains("F-10001", "going home");
            assertThatThrownBy(journal::carry).isInstanceOf(DataAccessException.class);
            journal.everyMinute();
            other.rollback();
        }
        journal.write(actor, "break-glass", "F-10002", "Second");
        assertThat(journal.carry()).isEqualTo(2);
        assertThat(journal.carry()).isZero();
        assertThat(journal().carry()).as("after a restart").isZero();
        assertThat(reasons()).containsExactly("Called by the ward:\nthe baby is going home", "Second");
        assertThat(jdbc.sql("select username || ' ' || roles || ' ' || family_ref || ' ' || (at = '2026-11-20T23:10:00.123Z') from audit_event where reason = 'Second'").query(String.class).single())
                .isEqualTo("asha.patel gp,iro F-10002 true");
    }

    /** What was opened in an emergency is read although the audit cannot be written; nothing else is, nothing is changed, and nobody sees more than the policy says. */
    @Test
    void anEmergencyDoesNotWaitForTheAudit() throws Exception {
        SetClock time = new SetClock(THEN.instant());
        Audit audit = new Audit(jdbc, time, journal());
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        jdbc.sql("insert into service (id, name, kind) values ('s', 's', 'gp')").update();
        jdbc.sql("insert into team (id, service_id, name) values ('t', 's', 't')").update();
        jdbc.sql("insert into family (ref, created_at, created_by) values ('F-1', now(), 'x'), ('F-2', now(), 'x'), ('F-3', now(), 'x')").update();
        jdbc.sql("insert into involvement (family_ref, role, team_id, username, began_on) values ('F-1', 'gp', 't', null, current_date), ('F-2', 'gp', 't', 'asha.patel', current_date)").update();
        try (Connection other = TestDatabase.owner(database)) {
            other.setAutoCommit(false);
            other.createStatement().execute("lock table audit_event in share mode");
            transaction.executeWithoutResult(status -> {
                jdbc.sql("insert into break_glass (family_ref, username, role, reason, opened_at, until_at) values ('F-1', 'asha.patel', 'gp', 'The ward called', now(), now() + interval '1 hour')").update();
                audit.recordInEmergency(actor, "emergency.open", "F-1", 7, "The ward called");
            });
            Actor opened = new Actors(jdbc).find("asha.patel").orElseThrow();
            assertThat(transaction.<Long>execute(status -> {
                audit.read(opened, "family.read", "F-1", null);
                return jdbc.sql("select count(*) from family where ref = 'F-1'").query(Long.class).single();
            })).isEqualTo(1);
            for (String refused : List.of("F-2", "F-3")) {
                assertThatThrownBy(() -> audit.read(opened, "family.read", refused, null)).as("not opened in an emergency").isInstanceOf(AuditUnavailable.class);
            }
            assertThatThrownBy(() -> audit.change(opened, "clock.explain", "F-1", 1)).as("a change").isInstanceOf(AuditUnavailable.class);
            until("now() - interval '1 second'");
            assertThatThrownBy(() -> transaction.executeWithoutResult(status -> audit.read(opened, "family.read", "F-1", null))).as("it ended meanwhile").isInstanceOf(NotFound.class);
            until("now() + interval '1 hour'");
            other.rollback();
        }
        assertThat(journal().read().lines()).extracting(line -> line.said().action() + " " + line.said().reason()).containsExactly("emergency.open The ward called", "family.read The ward called");
        time.on(Duration.ofSeconds(1));
        transaction.executeWithoutResult(status -> audit.read(new Actors(jdbc).find("asha.patel").orElseThrow(), "story.read", "F-1", null));
        assertThat(journal().read().lines()).as("with the audit at work the journal is not written").hasSize(2);
        assertThat(journal().carry()).isEqualTo(2);
        assertThat(jdbc.sql("select action from audit_event where family_ref = 'F-1' order by action").query(String.class).list()).containsExactly("emergency.open", "family.read", "story.read");
    }

    /** Nobody can do this through the application. */
    private void until(String end) throws Exception {
        try (Connection owner = TestDatabase.owner(database)) {
            owner.createStatement().executeUpdate("update break_glass set opened_at = now() - interval '2 hours', until_at = " + end);
        }
    }

    @Test
    void aWriteThatWasBrokenOffSpoilsNothing() throws Exception {
        journal().write(actor, "break-glass", "F-10001", "First");
        Files.writeString(file(), "{\"said\":{\"id\":\"4", StandardOpenOption.APPEND);
        assertThat(journal().read().lines()).hasSize(1);
        journal().write(actor, "break-glass", "F-10001", "Second");
        assertThat(journal().read()).matches(read -> read.lines().size() == 2 && read.broken() == 0);
        assertThat(journal().carry()).isEqualTo(2);
    }

    @Test
    void aLineThatWasChangedOrTakenAwayIsSeen() throws Exception {
        for (String reason : List.of("First", "Second", "Third")) {
            journal().write(actor, "break-glass", "F-10001", reason);
        }
        assertThat(journal().read().broken()).isZero();
        List<String> lines = Files.readAllLines(file());
        Files.write(file(), List.of(lines.get(0), lines.get(1).replace("Second", "Another"), lines.get(2)));
        assertThat(journal().read().broken()).isEqualTo(2);
        Files.write(file(), List.of(lines.get(0), lines.get(2)));
        assertThat(journal().read().broken()).isEqualTo(2);
        assertThat(journal().carry()).as("what is left is not lost as well").isEqualTo(2);
    }

    @Test
    void whatCannotBeWrittenIsNotDone() throws Exception {
        Files.writeString(folder.resolve("node"), "a file where the folder should be");
        assertThatThrownBy(() -> journal().write(actor, "break-glass", "F-10001", "First")).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> journal().write(actor, "break-glass", "F-10001", " ")).isInstanceOf(IllegalArgumentException.class);
    }
}
