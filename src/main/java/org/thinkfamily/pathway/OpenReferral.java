package org.thinkfamily.pathway;

import java.time.LocalDate;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.referral.Referrals;
import org.thinkfamily.referral.Referrals.Opened;
import org.thinkfamily.referral.Referrals.Referrer;

/**
 * {@code ${openReferral}}: opens the referral of this process and gives it {@code referrer}, {@code referrerRole}, {@code referredOn} and {@code repeatReferral}.
 * When nobody is known as the referrer the answer goes to the adult side of the family.
 */
@Component("openReferral")
class OpenReferral implements JavaDelegate {

    private final Referrals referrals;

    OpenReferral(@Lazy Referrals referrals) {
        this.referrals = referrals;
    }

    @Override
    public void execute(DelegateExecution execution) {
        if (execution.getVariable("redFlagResponse") == null) {
            execution.setVariable("redFlagResponse", "none");
        }
        String day = (String) execution.getVariable("referredOn");
        String starter = (String) execution.getVariable("startedBy");
        Opened opened = referrals.open(execution.getProcessBusinessKey(), execution.getProcessInstanceId(),
                execution.getVariable("adult") instanceof Number adult ? adult.longValue() : null,
                starter == null ? null : new Referrer(starter, (String) execution.getVariable("startedByRole")),
                (String) execution.getVariable("redFlagResponse"), day == null ? null : LocalDate.parse(day));
        execution.setVariable("referrer", opened.referrer().username());
        execution.setVariable("referrerRole", opened.referrer().role() == null ? execution.getVariable("adultRole") : opened.referrer().role());
        execution.setVariable("referredOn", opened.referredOn().toString());
        execution.setVariable("repeatReferral", opened.repeat());
    }
}
