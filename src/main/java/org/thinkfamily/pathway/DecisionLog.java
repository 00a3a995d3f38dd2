package org.thinkfamily.pathway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionEvaluationEvent;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionEvaluationListener;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionLiteralExpressionEvaluationEvent;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionLogicEvaluationEvent;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.delegate.DmnEvaluatedDecisionRule;
import org.camunda.bpm.dmn.engine.delegate.DmnEvaluatedInput;
import org.camunda.bpm.dmn.engine.delegate.DmnEvaluatedOutput;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.context.BpmnExecutionContext;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.record.Decisions;
import org.thinkfamily.record.Decisions.Taken;

/** Writes every decision taken for a family into the record: what went in, the rules that fired, the table's version. */
@Component
class DecisionLog implements DmnDecisionEvaluationListener {

    private final Decisions record;

    DecisionLog(@Lazy Decisions record) {
        this.record = record;
    }

    @Override
    public void notify(DmnDecisionEvaluationEvent event) {
        BpmnExecutionContext context = Context.getBpmnExecutionContext();
        if (context == null || isTimescales(event.getDecisionResult())) {
            return; // a question asked outside any family, or a clock, which keeps its own source
        }
        DelegateExecution execution = context.getExecution();
        List<Taken> taken = new ArrayList<>();
        event.getRequiredDecisionResults().forEach(required -> taken.add(taken(required, execution)));
        taken.add(taken(event.getDecisionResult(), execution));
        record.file(taken);
    }

    private static boolean isTimescales(DmnDecisionLogicEvaluationEvent evaluated) {
        return "timescales".equals(evaluated.getDecision().getKey());
    }

    private static Taken taken(DmnDecisionLogicEvaluationEvent evaluated, DelegateExecution execution) {
        DecisionDefinition definition = (DecisionDefinition) evaluated.getDecision();
        Map<String, Object> inputs = new LinkedHashMap<>();
        List<String> rules = new ArrayList<>();
        List<Map<String, Object>> outputs = new ArrayList<>();
        if (evaluated instanceof DmnDecisionTableEvaluationEvent table) {
            for (DmnEvaluatedInput input : table.getInputs()) {
                inputs.put(input.getName() == null ? input.getId() : input.getName(), input.getValue() == null ? null : input.getValue().getValue());
            }
            for (DmnEvaluatedDecisionRule rule : table.getMatchingRules()) {
                rules.add(rule.getId());
                Map<String, Object> output = new LinkedHashMap<>();
                for (DmnEvaluatedOutput value : rule.getOutputEntries().values()) {
                    output.put(value.getName() == null ? value.getOutputName() : value.getName(), value.getValue() == null ? null : value.getValue().getValue());
                }
                outputs.add(output);
            }
        } else if (evaluated instanceof DmnDecisionLiteralExpressionEvaluationEvent literal) {
            outputs.add(Map.of(literal.getOutputName() == null ? "result" : literal.getOutputName(), String.valueOf(literal.getOutputValue().getValue())));
        }
        return new Taken(execution.getProcessBusinessKey(), execution.getProcessInstanceId(), ProcessClock.key(execution).person(),
                definition.getKey(), definition.getName(), definition.getVersion(), definition.getId(), inputs, rules, outputs);
    }
}
