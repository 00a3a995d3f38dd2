package org.thinkfamily.pathway;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.engine.DecisionService;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.retention.RetentionRule;
import org.thinkfamily.retention.RetentionRules;

/** How long records are kept, as {@code dmn/retention.dmn} has it at this moment: whether something may be destroyed is never answered from memory. */
@Component
class RetentionTable implements RetentionRules {

    private final DecisionService decisions;

    RetentionTable(@Lazy DecisionService decisions) {
        this.decisions = decisions;
    }

    @Override
    public List<RetentionRule> of(String kind, String died) {
        DmnDecisionTableResult rows = decisions.evaluateDecisionTableByKey("retention").variables(Map.of("kind", kind, "died", died)).evaluate();
        return rows.getResultList().stream().map(row -> new RetentionRule(kind + ("no".equals(died) ? "" : "." + died), (String) row.get("title"), (String) row.get("countFrom"), ((Number) row.get("years")).intValue(),
                (String) row.get("source"), (String) row.get("status"))).toList();
    }
}
