package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thinkfamily.Requirement;

@DisplayName("The rules about each parent")
class ParentRulesTest {

    private static final DecisionFile PATHWAY = new DecisionFile("parent-pathway.dmn");
    private static final DecisionFile SUPPORT = new DecisionFile("support-offers.dmn");

    @AfterAll
    static void everyRuleWasHit() {
        assertThat(PATHWAY.neverHit()).isEmpty();
        assertThat(SUPPORT.neverHit()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"not-asked,none,no,ask-again", "known,not-asked,yes,ask-again", "none,none,not-asked,ask-again", "known,possible,no,joint", "possible,none,yes,joint", "none,known,yes,joint",
            "known,none,no,mental-health", "none,possible,no,substances", "none,none,yes,abuse", "none,none,no,none", "declined,declined,declined,none"})
    @Requirement({"S-001", "S-234"})
    void whatComesTogetherIsPlannedTogether(String mentalHealth, String substanceUse, String domesticAbuse, String follows) {
        assertThat((String) PATHWAY.decide("parent-pathway", Map.of("mentalHealth", mentalHealth, "substanceUse", substanceUse, "domesticAbuse", domesticAbuse)).getSingleEntry()).isEqualTo(follows);
    }

    @ParameterizedTest
    @CsvSource({"yes,no,no,no,yes,support-offers-sleep", "no,yes,no,no,yes,support-offers-routine", "no,no,yes,no,yes,support-offers-parenting", "no,no,no,yes,yes,support-offers-perinatal",
            "no,not-asked,declined,no,no,support-needed-no"})
    @Requirement("S-030")
    void eachThingThatWeighsHasItsHelp(String sleep, String baby, String care, String perinatal, String needed, String rule) {
        assertThat((String) SUPPORT.decide("support-needed", Map.of("sleepLost", sleep, "babyRoutine", baby, "parentingHard", care, "perinatal", perinatal)).getSingleEntry()).isEqualTo(needed);
        assertThat(SUPPORT.fired()).contains(rule);
    }
}
