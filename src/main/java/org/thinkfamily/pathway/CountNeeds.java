package org.thinkfamily.pathway;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.family.Families;
import org.thinkfamily.record.Entries;
import org.thinkfamily.record.Entry;

/** {@code ${countNeeds}}: how many needs on the newest list of the child wait for help, and for how many whole weeks the one that waits longest. */
@Component("countNeeds")
class CountNeeds implements JavaDelegate {

    private final Entries entries;
    private final Families families;

    CountNeeds(@Lazy Entries entries, @Lazy Families families) {
        this.entries = entries;
        this.families = families;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Entry list = entries.newest(execution.getProcessBusinessKey(), "child-needs-list", ((Number) execution.getVariable("child")).longValue()).orElseThrow();
        LocalDate today = families.today();
        List<Long> weeks = ((List<?>) list.answers().getOrDefault("needs", List.of())).stream().map(Map.class::cast).filter(need -> List.of("waiting", "assessing").contains(need.get("state")))
                .map(need -> ChronoUnit.WEEKS.between(LocalDate.parse(need.get("referredOn").toString()), today)).toList();
        execution.setVariable("waiting", weeks.size());
        execution.setVariable("longestWait", weeks.stream().mapToInt(Long::intValue).max().orElse(0));
    }
}
