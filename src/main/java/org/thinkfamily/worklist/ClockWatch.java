package org.thinkfamily.worklist;

import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Acting;
import org.thinkfamily.clock.Clocks;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.notify.Outbox;
import org.thinkfamily.pathway.EngineTime;

/** Tells people of clocks that are about to run out, and those the table of timescales names of clocks that have. Each is told once, whichever node does it. */
@Component
public class ClockWatch {

    private static final int BATCH = 200;

    private final Clocks clocks;
    private final Outbox outbox;
    private final Clock time;
    private final ClockOwners owners;
    private final EngineTime engine;
    private final boolean runJobs;

    ClockWatch(Clocks clocks, Outbox outbox, Clock time, ClockOwners owners, EngineTime engine, @Value("${thinkfamily.engine.run-jobs:true}") boolean runJobs) {
        this.clocks = clocks;
        this.outbox = outbox;
        this.time = time;
        this.owners = owners;
        this.engine = engine;
        this.runJobs = runJobs;
    }

    @Scheduled(fixedDelayString = "${thinkfamily.clock-watch:PT1M}", initialDelayString = "PT30S")
    void everyMinute() {
        if (runJobs && !engine.held()) {
            tell();
        }
    }

    /** Tells all that is to be told by now. */
    @Transactional
    public void tell() {
        Acting.asSystem("tell people of clocks", this::tellAll);
    }

    private void tellAll() {
        List<org.thinkfamily.clock.Clock> batch;
        do {
            batch = clocks.takeDueReminders(time.instant(), BATCH);
            batch.forEach(clock -> owners.of(clock).forEach(owner -> outbox.queue("clock-reminder", owner.to(), clock.family(), words(clock), owner.path())));
        } while (batch.size() == BATCH);
        do {
            batch = clocks.takeLate(time.instant(), BATCH);
            batch.forEach(clock -> outbox.queue("clock-late", Outbox.To.role(clock.lateRole()), clock.family(), words(clock), "/families/" + clock.family()));
        } while (batch.size() == BATCH);
    }

    private static String words(org.thinkfamily.clock.Clock clock) {
        return Dates.day(clock.dueOn());
    }
}
