package org.thinkfamily.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.TestDatabase;
import org.thinkfamily.database.Roles;

/** The audit in months: each has its partition before it begins, a month without one loses nothing, and nobody changes or deletes a row in any of them. */
class AuditMonthsTest {


    private final DataSource database = TestDatabase.fresh();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final Actor actor = AuditedActor.of(jdbc, "iro");

    private static Clock at(String instant) {
        return Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
    }

    private List<String> partitionsOf(String action) {
        return jdbc.sql("select cast(tableoid::regclass as text) from audit_event where action = ?").param(action).query(String.class).list();
    }

    @Test
    void aMonthIsMadeBeforeItBegins() {
        AuditMonths months = new AuditMonths(jdbc, at("2031-05-14T10:00:00Z"));
        assertThat(months.make()).isEqualTo(4);
        assertThat(months.make()).isZero();
        // Half past midnight on 1 June in England.
        new Audit(jdbc, at("2031-05-31T23:30:00Z"), null).record(actor, "june", null, null);
        new Audit(jdbc, at("2031-05-31T22:30:00Z"), null).record(actor, "may", null, null);
        assertThat(partitionsOf("june")).containsExactly("audit_event_2031_06");
        assertThat(partitionsOf("may")).containsExactly("audit_event_2031_05");
    }

    @Test
    void aMonthNobodyMadeLosesNothing() {
        new Audit(jdbc, at("2041-02-03T10:00:00Z"), null).record(actor, "lost", null, null);
        assertThat(partitionsOf("lost")).containsExactly("audit_event_other");
        assertThat(new AuditMonths(jdbc, at("2041-01-10T10:00:00Z")).make()).as("the month that has rows elsewhere is left there").isEqualTo(3);
        assertThat(partitionsOf("lost")).containsExactly("audit_event_other");
    }

    /** What makes the months has locks until it ends; nobody's act waits for them. */
    @Test
    void whoActsDoesNotWaitWhileMonthsAreMade() throws Exception {
        new AuditMonths(jdbc, at("2061-05-14T10:00:00Z")).make();
        try (Connection making = database.getConnection()) {
            making.setAutoCommit(false);
            making.createStatement().execute("select audit_months('2061-05-14', '2062-05-14')");
            assertThat(jdbc.sql("select count(*) from pg_locks where mode = 'AccessExclusiveLock' and relation = 'audit_event_other'::regclass").query(Long.class).single()).isOne();
            new Audit(jdbc, at("2061-05-15T10:00:00Z"), null).record(actor, "meanwhile", null, null);
            assertThatThrownBy(() -> new Audit(jdbc, at("2061-05-15T10:00:00Z"), null).read(actor, "meanwhile", "F-0", null)).isInstanceOf(NotFound.class);
            making.rollback();
        }
        assertThat(partitionsOf("meanwhile")).containsExactly("audit_event_2061_05");
    }

    @Test
    void nobodyChangesARow() {
        new AuditMonths(jdbc, at("2051-05-14T10:00:00Z")).make();
        new Audit(jdbc, at("2051-05-15T10:00:00Z"), null).record(actor, "kept", null, null);
        for (String sql : List.of("update audit_event set username = 'somebody.else'", "delete from audit_event", "update audit_event_2051_05 set username = 'x'", "delete from audit_event_2051_05",
                "delete from audit_event_other", "insert into audit_event_2051_05 select * from audit_event", "truncate audit_event", "drop table audit_event_2051_05",
                "alter table audit_event detach partition audit_event_2051_05", "delete from audit_link", "update audit_link set position = 1", "delete from audit_head", "delete from audit_carried")) {
            assertThatThrownBy(() -> jdbc.sql(sql).update()).as(sql).isInstanceOf(DataAccessException.class);
        }
        assertThat(partitionsOf("kept")).containsExactly("audit_event_2051_05");
    }

    /** What was there before there were months is there afterwards, in the months it belongs to, and numbers go on. */
    @Test
    void whatWasThereMovesOver() throws Exception {
        DataSource older = TestDatabase.fresh();
        JdbcClient before = JdbcClient.create(older);
        try (Connection owner = TestDatabase.owner(older)) {
            owner.createStatement().execute("drop schema public cascade");
            owner.createStatement().execute("create schema public");
            owner.createStatement().execute("grant usage on schema public to " + Roles.APPLICATION);
        }
        TestDatabase.migrate(older, "60");
        before.sql("""
                insert into audit_event (at, username, roles, action, family_ref, subject, families, people)
                select cast(at as timestamptz), 'asha.patel', 'gp', 'family.read', 'F-1', '7', array['F-2'], array[3] from unnest(array['2019-03-31T23:30:00Z', '2025-01-05T10:00:00Z']) at
                """).update();
        TestDatabase.migrate(older, "latest");
        assertThat(before.sql("select id || ' ' || cast(tableoid::regclass as text) || ' ' || username || outcome || families::text || people::text from audit_event order by id").query(String.class).list())
                .containsExactly("1 audit_event_2019_04 asha.pateldone{F-2}{3}", "2 audit_event_2025_01 asha.pateldone{F-2}{3}");
        new Audit(before, at("2025-01-06T10:00:00Z"), null).record(actor, "next", null, null);
        assertThat(before.sql("select id from audit_event where action = 'next'").query(Long.class).single()).isEqualTo(3);
    }

    @Test
    void tooManyMonthsAreNotMade() {
        assertThatThrownBy(() -> jdbc.sql("select audit_months('2000-01-01', '2100-01-01')").query(Integer.class).single()).isInstanceOf(DataAccessException.class);
    }
}
