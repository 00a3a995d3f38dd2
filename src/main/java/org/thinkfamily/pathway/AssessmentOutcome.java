package org.thinkfamily.pathway;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.assessment.Assessments;

/** {@code ${assessmentOutcome}}: what the joint assessment came to for the {@code child} of this branch ({@code outcome}). */
@Component("assessmentOutcome")
class AssessmentOutcome implements JavaDelegate {

    private static final String NOT_ASSESSED = "not-assessed";

    private final Assessments assessments;

    AssessmentOutcome(@Lazy Assessments assessments) {
        this.assessments = assessments;
    }

    @Override
    public void execute(DelegateExecution execution) {
        long child = ((Number) execution.getVariable("child")).longValue();
        execution.setVariableLocal("outcome", assessments.outcome(execution.getProcessInstanceId(), child).orElse(NOT_ASSESSED));
    }
}
