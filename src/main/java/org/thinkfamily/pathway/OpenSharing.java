package org.thinkfamily.pathway;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.sharing.Sharings;

/** {@code ${openSharing}}: the request for information that this process is about. */
@Component("openSharing")
class OpenSharing implements JavaDelegate {

    private final Sharings sharings;

    OpenSharing(@Lazy Sharings sharings) {
        this.sharings = sharings;
    }

    @Override
    public void execute(DelegateExecution execution) {
        sharings.open(execution.getProcessBusinessKey(), execution.getProcessInstanceId(), (String) execution.getVariable("startedBy"));
    }
}
