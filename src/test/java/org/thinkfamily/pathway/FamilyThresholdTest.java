package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thinkfamily.Requirement;

@DisplayName("Family threshold")
class FamilyThresholdTest {

    private static final DecisionFile FILE = new DecisionFile("family-threshold.dmn");

    @AfterAll
    static void everyRuleWasHit() {
        assertThat(FILE.neverHit()).isEmpty();
    }

    /** {@code key=value} pairs with {@code +} between them. */
    private static Map<String, Object> answers(String text) {
        Map<String, Object> answers = new LinkedHashMap<>();
        for (String pair : text == null ? new String[0] : text.split("\\+")) {
            String[] parts = pair.strip().split("=");
            answers.put(parts[0], parts[1].matches("\\d+") ? Integer.valueOf(parts[1]) : parts[1]);
        }
        return answers;
    }

    private static int number(String decision, Map<String, ?> answers) {
        return FILE.decide(decision, answers).<Number>getSingleEntry().intValue();
    }

    @ParameterizedTest(name = "{0}: level {1} by {2}")
    @CsvSource({
            "redFlagResponse=immediate, 4, immediate",
            "effect=harm, 4, harm",
            "careGiven=main, 4, main-carer",
            "hospital=no-safe-care, 4, no-safe-care",
            "mentalHealth=mild + substances=some + domesticAbuse=yes + effect=routines, 4, three-together",
            "redFlagResponse=same-day, 3, same-day",
            "effect=affected, 3, affected",
            "careGiven=regular, 3, regular-carer",
            "effect=routines + mentalHealth=moderate, 3, illness-affects",
            "effect=routines + substances=dependent, 3, dependence-affects",
            "domesticAbuse=yes, 3, domestic-abuse",
            "mentalHealth=severe + engagement=none, 3, illness-alone",
            "substances=dependent + engagement=poor, 3, dependence-alone",
            "earlierHarm=yes, 3, earlier-harm",
            "effect=routines, 2, routines",
            "effect=not-known, 2, unclear",
            "careGiven=small, 2, small-tasks",
            "careGiven=not-known, 2, small-tasks",
            "carerIfUnwell=nobody, 2, nobody",
            "mentalHealth=mild + isolated=yes, 2, ill-and-isolated",
            "mentalHealth=mild + pregnancy=yes, 2, pregnancy",
            "effect=none, 1, universal"})
    @Requirement({"S-041", "S-076"})
    void levelOfTheChild(String answers, int level, String rule) {
        assertThat(number("child-level", answers(answers))).isEqualTo(level);
        assertThat(FILE.fired()).contains("child-level-" + rule);
    }

    @Test
    void nothingKnownIsTheFirstLevel() {
        assertThat(number("child-level", Map.of())).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"severe, none, meets", "none, dependent, meets", "moderate, none, just-below", "none, some, just-below", "mild, none, low", "none, none, none", "not-known, not-known, not-known"})
    @Requirement("S-074")
    void needOfTheAdult(String mentalHealth, String substances, String need) {
        assertThat(FILE.decide("adult-need", Map.of("mentalHealth", mentalHealth, "substances", substances)).<String>getSingleEntry()).isEqualTo(need);
    }

    @ParameterizedTest(name = "{0}: adds {1} by {2}")
    @CsvSource({
            "mentalHealth=mild + substances=some, 1, illness-and-use",
            "mentalHealth=mild + domesticAbuse=yes, 1, illness-and-abuse",
            "substances=some + domesticAbuse=yes, 1, use-and-abuse",
            "mentalHealth=moderate + effect=not-known, 1, just-below",
            "careGiven=small, 1, child-carer",
            "referralsInTwoYears=3, 1, again-and-again",
            "referralsInTwoYears=2 + mentalHealth=severe + effect=routines, 0, nothing"})
    @Requirement({"S-071", "S-072", "S-074"})
    void needsActOnEachOther(String answers, int added, String rule) {
        assertThat(number("interaction", answers(answers))).isEqualTo(added);
        assertThat(FILE.fired()).contains("interaction-" + rule);
    }

    @ParameterizedTest(name = "{0}: level {1}, met {2}, below every bar {3}, left out {4} by {5}")
    @CsvSource({
            "effect=harm + mentalHealth=severe, 4, true, false, nobody, 4",
            "effect=affected + mentalHealth=moderate, 4, true, false, parent, 3-and-more",
            "effect=affected + mentalHealth=severe, 3, true, false, nobody, 3",
            "effect=not-known + mentalHealth=moderate, 3, true, false, parent, 2-and-more",
            "effect=not-known + mentalHealth=severe, 2, false, false, children, 2",
            "effect=routines + mentalHealth=mild, 2, false, true, family, 2",
            "mentalHealth=mild + substances=some, 2, false, true, family, 1-and-more",
            "mentalHealth=moderate, 1, false, true, parent, 1",
            "mentalHealth=none + substances=none, 1, false, false, nobody, 1"})
    @Requirement({"S-071", "S-073", "S-075", "S-077", "S-079"})
    void whatItMeansForTheFamily(String answers, int level, boolean met, boolean below, String leftOut, String rule) {
        var result = FILE.decide("family-threshold", answers(answers)).getSingleResult();

        assertThat(((Number) result.get("level")).intValue()).isEqualTo(level);
        assertThat(result).containsEntry("thresholdMet", met).containsEntry("belowEveryBar", below).containsEntry("leftOut", leftOut);
        assertThat(FILE.fired()).contains("family-level-" + rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"effect=none", "effect=routines", "effect=affected + mentalHealth=mild", "careGiven=small + mentalHealth=moderate", "redFlagResponse=same-day", "effect=harm"})
    @Requirement({"S-035", "S-039"})
    void aCooperatingParentNeverLowersALevel(String text) {
        for (String illness : List.of("none", "mild", "moderate", "severe", "not-known")) {
            Map<String, Object> answers = new HashMap<>(answers(text));
            answers.putIfAbsent("mentalHealth", illness);
            int unasked = number("family-level", answers);
            answers.put("engagement", "good");
            assertThat(number("family-level", answers)).isEqualTo(unasked);
            for (String stepsBack : List.of("poor", "none", "no-insight", "discharged")) {
                answers.put("engagement", stepsBack);
                assertThat(number("family-level", answers)).isGreaterThanOrEqualTo(unasked);
            }
        }
    }

    @Test
    void theFamilyIsNeverBelowItsChild() {
        for (String effect : List.of("none", "routines", "affected", "harm", "not-known")) {
            for (String illness : List.of("none", "mild", "moderate", "severe", "not-known")) {
                for (String use : List.of("none", "some", "dependent", "not-known")) {
                    Map<String, String> answers = Map.of("effect", effect, "mentalHealth", illness, "substances", use);
                    assertThat(number("family-level", answers)).isBetween(number("child-level", answers), 4);
                }
            }
        }
    }
}
