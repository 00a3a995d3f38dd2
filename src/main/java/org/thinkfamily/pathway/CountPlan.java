package org.thinkfamily.pathway;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.record.Entries;
import org.thinkfamily.record.Entry;

/** {@code ${countPlan}}: what the newest plan of the child that was made with the form {@code planForm} leaves out, counted for the decision {@code plan-checks}. */
@Component("countPlan")
class CountPlan implements JavaDelegate {

    private final Entries entries;

    CountPlan(@Lazy Entries entries) {
        this.entries = entries;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Entry plan = entries.newest(execution.getProcessBusinessKey(), execution.getVariable("planForm").toString(), ((Number) execution.getVariable("child")).longValue()).orElseThrow();
        List<?> actions = (List<?>) plan.answers().getOrDefault("actions", List.of());
        Set<Object> without = new HashSet<>((List<?>) plan.answers().get("agencies"));
        actions.forEach(action -> without.remove(((Map<?, ?>) action).get("agency")));
        execution.setVariable("agenciesWithoutAction", without.size());
        execution.setVariable("actionsWithoutChange", missing(actions, "change"));
        execution.setVariable("actionsWithoutMeasure", missing(actions, "measured"));
        execution.setVariable("actionsWithoutDay", missing(actions, "by"));
    }

    private static int missing(List<?> actions, String question) {
        return (int) actions.stream().filter(action -> ((Map<?, ?>) action).get(question) == null).count();
    }
}
