package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thinkfamily.pathway.Walk.AMH;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.Requirement;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;

@ProcessTest
@Import(Typical.class)
@DisplayName("After a review")
class ReviewFollowUpProcessTest {

    @Autowired
    private Walk walk;
    @Autowired
    private Typical typical;
    @Autowired
    private Families families;
    @Autowired
    private WorkingDays workingDays;
    @Autowired
    private JdbcClient jdbc;

    private LookedAfterFamily family;

    @BeforeEach
    void aFamilyIsKnown() {
        family = new LookedAfterFamily(walk, families, jdbc);
    }

    @AfterAll
    static void everyFlowWasTaken() {
        assertThat(FlowsTaken.never("review-follow-up")).isEmpty();
    }

    private void held(String contactChange, int accommodations) {
        Map<String, Object> facts = new HashMap<>(Map.of("child", family.mia, "adult", family.mother, "adultRole", AMH, "reviewKind", "first",
                "reviewHeldOn", families.today().toString(), "contactChange", contactChange, "accommodations", accommodations));
        walk.send(family.ref, "review-held", facts);
    }

    @Test
    void decisionsRecordPlanAndDistributionHaveTheirOwnLimits() {
        held("no", 0);

        assertThat(walk.task(family.ref, "write-decisions").dueOn()).isEqualTo(workingDays.plus(families.today(), 5));
        assertThat(walk.task(family.ref, "update-care-plan").dueOn()).isEqualTo(workingDays.plus(families.today(), 10));
        assertThat(walk.task(family.ref, "write-record").dueOn()).isEqualTo(workingDays.plus(families.today(), 15));
        typical.complete(family.ref, "write-record");
        assertThat(walk.task(family.ref, "send-record").dueOn()).isEqualTo(workingDays.plus(families.today(), 20));
        typical.complete(family.ref, "send-record");
        typical.complete(family.ref, "write-decisions");
        typical.complete(family.ref, "answer-decisions");
        typical.complete(family.ref, "update-care-plan", "planChanged", "no");

        assertThat(walk.ended(family.ref, "review-follow-up")).containsExactlyInAnyOrder("contact-new", "decisions-agreed", "no-legal", "plan-updated", "record-sent");
    }

    @Test
    void decisionsNobodyAnswersStand() {
        held("no", 0);
        typical.complete(family.ref, "write-decisions");
        walk.fire(family.ref, "no-answer");
        walk.fire(family.ref, "tell-unanswered");
        assertThat(walk.mail(family.ref)).as("what was not answered in time does not go in silence").contains("review-decisions-unanswered to iro", "review-decisions-unanswered to childrens-team-manager");
        assertThat(walk.words(family.ref, "review-decisions-unanswered")).contains("did not answer in time", "The decisions stand");
        assertThat(walk.ended(family.ref, "review-follow-up")).contains("decisions-agreed");
    }

    @Test
    void theOfficerHearsThatDecisionsAreNotAgreed() {
        held("no", 0);
        typical.complete(family.ref, "write-decisions");
        typical.complete(family.ref, "answer-decisions", "decisionsAnswer", "part");
        walk.fire(family.ref, "tell-objection");
        assertThat(walk.mail(family.ref)).contains("review-decisions-not-agreed to iro");
    }

    @Test
    @Requirement({"S-189", "S-190"})
    void aSignificantChangeIsTakenIntoTheParentsPlan() {
        held("no", 0);
        typical.complete(family.ref, "update-care-plan");
        assertThat(walk.task(family.ref, "update-adult-plan").assignee()).isEqualTo(AMH);
        typical.complete(family.ref, "update-adult-plan");
        assertThat(walk.ended(family.ref, "review-follow-up")).contains("adult-plan-updated");
    }

    @Test
    @Requirement("S-180")
    void aThirdTimeAccommodatedAsksForLegalPlanning() {
        held("no", 3);
        typical.complete(family.ref, "legal-planning");
        assertThat(walk.ended(family.ref, "review-follow-up")).contains("legal-done");
    }

    @Test
    @Requirement("S-149")
    void theFirstReviewStartsContactPlanningOnceOnly() {
        held("yes", 2);
        assertThat(walk.running(family.ref)).containsExactly("contact-planning", "review-follow-up");
        held("yes", 2);
        assertThat(walk.running(family.ref)).containsExactly("contact-planning", "review-follow-up", "review-follow-up");
        held("no", 0);
        assertThat(walk.ended(family.ref, "review-follow-up")).contains("contact-new", "contact-again", "contact-unchanged");
    }
}
