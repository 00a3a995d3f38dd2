package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thinkfamily.Requirement;

@DisplayName("The rules of case audit")
class AuditRulesTest {

    private static final List<String> STANDARDS = List.of("auditChildren", "auditHeard", "auditParents", "auditAnalysis", "auditJoint", "auditDifference", "auditPlan", "auditManager");
    private static final DecisionFile SAMPLE = new DecisionFile("audit-sample.dmn");
    private static final DecisionFile GRADE = new DecisionFile("audit-grade.dmn");

    @AfterAll
    static void everyRuleWasHit() {
        assertThat(SAMPLE.neverHit()).isEmpty();
        assertThat(GRADE.neverHit()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"yes,0,yes", "yes,19,yes", "yes,20,no", "no,9,yes", "no,10,no", "no,99,no"})
    @Requirement("S-223")
    void joinedUpFamiliesAreDrawnMoreOften(String worker, int lot, String drawn) {
        assertThat((String) SAMPLE.decide("audit-sample", Map.of("childrensWorkerKnown", worker, "lot", lot)).getSingleEntry()).isEqualTo(drawn);
    }

    private static String grade(String all, String... others) {
        Map<String, Object> answers = new HashMap<>();
        STANDARDS.forEach(standard -> answers.put(standard, all));
        for (int i = 0; i < others.length; i += 2) {
            answers.put(others[i], others[i + 1]);
        }
        return GRADE.decide("audit-grade", answers).getSingleEntry();
    }

    @Test
    @Requirement({"S-087", "S-223"})
    void theScoreIsWhatTheStandardsComeTo() {
        assertThat(grade("met")).isEqualTo("good");
        assertThat(grade("n-a")).as("what does not apply is no fault").isEqualTo("good");
        assertThat(grade("met", "auditAnalysis", "not")).as("14 points").isEqualTo("good");
        assertThat(grade("met", "auditAnalysis", "not", "auditJoint", "partly")).as("13 points").isEqualTo("some");
        assertThat(grade("partly")).as("8 points").isEqualTo("weak");
        assertThat(grade("partly", "auditPlan", "met")).as("9 points").isEqualTo("some");
        assertThat(grade("not")).isEqualTo("weak");
    }

    @Test
    @Requirement("S-087")
    void aChildWhoWasNotHeardIsNeverAGoodRecord() {
        assertThat(grade("met", "auditHeard", "not")).isEqualTo("weak");
    }

    @Test
    @Requirement("S-223")
    void eachStandardThatIsNotMetIsNamed() {
        for (String standard : STANDARDS) {
            for (String answer : List.of("partly", "not")) {
                grade("met", standard, answer);
                assertThat(GRADE.fired()).as(standard + " " + answer).filteredOn(rule -> rule.startsWith("audit-findings")).hasSize(1);
            }
        }
    }
}
