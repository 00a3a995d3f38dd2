package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thinkfamily.pathway.Walk.AMH;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;

@ProcessTest
@Import(Typical.class)
@DisplayName("A young person leaves care")
class LeavingCareProcessTest {

    private static final String ADVISER = "personal-adviser";

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
    private LocalDate today;

    @BeforeEach
    void aFamilyIsKnown() {
        family = new LookedAfterFamily(walk, families, jdbc);
        today = families.today();
    }

    @AfterAll
    static void everyFlowWasTaken() {
        assertThat(FlowsTaken.never("leaving-care")).isEmpty();
    }

    private void begun(String parentAsked) {
        typical.start("childrens-social-worker", "leaving-care", family.ref, "child", String.valueOf(family.leo), "parentAsked", parentAsked);
    }

    private void planned(Object... said) {
        begun("yes");
        typical.complete(family.ref, "parent-view");
        typical.complete(family.ref, "assess");
        typical.complete(family.ref, "name-adviser", "adviser", ADVISER);
        walk.fireOne(family.ref, "ready");
        walk.fire(family.ref, "ready");
        typical.complete(family.ref, "pathway-plan", said);
    }

    @Test
    void theParentsIllnessIsAskedAboutBeforeThePlanIsMade() {
        begun("yes");
        assertThat(walk.task(family.ref, "parent-view").assignee()).isEqualTo(AMH);
        assertThat(walk.task(family.ref, "parent-view").dueOn()).isEqualTo(workingDays.plus(today, 10));
        typical.complete(family.ref, "parent-view");
        assertThat(walk.task(family.ref, "assess").dueOn()).isEqualTo(workingDays.onOrBefore(today.plusMonths(3)));
        typical.complete(family.ref, "assess");
        assertThat(walk.task(family.ref, "name-adviser").role()).isEqualTo("childrens-team-manager");
        typical.complete(family.ref, "name-adviser", "adviser", ADVISER);
        walk.fireOne(family.ref, "ready");
        walk.fire(family.ref, "ready");
        assertThat(walk.task(family.ref, "pathway-plan").assignee()).as("the adviser who was named").isEqualTo(ADVISER);
        assertThat(walk.shown(family.ref, "pathway-plan")).containsExactly("leaving-care-assessment", "leaving-care-parent");
        assertThat(walk.shown(family.ref, "pathway-plan")).isNotEmpty();
    }

    @Test
    void aViewThatIsNotGivenStopsNothing() {
        begun("part");
        typical.complete(family.ref, "assess");
        typical.complete(family.ref, "name-adviser", "adviser", ADVISER);
        walk.fire(family.ref, "ready");
        assertThat(walk.steps(family.ref)).containsExactly("parent-view");
        walk.fire(family.ref, "no-view");
        walk.fire(family.ref, "tell-unanswered");
        assertThat(walk.mail(family.ref)).contains("leaving-care-unanswered to " + AMH);
        walk.fire(family.ref, "ready");
        assertThat(walk.steps(family.ref)).containsExactly("pathway-plan");
    }

    @Test
    void whatAYoungPersonDoesNotWantIsNotAskedOfTheParentsWorkerNorTold() {
        begun("no");
        assertThat(walk.steps(family.ref)).containsExactly("assess");
        typical.complete(family.ref, "assess");
        typical.complete(family.ref, "name-adviser", "adviser", ADVISER);
        walk.fireOne(family.ref, "ready");
        walk.fire(family.ref, "ready");
        typical.complete(family.ref, "pathway-plan", "adultNeeds", "no");
        assertThat(walk.steps(family.ref)).isEmpty();
        assertThat(walk.waiting(family.ref)).containsExactly("until");
    }

    @Test
    void theHandoverMeetingIsHeldUntilAnAdultServiceTakesOver() {
        LocalDate by = today.plusMonths(5);
        planned("adultNeeds", "yes", "handoverOn", by.toString());
        assertThat(walk.task(family.ref, "meeting").dueOn()).isEqualTo(by);
        assertThat(FormFile.of("leaving-care-handover").missing(Map.of("present", List.of("adult-service")))).as("who tells whom, and why without the young person").contains("/tells", "/youngPersonWhy");
        typical.complete(family.ref, "meeting");
        assertThat(walk.task(family.ref, "accept").role()).isEqualTo("adult-team-manager");
        typical.complete(family.ref, "accept", "takenOver", "no", "handoverOn", today.plusDays(14).toString());
        assertThat(walk.task(family.ref, "meeting").dueOn()).as("they meet again on the day they say").isEqualTo(today.plusDays(14));
        assertThat(walk.shown(family.ref, "meeting")).contains("leaving-care-accepted");
        typical.complete(family.ref, "meeting");
        typical.complete(family.ref, "accept", "takenOver", "yes");
        assertThat(walk.waiting(family.ref)).containsExactly("until");
    }

    @Test
    void theParentsWorkerIsToldOfThePlan() {
        planned("adultNeeds", "no");
        assertThat(walk.task(family.ref, "tell-parent").assignee()).isEqualTo(AMH);
        assertThat(walk.shown(family.ref, "tell-parent")).containsExactly("pathway-plan");
        typical.complete(family.ref, "tell-parent");
        assertThat(walk.ended(family.ref, "leaving-care")).containsExactly("parent-told");
    }

    @Test
    void thePlanIsLookedAtEverySixMonthsUntilSupportEnds() {
        planned("adultNeeds", "no", "reviewedOn", today.minusDays(3).toString());
        assertThat(walk.timer(family.ref, "until")).isEqualTo(workingDays.onOrBefore(today.minusDays(3).plusMonths(6)).minusDays(20));
        walk.fire(family.ref, "until");
        assertThat(walk.task(family.ref, "review").dueOn()).isEqualTo(workingDays.onOrBefore(today.minusDays(3).plusMonths(6)));
        typical.complete(family.ref, "review", "goesOn", "yes", "adultNeeds", "no");
        walk.fire(family.ref, "until");
        typical.complete(family.ref, "review", "goesOn", "no");
        assertThat(walk.running(family.ref)).isEmpty();
    }

    @Test
    void afterCareTheAdviserSeesTheYoungPersonInTheFirstWeekAndThenOftenEnough() {
        planned("adultNeeds", "no");
        walk.send(family.ref, "care-ended", Map.of("child", family.leo, "careEndedOn", today.toString()));
        assertThat(walk.task(family.ref, "first-visit").dueOn()).isEqualTo(today.plusWeeks(1));
        typical.complete(family.ref, "first-visit");
        walk.fire(family.ref, "wait-visit");
        assertThat(walk.task(family.ref, "visit").dueOn()).isEqualTo(workingDays.onOrBefore(today.plusMonths(2)));
        typical.complete(family.ref, "visit");
        assertThat(walk.waiting(family.ref)).contains("wait-visit");
        walk.fire(family.ref, "until");
        typical.complete(family.ref, "review", "goesOn", "no");
        assertThat(walk.running(family.ref)).as("visits end with support").isEmpty();
    }

    @Test
    void aChangeInTheParentsConditionIsTalkedAboutWithTheYoungPerson() {
        planned("adultNeeds", "no");
        typical.report(AMH, family.ref, "parent-condition-changed", "parent", String.valueOf(family.mother));
        assertThat(walk.task(family.ref, "talk").assignee()).isEqualTo(ADVISER);
        typical.complete(family.ref, "talk");
        assertThat(walk.ended(family.ref, "leaving-care")).contains("talked");
    }
}
