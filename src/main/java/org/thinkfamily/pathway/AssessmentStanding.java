package org.thinkfamily.pathway;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.assessment.Assessments;
import org.thinkfamily.assessment.Assessments.Missing;

/**
 * {@code ${assessmentStanding}}: where a joint assessment stands at one of its points ({@code point}): how many parts are {@code missing} and
 * whether the adult side has given its own ({@code adultSide}).
 */
@Component("assessmentStanding")
class AssessmentStanding implements JavaDelegate {

    private final Assessments assessments;
    private final ProcessPeople people;

    AssessmentStanding(@Lazy Assessments assessments, ProcessPeople people) {
        this.assessments = assessments;
        this.people = people;
    }

    @Override
    public void execute(DelegateExecution execution) {
        List<Missing> missing = assessments.missing(execution.getProcessInstanceId(), people.parents(execution), people.children(execution));
        execution.setVariable("missing", missing.size());
        execution.setVariable("adultSide", missing.stream().noneMatch(part -> part.part().equals("adult-side")));
    }
}
