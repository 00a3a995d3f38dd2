package org.thinkfamily.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Random;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.pathway.EngineTime;
import org.thinkfamily.worklist.ClockWatch;

/** The working day of the past that the building thread lives in, with the engine and the watch over clocks following it. Never later than today's now. */
@Component
@Profile("demo")
class SimulatedDay {

    private static final LocalTime MORNING = LocalTime.of(8, 45);
    private static final LocalTime LAST = LocalTime.of(17, 30);
    private static final int PAUSE_MINUTES = 20;

    private final DemoClock clock;
    private final EngineTime engine;
    private final ClockWatch watch;
    private Instant moment;

    SimulatedDay(DemoClock clock, EngineTime engine, ClockWatch watch) {
        this.clock = clock;
        this.engine = engine;
        this.watch = watch;
    }

    /** Goes to the morning of that day. */
    void begin(LocalDate day) {
        to(day.atTime(MORNING).atZone(WorkingDays.LONDON).toInstant());
    }

    /** Some minutes pass, as long as the working day lasts. */
    void pass(Random random) {
        Instant later = moment.plus(Duration.ofMinutes(1L + random.nextInt(PAUSE_MINUTES)));
        if (later.atZone(WorkingDays.LONDON).toLocalTime().isBefore(LAST)) {
            to(later);
        }
    }

    /** Fires the timers that are due at this moment and tells people of clocks; how many timers fired. */
    int wake() {
        int fired = engine.runDueJobs();
        watch.tell();
        return fired;
    }

    /** Runs what a step has left to be done after it. */
    void settle() {
        engine.runDueJobs();
    }

    /** Back to everybody's time. */
    void today() {
        clock.own(Duration.ZERO);
        engine.offset(clock.offset());
        moment = clock.instant();
    }

    private void to(Instant wanted) {
        clock.own(Duration.ZERO);
        Instant now = clock.instant();
        moment = wanted.isBefore(now) ? wanted : now;
        Duration distance = Duration.between(now, moment);
        clock.own(distance);
        engine.offset(clock.offset().plus(distance));
    }
}
