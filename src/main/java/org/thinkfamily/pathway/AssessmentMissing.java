package org.thinkfamily.pathway;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.assessment.Assessments;

/** {@code ${assessmentMissing}}: how many parts of the joint assessment are missing ({@code missing}). */
@Component("assessmentMissing")
class AssessmentMissing implements JavaDelegate {

    private final Assessments assessments;
    private final ProcessPeople people;

    AssessmentMissing(@Lazy Assessments assessments, ProcessPeople people) {
        this.assessments = assessments;
        this.people = people;
    }

    @Override
    public void execute(DelegateExecution execution) {
        execution.setVariable("missing", assessments.missing(execution.getProcessInstanceId(), people.parents(execution), people.children(execution)).size());
    }
}
