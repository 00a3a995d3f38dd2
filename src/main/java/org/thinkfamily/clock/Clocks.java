package org.thinkfamily.clock;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The clocks that run for families. The dates are here and nowhere else: timers of the engine only wake a process up.
 */
@Component
public class Clocks {

    private static final String RUNNING = "met_at is null and stopped_at is null";

    private final JdbcClient jdbc;
    private final Timescales timescales;
    private final WorkingDays workingDays;
    private final java.time.Clock time;
    private final ApplicationEventPublisher events;

    Clocks(JdbcClient jdbc, Timescales timescales, WorkingDays workingDays, java.time.Clock time, ApplicationEventPublisher events) {
        this.events = events;
        this.jdbc = jdbc;
        this.timescales = timescales;
        this.workingDays = workingDays;
        this.time = time;
    }

    /**
     * The running clock of this name, started when there is none. One statement.
     *
     * @param from the day it counts from; null: today. A limit in hours counts from this moment when that is today,
     *             else from the start of the day
     * @throws Timescales.UnknownClock when there is no timescale of that name
     */
    @Transactional
    public Clock ensure(ClockKey key, String name, LocalDate from) {
        Instant now = time.instant();
        LocalDate startedOn = from == null ? WorkingDays.dayOf(now) : from;
        Timescale limit = timescales.of(name);
        Dates dates = dates(startedOn, limit.amount(), limit.unit(), limit.remindBefore(), now);
        // A clock that another transaction started a moment ago may be invisible to the first statement: it can
        // neither insert nor see it. The second sees it.
        for (int attempt = 0; attempt < 2; attempt++) {
            Optional<Clock> clock = jdbc.sql("""
                    with started as (
                      insert into clock (family_ref, person_id, process_instance_id, name, title, amount, unit,
                                         remind_before, reference, source, status, started_on, due_on, due_at,
                                         remind_on, late_role)
                      values (:family, :person, :process, :name, :title, :amount, :unit, :remindBefore, :reference,
                              :source, :status, :startedOn, :dueOn, :dueAt, :remindOn, :lateRole)
                      on conflict (process_instance_id, name, person_id) where met_at is null and stopped_at is null
                      do nothing
                      returning *)
                    select * from started
                    union all
                    select * from clock
                     where process_instance_id = :process and name = :name
                       and person_id is not distinct from cast(:person as bigint)
                       and met_at is null and stopped_at is null
                    """)
                    .param("family", key.family()).param("person", key.person())
                    .param("process", key.processInstance()).param("name", name)
                    .param("title", limit.title()).param("amount", limit.amount()).param("unit", limit.unit().code())
                    .param("remindBefore", limit.remindBefore()).param("reference", limit.reference())
                    .param("source", limit.source()).param("status", limit.status().code())
                    .param("startedOn", startedOn).param("dueOn", dates.dueOn()).param("dueAt", utc(dates.dueAt()))
                    .param("remindOn", dates.remindOn()).param("lateRole", limit.lateRole())
                    .query((row, n) -> clock(row, now)).optional();
            if (clock.isPresent()) {
                return clock.get();
            }
        }
        throw new OptimisticLockingFailureException("The clock " + name + " was started and ended at the same moment.");
    }

    /**
     * The moment of a mark, counted as {@link #ensure} counts. A mark is nobody's limit: nothing is kept, so it is never listed, late or explained.
     *
     * @throws Timescales.UnknownClock when there is no timescale of that name
     */
    public Instant mark(String name, LocalDate from) {
        Instant now = time.instant();
        Timescale mark = timescales.of(name);
        return dates(from == null ? WorkingDays.dayOf(now) : from, mark.amount(), mark.unit(), null, now).dueAt();
    }

    /**
     * Meets the running clock: what it waited for is done. One statement.
     *
     * @return the clock, empty when none was running
     */
    @Transactional
    public Optional<Clock> meet(ClockKey key, String name) {
        Instant now = time.instant();
        return jdbc.sql("""
                update clock set met_at = :now, version = version + 1
                 where process_instance_id = :process and name = :name
                   and person_id is not distinct from cast(:person as bigint)
                   and met_at is null and stopped_at is null
                returning *
                """)
                .param("now", utc(now)).param("process", key.processInstance()).param("name", name)
                .param("person", key.person())
                .query((row, n) -> clock(row, now)).optional();
    }

    /** The running clock of this name; empty when none is. */
    public Optional<Clock> running(ClockKey key, String name) {
        Instant now = time.instant();
        return jdbc.sql("""
                select * from clock
                 where process_instance_id = :process and name = :name
                   and person_id is not distinct from cast(:person as bigint)
                   and met_at is null and stopped_at is null
                """)
                .param("process", key.processInstance()).param("name", name).param("person", key.person())
                .query((row, n) -> clock(row, now)).optional();
    }

    /** Meets a clock by its number, when it still runs. One statement. */
    @Transactional
    public void meet(long id) {
        jdbc.sql("update clock set met_at = :now, version = version + 1 where id = :id and " + RUNNING)
                .param("now", utc(time.instant())).param("id", id).update();
    }

    /**
     * Stops what still runs for a process instance, because the process has ended another way. One statement.
     *
     * @return how many were stopped
     */
    @Transactional
    public int stop(String processInstance, String reason) {
        return jdbc.sql("update clock set stopped_at = :now, stop_reason = :reason, version = version + 1"
                        + " where process_instance_id = :process and " + RUNNING)
                .param("now", utc(time.instant())).param("reason", reason).param("process", processInstance)
                .update();
    }

    /**
     * Stops one running clock, because the step it belongs to was left another way. One statement.
     *
     * @return whether it was running
     */
    @Transactional
    public boolean stop(ClockKey key, String name, String reason) {
        return jdbc.sql("""
                update clock set stopped_at = :now, stop_reason = :reason, version = version + 1
                 where process_instance_id = :process and name = :name
                   and person_id is not distinct from cast(:person as bigint)
                   and met_at is null and stopped_at is null
                """)
                .param("now", utc(time.instant())).param("reason", reason)
                .param("process", key.processInstance()).param("name", name).param("person", key.person())
                .update() > 0;
    }

    /**
     * Counts a clock again from another day, by the limit it was started with. The old dates stay in the history.
     * When the new due date is still to come, people are reminded and told again. Publishes {@link ClockMoved}.
     *
     * @param reason why, in words that are kept
     * @param who    username of the person who corrects it
     * @throws NoSuchElementException            when there is no such clock
     * @throws IllegalArgumentException          when there is no reason
     * @throws OptimisticLockingFailureException when somebody changed it at the same moment
     */
    @Transactional
    public Clock correctStart(long id, LocalDate newStart, String reason, String who) {
        requireReason(reason);
        Instant now = time.instant();
        Clock old = find(id, now);
        return move(old, newStart, dates(newStart, old.amount(), old.unit(), old.remindBefore(), now), reason, who, now);
    }

    /**
     * Makes a clock run out at the end of another day than its limit says, because people agreed on that day. It counts from the same day as before. Else as
     * {@link #correctStart} does.
     */
    @Transactional
    public Clock agreeDue(long id, LocalDate dueOn, String reason, String who) {
        requireReason(reason);
        Instant now = time.instant();
        Clock old = find(id, now);
        LocalDate remindOn = old.remindBefore() == null ? null : workingDays.plus(dueOn, -old.remindBefore());
        return move(old, old.startedOn(), new Dates(dueOn, WorkingDays.endOf(dueOn), remindOn), reason, who, now);
    }

    private Clock move(Clock old, LocalDate newStart, Dates dates, String reason, String who, Instant now) {
        Clock moved = jdbc.sql("""
                with old as (
                  select id, started_on, due_on, due_at from clock where id = :id and version = :version for update),
                changed as (
                  update clock c
                     set started_on = :start, due_on = :dueOn, due_at = :dueAt, remind_on = :remindOn,
                         reminded_at = case when :dueAt > :now and :remindOn > :today then null else reminded_at end,
                         late_told_at = case when :dueAt > :now then null else late_told_at end,
                         moved_from = old.due_on, moved_why = :reason, version = version + 1
                    from old where c.id = old.id
                  returning c.*),
                kept as (
                  insert into clock_change (clock_id, old_start, new_start, old_due, new_due, why, who, changed_at)
                  select id, started_on, :start, due_on, :dueOn, :reason, :who, :now from old)
                select * from changed
                """)
                .param("id", old.id()).param("version", old.version()).param("start", newStart)
                .param("dueOn", dates.dueOn()).param("dueAt", utc(dates.dueAt())).param("remindOn", dates.remindOn())
                .param("now", utc(now)).param("today", WorkingDays.dayOf(now))
                .param("reason", reason).param("who", who)
                .query((row, n) -> clock(row, now)).optional()
                .orElseThrow(() -> new OptimisticLockingFailureException("Clock " + old.id() + " was changed by somebody else."));
        events.publishEvent(new ClockMoved(moved));
        return moved;
    }

    /**
     * Says why a clock is late. Everyone who sees the clock sees the reason; earlier reasons stay in the history.
     *
     * @param who username of the person who explains it
     * @throws NoSuchElementException   when there is no such clock
     * @throws IllegalArgumentException when there is no reason
     */
    @Transactional
    public Clock explainLate(long id, String reason, String who) {
        requireReason(reason);
        Instant now = time.instant();
        return jdbc.sql("""
                with explained as (
                  update clock set late_reason = :reason, late_reason_by = :who, version = version + 1
                   where id = :id returning *),
                kept as (
                  insert into clock_change (clock_id, old_start, new_start, old_due, new_due, why, who, changed_at)
                  select id, started_on, started_on, due_on, due_on, :reason, :who, :now from explained)
                select * from explained
                """)
                .param("id", id).param("reason", reason).param("who", who).param("now", utc(now))
                .query((row, n) -> clock(row, now)).optional()
                .orElseThrow(() -> unknown(id));
    }

    /** All clocks of a family: first those not yet met, the earliest due first; then the others, the last due first. */
    public List<Clock> ofFamily(String family) {
        Instant now = time.instant();
        return jdbc.sql("""
                select * from clock where family_ref = :family
                 order by (met_at is null and stopped_at is null) desc,
                          case when met_at is null and stopped_at is null then due_at end,
                          due_at desc, id
                """)
                .param("family", family).query((row, n) -> clock(row, now)).list();
    }

    /** What was changed about a clock, oldest first. */
    public List<Change> changesOf(long id) {
        return jdbc.sql("""
                select old_start, new_start, old_due, new_due, why, who, changed_at from clock_change
                 where clock_id = :id order by id
                """)
                .param("id", id)
                .query((row, n) -> new Change(row.getObject("old_start", LocalDate.class),
                        row.getObject("new_start", LocalDate.class), row.getObject("old_due", LocalDate.class),
                        row.getObject("new_due", LocalDate.class), row.getString("why"), row.getString("who"),
                        instant(row, "changed_at")))
                .list();
    }

    /**
     * Running clocks of which people have to be reminded now. Each is handed out once, to one node, and counts as told
     * when the caller's transaction commits: the caller tells in the same transaction.
     */
    @Transactional
    public List<Clock> takeDueReminders(Instant now, int max) {
        return jdbc.sql("""
                with due as (
                  select id from clock
                   where remind_on <= :today and reminded_at is null and due_at > :now
                     and met_at is null and stopped_at is null
                   order by remind_on, id limit :max for update skip locked)
                update clock c set reminded_at = :now from due where c.id = due.id returning c.*
                """)
                .param("today", WorkingDays.dayOf(now)).param("now", utc(now)).param("max", max)
                .query((row, n) -> clock(row, now)).list();
    }

    /**
     * Clocks that have run out and whose late role has not been told. Handed out as {@link #takeDueReminders} does.
     * Clocks without a late role are never here: their diagram says what happens.
     */
    @Transactional
    public List<Clock> takeLate(Instant now, int max) {
        return jdbc.sql("""
                with late as (
                  select id from clock
                   where due_at <= :now and late_told_at is null and late_role is not null
                     and met_at is null and stopped_at is null
                   order by due_at, id limit :max for update skip locked)
                update clock c set late_told_at = :now from late where c.id = late.id returning c.*
                """)
                .param("now", utc(now)).param("max", max)
                .query((row, n) -> clock(row, now)).list();
    }

    /** The next moment after now at which a running clock runs out; empty when none will. */
    public Optional<Instant> nextDue() {
        return jdbc.sql("select min(due_at) from clock where due_at > :now and " + RUNNING)
                .param("now", utc(time.instant()))
                .query((row, n) -> Optional.ofNullable(instant(row, "min"))).single();
    }

    /**
     * A change to a clock that was kept.
     *
     * @param oldStart  the day it counted from before
     * @param newStart  the day it counts from since; the same when only a reason was given
     * @param oldDue    the due date before
     * @param newDue    the due date since
     * @param why       the reason, in somebody's words
     * @param who       username
     * @param changedAt when
     */
    public record Change(LocalDate oldStart, LocalDate newStart, LocalDate oldDue, LocalDate newDue, String why,
            String who, Instant changedAt) {
    }

    private record Dates(LocalDate dueOn, Instant dueAt, LocalDate remindOn) {
    }

    private Dates dates(LocalDate start, int amount, Unit unit, Integer remindBefore, Instant now) {
        LocalDate dueOn;
        Instant dueAt;
        if (unit == Unit.HOURS) {
            // The strictest reading of a day that has passed: it happened as the day began.
            Instant began = start.equals(WorkingDays.dayOf(now)) ? now : start.atStartOfDay(WorkingDays.LONDON).toInstant();
            dueAt = began.plus(Duration.ofHours(amount));
            dueOn = WorkingDays.dayOf(dueAt);
        } else {
            LocalDate counted = workingDays.due(start, amount, unit);
            // Counted back from a day that is near, a limit may lie before anybody was asked: it is due that day then.
            LocalDate today = WorkingDays.dayOf(now);
            dueOn = amount < 0 && counted.isBefore(today) ? today : counted;
            dueAt = WorkingDays.endOf(dueOn);
        }
        LocalDate remindOn = remindBefore == null ? null : workingDays.plus(dueOn, -remindBefore);
        return new Dates(dueOn, dueAt, remindOn);
    }

    private Clock find(long id, Instant now) {
        return jdbc.sql("select * from clock where id = :id").param("id", id)
                .query((row, n) -> clock(row, now)).optional().orElseThrow(() -> unknown(id));
    }

    private static void requireReason(String reason) {
        if (reason == null || reason.isBlank()) {
            throw new IllegalArgumentException("A clock is not changed without a reason.");
        }
    }

    private static NoSuchElementException unknown(long id) {
        return new NoSuchElementException("There is no clock " + id + ".");
    }

    private static Clock clock(ResultSet row, Instant now) throws SQLException {
        Instant dueAt = instant(row, "due_at");
        Instant metAt = instant(row, "met_at");
        Instant stoppedAt = instant(row, "stopped_at");
        Clock.State state = metAt != null ? Clock.State.MET
                : stoppedAt != null ? Clock.State.STOPPED
                : dueAt.isAfter(now) ? Clock.State.RUNNING : Clock.State.LATE;
        return new Clock(row.getLong("id"), row.getString("family_ref"), row.getObject("person_id", Long.class),
                row.getString("process_instance_id"), row.getString("name"), row.getString("title"),
                row.getInt("amount"), Unit.ofCode(row.getString("unit")), row.getObject("remind_before", Integer.class),
                row.getString("reference"), row.getString("source"), Status.ofCode(row.getString("status")),
                row.getObject("started_on", LocalDate.class), row.getObject("due_on", LocalDate.class), dueAt,
                row.getString("late_role"), metAt, stoppedAt, row.getString("stop_reason"),
                row.getString("late_reason"), row.getString("late_reason_by"),
                row.getObject("moved_from", LocalDate.class), row.getString("moved_why"), row.getInt("version"), state);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
