package org.thinkfamily.pathway;

import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** {@code ${lookUpContactPlan}}: sets {@code contactPlanned} to {@code yes} when contact of the child is planned or being planned, so that it is not planned twice. */
@Component("lookUpContactPlan")
class LookUpContactPlan implements JavaDelegate {

    private final RuntimeService runtime;

    LookUpContactPlan(RuntimeService runtime) {
        this.runtime = runtime;
    }

    @Override
    public void execute(DelegateExecution execution) {
        boolean planned = runtime.createProcessInstanceQuery().processDefinitionKey("contact-planning").processInstanceBusinessKey(execution.getProcessBusinessKey())
                .variableValueEquals("child", execution.getVariable("child")).count() > 0;
        execution.setVariable("contactPlanned", planned ? "yes" : "no");
    }
}
