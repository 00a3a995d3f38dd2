package org.thinkfamily.pathway;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.challenge.Challenges;

/** {@code ${openChallenge}}: the challenge that this process is about. */
@Component("openChallenge")
class OpenChallenge implements JavaDelegate {

    private final Challenges challenges;

    OpenChallenge(@Lazy Challenges challenges) {
        this.challenges = challenges;
    }

    @Override
    public void execute(DelegateExecution execution) {
        challenges.open(execution.getProcessBusinessKey(), execution.getProcessInstanceId(), (String) execution.getVariable("startedBy"));
    }
}
