package org.thinkfamily.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestDatabase;

/** The chain over the audit: nothing is left out whatever runs at the same time, and whoever changes, adds or removes a row behind the application's back is found. */
@Requirement("S-221")
class AuditChainTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

    @TempDir
    private Path folder;
    private final DataSource database = TestDatabase.fresh();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final Actor actor = AuditedActor.of(jdbc, "iro");
    private final JdbcTransactionManager transactions = new JdbcTransactionManager(database);
    private final AuditChain chain = new AuditChain(jdbc, transactions);
    private final List<Object> published = new ArrayList<>();

    private static Clock at(String instant) {
        return Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
    }

    private void rows(String instant, int count) {
        Audit audit = new Audit(jdbc, at(instant), null);
        for (int i = 0; i < count; i++) {
            audit.record(actor, "family.read", "F-10001", "\"" + i + "\" é\n", i % 2 == 0 ? null : "asked by the court");
        }
        audit.list(actor, "work.mine", List.of("F-10002", "F-10001"), List.of(5L, 3L));
    }

    private void seal() {
        while (chain.waiting()) {
            chain.seal();
        }
    }

    private AuditCheck.Result check(List<AuditHead> heads) {
        return new AuditCheck(jdbc, transactions).check(null, null, heads);
    }

    /** As somebody who owns the database would. */
    private void behind(String sql) throws Exception {
        try (Connection owner = TestDatabase.owner(database)) {
            for (String table : List.of("audit_event", "audit_link", "audit_head")) {
                owner.createStatement().execute("alter table " + table + " disable trigger user");
            }
            assertThat(owner.createStatement().executeUpdate(sql)).as(sql).isPositive();
        }
    }

    private static String shown(AuditCheck.Break broken) {
        return broken.day() + " " + broken.position() + " " + broken.row() + " " + broken.what();
    }

    private long row(int position) {
        return jdbc.sql("select audit_id from audit_link where day = ? and position = ?").params(DAY, position).query(Long.class).single();
    }

    private AuditHeads heads(String now, String file, String syslog, String mail) {
        return new AuditHeads(jdbc, transactions, chain, published::add, at(now), file, syslog, mail, true);
    }

    @Test
    void holdsDayByDay() throws Exception {
        rows("2026-11-20T23:59:00Z", 3);
        // In summer the day ends an hour before that in Greenwich.
        rows("2026-07-01T23:30:00Z", 2);
        seal();
        rows("2026-11-20T23:59:30Z", 1);
        seal();
        assertThat(jdbc.sql("select distinct cast(day as text) from audit_link order by 1").query(String.class).list()).containsExactly("2026-07-02", "2026-11-20");
        AuditCheck.Result result = check(List.of());
        assertThat(result.breaks()).isEmpty();
        assertThat(result.links()).isEqualTo(9);
        assertThat(result.waiting()).isZero();
        // PostgreSQL alone comes to the same.
        String first = jdbc.sql("select encode(sha256(sha256(convert_to('2026-11-20', 'UTF8')) || convert_to(" + AuditChain.TEXT + ", 'UTF8')), 'hex') from audit_event e where e.id = ?").param(row(1))
                .query(String.class).single();
        assertThat(first).isEqualTo(HexFormat.of().formatHex(jdbc.sql("select hash from audit_link where day = ? and position = 1").param(DAY).query(byte[].class).single()));
    }

    @Test
    void saysWhereItBreaks() throws Exception {
        rows("2026-11-20T10:00:00Z", 9);
        rows("2026-11-21T10:00:00Z", 2);
        seal();
        for (String column : List.of("username = 'somebody.else'", "roles = ''", "action = 'nothing'", "family_ref = null", "subject = 'other'", "reason = 'made up'", "outcome = 'refused'",
                "at = at + interval '1 second'", "families = '{}'", "people = '{9}'")) {
            long id = row(4);
            behind("create table set_aside as select * from audit_event where id = " + id);
            behind("update audit_event set " + column + " where id = " + id);
            assertThat(check(List.of()).breaks()).as(column).extracting(AuditChainTest::shown).containsExactly(DAY + " 4 " + id + " ROW_ALTERED");
            behind("delete from audit_event where id = " + id);
            assertThat(check(List.of()).breaks()).extracting(AuditChainTest::shown).containsExactly(DAY + " 4 " + id + " ROW_MISSING");
            behind("insert into audit_event select * from set_aside");
            try (Connection owner = TestDatabase.owner(database)) {
                owner.createStatement().execute("drop table set_aside");
            }
            assertThat(check(List.of()).breaks()).isEmpty();
        }
        long last = row(10);
        behind("update audit_event set username = 'somebody.else' where id = " + last);
        assertThat(check(List.of()).breaks()).extracting(AuditChainTest::shown).containsExactly(DAY + " 10 " + last + " ROW_ALTERED");
        behind("update audit_event set username = 'asha.patel' where id = " + last);
        behind("insert into audit_event (id, at, username, roles, action) values (0, '2026-11-20T10:00:00Z', 'x', '', 'made.up')");
        assertThat(check(List.of()).breaks()).extracting(AuditChainTest::shown).containsExactly(DAY + " 0 0 ROW_ADDED");
        behind("delete from audit_event where id = 0");
        behind("update audit_event set at = at - interval '1 day' where id = " + row(3));
        assertThat(check(List.of()).breaks()).extracting(AuditChainTest::shown).containsExactly("2026-11-19 0 " + row(3) + " ROW_ADDED", DAY + " 3 " + row(3) + " ROW_MISSING");
    }

    @Test
    void saysWhichLinkWasChanged() throws Exception {
        rows("2026-11-20T10:00:00Z", 5);
        seal();
        behind("update audit_link set hash = sha256('other') where position = 3");
        assertThat(check(List.of()).breaks()).extracting(AuditChainTest::shown).containsExactly(DAY + " 3 " + row(3) + " LINK_ALTERED");
        long gone = row(3);
        behind("delete from audit_link where position = 3");
        assertThat(check(List.of()).breaks()).extracting(AuditChainTest::shown).containsExactly(DAY + " 3 null LINK_MISSING", DAY + " 0 " + gone + " ROW_ADDED");
    }

    @Test
    void aTailThatWasCutOffIsFoundByTheFile() throws Exception {
        Path file = folder.resolve("heads/heads.txt");
        rows("2026-11-20T10:00:00Z", 5);
        seal();
        heads("2026-11-20T11:00:00Z", file.toString(), "", "").everyHour();
        heads("2026-11-20T11:30:00Z", file.toString(), "", "").everyHour();
        rows("2026-11-20T12:00:00Z", 5);
        seal();
        heads("2026-11-21T00:10:00Z", file.toString(), "", "").everyHour();
        List<AuditHead> heads = Files.readAllLines(file).stream().map(line -> AuditHead.in(line).orElseThrow()).toList();
        assertThat(heads).extracting(AuditHead::position, AuditHead::closed).containsExactly(org.assertj.core.groups.Tuple.tuple(6, false), org.assertj.core.groups.Tuple.tuple(12, true));
        assertThat(check(heads).breaks()).isEmpty();
        long first = row(11);
        // Who cuts tidily takes rows, links and what the database remembers of having handed out.
        behind("delete from audit_link where position > 10");
        behind("delete from audit_event where id >= " + first);
        behind("delete from audit_head where closed");
        assertThat(check(List.of()).breaks()).isEmpty();
        assertThat(check(heads).breaks()).extracting(AuditChainTest::shown).containsExactly(DAY + " 11 null TAIL_CUT");
        // Or changes a row and seals the whole day anew.
        behind("update audit_event set username = 'somebody.else' where id = " + row(2));
        behind("delete from audit_link");
        behind("delete from audit_head");
        seal();
        assertThat(check(List.of()).breaks()).isEmpty();
        assertThat(check(heads).breaks()).extracting(AuditChainTest::shown).startsWith(DAY + " 6 " + row(6) + " TAIL_CUT");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        assertThat(AuditVerification.report(new PrintStream(said, true, StandardCharsets.UTF_8), check(heads))).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("2026-11-20, position 6, audit row").contains("BROKEN at 2 places");
    }

    @Test
    void theNewestHashLeavesTheDatabase() throws Exception {
        rows("2026-11-20T10:00:00Z", 5);
        seal();
        try (DatagramSocket udp = new DatagramSocket(0); ServerSocket tcp = new ServerSocket(0)) {
            udp.setSoTimeout(5_000);
            heads("2026-11-20T11:00:00Z", "", "udp://127.0.0.1:" + udp.getLocalPort(), "security@council.example").everyHour();
            DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
            udp.receive(packet);
            String message = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            assertThat(message).matches("<109>1 2026-11-20T11:00:00Z \\S+ think-family \\d+ audit-head - 2026-11-20 6 [0-9a-f]{64} open");
            assertThat(AuditHead.in(message)).isPresent();
            assertThat(published).as("mail goes when the day is over").isEmpty();
            CompletableFuture<String> received = CompletableFuture.supplyAsync(() -> {
                try (var socket = tcp.accept()) {
                    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            heads("2026-11-21T00:30:00Z", "", "tcp://127.0.0.1:" + tcp.getLocalPort(), "security@council.example").everyHour();
            String text = received.get();
            assertThat(text.substring(text.indexOf(' ') + 1)).hasSize(Integer.parseInt(text.substring(0, text.indexOf(' ')))).endsWith("closed");
            assertThat(published).singleElement().isInstanceOf(AuditHead.DayClosed.class);
        }
        // Nobody listens any more: it is not noted as handed out, and is tried again.
        rows("2026-11-22T10:00:00Z", 1);
        seal();
        heads("2026-11-23T10:00:00Z", "", "tcp://127.0.0.1:1", "").everyHour();
        assertThat(AuditHeads.known(jdbc)).hasSize(2);
        heads("2026-11-23T10:00:00Z", folder.resolve("late.txt").toString(), "", "").everyHour();
        assertThat(Files.readAllLines(folder.resolve("late.txt"))).hasSize(1);
    }

    @Test
    void whatStopsSealsTheRest() throws Exception {
        Path file = folder.resolve("heads.txt");
        rows("2026-11-20T10:00:00Z", 5);
        AuditHeads stopping = heads("2026-11-20T11:00:00Z", file.toString(), "", "");
        stopping.start();
        stopping.stop();
        assertThat(AuditHead.in(Files.readString(file))).hasValueSatisfying(head -> assertThat(head.position()).isEqualTo(6));
    }

    /** A transaction that began before others and ends after them is waited for: its row stands in the order of its number. */
    @Test
    void waitsForWhatIsStillRunning() throws Exception {
        try (Connection slow = database.getConnection()) {
            slow.setAutoCommit(false);
            slow.createStatement().execute("insert into audit_event (at, username, roles, action) values ('2026-11-20T10:00:00Z', 'slow', '', 'slow')");
            rows("2026-11-20T10:00:00Z", 2);
            chain.seal();
            chain.seal();
            assertThat(check(List.of()).links()).isZero();
            slow.commit();
        }
        seal();
        assertThat(check(List.of())).matches(result -> result.breaks().isEmpty() && result.links() == 4 && result.waiting() == 0);
        assertThat(jdbc.sql("select e.action from audit_link l join audit_event e on e.id = l.audit_id where l.position = 1").query(String.class).single()).isEqualTo("slow");
    }

    /** Many transactions, some rolled back, some slow, while two nodes seal: each row that stays has one link. */
    @Test
    void leavesNothingOutWhateverRunsAtTheSameTime() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(5);
        AuditChain other = new AuditChain(jdbc, transactions);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        Audit audit = new Audit(jdbc, at("2026-11-20T10:00:00Z"), null);
        for (int writer = 0; writer < 5; writer++) {
            all.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 60; i++) {
                    new TransactionTemplate(transactions).executeWithoutResult(status -> {
                        ThreadLocalRandom random = ThreadLocalRandom.current();
                        for (int row = random.nextInt(1, 4); row > 0; row--) {
                            audit.record(actor, "family.read", "F-10001", null);
                            jdbc.sql("select count(*) from generate_series(1, ?)").param(random.nextInt(1, 20_000)).query(Long.class).single(); // takes its time
                        }
                        if (random.nextInt(5) == 0) {
                            status.setRollbackOnly();
                        }
                    });
                }
            }, writers));
        }
        while (!all.stream().allMatch(CompletableFuture::isDone)) {
            chain.seal();
            other.seal();
        }
        for (CompletableFuture<Void> each : all) {
            each.get();
        }
        writers.shutdown();
        seal();
        AuditCheck.Result result = check(List.of());
        assertThat(result.breaks()).isEmpty();
        assertThat(result.links()).isEqualTo(jdbc.sql("select count(*) from audit_event").query(Long.class).single());
    }

    @Test
    void syslogNeedsAnAddress() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new Syslog(URI.create("log.example"))).isInstanceOf(IllegalArgumentException.class);
    }
}
