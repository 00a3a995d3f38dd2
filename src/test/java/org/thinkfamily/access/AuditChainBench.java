package org.thinkfamily.access;

import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.thinkfamily.TestDatabase;
import org.thinkfamily.bench.Table;

/** How many rows of the audit are sealed and checked in a second. */
class AuditChainBench {

    private static final int ROWS = 200_000;

    @AfterAll
    static void print() {
        Table.print();
    }

    @Test
    void sealingAndChecking() {
        DataSource database = TestDatabase.fresh();
        JdbcClient jdbc = JdbcClient.create(database);
        JdbcTransactionManager transactions = new JdbcTransactionManager(database);
        jdbc.sql("""
                insert into audit_event (at, username, roles, action, family_ref, subject, reason, families)
                select now() - n * interval '1 second', 'user.' || n % 300, 'adult-mental-health-practitioner', case when n % 5 = 0 then 'work.mine' else 'entry.read' end,
                       case when n % 5 > 0 then 'F-' || n % 9000 end, n, case when n % 50 = 0 then 'asked for by the court' end, case when n % 5 = 0 then array['F-1', 'F-2', 'F-3', 'F-4'] end
                  from generate_series(1, :rows) n
                """).param("rows", ROWS).update();
        jdbc.sql("analyze").update();
        AuditChain chain = new AuditChain(jdbc, transactions);
        long start = System.nanoTime();
        while (chain.waiting()) {
            chain.seal();
        }
        double sealed = ROWS / ((System.nanoTime() - start) / 1e9);
        Table.row("Sealing the audit (200,000 rows)", String.format("%.0f rows a second", sealed), "at least 2,000", sealed >= 2_000);
        start = System.nanoTime();
        AuditCheck.Result result = new AuditCheck(jdbc, transactions).check(null, null, java.util.List.of());
        double checked = ROWS / ((System.nanoTime() - start) / 1e9);
        Table.row("Checking the audit's chain (" + result.links() + " rows, " + result.breaks().size() + " breaks)", String.format("%.0f rows a second", checked), "at least 10,000",
                checked >= 10_000 && result.breaks().isEmpty() && result.links() == ROWS);
    }
}
