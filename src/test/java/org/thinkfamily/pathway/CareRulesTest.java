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

@DisplayName("The rules for children who are looked after")
class CareRulesTest {

    private static final DecisionFile VISITS = new DecisionFile("visit-interval.dmn");
    private static final DecisionFile MATCH = new DecisionFile("carer-match.dmn");
    private static final DecisionFile EPISODES = new DecisionFile("repeated-accommodation.dmn");

    private static final DecisionFile WAITS = new DecisionFile("treatment-delay.dmn");
    private static final DecisionFile SDQ = new DecisionFile("sdq-due.dmn");
    private static final DecisionFile EARLY = new DecisionFile("early-review-triggers.dmn");
    private static final DecisionFile AGENDA = new DecisionFile("agenda-check.dmn");

    @AfterAll
    static void everyRuleWasHit() {
        assertThat(VISITS.neverHit()).isEmpty();
        assertThat(MATCH.neverHit()).isEmpty();
        assertThat(EPISODES.neverHit()).isEmpty();
        assertThat(WAITS.neverHit()).isEmpty();
        assertThat(AGENDA.neverHit()).isEmpty();
        assertThat(SDQ.neverHit()).isEmpty();
        assertThat(EARLY.neverHit()).isEmpty();
    }

    /** Regulation 28. The placement began on 1 March 2025. */
    @ParameterizedTest
    @CsvSource({
        "P1, not-assessed, interim, '',         no,  2025-03-10, week",
        "P1, not-assessed, interim, 2025-04-01, no,  2025-04-10, 6-weeks",
        "U3, temporary,    none,    '',         no,  2025-03-10, week",
        "U3, temporary,    none,    2025-02-01, no,  2025-03-10, week",
        "U3, temporary,    none,    2025-04-01, no,  2025-04-10, 4-weeks",
        "P1, approved,     interim, '',         no,  2025-03-10, week",
        "P1, approved,     interim, 2025-03-01, no,  2025-04-10, 4-weeks",
        "P1, approved,     care,    2025-04-01, yes, 2026-04-10, 6-weeks",
        "U4, approved,     care,    2025-04-01, yes, 2026-03-01, 3-months",
        "U4, approved,     care,    2025-04-01, yes, 2026-02-28, 6-weeks",
        "U4, approved,     care,    2025-04-01, no,  2026-04-10, 6-weeks",
        "K2, approved,     none,    '',         no,  2025-03-10, 6-weeks"})
    void howOftenAChildIsVisited(String placement, String approval, String order, String reviewed, String lasting, String visited, String every) {
        Map<String, Object> facts = new HashMap<>(Map.of("placement", placement, "approval", approval, "order", order, "lasting", lasting, "visitedOn", visited, "placedOn", "2025-03-01"));
        if (!reviewed.isEmpty()) {
            facts.put("reviewHeldOn", reviewed);
        }
        assertThat((String) VISITS.decide("visit-interval", facts).getSingleEntry()).isEqualTo(every);
    }

    @ParameterizedTest
    @CsvSource({"no,no,fits", "unwell,yes,fits", "unwell,staff,fits", "unwell,partly,training", "admitted,no,training", "substances,no,training", "not-known,no,training"})
    @Requirement("S-145")
    void aCarerIsTrainedForAParentsIllness(String illness, String trained, String follows) {
        assertThat((String) MATCH.decide("carer-match", Map.of("parentAdmitted", illness, "carerTrained", trained)).getSingleEntry()).isEqualTo(follows);
    }

    @Test
    void nobodyHasSaidWhatLedToCare() {
        assertThat((String) MATCH.decide("carer-match", Map.of("carerTrained", "no")).getSingleEntry()).isEqualTo("training");
    }

    @ParameterizedTest
    @CsvSource({"0,no", "2,no", "3,yes", "4,yes"})
    @Requirement("S-180")
    void theThirdTimeAccommodatedAsksForLegalPlanning(int accommodations, String asked) {
        assertThat((String) EPISODES.decide("repeated-accommodation", Map.of("accommodations", accommodations)).getSingleEntry()).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({"-1,yes", "0,no", "3,no", "4,yes", "16,yes", "17,no"})
    void theQuestionnaireIsForAgesFourToSixteen(int age, String asked) {
        assertThat((String) SDQ.decide("sdq-due", Map.of("age", age)).getSingleEntry()).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({"visit,review,urgent", "accommodation-ends,review,urgent", "leaving-custody,review,decision", "iro,review,decision", "plan-change,review,decision", "placement-move,review,decision",
            "missing,review,urgent", "parent-admitted,review,decision", "parent-discharged,review,decision", "parent-relapse,review,decision", "adult-plan-change,review,decision",
            "contact-changed,review,decision", "third-episode,review,decision", "complaint,tell,told", "exclusion,tell,told", "other,tell,told", "no-such-thing,tell,told"})
    @Requirement("S-167")
    void aChangeBringsAReviewForwardOrTheOfficerIsTold(String change, String response, String clock) {
        assertThat(EARLY.decide("early-review-triggers", Map.of("earlyTrigger", change)).getSingleResult().getEntryMap()).containsEntry("earlyResponse", response).containsEntry("earlyClock", "cla.early-" + clock);
    }

    /** What a person can choose, and what the program says by itself, has a line of its own. */
    @Test
    void everyChangeThatCanBeSaidHasItsRule() {
        FormFile.of("review-brought-forward").form().question("earlyTrigger").orElseThrow().options().forEach(change -> {
            EARLY.decide("early-review-triggers", Map.of("earlyTrigger", change.value()));
            assertThat(EARLY.fired().contains("early-review-triggers-other")).as(change.value()).isEqualTo(change.value().equals("other"));
        });
    }

    @ParameterizedTest
    @CsvSource({"0,0,none", "1,3,none", "1,4,ask", "2,17,ask", "1,18,take-up"})
    @Requirement("S-042")
    void aLongWaitForHelpIsTakenUp(int waiting, int weeks, String follows) {
        assertThat((String) WAITS.decide("treatment-delay", Map.of("waiting", waiting, "longestWait", weeks)).getSingleEntry()).isEqualTo(follows);
    }

    @ParameterizedTest
    @CsvSource({"everybody,yes,whole,whole,whole,stands", "everybody,part,whole,whole,whole,split", "everybody,unwell,whole,not,whole,split", "some,no,whole,none,whole,stands",
        "written,yes,not,whole,whole,say-why", "some,yes,whole,not,whole,say-why", "some,yes,part,remote,not,say-why", "some,part,written,written,written,stands"})
    @Requirement({"S-163", "S-170"})
    void anAgendaSaysWhoTakesPartAndKeepsHealthPrivate(String health, String consent, String child, String adult, String carer, String follows) {
        assertThat((String) AGENDA.decide("agenda-check", Map.of("healthPart", health, "parentConsent", consent, "childPart", child, "adultPart", adult, "carerPart", carer)).getSingleEntry()).isEqualTo(follows);
    }
}
