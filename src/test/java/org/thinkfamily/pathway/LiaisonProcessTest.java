package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
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
@DisplayName("Between reviews both sides speak with each other")
class LiaisonProcessTest {

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
    private LocalDate day;

    @BeforeEach
    void theCarePlanNamesTheDay() {
        family = new LookedAfterFamily(walk, families, jdbc);
        day = families.today().plusDays(21);
        reviewHeld();
        typical.complete(family.ref, "update-care-plan", "liaisonOn", day.toString(), "planChanged", "no");
    }

    @AfterAll
    static void everyFlowWasTaken() {
        assertThat(FlowsTaken.never("liaison")).isEmpty();
    }

    private void reviewHeld() {
        walk.send(family.ref, "review-held", Map.of("child", family.mia, "adult", family.mother, "adultRole", Walk.AMH, "reviewKind", "later", "reviewHeldOn", families.today().toString(),
                "contactChange", "no", "accommodations", 0));
    }

    @Test
    @Requirement({"S-160", "S-191"})
    void onTheDayTheyAgreedTheSocialWorkerIsAskedAndTheyAgreeTheNext() {
        assertThat(walk.timer(family.ref, "until")).isEqualTo(day);
        assertThat(walk.steps(family.ref)).doesNotContain("talk");
        walk.fire(family.ref, "until");
        assertThat(walk.task(family.ref, "talk").assignee()).isEqualTo("childrens-social-worker");
        assertThat(walk.task(family.ref, "talk").dueOn()).isEqualTo(workingDays.plus(families.today(), 5));
        assertThat(walk.shown(family.ref, "talk")).contains("review-care-plan");

        typical.complete(family.ref, "talk", "speakAgain", "yes", "liaisonOn", day.plusDays(28).toString());
        assertThat(walk.timer(family.ref, "until")).isEqualTo(day.plusDays(28));
        walk.fire(family.ref, "until");
        assertThat(walk.shown(family.ref, "talk")).as("what was said last time").contains("liaison");
        typical.complete(family.ref, "talk", "speakAgain", "no");
        assertThat(walk.ended(family.ref, "liaison")).containsExactly("over");
    }

    @Test
    @Requirement("S-160")
    void theNextReviewAgreesItsOwnTalks() {
        reviewHeld();
        assertThat(walk.ended(family.ref, "liaison")).containsExactly("review-end");
        typical.complete(family.ref, "update-care-plan", "liaisonOn", day.plusDays(7).toString(), "planChanged", "no");
        assertThat(walk.timer(family.ref, "until")).as("one day, not two").isEqualTo(day.plusDays(7));
    }

    @Test
    void theReviewOfABrotherChangesNothing() {
        walk.send(family.ref, "review-held", Map.of("child", family.leo, "adult", family.mother, "adultRole", Walk.AMH, "reviewKind", "later", "reviewHeldOn", families.today().toString(),
                "contactChange", "no", "accommodations", 0));
        assertThat(walk.timer(family.ref, "until")).isEqualTo(day);
    }

    @Test
    void whenCareEndsNobodyIsAskedAnyMore() {
        walk.send(family.ref, "care-ended", Map.of("child", family.mia));
        assertThat(walk.ended(family.ref, "liaison")).containsExactly("care-end");
    }
}
