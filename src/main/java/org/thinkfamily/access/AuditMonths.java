package org.thinkfamily.access;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Makes the audit's partitions of the months to come, at start and each day. When it cannot, rows are kept in the default partition, and nothing fails. */
@Component
class AuditMonths implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(AuditMonths.class);
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final int AHEAD = 3;

    private final JdbcClient jdbc;
    private final Clock time;
    private volatile boolean running;

    AuditMonths(JdbcClient jdbc, Clock time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    /** This month and the three that follow. How many had to be made. */
    int make() {
        LocalDate today = LocalDate.ofInstant(time.instant(), LONDON);
        return jdbc.sql("select audit_months(:since, :until)").param("since", today).param("until", today.plusMonths(AHEAD)).query(Integer.class).single();
    }

    @Scheduled(fixedDelayString = "P1D", initialDelayString = "P1D")
    void daily() {
        try {
            make();
        } catch (DataAccessException busy) {
            LOG.warn("The audit's partitions of the coming months could not be made; tried again tomorrow");
        }
    }

    /** Before the first act, those of the start itself included. */
    @Override
    public void start() {
        daily();
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
        return -1;
    }
}
