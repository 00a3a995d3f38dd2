package org.thinkfamily.pathway;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.access.WhoSees;

/** Who sees what, as {@code dmn/who-sees-what.dmn} has it: each cell is asked once and kept. A new version of the table is in force on every node within half a minute. */
@Component
class WhoSeesTable implements WhoSees {

    private final DecisionService decisions;
    private final TableVersion version;
    private volatile Map<Cell, Sight> cells = new ConcurrentHashMap<>();

    WhoSeesTable(@Lazy DecisionService decisions, @Lazy RepositoryService repository) {
        this.decisions = decisions;
        this.version = new TableVersion(repository, "who-sees-what");
    }

    private record Cell(String item, String reader, Involvement involvement) { }

    @Override
    public Sight of(String item, String reader, Involvement involvement) {
        if (version.isNew()) {
            cells = new ConcurrentHashMap<>();
        }
        return cells.computeIfAbsent(new Cell(item, reader, involvement), this::read);
    }

    private Sight read(Cell cell) {
        DmnDecisionTableResult result = decisions.evaluateDecisionTableByKey("who-sees-what")
                .variables(Map.of("item", cell.item(), "reader", cell.reader(), "involvement", cell.involvement().name().toLowerCase(Locale.ROOT))).evaluate();
        Object sees = result.isEmpty() ? null : result.getFirstResult().get("sees");
        return "full".equals(sees) ? Sight.FULL : "part".equals(sees) ? Sight.PART : "own".equals(sees) ? Sight.OWN : Sight.NO;
    }
}
