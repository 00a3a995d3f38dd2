package org.thinkfamily.pathway;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.family.Families;
import org.thinkfamily.sharing.Consents;
import org.thinkfamily.sharing.Sharing;
import org.thinkfamily.sharing.Sharings;

/** {@code ${lookUpConsent}}: whether consent of the person to sharing with the recipient of this process has ended by today. */
@Component("lookUpConsent")
class LookUpConsent implements JavaDelegate {

    private final Consents consents;
    private final Sharings sharings;
    private final Families families;

    LookUpConsent(@Lazy Consents consents, @Lazy Sharings sharings, @Lazy Families families) {
        this.consents = consents;
        this.sharings = sharings;
        this.families = families;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String recipient = sharings.ofProcess(ProcessClock.whole(execution)).map(Sharing::recipient).orElse((String) execution.getVariable("recipient"));
        execution.setVariable("consentEnds", consents.endedBy(((Number) execution.getVariable("person")).longValue(), recipient, families.today()) ? "yes" : "no");
    }
}
