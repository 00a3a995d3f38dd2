package org.thinkfamily.pathway;

import java.time.Instant;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;
import org.thinkfamily.record.Entries;

/** {@code ${lookUpClosures}}: sets {@code closuresBefore}, how often work with the family was closed in the last {@code months}, which the diagram says (S-130). */
@Component("lookUpClosures")
class LookUpClosures implements JavaDelegate {

    private final Entries entries;
    private final Families families;

    LookUpClosures(@Lazy Entries entries, @Lazy Families families) {
        this.entries = entries;
        this.families = families;
    }

    @Override
    public void execute(DelegateExecution execution) {
        long months = Long.parseLong(execution.getVariableLocal("months").toString());
        Instant since = families.today().minusMonths(months).atStartOfDay(WorkingDays.LONDON).toInstant();
        execution.setVariable("closuresBefore", entries.answered(execution.getProcessBusinessKey(), "closure-decision", "closing", "yes", since));
    }
}
