package org.thinkfamily.access;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes the newest hash of each day's audit out of the database, where whoever could rewrite the database cannot reach it: into a file, to a syslog server, by mail, or, when none
 * of them is configured, into the application's log. Each day when it is over, and what there is when the application stops; file and syslog each hour as well.
 */
@Component
class AuditHeads implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(AuditHeads.class);
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    /** Rows that were long on their way are of days in the past; those of older days are sealed but leave no new head. */
    private static final int DAYS = 400;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long STOPPING = TimeUnit.SECONDS.toNanos(3);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final AuditChain chain;
    private final ApplicationEventPublisher events;
    private final Clock time;
    private final Path file;
    private final Syslog syslog;
    private final String mail;
    private final boolean log;
    private volatile boolean running;

    @Autowired
    AuditHeads(JdbcClient jdbc, PlatformTransactionManager transactions, AuditChain chain, ApplicationEventPublisher events, Clock time,
            @Value("${thinkfamily.audit.heads.file:}") String file, @Value("${thinkfamily.audit.heads.syslog:}") String syslog, @Value("${thinkfamily.audit.heads.mail:}") String mail,
            @Value("${thinkfamily.audit.heads.log:true}") boolean log) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.chain = chain;
        this.events = events;
        this.time = time;
        this.file = file.isBlank() ? null : Path.of(file).toAbsolutePath();
        this.syslog = syslog.isBlank() ? null : new Syslog(URI.create(syslog.strip()));
        this.mail = mail.isBlank() ? null : mail.strip();
        this.log = log && this.file == null && this.syslog == null && this.mail == null;
    }

    @Scheduled(fixedDelayString = "${thinkfamily.audit.heads.every:PT1H}", initialDelayString = "PT1M")
    void everyHour() {
        handOut(file != null || syslog != null);
    }

    /** Hands out what is new; what cannot leave is tried again the next time. {@code today}: also the day that is not over. */
    void handOut(boolean today) {
        try {
            transaction.executeWithoutResult(status -> {
                if (AuditChain.lock(jdbc)) {
                    for (AuditHead head : fresh(today)) {
                        leave(head);
                        jdbc.sql("insert into audit_head (day, position, closed, hash, at) values (:day, :position, :closed, decode(:hash, 'hex'), :at)").param("day", head.day())
                                .param("position", head.position()).param("closed", head.closed()).param("hash", head.hash()).param("at", Timestamp.from(time.instant())).update();
                    }
                }
            });
        } catch (IllegalStateException | DataAccessException | TransactionException failed) {
            LOG.error("The newest hash of the audit could not leave the database; tried again later ({})", failed.getMessage());
        }
    }

    private List<AuditHead> fresh(boolean today) {
        LocalDate now = LocalDate.ofInstant(time.instant(), LONDON);
        return jdbc.sql("""
                select l.day, l.position, l.hash, l.day < :today as closed
                  from generate_series(cast(:since as timestamp), cast(:until as timestamp), interval '1 day') d (day)
                 cross join lateral (select day, position, hash from audit_link where day = cast(d.day as date) order by position desc limit 1) l
                 where not exists (select 1 from audit_head h where h.day = l.day and h.position = l.position and h.closed = (l.day < :today))
                 order by l.day
                """)
                .param("since", now.minusDays(DAYS)).param("until", today ? now : now.minusDays(1)).param("today", now)
                .query((row, n) -> new AuditHead(row.getObject("day", LocalDate.class), row.getInt("position"), row.getBytes("hash"), row.getBoolean("closed"))).list();
    }

    private void leave(AuditHead head) {
        try {
            if (file != null) {
                Files.createDirectories(file.getParent());
                try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                    out.write(ByteBuffer.wrap((head.line() + "\n").getBytes(StandardCharsets.US_ASCII)));
                    out.force(true);
                }
            }
            if (syslog != null) {
                syslog.send(time.instant(), head.line());
            }
        } catch (IOException failed) {
            throw new IllegalStateException(failed.getClass().getSimpleName(), failed);
        }
        if (mail != null && head.closed()) {
            events.publishEvent(new AuditHead.DayClosed(head, mail));
        }
        if (log) {
            LOG.info("Audit: {}", head.line());
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** After everything that writes has stopped, and before the database does: seals what is left and hands out how the day stands. */
    @Override
    public void stop() {
        try {
            long deadline = System.nanoTime() + STOPPING;
            while (chain.seal() == 0 && chain.waiting() && System.nanoTime() < deadline) {
                LockSupport.parkNanos(PAUSE); // something is still running
            }
            handOut(true);
        } catch (DataAccessException | TransactionException gone) {
            LOG.warn("The audit was not sealed to its end; that is done at the next start");
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return -2;
    }

    /** The hashes that have left the database, as it remembers them. */
    static List<AuditHead> known(JdbcClient jdbc) {
        return jdbc.sql("select day, position, hash, closed from audit_head order by day, position")
                .query((row, n) -> new AuditHead(row.getObject("day", LocalDate.class), row.getInt("position"), HexFormat.of().formatHex(row.getBytes("hash")), row.getBoolean("closed"))).list();
    }
}
