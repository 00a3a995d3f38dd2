package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thinkfamily.pathway.Walk.AMH;

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
import org.thinkfamily.TestFamily;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;

@ProcessTest
@Import(Typical.class)
@DisplayName("The care plan and the placement of a child who is looked after")
class PlacementProcessTest {

    private static final String SOCIAL_WORKER = "childrens-social-worker";

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
        assertThat(FlowsTaken.never("care-planning")).isEmpty();
        assertThat(FlowsTaken.never("placement")).isEmpty();
    }

    private void lookedAfter(Object... said) {
        Object[] all = new Object[said.length + 2];
        all[0] = "child";
        all[1] = String.valueOf(family.mia);
        System.arraycopy(said, 0, all, 2, said.length);
        typical.start(SOCIAL_WORKER, "cla-review", family.ref, all);
    }

    private void placed(String placement, LocalDate placedOn) {
        walk.send(family.ref, "child-placed", Map.of("child", family.mia, "adult", family.mother, "adultRole", AMH, "placement", placement, "placedOn", placedOn.toString(), "parentAdmitted", "no"));
    }

    private void visit(String step, String order, String approval, String lasting) {
        typical.complete(family.ref, step, "order", order, "approval", approval, "lasting", lasting, "visitConcern", "no");
    }

    /** Time passes until the next visit, of that kind, comes up. */
    private void comesUp(String step) {
        assertThat(walk.waiting(family.ref)).contains("wait-" + step);
        walk.fire(family.ref, "wait-" + step);
    }

    @Test
    void whenCareBeginsThePlansAndAssessmentsHaveTheirTimes() {
        LocalDate began = workingDays.plus(today, -3);
        lookedAfter("lookedAfterOn", began.toString());

        assertThat(walk.task(family.ref, "care-plan").dueOn()).isEqualTo(workingDays.plus(began, 10));
        assertThat(walk.task(family.ref, "first-health").dueOn()).isEqualTo(workingDays.plus(began, 20));
        assertThat(walk.task(family.ref, "education").dueOn()).isEqualTo(workingDays.plus(began, 10));
        assertThat(walk.task(family.ref, "plan").dueOn()).isEqualTo(workingDays.plus(began, 5));
        assertThat(walk.task(family.ref, "first-visit").dueOn()).isEqualTo(began.plusWeeks(1));
        typical.complete(family.ref, "care-plan");
        assertThat(walk.ended(family.ref, "care-planning")).containsExactlyInAnyOrder("care-planned", "placement");
    }

    @Test
    void aChildIsAssessedAgainByAgeAndTheEducationPlanEachTerm() {
        lookedAfter();
        typical.complete(family.ref, "first-health", "healthAge", "under-5");
        assertThat(walk.timer(family.ref, "wait-6")).isEqualTo(workingDays.onOrBefore(today.plusMonths(6)).minusDays(40));
        walk.fire(family.ref, "wait-6");
        assertThat(walk.task(family.ref, "health-6").dueOn()).isEqualTo(workingDays.onOrBefore(today.plusMonths(6)));
        typical.complete(family.ref, "health-6", "healthAge", "5-or-over");
        walk.fire(family.ref, "wait-12");
        assertThat(walk.task(family.ref, "health-12").dueOn()).isEqualTo(workingDays.onOrBefore(today.plusMonths(12)));
        typical.complete(family.ref, "health-12", "healthAge", "5-or-over");
        assertThat(walk.waiting(family.ref)).contains("wait-12");

        typical.complete(family.ref, "education");
        walk.fire(family.ref, "next-term");
        assertThat(walk.task(family.ref, "education-review").dueOn()).isEqualTo(workingDays.onOrBefore(today.plusMonths(4)));
        typical.complete(family.ref, "education-review");
        assertThat(walk.waiting(family.ref)).contains("next-term");

        typical.report(SOCIAL_WORKER, family.ref, "care-ended", "child", String.valueOf(family.mia));
        assertThat(walk.ended(family.ref, "care-planning")).contains("care-end");
        assertThat(walk.ended(family.ref, "placement")).contains("care-end");
        assertThat(walk.steps(family.ref)).containsExactly("hand-over");
    }

    @Test
    void aChildSeesADentistOnceAYear() {
        lookedAfter();
        assertThat(walk.timer(family.ref, "wait-dental")).isEqualTo(workingDays.onOrBefore(today.plusMonths(12)).minusDays(60));
        walk.fire(family.ref, "wait-dental");
        assertThat(walk.task(family.ref, "dental").dueOn()).isEqualTo(workingDays.onOrBefore(today.plusMonths(12)));
        typical.complete(family.ref, "dental", "dentistSeen", "declined");
        assertThat(walk.timer(family.ref, "dental-again")).isEqualTo(over(today.plusMonths(3)));
        walk.fire(family.ref, "dental-again");
        LocalDate seen = today.minusDays(10);
        typical.complete(family.ref, "dental", "dentistSeen", "yes", "dentalOn", seen.toString());
        assertThat(walk.timer(family.ref, "wait-dental")).as("a year after the check").isEqualTo(workingDays.onOrBefore(seen.plusMonths(12)).minusDays(60));
    }

    @Test
    void theQuestionnaireComesOnceAYearAfterAYearOfCare() {
        LocalDate began = today.minusMonths(2);
        lookedAfter("lookedAfterOn", began.toString());
        assertThat(walk.timer(family.ref, "year")).isEqualTo(over(began.plusMonths(12)));
        born(today.minusYears(4).plusDays(1));
        walk.fire(family.ref, "year");
        assertThat(walk.steps(family.ref)).as("three years old").doesNotContain("sdq");
        assertThat(walk.timer(family.ref, "sdq-later")).isEqualTo(over(today.plusMonths(3)));
        born(today.minusYears(4));
        walk.fire(family.ref, "sdq-later");
        assertThat(walk.task(family.ref, "sdq").dueOn()).isEqualTo(workingDays.plus(today, 20));
        LocalDate answered = today.minusDays(5);
        typical.complete(family.ref, "sdq", "sdqOn", answered.toString(), "sdqScored", "yes", "sdqScore", 40);
        assertThat(walk.timer(family.ref, "sdq-next")).isEqualTo(over(answered.plusMonths(12)));
        walk.fire(family.ref, "sdq-next");
        assertThat(walk.shown(family.ref, "sdq")).as("the last one").contains("sdq");
    }

    /** The day after the last working day by then. */
    private LocalDate over(LocalDate day) {
        return workingDays.onOrBefore(day).plusDays(1);
    }

    private void born(LocalDate day) {
        jdbc.sql("update person set date_of_birth = :day where id = :id").param("day", day).param("id", family.mia).update();
    }

    @Test
    void theQuestionnaireHasAScoreOrAReason() {
        assertThat(FormFile.of("sdq").missing(Map.of("sdqScored", "yes"))).contains("/sdqScore").doesNotContain("/sdqReason");
        assertThat(FormFile.of("sdq").missing(Map.of("sdqScored", "no"))).contains("/sdqReason").doesNotContain("/sdqScore");
        assertThat(FormFile.of("sdq").missing(Map.of("sdqScored", "yes", "sdqScore", 41))).as("from 0 to 40").contains("/sdqScore");
        assertThat(FormFile.of("sdq").missing(Map.of("sdqScored", "yes", "sdqScore", 0))).doesNotContain("/sdqScore");
    }

    @Test
    @Requirement("S-145")
    void aCarerWhoIsNotTrainedForTheParentsIllnessIsTrained() {
        lookedAfter("parentAdmitted", "unwell");
        typical.complete(family.ref, "match", "carerTrained", "partly", "training", "An evening, in May.");
        assertThat(walk.task(family.ref, "train").dueOn()).isEqualTo(workingDays.plus(today, 20));
        assertThat(walk.shown(family.ref, "train")).containsExactly("placement-match");
        typical.complete(family.ref, "train");
        assertThat(walk.ended(family.ref, "placement")).contains("trained");
    }

    @Test
    @Requirement("S-145")
    void aCarerWhoIsTrainedOrHasNoNeedOfItIsNotAsked() {
        lookedAfter("parentAdmitted", "admitted");
        typical.complete(family.ref, "match", "carerTrained", "yes");
        assertThat(walk.ended(family.ref, "placement")).containsExactly("fits");
        assertThat(FormFile.of("placement-match").missing(Map.of("carerTrained", "yes"))).as("which training").contains("/training");
    }

    @Test
    void whatACarerMayDecideIsSaidAlsoWhenAParentIsTooUnwellToAgree() {
        placed("U6", today);
        typical.complete(family.ref, "plan", "authorityAgreed", "unwell");
        assertThat(walk.task(family.ref, "decide-authority").role()).isEqualTo("childrens-team-manager");
        typical.complete(family.ref, "decide-authority");
        assertThat(walk.ended(family.ref, "placement")).containsExactly("decided");
        typical.report(SOCIAL_WORKER, family.ref, "placement-moved", "child", String.valueOf(family.mia));
        typical.complete(family.ref, "plan", "authorityAgreed", "yes");
        assertThat(walk.steps(family.ref)).doesNotContain("decide-authority");
    }

    @Test
    void anOrdinaryPlacementIsVisitedEverySixWeeksAndLaterLessOften() {
        placed("U4", today);
        visit("first-visit", "care", "approved", "yes");
        assertThat(walk.timer(family.ref, "wait-visit-6-weeks")).isEqualTo(today.plusWeeks(6).minusDays(14));
        comesUp("visit-6-weeks");
        assertThat(walk.task(family.ref, "visit-6-weeks").dueOn()).isEqualTo(today.plusWeeks(6));
        typical.report(SOCIAL_WORKER, family.ref, "placement-moved", "child", String.valueOf(family.mia), "placement", "U4");
        walk.send(family.ref, "care-ended", Map.of("child", family.mia));

        placed("U4", today.minusYears(1));
        visit("first-visit", "care", "approved", "yes");
        comesUp("visit-3-months");
        assertThat(walk.task(family.ref, "visit-3-months").dueOn()).isEqualTo(workingDays.onOrBefore(today.plusMonths(3)));
        visit("visit-3-months", "care", "approved", "no");
        comesUp("visit-6-weeks");
        visit("visit-6-weeks", "care", "approved", "no");
        assertThat(walk.waiting(family.ref)).contains("wait-visit-6-weeks");
    }

    @Test
    void weeklyVisitsAreFewerOnceAReviewHasBeenHeld() {
        placed("U3", today);
        visit("first-visit", "none", "temporary", "no");
        comesUp("visit-week");
        assertThat(walk.task(family.ref, "visit-week").dueOn()).isEqualTo(today.plusWeeks(1));
        walk.send(family.ref, "review-held", Map.of("child", family.mia, "adult", family.mother, "adultRole", AMH, "reviewKind", "first", "reviewHeldOn", today.toString(), "contactChange", "no",
                "accommodations", 0));
        visit("visit-week", "none", "temporary", "no");
        comesUp("visit-4-weeks");
        assertThat(walk.task(family.ref, "visit-4-weeks").dueOn()).isEqualTo(today.plusWeeks(4));
        visit("visit-4-weeks", "none", "approved", "no");
        assertThat(walk.waiting(family.ref)).contains("wait-visit-6-weeks");
    }

    @Test
    void aConcernSeenOnAVisitAsksForAnEarlierReview() {
        lookedAfter();
        typical.complete(family.ref, "first-visit", "visitConcern", "yes");
        assertThat(walk.task(family.ref, "decide-early").role()).isEqualTo("iro");
        assertThat(walk.shown(family.ref, "decide-early")).contains("placement-visit");
        assertThat(walk.waiting(family.ref)).as("visits go on").contains("wait-visit-6-weeks");
    }

    @Test
    void aMoveIsOneMessageThatEveryProcessHears() {
        lookedAfter("placement", "U6", "parentAdmitted", "unwell");
        TestFamily.involve(jdbc, family.ref, "supervising-social-worker", "children-team", "supervising-social-worker");
        typical.report("supervising-social-worker", family.ref, "placement-moved", "child", String.valueOf(family.mia), "moveKind", "unplanned", "placement", "K2");

        assertThat(walk.steps(family.ref)).as("review, placement, what was learned").contains("decide-early", "disruption", "plan", "first-visit", "match");
        assertThat(walk.task(family.ref, "disruption").dueOn()).isEqualTo(today.plusDays(14));
        assertThat(walk.running(family.ref).stream().filter("placement"::equals)).as("the old one until it is understood, and the new one").hasSize(2);
        typical.complete(family.ref, "match", "carerTrained", "no");
        assertThat(walk.steps(family.ref)).as("the new carer is matched for the same illness").contains("train");
        typical.complete(family.ref, "disruption");
        assertThat(walk.running(family.ref).stream().filter("placement"::equals)).hasSize(1);
        assertThat(walk.fact(family.ref, "placement", "placement")).isEqualTo("K2");
    }

    @Test
    void aPlannedMoveEndsTheOldPlacementAtOnce() {
        placed("U6", today.minusDays(20));
        typical.report(SOCIAL_WORKER, family.ref, "placement-moved", "child", String.valueOf(family.mia), "moveKind", "planned");
        assertThat(walk.ended(family.ref, "placement")).containsExactly("moved-as-planned");
        assertThat(walk.running(family.ref)).containsExactly("placement");
    }

    @Test
    void aMoveWasConsideredAtAReviewOrItSaysWhyNot() {
        assertThat(FormFile.of("placement-moved").missing(Map.of("considered", "no"))).contains("/notConsideredWhy");
        assertThat(FormFile.of("placement-moved").missing(Map.of("considered", "yes"))).doesNotContain("/notConsideredWhy");
        assertThat(FormFile.of("placement-moved").missing(Map.of())).contains("/considered");
    }
}
