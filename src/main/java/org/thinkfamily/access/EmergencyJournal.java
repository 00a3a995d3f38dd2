package org.thinkfamily.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The second journal, a file on this node: to it alone break-glass writes when the audit cannot be written, so that a refusal never stands between a child and help. One JSON
 * line each, with the hash of the line before, on the disk before the write returns. What is in it is carried into the audit once that works again, each line once.
 */
@Component
public class EmergencyJournal implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(EmergencyJournal.class);
    private static final String NOTHING = "0".repeat(64);

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock time;
    private final Path file;
    /** How many bytes have been carried into the audit since the start. */
    private long carried;
    private volatile boolean running;

    EmergencyJournal(JdbcClient jdbc, JsonMapper json, Clock time, @Value("${thinkfamily.audit.journal:data/emergency-journal.jsonl}") String file) {
        this.jdbc = jdbc;
        this.json = json;
        this.time = time;
        this.file = Path.of(file).toAbsolutePath();
    }

    /** What a line says; {@code before}: the hash of the line before, zeros for the first. */
    record Said(UUID id, Instant at, String username, String roles, String action, String family, String reason, String before) { }

    /** A line: what it says, and the hash of that. */
    record Line(Said said, String hash) { }

    /** Lines as far as they are whole, and the number of the first that is not what was written; 0 when all are. */
    record Read(List<Line> lines, long bytes, int broken) { }

    /**
     * Writes what is done although the audit cannot be written. When this returns, it is on the disk.
     *
     * @param action what is done, as in {@link Audit}
     * @param family the family's reference
     * @param reason in the person's own words; never blank
     * @throws UncheckedIOException when it cannot be written; then it must not be done
     */
    public synchronized void write(Actor actor, String action, String family, String reason) {
        if (reason == null || reason.isBlank()) {
            throw new IllegalArgumentException("break-glass needs a reason");
        }
        try {
            Files.createDirectories(file.getParent());
            boolean first = !Files.exists(file);
            try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE); FileLock alone = out.lock()) {
                Read there = read(all(out, 0));
                String before = there.lines().isEmpty() ? NOTHING : there.lines().get(there.lines().size() - 1).hash();
                Said said = new Said(UUID.randomUUID(), time.instant(), actor.username(), String.join(",", actor.roles().stream().sorted().toList()), action, family, reason.strip(), before);
                // After a write that was broken off the rest of its line stays, and a new one begins.
                String start = out.size() > there.bytes() ? "\n" : "";
                ByteBuffer bytes = ByteBuffer.wrap((start + json.writeValueAsString(new Line(said, hash(said))) + "\n").getBytes(StandardCharsets.UTF_8));
                out.position(out.size());
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            if (first) {
                try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
                    folder.force(true);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Carries into the audit what is not there yet. How many lines were. */
    synchronized int carry() {
        if (!Files.exists(file)) {
            return 0;
        }
        Read there;
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            if (in.size() == carried) {
                return 0;
            }
            there = read(all(in, 0));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        if (there.broken() > 0) {
            LOG.error("The emergency journal is not what was written: line {} was changed, or lines before it are gone. All lines are carried into the audit as they stand", there.broken());
        }
        int count = 0;
        for (Line line : there.lines()) {
            Said said = line.said();
            count += jdbc.sql("""
                    with fresh as (insert into audit_carried (line) values (:line) on conflict do nothing returning line)
                    insert into audit_event (at, username, roles, action, family_ref, subject, reason)
                    select :at, :username, :roles, :action, :family, 'journal ' || line, :reason from fresh
                    """)
                    .param("line", said.id()).param("at", Timestamp.from(said.at())).param("username", said.username()).param("roles", said.roles()).param("action", said.action())
                    .param("family", said.family()).param("reason", said.reason()).withQueryTimeout(Audit.SECONDS).update();
        }
        carried = there.bytes();
        if (count > 0) {
            LOG.warn("{} lines of the emergency journal were carried into the audit", count);
        }
        return count;
    }

    /** All lines there are, checked against each other. A last line without an end was never finished and counts for nothing. */
    Read read() {
        if (!Files.exists(file)) {
            return new Read(List.of(), 0, 0);
        }
        try {
            return read(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Read read(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        List<Line> lines = new ArrayList<>();
        String before = NOTHING;
        int broken = 0;
        int number = 0;
        for (String text : new String(bytes, 0, end, StandardCharsets.UTF_8).split("\n")) {
            number++;
            Line line = line(text);
            if (line == null) {
                continue;
            }
            if (broken == 0 && !(line.said().before().equals(before) && line.hash().equals(hash(line.said())))) {
                broken = number;
            }
            before = line.hash();
            lines.add(line);
        }
        return new Read(lines, end, broken);
    }

    /** Null for what is no line: the rest of one that was broken off. */
    private Line line(String text) {
        try {
            Line line = json.readValue(text, Line.class);
            return line == null || line.said() == null || line.hash() == null || line.said().before() == null ? null : line;
        } catch (JacksonException unfinished) {
            return null;
        }
    }

    private String hash(Said said) {
        return HexFormat.of().formatHex(AuditChain.hash(HexFormat.of().parseHex(said.before()), String.join("\n", said.id().toString(), said.at().toString(), said.username(), said.roles(),
                said.action(), String.valueOf(said.family()), said.reason())));
    }

    private static byte[] all(FileChannel in, long from) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(in.size() - from));
        while (bytes.hasRemaining() && in.read(bytes, from + bytes.position()) >= 0) {
            // until the end of the file
        }
        return bytes.array();
    }

    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    void everyMinute() {
        try {
            carry();
        } catch (DataAccessException | TransactionException | UncheckedIOException notYet) {
            LOG.error("The emergency journal cannot be carried into the audit yet ({})", notYet.getClass().getSimpleName());
        }
    }

    @Override
    public void start() {
        everyMinute();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
