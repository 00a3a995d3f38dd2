package org.thinkfamily.pathway;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.thinkfamily.retention.Destructions;

/** {@code ${destroyRecord}}: destroys the record of the {@code person} that was proposed and confirmed, unless a hold or a rule forbids it now; sets {@code destroyed}. */
@Component("destroyRecord")
class DestroyRecord implements JavaDelegate {

    private final Destructions destructions;

    DestroyRecord(Destructions destructions) {
        this.destructions = destructions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        execution.setVariable("destroyed", destructions.carryOut(execution.getProcessBusinessKey(), ((Number) execution.getVariable("person")).longValue()));
    }
}
