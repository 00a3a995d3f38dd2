package org.thinkfamily.demo;

import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Acting;
import org.thinkfamily.clock.Clocks;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.pathway.EngineTime;
import org.thinkfamily.worklist.ClockWatch;

/** Moves the demo's time on. Stops at every moment on the way at which a timer is due, so that what one sets off is seen by the next. */
@Component
@Profile("demo")
public class TimeTravel implements InitializingBean {

    private static final Pattern WORKING_WEEKS = Pattern.compile("P([1-9]\\d?)W");
    private static final String NEXT_DUE = "next-due";
    /** No single move is longer. */
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int MOST_STOPS = 20_000;
    private static final int WORKING_WEEK = 5;

    private final DemoClock time;
    private final EngineTime engine;
    private final ClockWatch watch;
    private final Clocks clocks;
    private final WorkingDays workingDays;
    private final JdbcClient jdbc;

    TimeTravel(DemoClock time, EngineTime engine, ClockWatch watch, Clocks clocks, WorkingDays workingDays, JdbcClient jdbc) {
        this.time = time;
        this.engine = engine;
        this.watch = watch;
        this.clocks = clocks;
        this.workingDays = workingDays;
        this.jdbc = jdbc;
    }

    /** What a move came to: the time now, and how many timers fired on the way. */
    public record Moved(Instant now, int timers) { }

    /** That is no distance time can be moved by. */
    public static final class NoDistance extends RuntimeException {
        NoDistance() {
            super("no distance", null, false, false);
        }
    }

    /** Before models are released and jobs run: the demo goes on at the time it had. */
    @Override
    public void afterPropertiesSet() {
        jdbc.sql("select ahead_ms from demo_clock").query(Long.class).optional().ifPresent(ahead -> {
            time.offset(Duration.ofMillis(ahead));
            engine.offset(Duration.ofMillis(ahead));
        });
    }

    /** The time it is in the demo. */
    public Instant now() {
        return time.instant();
    }

    /**
     * Moves time on and lets everything happen that is due by then.
     *
     * @param by {@code P1D}, {@code PT4H} and the like; {@code P1W} is one working week; {@code next-due}: to the next clock that runs out or timer that fires
     * @throws NoDistance when it is none of these, is not ahead, or is more than a year
     */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public synchronized Moved advance(String by) {
        return Acting.asSystem("move the demonstration's time", () -> moved(by));
    }

    private Moved moved(String by) {
        Instant target = target(by);
        return engine.whileJobsWait(() -> {
            int fired = engine.runDueJobs();
            for (int stops = 0; stops < MOST_STOPS; stops++) {
                Optional<Instant> next = engine.nextDue().filter(due -> !due.isAfter(target));
                if (next.isEmpty()) {
                    break;
                }
                moveTo(next.get());
                fired += engine.runDueJobs();
                watch.tell();
            }
            moveTo(target);
            watch.tell();
            return new Moved(time.instant(), fired + engine.runDueJobs());
        });
    }

    private Instant target(String by) {
        Instant now = time.instant();
        if (NEXT_DUE.equals(by)) {
            return Stream.of(clocks.nextDue(), engine.nextDue()).flatMap(Optional::stream).min(Instant::compareTo).orElse(now);
        }
        Instant target;
        try {
            ZonedDateTime here = now.atZone(WorkingDays.LONDON);
            Matcher weeks = WORKING_WEEKS.matcher(by == null ? "" : by);
            if (weeks.matches()) {
                target = workingDays.plus(here.toLocalDate(), WORKING_WEEK * Integer.parseInt(weeks.group(1))).atTime(here.toLocalTime()).atZone(WorkingDays.LONDON).toInstant();
            } else {
                target = by != null && by.contains("T") ? now.plus(Duration.parse(by)) : here.plus(Period.parse(by == null ? "" : by)).toInstant();
            }
        } catch (DateTimeException | ArithmeticException unreadable) {
            throw new NoDistance();
        }
        if (!target.isAfter(now) || target.isAfter(now.plus(LONGEST))) {
            throw new NoDistance();
        }
        return target;
    }

    /** To just after that moment, and never back. */
    private void moveTo(Instant moment) {
        Duration ahead = Duration.ofMillis(Duration.between(Instant.now(), moment).toMillis() + 1);
        if (ahead.compareTo(time.offset()) > 0) {
            time.offset(ahead);
            engine.offset(ahead);
            jdbc.sql("insert into demo_clock (ahead_ms, moved_at) values (:ahead, :now) on conflict (one) do update set ahead_ms = excluded.ahead_ms, moved_at = excluded.moved_at")
                    .param("ahead", ahead.toMillis()).param("now", Timestamp.from(Instant.now())).update();
        }
    }
}
