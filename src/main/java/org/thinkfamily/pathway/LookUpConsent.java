package org.thinkfamily.pathway;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.family.Families;
import org.thinkfamily.sharing.Consents;

/** {@code ${lookUpConsent}}: whether consent of the person to sharing has ended by today. */
@Component("lookUpConsent")
class LookUpConsent implements JavaDelegate {

    private final Consents consents;
    private final Families families;

    LookUpConsent(@Lazy Consents consents, @Lazy Families families) {
        this.consents = consents;
        this.families = families;
    }

    @Override
    public void execute(DelegateExecution execution) {
        execution.setVariable("consentEnds", consents.endedBy(((Number) execution.getVariable("person")).longValue(), families.today()) ? "yes" : "no");
    }
}
