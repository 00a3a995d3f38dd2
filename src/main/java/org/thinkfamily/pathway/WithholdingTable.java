package org.thinkfamily.pathway;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.DecisionService;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The reasons for keeping something back from who asks what is held about them, as {@code dmn/withholding-reasons.dmn} has them now. */
@Component
public class WithholdingTable {

    private final DecisionService decisions;

    WithholdingTable(@Lazy DecisionService decisions) {
        this.decisions = decisions;
    }

    /**
     * A reason.
     *
     * @param told whether the answer may mention that something was kept back for it
     * @param starts the restrictions under which an item is withheld for it until somebody decides otherwise
     */
    public record Reason(String code, String title, boolean told, Set<String> starts, String source, String status) { }

    /** The reasons that apply to a kind of item: {@code answer}, {@code fact}, {@code event} or {@code file}; in the order of the table. */
    public List<Reason> reasons(String kind) {
        return decisions.evaluateDecisionTableByKey("withholding-reasons").variables(Map.of("kind", kind)).evaluate().getResultList().stream()
                .map(row -> new Reason((String) row.get("code"), (String) row.get("title"), Boolean.TRUE.equals(row.get("told")),
                        row.get("starts") == null ? Set.of() : Set.of(row.get("starts").toString().split(",")), (String) row.get("source"), (String) row.get("status"))).toList();
    }
}
