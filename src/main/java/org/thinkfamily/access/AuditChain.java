package org.thinkfamily.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Seals the audit: each row gets a link in the chain of its day (Europe/London), whose hash is sha256 over the hash before it and the row. Not in the transaction that writes the
 * row, since then all transactions would queue behind one another, but seconds later, on one node at a time. See docs/decisions/audit-chain.md.
 */
@Component
class AuditChain {

    private static final Logger LOG = LoggerFactory.getLogger(AuditChain.class);
    /** Nodes seal and hand out heads one at a time. */
    static final long LOCK = 7_241_003;
    private static final int BATCH = 2_000;
    private static final int MOST = 50_000;
    private static final int SECONDS = 30;

    /** The row {@code e} as it is hashed: a JSON array of its columns in this order, the moment in microseconds since 1970, UTF-8. */
    static final String TEXT = """
            cast(json_build_array(e.id, cast(extract(epoch from e.at) * 1000000 as bigint), e.username, e.roles, e.action, e.family_ref, e.subject, e.reason, e.outcome,
                                  e.families, e.people) as text)""";

    /** The day {@code e} belongs to. */
    static final String DAY = "cast(e.at at time zone 'Europe/London' as date)";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private Mark mark;

    AuditChain(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** The newest row that was visible, and the number of a transaction that is younger than each that may still write a row with a smaller number. */
    private record Mark(long row, long transaction) { }

    private record Row(long id, LocalDate day, String text) { }

    private record Link(int position, byte[] hash) { }

    @Scheduled(fixedDelayString = "${thinkfamily.audit.seal-every:PT5S}", initialDelayString = "${thinkfamily.audit.seal-every:PT5S}")
    void everyFewSeconds() {
        try {
            seal();
        } catch (DataAccessException | TransactionException failed) {
            LOG.warn("The audit could not be sealed; tried again in a moment ({})", failed.getClass().getSimpleName());
        }
    }

    /** Seals what can be sealed. How many rows were. */
    synchronized int seal() {
        int all = 0;
        int sealed;
        do {
            sealed = transaction.execute(status -> lock(jdbc) ? sealSome() : 0);
            all += sealed;
        } while (sealed == MOST);
        return all;
    }

    /** Until the end of the transaction the product itself asks the database: a chain is made of all rows, whoever may see them. */
    static void asSystem(JdbcClient jdbc) {
        jdbc.sql("select set_config('thinkfamily.acting', 'system:audit chain', true)").query(String.class).single();
    }

    /** Until the end of the transaction. Whether no other node has it. */
    static boolean lock(JdbcClient jdbc) {
        asSystem(jdbc);
        return jdbc.sql("select pg_try_advisory_xact_lock(:lock)").param("lock", LOCK).query(Boolean.class).single();
    }

    private int sealSome() {
        long sealed = sealed();
        if (mark == null || mark.row() <= sealed) {
            long last = jdbc.sql("select coalesce(max(id), 0) from audit_event").withQueryTimeout(SECONDS).query(Long.class).single();
            // Taken after the row was seen: whoever holds a smaller number without having ended has a smaller number as a transaction, too.
            mark = last <= sealed ? null : new Mark(last, jdbc.sql("select cast(cast(pg_current_xact_id() as text) as bigint)").query(Long.class).single());
        }
        if (mark == null || jdbc.sql("select cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint)").query(Long.class).single() < mark.transaction()) {
            return 0;
        }
        Map<LocalDate, Link> heads = new HashMap<>();
        int count = 0;
        List<Row> rows;
        do {
            rows = jdbc.sql("select e.id, " + DAY + " as day, " + TEXT + " as text from audit_event e where e.id > :sealed and e.id <= :last order by e.id limit :batch")
                    .param("sealed", sealed).param("last", mark.row()).param("batch", BATCH).withQueryTimeout(SECONDS).query(Row.class).list();
            append(rows, heads);
            count += rows.size();
            sealed = rows.isEmpty() ? sealed : rows.get(rows.size() - 1).id();
        } while (rows.size() == BATCH && count < MOST);
        return count;
    }

    /** Whether there are rows that are not sealed. */
    boolean waiting() {
        return transaction.execute(status -> {
            asSystem(jdbc);
            return jdbc.sql("select coalesce((select max(id) from audit_event), 0) > coalesce((select max(audit_id) from audit_link), 0)").withQueryTimeout(SECONDS).query(Boolean.class).single();
        });
    }

    /** The number of the newest row that has a link; none with a smaller number comes later. */
    private long sealed() {
        return jdbc.sql("select coalesce(max(audit_id), 0) from audit_link").query(Long.class).single();
    }

    private void append(List<Row> rows, Map<LocalDate, Link> heads) {
        List<String> hashes = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        for (Row row : rows) {
            Link before = heads.computeIfAbsent(row.day(), this::head);
            Link link = new Link(before.position() + 1, hash(before.hash(), row.text()));
            heads.put(row.day(), link);
            positions.add(link.position());
            hashes.add(HexFormat.of().formatHex(link.hash()));
        }
        jdbc.sql("""
                insert into audit_link (day, position, audit_id, hash)
                select cast(day as date), position, id, decode(hash, 'hex')
                  from unnest(cast(:days as text[]), cast(:positions as integer[]), cast(:ids as bigint[]), cast(:hashes as text[])) link (day, position, id, hash)
                """)
                .param("days", rows.stream().map(row -> row.day().toString()).toArray(String[]::new)).param("positions", positions.toArray(Integer[]::new))
                .param("ids", rows.stream().map(Row::id).toArray(Long[]::new)).param("hashes", hashes.toArray(String[]::new)).update();
    }

    private Link head(LocalDate day) {
        return jdbc.sql("select position, hash from audit_link where day = :day order by position desc limit 1").param("day", day)
                .query((row, n) -> new Link(row.getInt("position"), row.getBytes("hash"))).optional().orElseGet(() -> new Link(0, seed(day)));
    }

    /** What stands before the first link of a day. */
    static byte[] seed(LocalDate day) {
        return sha256().digest(day.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The hash of a link: of the one before it and of its row. The same as {@code sha256(before || convert_to(text, 'UTF8'))} in PostgreSQL. */
    static byte[] hash(byte[] before, String text) {
        MessageDigest digest = sha256();
        digest.update(before);
        return digest.digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
