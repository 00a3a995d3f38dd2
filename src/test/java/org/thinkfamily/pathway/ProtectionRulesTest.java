package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thinkfamily.Requirement;

@DisplayName("The rules of child protection")
class ProtectionRulesTest {

    private static final DecisionFile INVITATIONS = new DecisionFile("conference-invitations.dmn");
    private static final DecisionFile PEOPLE = new DecisionFile("strategy-discussion-people.dmn");
    private static final DecisionFile PLAN = new DecisionFile("plan-checks.dmn");
    private static final DecisionFile CLOSING = new DecisionFile("closing-rule.dmn");

    @AfterAll
    static void everyRuleWasHit() {
        assertThat(INVITATIONS.neverHit()).isEmpty();
        assertThat(PEOPLE.neverHit()).isEmpty();
        assertThat(PLAN.neverHit()).isEmpty();
        assertThat(CLOSING.neverHit()).isEmpty();
    }

    private static Map<String, Object> invited(String question, Object answer) {
        Map<String, Object> answers = new HashMap<>(Map.of("unborn", "no", "consultantAsked", true));
        for (String each : new String[] {"parentService", "otherParentService", "consultant", "gps", "childHealth", "midwife", "school", "police"}) {
            answers.put(each, "invited");
        }
        answers.put(question, answer);
        return answers;
    }

    @ParameterizedTest
    @CsvSource({"parentService,not-involved", "otherParentService,not-invited", "consultant,not-invited", "gps,not-invited", "childHealth,not-invited", "school,not-invited", "police,not-invited"})
    @Requirement("S-067")
    void whoIsLeftOutIsNamed(String question, String answer) {
        assertThat((String) INVITATIONS.decide("conference-invitations", invited(question, answer)).getSingleResult().getEntry("invitations")).isEqualTo("missing");
    }

    @Test
    @Requirement({"S-067", "S-247"})
    void theMidwifeIsAskedForAnUnbornChildOnly() {
        Map<String, Object> answers = invited("midwife", "not-involved");
        assertThat((String) INVITATIONS.decide("conference-invitations", answers).getSingleResult().getEntry("invitations")).isEqualTo("complete");
        answers.put("unborn", "yes");
        assertThat((String) INVITATIONS.decide("conference-invitations", answers).getSingleResult().getEntry("invitations")).isEqualTo("missing");
    }

    @Test
    void theConsultantIsAskedUnlessSomebodySaysThatNoFlagApplies() {
        assertThat((Boolean) PEOPLE.decide("strategy-discussion-people", Map.of("immediateFlag", "no")).getSingleEntry()).isFalse();
        assertThat((Boolean) PEOPLE.decide("strategy-discussion-people", Map.of("immediateFlag", "yes")).getSingleEntry()).isTrue();
        assertThat((Boolean) PEOPLE.decide("strategy-discussion-people", Map.of()).getSingleEntry()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0,0,0,0,true", "1,0,0,0,false", "0,1,0,0,false", "0,0,2,0,false", "0,0,0,1,false"})
    void aPlanSaysWhoDoesWhatAndHowItIsSeen(int agencies, int change, int measure, int day, boolean passes) {
        assertThat((Boolean) PLAN.decide("plan-checks", Map.of("agenciesWithoutAction", agencies, "actionsWithoutChange", change, "actionsWithoutMeasure", measure, "actionsWithoutDay", day))
                .getSingleResult().getEntry("planPasses")).isEqualTo(passes);
    }

    @ParameterizedTest
    @CsvSource({"no,no,no,second-person", "yes,yes,no,second-person", "yes,promised,yes,stays-open", "not-known,no,partly,stays-open", "yes,no,no,stays-open"})
    @Requirement("S-039")
    void onlyAChangeOrAFearThatDidNotProveTrueCloses(String bornOut, String changeSeen, String cooperates, String follows) {
        assertThat((String) CLOSING.decide("closing-rule", Map.of("bornOut", bornOut, "changeSeen", changeSeen, "cooperates", cooperates)).getSingleEntry()).isEqualTo(follows);
    }
}
