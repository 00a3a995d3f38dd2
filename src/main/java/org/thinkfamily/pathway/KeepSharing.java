package org.thinkfamily.pathway;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.sharing.Keeping;

/** {@code ${keepSharing}}: keeps everything of this process from who may not know of it. */
@Component("keepSharing")
class KeepSharing implements JavaDelegate {

    private final Keeping keeping;

    KeepSharing(@Lazy Keeping keeping) {
        this.keeping = keeping;
    }

    @Override
    public void execute(DelegateExecution execution) {
        keeping.process(execution.getProcessBusinessKey(), execution.getProcessInstanceId(), (String) execution.getVariable("startedBy"));
    }
}
