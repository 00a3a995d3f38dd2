package org.thinkfamily.pathway;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.thinkfamily.family.Involvements;

/** {@code ${lookUpChildrensSide}}: sets {@code childrenKnown} and {@code childrensWorkerKnown} to {@code yes} or {@code no}, so that only who works with the children is told. */
@Component("lookUpChildrensSide")
class LookUpChildrensSide implements JavaDelegate {

    private final ProcessPeople people;
    private final Involvements involvements;

    LookUpChildrensSide(ProcessPeople people, Involvements involvements) {
        this.people = people;
        this.involvements = involvements;
    }

    @Override
    public void execute(DelegateExecution execution) {
        boolean worker = involvements.of(execution.getProcessBusinessKey()).stream().anyMatch(each -> each.endedOn() == null && each.role().equals("childrens-social-worker"));
        execution.setVariable("childrenKnown", people.children(execution).isEmpty() ? "no" : "yes");
        execution.setVariable("childrensWorkerKnown", worker ? "yes" : "no");
    }
}
