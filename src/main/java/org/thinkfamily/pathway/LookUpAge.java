package org.thinkfamily.pathway;

import java.time.LocalDate;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.family.Families;

/** {@code ${lookUpAge}}: sets {@code age}, the age of the {@code child} in whole years; -1 when the date of birth is not known. */
@Component("lookUpAge")
class LookUpAge implements JavaDelegate {

    private final Families families;

    LookUpAge(@Lazy Families families) {
        this.families = families;
    }

    @Override
    public void execute(DelegateExecution execution) {
        long child = ((Number) execution.getVariable("child")).longValue();
        LocalDate today = families.today();
        execution.setVariable("age", families.people(execution.getProcessBusinessKey()).stream().filter(person -> person.id() == child).findFirst()
                .flatMap(person -> Optional.ofNullable(person.ageOn(today))).orElse(-1));
    }
}
