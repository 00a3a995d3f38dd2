package org.thinkfamily.pathway;

import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecisionResultEntries;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** {@code ${applyRules}}: asks the table of rules that the step names ({@code decision}) with the facts of the process. Each of its outputs becomes a fact of that name. */
@Component("applyRules")
class ApplyRules implements JavaDelegate {

    @Override
    public void execute(DelegateExecution execution) {
        String decision = ModelProperties.of(execution.getBpmnModelElementInstance()).get("decision");
        DmnDecisionResultEntries answer = execution.getProcessEngineServices().getDecisionService().evaluateDecisionByKey(decision).variables(execution.getVariables()).evaluate()
                .getSingleResult();
        if (answer == null) {
            throw new IllegalStateException("no rule of " + decision + " fits");
        }
        Map<String, Object> facts = answer.getEntryMap();
        facts.forEach(execution::setVariable);
    }
}
