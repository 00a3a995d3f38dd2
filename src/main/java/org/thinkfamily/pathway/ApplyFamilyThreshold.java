package org.thinkfamily.pathway;

import java.util.Comparator;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecisionResultEntries;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.referral.Referrals;
import org.thinkfamily.referral.Referrals.Question;

/**
 * {@code ${applyFamilyThreshold}}: asks the decision {@code family-threshold} about each child. The highest level counts for the family and becomes
 * {@code familyLevel}, {@code thresholdMet} and {@code belowEveryBar}.
 */
@Component("applyFamilyThreshold")
class ApplyFamilyThreshold implements JavaDelegate {

    private static final String DECISION = "family-threshold";

    private final Referrals referrals;

    ApplyFamilyThreshold(@Lazy Referrals referrals) {
        this.referrals = referrals;
    }

    @Override
    public void execute(DelegateExecution execution) {
        DecisionService rules = execution.getProcessEngineServices().getDecisionService();
        Map<String, Object> highest = referrals.thresholdQuestions(execution.getProcessBusinessKey(), execution.getProcessInstanceId()).stream()
                .map(question -> ask(question, rules, execution)).max(Comparator.comparingInt(ApplyFamilyThreshold::level)).orElseThrow();
        boolean met = (Boolean) highest.get("thresholdMet");
        boolean below = (Boolean) highest.get("belowEveryBar");
        execution.setVariable("familyLevel", level(highest));
        execution.setVariable("thresholdMet", met);
        execution.setVariable("belowEveryBar", below);
        referrals.keepLevel(execution.getProcessInstanceId(), level(highest), met, below, (String) highest.get("leftOut"));
    }

    /** The record of the decision says which child it is about: it looks for the variable of a branch about one child. */
    private static Map<String, Object> ask(Question question, DecisionService rules, DelegateExecution execution) {
        if (question.child() != null) {
            execution.setVariableLocal("child", question.child());
        }
        try {
            DmnDecisionResultEntries answer = rules.evaluateDecisionByKey(DECISION).variables(question.answers()).evaluate().getSingleResult();
            return answer.getEntryMap();
        } finally {
            execution.removeVariableLocal("child");
        }
    }

    private static int level(Map<String, Object> answer) {
        return ((Number) answer.get("level")).intValue();
    }
}
