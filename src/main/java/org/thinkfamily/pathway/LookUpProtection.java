package org.thinkfamily.pathway;

import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.record.Entries;

/** {@code ${lookUpProtection}}: sets {@code afterProtection} to {@code yes} or {@code no}, and {@code protectionEndedOn}, the day a review ended the protection plan of the {@code child}. */
@Component("lookUpProtection")
class LookUpProtection implements JavaDelegate {

    private final Entries entries;

    LookUpProtection(@Lazy Entries entries) {
        this.entries = entries;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Long child = (Long) execution.getVariable("child");
        Optional<String> ended = entries.newest(execution.getProcessBusinessKey(), "protection-review", child)
                .filter(review -> "end".equals(review.answers().get("reviewOutcome"))).map(review -> String.valueOf(review.answers().get("heldOn")));
        execution.setVariable("afterProtection", ended.isPresent() ? "yes" : "no");
        execution.setVariable("protectionEndedOn", ended.orElse(null));
    }
}
