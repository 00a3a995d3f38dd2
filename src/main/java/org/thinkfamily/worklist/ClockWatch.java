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

/** Tells people of clocks that are about to run out, and those the table of timescales names, and who manages the team that has the task, of clocks that have. Each is told once, whichever node does it. */
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
            batch.forEach(clock -> owners.of(clock).forEach(owner -> outbox.queue("clock-reminder", owner.to(), clock.family(), Dates.day(clock.dueOn()), owner.path(), clock.title(), null)));
        } while (batch.size() == BATCH);
        do {
            batch = clocks.takeLate(time.instant(), BATCH);
            batch.forEach(this::tellLate);
        } while (batch.size() == BATCH);
    }

    /** To the role that the table names, and to the managers of the teams with which what is late now waits. The link opens the task where there is one. */
    private void tellLate(org.thinkfamily.clock.Clock clock) {
        List<ClockOwners.Owner> late = owners.of(clock);
        Outbox.To to = late.stream().map(ClockOwners.Owner::managers).reduce(Outbox.To.role(clock.lateRole()), Outbox.To::and);
        outbox.queue("clock-late", to, clock.family(), Dates.day(clock.dueOn()), late.size() == 1 ? late.get(0).path() : "/families/" + clock.family(), clock.title(), null);
    }
}
