package org.thinkfamily.pathway;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Period;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.Clock;
import org.thinkfamily.clock.ClockKey;
import org.thinkfamily.clock.Clocks;
import org.thinkfamily.clock.Timescale;
import org.thinkfamily.clock.Timescales;
import org.thinkfamily.clock.WorkingDays;

/** The bean {@code clock} of expressions in diagrams, public because they call it: timers wake the process when a clock of the record runs out. */
@Component("clock")
public class ProcessClock {

    private final Clocks clocks;
    private final Timescales timescales;
    private final MessageSource messages;
    private final InstantSource time;

    ProcessClock(@Lazy Clocks clocks, @Lazy Timescales timescales, MessageSource messages, InstantSource time) {
        this.messages = messages;
        this.time = time;
        this.clocks = clocks;
        this.timescales = timescales;
    }

    /** The moment the clock runs out; it is started when it does not run yet. The moment of a mark, which is no clock of anybody's and is not started. */
    public Date limit(DelegateExecution execution, String name) {
        Timescale timescale = timescales.of(name);
        return Date.from(timescale.mark() ? clocks.mark(name, from(execution, timescale.countFrom())) : ensure(execution, name).dueAt());
    }

    /**
     * A moment before the clock runs out, the start of that day.
     *
     * @param before how long before, as an ISO period of calendar days, weeks or months such as {@code P30D}
     */
    public Date early(DelegateExecution execution, String name, String before) {
        LocalDate day = ensure(execution, name).dueOn().minus(Period.parse(before));
        return Date.from(day.atStartOfDay(WorkingDays.LONDON).toInstant());
    }

    /** The day it is, as a fact for another process: {@code 2026-03-05}, of Europe/London. */
    public String today() {
        return WorkingDays.dayOf(time.instant()).toString();
    }

    Clock ensure(DelegateExecution execution, String name) {
        return clocks.ensure(key(execution), name, from(execution, timescales.of(name).countFrom()));
    }

    void meet(DelegateExecution execution, String name) {
        clocks.meet(key(execution), name);
    }

    /** The step that the clock belongs to was left another way. */
    void stop(DelegateExecution execution, String name) {
        clocks.stop(key(execution), name, messages.getMessage("clock.stop.step", null, Locale.UK));
    }

    /** Its time came, and what comes next has begun: nobody was late. */
    void timeCame(DelegateExecution execution, String name) {
        clocks.stop(key(execution), name, messages.getMessage("clock.stop.time", null, Locale.UK));
    }

    /** The one of these clocks that runs, or else the first, started. */
    Clock running(DelegateExecution execution, List<String> names) {
        return names.stream().map(name -> clocks.running(key(execution), name)).flatMap(Optional::stream).findFirst().orElseGet(() -> ensure(execution, names.get(0)));
    }

    /** The process has ended. */
    void stopAll(DelegateExecution execution) {
        clocks.stop(execution.getProcessInstanceId(), messages.getMessage("clock.stop.process", null, Locale.UK));
    }

    private static LocalDate from(DelegateExecution execution, String variable) {
        Object value = variable == null ? null : execution.getVariable(variable);
        return value == null ? null : LocalDate.parse(value.toString());
    }

    /** A clock is about the person of the branch ({@code person}), else the child, else the whole family. */
    static ClockKey key(DelegateExecution execution) {
        Object person = execution.getVariable("person");
        Object about = person == null ? execution.getVariable("child") : person;
        return new ClockKey(execution.getProcessBusinessKey(), about instanceof Number id ? id.longValue() : null, whole(execution));
    }

    /** The process instance that steps and clocks belong to: the one that people or a message started. A process that it calls is a part of it. */
    static String whole(DelegateExecution execution) {
        return ((ExecutionEntity) execution).getRootProcessInstanceId();
    }
}
