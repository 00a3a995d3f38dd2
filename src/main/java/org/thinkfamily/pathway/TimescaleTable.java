package org.thinkfamily.pathway;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.Status;
import org.thinkfamily.clock.Timescale;
import org.thinkfamily.clock.Timescales;
import org.thinkfamily.clock.Unit;

/** Timescales as {@code dmn/timescales.dmn} has them. A new version of the table is in force on every node within half a minute. */
@Component
class TimescaleTable implements Timescales {

    private final DecisionService decisions;
    private final TableVersion version;
    private final Map<String, Timescale> known = new ConcurrentHashMap<>();

    TimescaleTable(@Lazy DecisionService decisions, @Lazy RepositoryService repository) {
        this.decisions = decisions;
        this.version = new TableVersion(repository, "timescales");
    }

    @Override
    public Timescale of(String clock) {
        if (version.isNew()) {
            known.clear();
        }
        return known.computeIfAbsent(clock, this::read);
    }

    private Timescale read(String clock) {
        DmnDecisionTableResult result = decisions.evaluateDecisionTableByKey("timescales").variables(Map.of("clock", clock)).evaluate();
        if (result.isEmpty()) {
            throw new UnknownClock(clock);
        }
        return read(clock, result.getSingleResult()::get);
    }

    /** A line of the table. {@code row}: what stands in the column of that name: a text, a number, or null. */
    static Timescale read(String clock, Function<String, Object> row) {
        return new Timescale(clock, text(row, "title"), number(row, "amount"), Unit.ofCode(text(row, "unit")), text(row, "countFrom"),
                number(row, "remindBefore"), text(row, "lateRole"), text(row, "reference"), text(row, "source"), Status.ofCode(text(row, "status")), "mark".equals(text(row, "kind")));
    }

    private static String text(Function<String, Object> row, String output) {
        Object value = row.apply(output);
        return value == null || value.toString().isBlank() ? null : value.toString();
    }

    private static Integer number(Function<String, Object> row, String output) {
        return row.apply(output) instanceof Number value ? (Integer) value.intValue() : null;
    }
}
