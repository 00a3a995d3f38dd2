package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thinkfamily.Requirement;

@DisplayName("The rules about each parent")
class ParentRulesTest {

    private static final DecisionFile PATHWAY = new DecisionFile("parent-pathway.dmn");
    private static final DecisionFile REPEAT = new DecisionFile("screening-repeat.dmn");
    private static final DecisionFile SUPPORT = new DecisionFile("support-offers.dmn");

    @AfterAll
    static void everyRuleWasHit() {
        assertThat(PATHWAY.neverHit()).isEmpty();
        assertThat(SUPPORT.neverHit()).isEmpty();
        assertThat(REPEAT.neverHit()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"not-asked,none,no,ask-again", "known,not-asked,yes,ask-again", "none,none,not-asked,ask-again", "known,possible,no,joint", "possible,none,yes,joint", "none,known,yes,joint",
            "known,none,no,mental-health", "none,possible,no,substances", "none,none,yes,abuse", "none,none,no,none", "declined,declined,declined,none"})
    @Requirement({"S-001", "S-234"})
    void whatComesTogetherIsPlannedTogether(String mentalHealth, String substanceUse, String domesticAbuse, String follows) {
        assertThat((String) PATHWAY.decide("parent-pathway", Map.of("mentalHealth", mentalHealth, "substanceUse", substanceUse, "domesticAbuse", domesticAbuse)).getSingleEntry()).isEqualTo(follows);
    }

    private static Map<String, Object> repeat(Map<String, Object> facts) {
        return REPEAT.decide("screening-repeat", facts).getSingleResult().getEntryMap();
    }

    @ParameterizedTest
    @CsvSource({"no,no,no,at-review,adult-plan.review", "yes,no,no,at-review,adult-plan.review", "no,not-asked,declined,unfinished,identification.ask-again", "no,no,not-known,unfinished,identification.ask-again",
            "no,declined,no,later,screening.declined"})
    @Requirement({"S-012", "S-015", "S-016"})
    void whatAnAdultLeftOpenIsAskedAgain(String household, String caring, String pregnancy, String repeat, String clock) {
        assertThat(repeat(Map.of("childrenInHousehold", household, "childrenElsewhere", "no", "contactWithChildren", "no", "caring", caring, "pregnancy", pregnancy,
                "mentalHealth", "not-asked"))).as("the risks of the adult are another matter").containsEntry("screeningRepeat", repeat).containsEntry("screeningClock", clock);
    }

    @ParameterizedTest
    @CsvSource({"in-hospital,screening.admission", "new-pregnancy,screening.change", "birth,screening.change", "new-partner,screening.change", "separation,screening.change", "breakdown,screening.change",
            "death,screening.change"})
    @Requirement("S-029")
    void aChangeIsAReasonToAskAgain(String change, String clock) {
        assertThat(repeat(Map.of("screeningChange", change, "childrenInHousehold", "no"))).containsEntry("screeningRepeat", "after-change").containsEntry("screeningClock", clock);
    }

    @Test
    void anotherChangeWaitsForTheReview() {
        assertThat(repeat(Map.of("screeningChange", "well", "childrenInHousehold", "no", "pregnancy", "no"))).containsEntry("screeningRepeat", "at-review");
        assertThat(repeat(Map.of())).containsEntry("screeningRepeat", "at-review");
    }

    @ParameterizedTest
    @CsvSource({"not-asked,declined,no,unfinished,parent-screening.again", "known,none,declined,later,screening.declined", "none,none,no,at-review,adult-plan.review"})
    @Requirement({"S-001", "S-020"})
    void whatWasNotAskedAboutAParentOrNotSaidIsAskedAgain(String mentalHealth, String substanceUse, String domesticAbuse, String repeat, String clock) {
        assertThat(repeat(Map.of("mentalHealth", mentalHealth, "substanceUse", substanceUse, "domesticAbuse", domesticAbuse))).containsEntry("screeningRepeat", repeat).containsEntry("screeningClock", clock);
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
