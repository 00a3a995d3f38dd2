package org.thinkfamily.pathway;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** {@code ${applyCondition}}: what the rule suggests now that a parent's condition has changed. */
@Component("applyCondition")
class ApplyCondition implements JavaDelegate {

    private final ContactRule rule;

    ApplyCondition(ContactRule rule) {
        this.rule = rule;
    }

    @Override
    public void execute(DelegateExecution execution) {
        long child = ((Number) execution.getVariable("child")).longValue();
        long parent = ((Number) execution.getVariable("person")).longValue();
        rule.suggest(child, parent, String.valueOf(execution.getVariable("condition")));
    }
}
