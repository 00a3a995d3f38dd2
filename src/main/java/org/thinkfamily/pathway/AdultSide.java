package org.thinkfamily.pathway;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;
import org.thinkfamily.family.Involvements;

/** The adult side of a family, for a process that was started without being told of it. */
@Component
class AdultSide {

    private static final List<String> ROLES = List.of("adult-mental-health-practitioner", "drug-alcohol-practitioner");

    private final Involvements involvements;

    AdultSide(Involvements involvements) {
        this.involvements = involvements;
    }

    /** Sets {@code adultRole} to the adult practitioner who is involved, else to adult mental health; {@code adult} is null when nobody said who it is. */
    void ensure(DelegateExecution execution) {
        if (!execution.hasVariable("adult")) {
            execution.setVariable("adult", null);
        }
        if (execution.getVariable("adultRole") == null) {
            List<String> involved = involvements.of(execution.getProcessBusinessKey()).stream().filter(each -> each.endedOn() == null)
                    .map(Involvements.Involvement::role).filter(ROLES::contains).toList();
            execution.setVariable("adultRole", involved.isEmpty() ? ROLES.get(0) : involved.get(0));
        }
    }
}
