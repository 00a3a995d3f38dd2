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

@DisplayName("Red flags")
class RedFlagsTest {

    private static final DecisionFile FILE = new DecisionFile("red-flags.dmn");

    @AfterAll
    static void everyRuleWasHit() {
        assertThat(FILE.neverHit()).isEmpty();
    }

    private static final List<String> QUESTIONS = List.of("delusionsInvolveChild", "suicide", "hostileToChild", "threatToKill", "domesticAbuse", "substances",
            "mentalHealth", "obsessionsInvolveChild", "engagement", "childCarer", "hospital", "perinatal", "alteredStates", "isolated", "untreatable", "earlierHarm");

    private static Map<String, Object> allAnswered(String answer) {
        Map<String, Object> answers = new HashMap<>();
        QUESTIONS.forEach(question -> answers.put(question, answer));
        return answers;
    }

    private static String respond(Map<String, ?> answers) {
        return FILE.decide("red-flag-response", answers).getSingleEntry();
    }

    @ParameterizedTest(name = "{0} = {1}: {2}")
    @CsvSource({
            "delusionsInvolveChild, yes, RF-01, immediate",
            "suicide, includes-child, RF-02, immediate",
            "suicide, disclosed, RF-02-disclosed, same-day",
            "hostileToChild, yes, RF-03, immediate",
            "threatToKill, yes, RF-04, immediate",
            "domesticAbuse, yes, RF-05, same-day",
            "suicide, self-harm, RF-07, same-day",
            "obsessionsInvolveChild, yes, RF-08, same-day",
            "engagement, poor, RF-09, same-day",
            "engagement, none, RF-09, same-day",
            "engagement, no-insight, RF-09, same-day",
            "childCarer, yes, RF-10, same-day",
            "hospital, no-safe-care, RF-11, same-day",
            "hospital, home-without-check, RF-12, same-day",
            "perinatal, yes, RF-13, same-day",
            "alteredStates, yes, RF-14, same-day",
            "isolated, yes, RF-15, same-day",
            "untreatable, yes, RF-16, same-day",
            "engagement, discharged, RF-18, same-day",
            "earlierHarm, yes, RF-19, same-day"})
    @Requirement({"S-025", "S-027", "S-031", "S-034", "S-036", "S-037"})
    void oneFlagIsEnough(String question, String answer, String rule, String response) {
        Map<String, Object> answers = allAnswered("no");
        answers.put(question, answer);

        assertThat(respond(answers)).isEqualTo(response);
        assertThat(FILE.fired()).containsExactly("red-flags-" + rule, "red-flag-response-" + response);
        assertThat(FILE.decide("red-flags", answers).getSingleResult()).containsKeys("flag", "action", "response");
    }

    @Test
    void aFamilyReferredBeforeIsAFlag() {
        assertThat(respond(Map.of("repeatReferral", true))).isEqualTo("same-day");
        assertThat(FILE.fired()).contains("red-flags-RF-17");
        assertThat(respond(Map.of("repeatReferral", false))).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({"some, mild, yes, true", "dependent, severe, yes, true", "none, severe, yes, false", "some, none, yes, false", "some, mild, no, false"})
    @Requirement("S-033")
    void threeThingsTogetherAskForAJointAssessment(String substances, String mentalHealth, String domesticAbuse, boolean flagged) {
        respond(Map.of("substances", substances, "mentalHealth", mentalHealth, "domesticAbuse", domesticAbuse));

        assertThat(FILE.fired().contains("red-flags-RF-06")).isEqualTo(flagged);
    }

    @Test
    void theStrongestAnswerWins() {
        assertThat(respond(Map.of("isolated", "yes", "threatToKill", "yes", "domesticAbuse", "yes"))).isEqualTo("immediate");
        assertThat(FILE.fired()).contains("red-flags-RF-15", "red-flags-RF-04", "red-flags-RF-05");
    }

    @Test
    void noFlagIsAnAnswerToo() {
        assertThat(respond(allAnswered("no"))).isEqualTo("none");
        assertThat(respond(allAnswered("not-known"))).isEqualTo("none");
        assertThat(respond(Map.of())).isEqualTo("none");
        assertThat(FILE.decide("red-flags", allAnswered("no"))).isEmpty();
    }
}
