package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thinkfamily.Requirement;

@DisplayName("Contact by the parent's condition")
class ContactByConditionTest {

    private static final DecisionFile FILE = new DecisionFile("contact-by-condition.dmn");
    private static final List<String> CONDITIONS = Arrays.asList("well", "unsettled", "unwell", "in-hospital", null);
    private static final List<String> RISKS = Arrays.asList("none", "some", "high", null);
    private static final List<String> MEETINGS = Arrays.asList("yes", "with-care", "not-now", null);
    private static final List<String> BASES = Arrays.asList("accommodated", "in-care", "emergency", "other", null);

    @AfterAll
    static void everyRuleWasHit() {
        assertThat(FILE.neverHit()).isEmpty();
    }

    private static Map<String, Object> decide(String condition, String risk, String meeting, String basis) {
        Map<String, Object> inputs = new HashMap<>();
        put(inputs, "condition", condition);
        put(inputs, "risk", risk);
        put(inputs, "meeting", meeting);
        put(inputs, "basis", basis);
        return FILE.decide("contact-by-condition", inputs).getSingleResult();
    }

    private static void put(Map<String, Object> inputs, String name, String value) {
        inputs.put(name, org.camunda.bpm.engine.variable.Variables.stringValue(value));
    }

    @ParameterizedTest(name = "{0}, risk {1}, meeting {2}, {3}: {4}, {5}, {6} within {7}")
    @CsvSource({
            "well,        high, yes,       accommodated, paused-by-agreement, trained-supervisor, childrens-team-manager,  1",
            "unwell,      high, not-now,   accommodated, paused-by-agreement, trained-supervisor, childrens-team-manager,  1",
            "well,        high, yes,       in-care,      indirect,            trained-supervisor, childrens-team-manager,  5",
            "unwell,      high, yes,       emergency,    indirect,            trained-supervisor, childrens-team-manager,  1",
            "well,        none, not-now,   accommodated, indirect,            known-adult,        childrens-social-worker, 20",
            "in-hospital, some, not-now,   in-care,      indirect,            known-adult,        childrens-social-worker, 20",
            "in-hospital, some, yes,       in-care,      ward-visit,          trained-supervisor, childrens-social-worker, 5",
            "in-hospital, none, yes,       accommodated, ward-visit,          known-adult,        childrens-social-worker, 10",
            "unwell,      some, with-care, in-care,      indirect,            known-adult,        childrens-social-worker, 5",
            "unwell,      none, yes,       in-care,      supervised,          known-adult,        childrens-social-worker, 10",
            "unsettled,   some, yes,       other,        supervised,          trained-supervisor, childrens-social-worker, 10",
            "unsettled,   none, with-care, accommodated, face-to-face,        known-adult,        childrens-social-worker, 20",
            "well,        some, yes,       in-care,      supervised,          trained-supervisor, childrens-social-worker, 40",
            "well,        none, with-care, in-care,      face-to-face,        known-adult,        childrens-social-worker, 40",
            "well,        none, yes,       accommodated, face-to-face,        none,               childrens-social-worker, 60",
    })
    @Requirement({"S-169", "S-144"})
    void contactFollowsTheCondition(String condition, String risk, String meeting, String basis, String kind, String supervision, String decides, int within) {
        assertThat(decide(condition, risk, meeting, basis)).containsEntry("kind", kind).containsEntry("supervision", supervision)
                .containsEntry("decides", decides).containsEntry("lookAgainWithin", within);
    }

    @Test
    void whatIsNotKnownChangesNothing() {
        assertThat(decide(null, "none", "yes", "in-care")).containsEntry("kind", "as-agreed").containsEntry("lookAgainWithin", 2);
        assertThat(decide("unwell", null, null, null)).containsEntry("kind", "as-agreed");
        assertThat(FILE.fired()).containsExactly("rule-14");
    }

    @Test
    @Requirement("S-181")
    void neverIsItTheCarerWhoDecides() {
        CONDITIONS.forEach(condition -> RISKS.forEach(risk -> MEETINGS.forEach(meeting -> BASES.forEach(basis ->
                assertThat(decide(condition, risk, meeting, basis).get("decides")).isIn("childrens-social-worker", "childrens-team-manager")))));
    }

    @Test
    @Requirement("S-151")
    void contactOfAnAccommodatedChildIsNeverRefused() {
        CONDITIONS.forEach(condition -> RISKS.forEach(risk -> MEETINGS.forEach(meeting ->
                assertThat(decide(condition, risk, meeting, "accommodated").get("kind")).isNotIn("refused", "stopped"))));
        assertThat(decide("unwell", "high", "yes", "accommodated").get("kind")).isEqualTo("paused-by-agreement");
    }
}
