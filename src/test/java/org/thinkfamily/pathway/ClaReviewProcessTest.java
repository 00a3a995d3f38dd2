package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.thinkfamily.pathway.Walk.AMH;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.Requirement;
import org.thinkfamily.clock.Clock;
import org.thinkfamily.clock.Clocks;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;
import org.thinkfamily.forms.Answers;
import org.thinkfamily.forms.FormContext;
import org.thinkfamily.forms.Problem;
import org.thinkfamily.record.Entries;
import org.thinkfamily.record.Entry;
import org.thinkfamily.record.NotCorrectable;
import org.thinkfamily.review.CarePeriod;
import org.thinkfamily.review.Decision;
import org.thinkfamily.review.Review;
import org.thinkfamily.review.Reviews;
import org.thinkfamily.worklist.BeforeAnswering;
import org.thinkfamily.worklist.Corrections;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;
import org.thinkfamily.worklist.ReadFirst;
import org.thinkfamily.worklist.WorkItem;
import org.thinkfamily.worklist.WorkItems;

@ProcessTest
@Import(Typical.class)
@DisplayName("Review of a child who is looked after")
class ClaReviewProcessTest {

    private static final String SOCIAL_WORKER = "childrens-social-worker";

    @Autowired
    private Walk walk;
    @Autowired
    private Typical typical;
    @Autowired
    private Reviews reviews;
    @Autowired
    private Clocks clocks;
    @Autowired
    private Entries entries;
    @Autowired
    private Corrections corrections;
    @Autowired
    private Families families;
    @Autowired
    private WorkItems items;
    @Autowired
    private Fillings fillings;
    @Autowired
    private BeforeAnswering beforeAnswering;
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
        assertThat(FlowsTaken.never("cla-review")).isEmpty();
    }

    private void lookedAfter(Object... said) {
        Object[] all = new Object[said.length + 2];
        all[0] = "child";
        all[1] = String.valueOf(family.mia);
        System.arraycopy(said, 0, all, 2, said.length);
        typical.start(SOCIAL_WORKER, "cla-review", family.ref, all);
        typical.complete(family.ref, "name-iro");
    }

    private void asked() {
        typical.complete(family.ref, "agree-arrangements");
    }

    /** Everybody gives their views; each arrives at the join by a job of its own. */
    private void answered() {
        List.of("view-gp", "view-school", "view-adult-service", "view-carer", "view-child").forEach(step -> {
            typical.complete(family.ref, step);
            walk.fire(family.ref, "all-answered");
        });
        items.ofFamily(family.ref, null, 50).stream().filter(item -> item.step().equals("view-parent")).forEach(typical::complete);
        walk.fire(family.ref, "all-answered");
    }

    private void prepared() {
        asked();
        answered();
    }

    private void firstHeld() {
        lookedAfter();
        prepared();
        typical.complete(family.ref, "hold-first");
    }

    private long reviewsRunning() {
        return walk.running(family.ref).stream().filter("cla-review"::equals).count();
    }

    /** The steps of the review itself, without those of what follows it. */
    private List<String> steps() {
        return items.ofFamily(family.ref, null, 50).stream().filter(item -> item.processKey().equals("cla-review")).map(WorkItem::step).sorted().toList();
    }

    @Test
    void theFirstReviewIsHeldWithinTwentyWorkingDays() {
        LocalDate began = workingDays.plus(families.today(), -3);
        lookedAfter("lookedAfterOn", began.toString());

        Review review = reviews.of(family.mia).get(0);
        assertThat(review.kind()).isEqualTo("first");
        assertThat(review.dueOn()).isEqualTo(workingDays.plus(began, 20));
        assertThat(steps()).containsExactly("agree-arrangements");
        prepared();
        assertThat(walk.task(family.ref, "hold-first").dueOn()).isEqualTo(review.dueOn());
        typical.complete(family.ref, "hold-first", "participation", "PN3");

        assertThat(reviews.of(family.mia)).hasSize(2);
        assertThat(reviews.of(family.mia).get(1)).satisfies(held -> {
            assertThat(held.heldOn()).isEqualTo(families.today());
            assertThat(held.participation()).isEqualTo("PN3");
            assertThat(held.late(families.today())).isFalse();
        });
        assertThat(reviews.of(family.mia).get(0).kind()).isEqualTo("second");
        assertThat(walk.running(family.ref)).as("contact is planned at the first review").contains("cla-review", "contact-planning", "review-follow-up");
    }

    @Test
    void aChildUnderFourIsNotAskedHowTheyTookPart() {
        jdbc.sql("update person set date_of_birth = :born where id = :child").param("born", families.today().minusYears(4).plusDays(1)).param("child", family.mia).update();
        firstHeld();
        assertThat(reviews.of(family.mia).get(1).participation()).isEqualTo("PN0");
    }

    @Test
    void aChildWhoIsFourIsAskedHowTheyTookPart() {
        jdbc.sql("update person set date_of_birth = :born where id = :child").param("born", families.today().minusYears(4)).param("child", family.mia).update();
        firstHeld();
        assertThat(reviews.of(family.mia).get(1).participation()).isEqualTo("PN1");
    }

    @Test
    void theNextReviewCountsFromTheDayThatIsRight() {
        lookedAfter("lookedAfterOn", families.today().minusDays(40).toString());
        prepared();
        typical.complete(family.ref, "hold-first");
        LocalDate today = families.today();
        LocalDate held = today.minusDays(20);
        LocalDate before = reviews.of(family.mia).get(0).dueOn();

        walk.correct("iro", family.ref, "review-sitting", family.mia, "reviewHeldOn", held.toString());

        LocalDate due = workingDays.onOrBefore(held.plusMonths(3));
        assertThat(reviews.of(family.mia)).extracting(Review::heldOn).containsExactly(null, held);
        assertThat(reviews.of(family.mia).get(0).dueOn()).isEqualTo(due);
        assertThat(clocks.ofFamily(family.ref)).filteredOn(clock -> clock.name().equals("cla.second-review")).singleElement().satisfies(clock -> {
            assertThat(clock.dueOn()).isEqualTo(due);
            assertThat(clock.movedFrom()).isEqualTo(before);
            assertThat(clock.movedWhy()).isEqualTo("The day of the review before was corrected: Written down wrongly");
        });
        assertThat(walk.timer(family.ref, "prepare-second")).as("the process wakes up with the clock").isEqualTo(due.minusDays(40));
        walk.fire(family.ref, "prepare-second");
        prepared();
        assertThat(walk.task(family.ref, "hold-second").dueOn()).isEqualTo(due);

        LocalDate again = today.minusDays(30);
        walk.correct("iro", family.ref, "review-sitting", family.mia, "reviewHeldOn", again.toString());
        assertThat(walk.task(family.ref, "hold-second").dueOn()).as("the task that is open").isEqualTo(workingDays.onOrBefore(again.plusMonths(3)));
        assertThat(walk.timer(family.ref, "late-second")).isAfterOrEqualTo(workingDays.onOrBefore(again.plusMonths(3)));
    }

    @Test
    void aChildWhoIsLookedAfterDoesNotBecomeSoTwice() {
        lookedAfter();
        walk.send(family.ref, "child-looked-after", Map.of("child", family.mia, "adult", family.mother, "adultRole", AMH));
        assertThatThrownBy(() -> typical.start(SOCIAL_WORKER, "cla-review", family.ref, "child", String.valueOf(family.mia))).isInstanceOf(Pathway.RunsAlready.class);
        assertThat(reviewsRunning()).isEqualTo(1);

        typical.start(SOCIAL_WORKER, "cla-review", family.ref, "child", String.valueOf(family.leo));
        assertThat(reviewsRunning()).as("each child has their own").isEqualTo(2);
        typical.report(SOCIAL_WORKER, family.ref, "care-ended", "child", String.valueOf(family.mia));
        typical.start(SOCIAL_WORKER, "cla-review", family.ref, "child", String.valueOf(family.mia));
        assertThat(reviewsRunning()).as("care began again while the last one is handed over").isEqualTo(3);
    }

    @Test
    void theFirstReviewCountsFromTheDayCareBegan() {
        lookedAfter();
        LocalDate began = families.today().minusDays(9);

        walk.correct(SOCIAL_WORKER, family.ref, "becoming-looked-after", family.mia, "lookedAfterOn", began.toString());

        assertThat(reviews.care(family.mia).get(0).fromOn()).isEqualTo(began);
        assertThat(reviews.of(family.mia).get(0).dueOn()).isEqualTo(workingDays.plus(began, 20));
    }

    /** What is wrong with these answers to the open task of that step. */
    private List<Problem> refused(String step, Object... changes) {
        Filling filling = fillings.of(walk.task(family.ref, step));
        return fillings.check(filling, fillings.context(filling), Walk.with(typical.answers(filling), changes)).problems();
    }

    @Test
    void aReviewIsNotHeldBeforeCareBegan() {
        LocalDate began = families.today().minusDays(5);
        lookedAfter("lookedAfterOn", began.toString());
        prepared();

        assertThat(refused("hold-first", "reviewHeldOn", began.minusDays(1).toString())).singleElement().satisfies(problem -> {
            assertThat(problem.pointer()).isEqualTo("/reviewHeldOn");
            assertThat(problem.field()).isEqualTo("q-reviewHeldOn-day");
            assertThat(problem.message()).isEqualTo("The day of the review must be " + Dates.day(began) + " or later: that is when the child came into care");
        });
        assertThat(refused("hold-first", "reviewHeldOn", families.today().plusDays(1).toString())).extracting(Problem::pointer).containsExactly("/reviewHeldOn");
        assertThat(refused("hold-first", "reviewHeldOn", began.toString())).isEmpty();
    }

    @Test
    void aReviewIsNotHeldBeforeTheLastOne() {
        LocalDate began = families.today().minusDays(9);
        lookedAfter("lookedAfterOn", began.toString());
        prepared();
        LocalDate first = families.today().minusDays(3);
        typical.complete(family.ref, "hold-first", "reviewHeldOn", first.toString());
        walk.fire(family.ref, "prepare-second");
        prepared();

        assertThat(refused("hold-second", "reviewHeldOn", first.minusDays(1).toString())).extracting(Problem::message)
                .containsExactly("The day of the review must be " + Dates.day(first) + " or later: that is when the last review was held");
        assertThat(refused("hold-second", "reviewHeldOn", first.toString())).isEmpty();

        typical.complete(family.ref, "hold-second", "reviewHeldOn", first.plusDays(1).toString());
        Entry held = entries.newest(family.ref, "review-sitting", family.mia).orElseThrow();
        assertThat(corrections.correct(walk.user("iro"), family.ref, held.id(), Walk.with(held.answers(), "reviewHeldOn", began.toString()), "Wrong").checked().problems())
                .as("a correction is held to the same").extracting(Problem::pointer).containsExactly("/reviewHeldOn");
    }

    @Test
    void anAdjournedReviewIsNotFinishedBeforeItWasAdjourned() {
        lookedAfter("lookedAfterOn", families.today().minusDays(5).toString());
        prepared();
        typical.complete(family.ref, "hold-first", "sitting", "adjourned");
        assertThat(refused("finish-adjourned", "reviewHeldOn", families.today().minusDays(1).toString())).extracting(Problem::pointer).containsExactly("/reviewHeldOn");
    }

    @Test
    void aReviewIsBroughtForwardToAnEarlierDayOnly() {
        firstHeld();
        askEarlier();
        LocalDate due = reviews.of(family.mia).get(0).dueOn();

        assertThat(refused("decide-early", "earlyReview", "yes", "reviewOn", due.toString())).extracting(Problem::pointer, Problem::message)
                .containsExactly(tuple("/reviewOn", "The new day must be before " + Dates.day(due) + ", when the review is due now"));
        assertThat(refused("decide-early", "earlyReview", "yes", "reviewOn", families.today().minusDays(1).toString())).extracting(Problem::pointer).containsExactly("/reviewOn");
        assertThat(refused("decide-early", "earlyReview", "yes", "reviewOn", due.minusDays(1).toString())).isEmpty();
    }

    @Test
    void aReviewThatWasNotFinishedIsToComeAgain() {
        firstHeld();

        Corrections.Outcome outcome = walk.correct("iro", family.ref, "review-sitting", family.mia, "sitting", "adjourned", "participation", null,
                "adjournedWhy", "A paper was missing.");

        assertThat(outcome.notices()).as("the steps have gone on").singleElement().asString().contains("Was the review finished?");
        assertThat(reviews.of(family.mia)).singleElement().satisfies(review -> {
            assertThat(review.kind()).isEqualTo("first");
            assertThat(review.heldOn()).isNull();
            assertThat(review.adjournedOn()).isEqualTo(families.today());
        });
    }

    @Test
    void aReviewThatWasFinishedAfterAllIsHeldAndSaidOnce() {
        lookedAfter();
        prepared();
        typical.complete(family.ref, "hold-first", "sitting", "adjourned");

        Corrections.Outcome outcome = walk.correct("iro", family.ref, "review-sitting", family.mia, "sitting", "finished", "participation", "PN3", "adjournedWhy", null);

        assertThat(outcome.notices()).hasSize(1);
        assertThat(reviews.of(family.mia)).singleElement().satisfies(review -> {
            assertThat(review.heldOn()).isEqualTo(families.today());
            assertThat(review.adjournedOn()).isNull();
        });
        typical.complete(family.ref, "finish-adjourned", "participation", "PN5");
        assertThat(reviews.of(family.mia)).extracting(Review::kind, Review::participation).containsExactly(tuple("second", null), tuple("first", "PN5"));
    }

    @Test
    void aHeldReviewCannotBeOpenAgainWhenTheNextHasBegun() {
        firstHeld();
        walk.fire(family.ref, "prepare-second");
        prepared();
        Entry first = entries.newest(family.ref, "review-sitting", family.mia).orElseThrow();
        typical.complete(family.ref, "hold-second");

        assertThatThrownBy(() -> corrections.correct(walk.user("iro"), family.ref, first.id(),
                Walk.with(first.answers(), "sitting", "adjourned", "participation", null, "adjournedWhy", "A paper was missing."), "Wrong"))
                .isInstanceOf(NotCorrectable.class);
        assertThat(reviews.of(family.mia)).hasSize(3);
    }

    @Test
    @Requirement({"S-154", "S-155", "S-161"})
    void viewsAreAskedOfTheChildTheParentsTheCarerAndTheServices() {
        lookedAfter();
        asked();

        assertThat(steps()).containsExactly("view-adult-service", "view-carer", "view-child", "view-gp", "view-parent", "view-parent", "view-school");
        assertThat(walk.task(family.ref, "view-gp").team()).as("the child's own practice").isEqualTo(Walk.GP);
        assertThat(walk.task(family.ref, "view-adult-service").assignee()).isEqualTo(AMH);
        assertThat(walk.clocks(family.ref, "cla.consult")).containsExactly("running");
        answered();
        assertThat(steps()).containsExactly("hold-first");
        assertThat(walk.clocks(family.ref, "cla.consult")).containsExactly("met");
    }

    @Test
    @Requirement("S-154")
    void aMissingViewNeverStopsAReview() {
        lookedAfter();
        asked();
        typical.complete(family.ref, "view-child");
        walk.fire(family.ref, "consult-over");
        assertThat(walk.clocks(family.ref, "cla.consult")).as("nobody is asked any more").containsExactly("stopped");
        walk.fire(family.ref, "tell-unanswered");
        assertThat(walk.mail(family.ref)).as("who did not answer hears that the time is over, and the manager; who answered does not")
                .contains("review-view-unanswered to " + AMH, "review-view-unanswered to adult-team-manager").allMatch(mail -> mail.startsWith("review-view-unanswered to "));
        assertThat(walk.words(family.ref, "review-view-unanswered")).contains("was not given in time", "The review goes ahead without this view");
        walk.fire(family.ref, "tell-missing");

        assertThat(walk.mail(family.ref)).anyMatch(mail -> mail.startsWith("review-views-missing to "));
        assertThat(steps()).containsExactly("hold-first");
    }

    @Test
    @Requirement("S-154")
    void onlyWhatWasSaidForThisReviewStandsAsItsViews() {
        firstHeld();
        walk.fire(family.ref, "prepare-second");
        asked();
        typical.complete(family.ref, "view-child");
        walk.fire(family.ref, "all-answered");
        walk.fire(family.ref, "consult-over");
        walk.fire(family.ref, "tell-unanswered");
        walk.fire(family.ref, "tell-missing");

        List<ReadFirst> read = beforeAnswering.shown(fillings.of(walk.task(family.ref, "hold-second")));
        assertThat(read).filteredOn(said -> said.entry() != null && !said.earlier()).extracting(said -> said.entry().formKey()).containsExactly("review-view-child");
        assertThat(read).filteredOn(said -> said.entry() == null).extracting(ReadFirst::name).containsExactlyInAnyOrder(
                "Ask each parent, Rosa Example", "Ask each parent, Paul Example", "Give the carer’s view", "Give the adult service’s view", "Give the school’s view",
                "Give the health view, Mia Example");
        assertThat(read).filteredOn(ReadFirst::earlier).hasSize(6).allSatisfy(said -> {
            assertThat(said.entry().formKey()).isIn("review-view-parent", "review-view-carer", "review-view-adult-service", "review-view-school", "review-view-health");
            assertThat(said.lastReview()).isEqualTo(families.today());
        });
    }

    @Test
    void laterReviewsArePreparedInTimeAndHeldWithinThreeAndSixMonths() {
        firstHeld();
        LocalDate today = families.today();
        assertThat(steps()).isEmpty();
        assertThat(reviews.of(family.mia).get(0).dueOn()).isEqualTo(workingDays.onOrBefore(today.plusMonths(3)));
        walk.fire(family.ref, "prepare-second");
        prepared();
        assertThat(steps()).containsExactly("hold-second");
        walk.fire(family.ref, "late-second");
        typical.complete(family.ref, "hold-second");

        assertThat(reviews.of(family.mia).get(0).dueOn()).isEqualTo(workingDays.onOrBefore(today.plusMonths(6)));
        walk.fire(family.ref, "prepare-later");
        prepared();
        walk.fire(family.ref, "late-later");
        typical.complete(family.ref, "hold-later");
        assertThat(reviews.of(family.mia)).extracting(Review::kind).containsExactly("later", "later", "second", "first");
    }

    @Test
    void aLateReviewIsToldAndExplainedAndNeverStopped() {
        lookedAfter("lookedAfterOn", families.today().minusDays(60).toString());
        prepared();
        walk.fire(family.ref, "late-first");
        walk.fire(family.ref, "tell-manager");

        assertThat(walk.mail(family.ref)).contains("review-late to iro-manager");
        assertThat(steps()).containsExactly("explain-late", "hold-first");
        typical.complete(family.ref, "hold-first");
        typical.complete(family.ref, "explain-late", "lateReason", "parent-unwell");

        Review held = reviews.of(family.mia).get(1);
        assertThat(held.late(families.today())).isTrue();
        assertThat(held.lateReason()).isEqualTo("parent-unwell");
        assertThat(firstClock().lateReason()).as("the clock asks no more").isEqualTo("A parent was too unwell");
    }

    @Test
    void theReasonIsBesideTheDateWhileTheReviewIsStillToBeHeld() {
        lookedAfter("lookedAfterOn", families.today().minusDays(60).toString());
        prepared();
        walk.fire(family.ref, "late-first");
        walk.fire(family.ref, "tell-manager");
        typical.complete(family.ref, "explain-late", "lateReason", "papers");

        assertThat(firstClock().state()).isEqualTo(Clock.State.LATE);
        assertThat(firstClock().lateReason()).isEqualTo("Papers or views were missing");
        assertThat(firstClock().lateReasonBy()).isEqualTo("iro");
    }

    private Clock firstClock() {
        return clocks.ofFamily(family.ref).stream().filter(clock -> clock.name().equals("cla.first-review")).findFirst().orElseThrow();
    }

    @Test
    void anAdjournedReviewIsFinishedWithinTwentyWorkingDays() {
        lookedAfter();
        prepared();
        typical.complete(family.ref, "hold-first", "sitting", "adjourned");

        assertThat(reviews.of(family.mia).get(0)).satisfies(review -> {
            assertThat(review.adjournedOn()).isEqualTo(families.today());
            assertThat(review.heldOn()).isNull();
        });
        assertThat(walk.task(family.ref, "finish-adjourned").dueOn()).isEqualTo(workingDays.plus(families.today(), 20));
        typical.complete(family.ref, "finish-adjourned", "participation", "PN5");
        assertThat(reviews.of(family.mia).get(1).participation()).isEqualTo("PN5");
    }

    @Test
    void aMoveAsksTheOfficerWhetherTheReviewShouldBeEarlier() {
        firstHeld();
        typical.report(SOCIAL_WORKER, family.ref, "placement-moved", "child", String.valueOf(family.mia));
        assertThat(steps()).containsExactly("decide-early");
        assertThat(walk.shown(family.ref, "decide-early")).as("what the officer reads first").contains("placement-moved");
        assertThat(walk.waiting(family.ref)).as("the officer decides; nothing is brought forward by itself").contains("prepare-second");
    }

    private void askEarlier() {
        typical.report(AMH, family.ref, "review-brought-forward", "child", String.valueOf(family.mia), "earlyTrigger", "parent-admitted");
    }

    @Test
    @Requirement("S-167")
    void theRulesSayWhichChangesAskForADecisionAndHowSoon() {
        firstHeld();
        askEarlier();
        typical.report(SOCIAL_WORKER, family.ref, "review-brought-forward", "child", String.valueOf(family.mia), "earlyTrigger", "missing");
        List<WorkItem> asked = walk.tasks(family.ref).stream().filter(task -> task.step().equals("decide-early")).toList();
        assertThat(asked).extracting(WorkItem::dueOn).containsExactlyInAnyOrder(workingDays.plus(families.today(), 1), workingDays.plus(families.today(), 2));
        typical.complete(asked.stream().filter(task -> task.dueOn().equals(workingDays.plus(families.today(), 2))).findFirst().orElseThrow(), "earlyReview", "no");
        assertThat(walk.clocks(family.ref, "cla.early-decision")).as("each has the clock it began with").containsExactly("met");
        assertThat(walk.clocks(family.ref, "cla.early-urgent")).containsExactly("running");
        typical.complete(family.ref, "decide-early", "earlyReview", "no");
        assertThat(walk.clocks(family.ref, "cla.early-urgent")).containsExactly("met");

        typical.report(SOCIAL_WORKER, family.ref, "review-brought-forward", "child", String.valueOf(family.mia), "earlyTrigger", "exclusion");
        assertThat(steps()).containsExactly("take-note");
        assertThat(walk.task(family.ref, "take-note").dueOn()).isEqualTo(workingDays.plus(families.today(), 5));
        assertThat(beforeAnswering.ruled(fillings.of(walk.task(family.ref, "take-note")))).singleElement()
                .satisfies(ruled -> assertThat(ruled.because()).singleElement().asString().startsWith("The child is excluded from school: the officer is told"));
        typical.complete(family.ref, "take-note");
        assertThat(walk.waiting(family.ref)).as("nothing is brought forward by it").contains("prepare-second");
    }

    @Test
    @Requirement("S-167")
    void aReviewThatWaitsIsBroughtForward() {
        firstHeld();
        askEarlier();
        assertThat(steps()).containsExactly("decide-early");
        typical.complete(family.ref, "decide-early");

        assertThat(steps()).containsExactly("agree-arrangements");
        assertThat(walk.waiting(family.ref)).doesNotContain("prepare-second");
        assertThat(reviews.of(family.mia).get(0)).satisfies(review -> {
            assertThat(review.broughtForward()).isTrue();
            assertThat(review.earlyTrigger()).isEqualTo("parent-admitted");
            assertThat(review.plannedOn()).isEqualTo(families.today());
            assertThat(review.dueOn()).as("the statutory date never moves").isEqualTo(workingDays.onOrBefore(families.today().plusMonths(3)));
        });
    }

    @Test
    @Requirement("S-167")
    void theAgreedDayIsTheDayEverythingIsDueBy() {
        firstHeld();
        LocalDate lawful = reviews.of(family.mia).get(0).dueOn();
        LocalDate agreed = families.today().plusDays(14);
        askEarlier();
        typical.complete(family.ref, "decide-early", "reviewOn", agreed.toString(), "reason", "Her mother is in hospital.");

        assertThat(clocks.ofFamily(family.ref)).filteredOn(clock -> clock.name().equals("cla.second-review")).singleElement().satisfies(clock -> {
            assertThat(clock.dueOn()).isEqualTo(agreed);
            assertThat(clock.dueAt()).isEqualTo(WorkingDays.endOf(agreed));
            assertThat(clock.movedFrom()).isEqualTo(lawful);
            assertThat(clock.movedWhy()).isEqualTo("The review was brought forward: Her mother is in hospital.");
        });
        assertThat(reviews.lookedAfter(family.ref)).singleElement().extracting(Reviews.LookedAfter::nextDueOn).isEqualTo(agreed);

        askEarlier();
        assertThat(refused("decide-early", "earlyReview", "yes", "reviewOn", agreed.toString())).as("earlier than agreed before").hasSize(1);
        typical.complete(family.ref, "decide-early", "earlyReview", "no");
        assertThat(reviews.of(family.mia).get(0).agreedOn()).as("a second request that is refused takes nothing back").isEqualTo(agreed);

        prepared();
        assertThat(walk.task(family.ref, "hold-second").dueOn()).isEqualTo(agreed);
        assertThat(walk.timer(family.ref, "late-second")).isEqualTo(agreed.plusDays(1));
    }

    @Test
    void anEarlierDayThatWasNotAgreedAfterAllIsTakenBack() {
        firstHeld();
        LocalDate lawful = reviews.of(family.mia).get(0).dueOn();
        askEarlier();
        typical.complete(family.ref, "decide-early", "reviewOn", families.today().plusDays(14).toString());

        walk.correct("iro", family.ref, "early-review-decision", family.mia, "earlyReview", "no", "reviewOn", null);

        assertThat(reviews.lookedAfter(family.ref)).singleElement().extracting(Reviews.LookedAfter::nextDueOn).isEqualTo(lawful);
        assertThat(clocks.ofFamily(family.ref)).filteredOn(clock -> clock.name().equals("cla.second-review")).singleElement().extracting(Clock::dueOn).isEqualTo(lawful);
    }

    @Test
    @Requirement("S-167")
    void aReviewInPreparationIsBroughtForward() {
        lookedAfter();
        asked();
        askEarlier();
        typical.complete(family.ref, "decide-early");

        assertThat(steps()).contains("view-child", "view-gp").doesNotContain("agree-arrangements", "decide-early");
        assertThat(reviews.of(family.mia).get(0).broughtForward()).isTrue();
    }

    @Test
    void theReviewingOfficerMayKeepTheDate() {
        firstHeld();
        askEarlier();
        typical.complete(family.ref, "decide-early", "earlyReview", "no");

        assertThat(steps()).isEmpty();
        assertThat(walk.waiting(family.ref)).contains("prepare-second");
        assertThat(reviews.of(family.mia).get(0).broughtForward()).isFalse();
    }

    @Test
    @Requirement("S-188")
    void reviewsEndWithCareAndTheLastOneIsStillRecorded() {
        firstHeld();
        typical.report(SOCIAL_WORKER, family.ref, "care-ended", "child", String.valueOf(family.mia), "careEndedReason", "E4A");

        assertThat(steps()).containsExactly("hand-over");
        assertThat(walk.steps(family.ref)).contains("write-record");
        typical.complete(family.ref, "hand-over");
        assertThat(walk.running(family.ref)).containsExactly("review-follow-up");
        CarePeriod care = reviews.care(family.mia).get(0);
        assertThat(care.endedOn()).isEqualTo(families.today());
        assertThat(care.endReason()).isEqualTo("E4A");
    }

    @Test
    void anotherSystemMayTellThatAChildIsLookedAfter() {
        walk.send(family.ref, "child-looked-after", Map.of("child", family.leo, "adult", family.mother, "adultRole", AMH));
        typical.complete(family.ref, "record-start", "legalStatus", "C1", "placement", "U3");
        typical.complete(family.ref, "name-iro");

        CarePeriod care = reviews.care(family.leo).get(0);
        assertThat(care.legalStatus()).isEqualTo("C1");
        assertThat(care.placement()).isEqualTo("U3");
        assertThat(steps()).containsExactly("agree-arrangements");
    }

    @Test
    void brothersAndSistersHaveReviewsOfTheirOwn() {
        firstHeld();
        typical.start(SOCIAL_WORKER, "cla-review", family.ref, "child", String.valueOf(family.leo));
        askEarlier();
        assertThat(steps()).containsExactly("decide-early", "name-iro");
        assertThat(reviews.of(family.leo)).isEmpty();
    }

    @Test
    @Requirement({"S-157", "S-165"})
    void decisionsAreKeptWithOwnerAndDateAndFollowedToTheirOutcome() {
        firstHeld();
        typical.complete(family.ref, "write-decisions", "decisions", List.of(
                Map.of("decision", "Life story work.", "kind", "decision", "owner", SOCIAL_WORKER, "dueOn", families.today().plusDays(30).toString(), "decidedBefore", true, "decidedBeforeBy", "The panel."),
                Map.of("decision", "Share the relapse plan.", "kind", "share-information", "owner", AMH, "dueOn", families.today().plusDays(10).toString())));
        long first = reviews.of(family.mia).get(1).id();
        assertThat(reviews.decisions(first)).extracting(Decision::kind, Decision::owner, Decision::decidedBefore, Decision::outcome)
                .containsExactly(tuple("decision", SOCIAL_WORKER, true, null), tuple("share-information", AMH, false, null));

        walk.fire(family.ref, "prepare-second");
        prepared();
        typical.complete(family.ref, "hold-second");
        Filling writing = fillings.of(walk.task(family.ref, "write-decisions"));
        FormContext context = fillings.context(writing);
        assertThat(Answers.initial(writing.form(), context).get("previous")).as("each decision of the last review, one by one").isEqualTo(List.of(
                Map.of("number", 1L, "was", "Life story work.", "wasOwner", SOCIAL_WORKER, "wasDueOn", families.today().plusDays(30).toString()),
                Map.of("number", 2L, "was", "Share the relapse plan.", "wasOwner", AMH, "wasDueOn", families.today().plusDays(10).toString())));
        assertThat(fillings.check(writing, context, Map.of("previous", List.of(Map.of("number", 2, "outcome", "not-done")))).problems())
                .as("none is left without an answer, and what was not done needs a reason").extracting(Problem::pointer).contains("/previous", "/previous/1/note");
        assertThat(fillings.check(writing, context, Map.of("previous", List.of(Map.of("number", 2, "was", "Something else.", "outcome", "done")))).problems())
                .as("nobody rewrites what was decided").extracting(Problem::message).anyMatch(message -> message.contains("a row that is not on the list any more"));
        typical.complete(family.ref, "write-decisions", "previous", List.of(new HashMap<>(Map.of("number", 2, "outcome", "done")),
                new HashMap<>(Map.of("number", 1, "outcome", "not-done", "note", "No worker."))));

        assertThat(reviews.decisions(first)).extracting(Decision::outcome).containsExactly("not-done", "done");
        assertThat(entries.newest(family.ref, "review-decisions", family.mia).orElseThrow().answers().get("previous").toString()).as("the words are those of the last review")
                .contains("Life story work.", "Share the relapse plan.");
    }

    @Test
    @Requirement("S-180")
    void theThirdTimeAccommodatedInAYearIsNoticed() {
        for (int time = 1; time <= 2; time++) {
            lookedAfter("legalStatus", "V2");
            assertThat(walk.fact(family.ref, "cla-review", "accommodations")).isEqualTo(time);
            typical.report(SOCIAL_WORKER, family.ref, "care-ended", "child", String.valueOf(family.mia));
            typical.complete(family.ref, "hand-over");
        }
        lookedAfter("legalStatus", "V2");
        prepared();
        typical.complete(family.ref, "hold-first");

        assertThat(walk.steps(family.ref)).contains("legal-planning");
        assertThat(reviews.care(family.mia)).hasSize(3);
    }

    @Test
    void careBeginsAfterBirthAndParentsOfAnAccommodatedChildAreToldWhere() {
        Filling start = fillings.start(walk.user(SOCIAL_WORKER), "cla-review", family.ref);
        String mia = String.valueOf(family.mia);
        assertThat(said(start, "child", mia, "lookedAfterOn", "1999-01-01")).containsExactly("/lookedAfterOn");
        assertThat(said(start, "child", mia, "legalStatus", "V2", "placementWithheld", "no", "carerWithheld", "Mr and Mrs Tamber")).containsExactly("/placementWithheld");
        assertThat(said(start, "child", mia, "legalStatus", "C1", "placementWithheld", "no", "carerWithheld", "Mr and Mrs Tamber")).isEmpty();
    }

    private List<String> said(Filling filling, Object... said) {
        return fillings.check(filling, fillings.context(filling), Walk.with(typical.answers(filling, "child", String.valueOf(family.mia)), said)).problems().stream().map(Problem::pointer).toList();
    }

    @Test
    @Requirement("S-176")
    void whereAChildLivesWhoseParentsMayNotKnowIsReadByNobodyElse() {
        FormFile form = FormFile.of("becoming-looked-after");
        assertThat(form.missing(Map.of("placementWithheld", "no"))).contains("/carerWithheld").doesNotContain("/carer");
        assertThat(form.missing(Map.of("placementWithheld", "yes"))).contains("/carer").doesNotContain("/carerWithheld");
        Filling start = fillings.start(walk.user(SOCIAL_WORKER), "cla-review", family.ref);
        assertThat(start.form().question("carerWithheld").orElseThrow().property("restricted")).contains("withheld-address");
    }
}
