package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thinkfamily.pathway.Walk.AMH;
import static org.thinkfamily.pathway.Walk.with;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.Requirement;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.Person;
import org.thinkfamily.record.Decisions;
import org.thinkfamily.referral.Referral;
import org.thinkfamily.referral.Referrals;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;

@ProcessTest
@DisplayName("Identification")
class IdentificationProcessTest {

    private static final Map<String, Object> ACCEPTED = Map.of("firstName", "Rosa", "lastName", "Example", "dateOfBirth", "1990-05-01", "gpPractice", Walk.GP, "adultRole", AMH,
            "acceptedOn", LocalDate.now(WorkingDays.LONDON).toString());
    static final Map<String, Object> NO_CHILDREN = Map.of("childrenInHousehold", "no", "childrenElsewhere", "no", "contactWithChildren", "no", "caring", "no",
            "pregnancy", "no", "source", List.of("adult"));
    static final Map<String, Object> NO_RISKS = risks();
    private static final Map<String, Object> CHILD = Map.of("seen", "Plays well.", "effect", "routines", "carerIfUnwell", "named", "carerIfUnwellWho", "Grandmother", "worry",
            "Mornings.", "strengths", "Close to her grandmother.");
    private static final Map<String, Object> EFFECT = Map.of("youngCarers", "no", "earlySupport", "no", "nextStep", "nothing-now", "whyNothing", "support", "whyNothingText", "Helped.");

    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private Walk walk;
    @Autowired
    private Fillings fillings;
    @Autowired
    private Referrals referrals;
    @Autowired
    private Decisions decisions;
    @Autowired
    private Families families;
    @Autowired
    private WorkingDays workingDays;

    private String family;

    @BeforeEach
    void anAdultIsTakenOn() {
        walk.settle();
        family = walk.start(AMH, "identification", null, ACCEPTED);
    }

    @AfterAll
    static void everyFlowWasTaken() {
        assertThat(FlowsTaken.never("identification")).isEmpty();
    }

    private static Map<String, Object> risks() {
        Map<String, Object> risks = new HashMap<>(Map.of("mentalHealth", "mild", "substances", "none", "engagement", "good", "suicide", "none", "hospital", "no",
                "whatHappened", "Told by the mother.", "parentStrengths", "Warm with the children."));
        List.of("delusionsInvolveChild", "hostileToChild", "threatToKill", "alteredStates", "untreatable", "perinatal", "domesticAbuse", "obsessionsInvolveChild", "childCarer",
                "isolated", "earlierHarm").forEach(question -> risks.put(question, "no"));
        return risks;
    }

    private void screenWithTwoChildren() {
        Person adult = walk.adult(family);
        walk.complete(family, "screen", with(NO_CHILDREN, "childrenInHousehold", "yes",
                "children", List.of(
                        Map.of("firstName", "Mia", "lastName", "Example", "born", "born", "dateOfBirth", "2018-03-02", "school", "not-known", "gpPractice", Walk.GP, "home", "household"),
                        Map.of("lastName", "Example", "born", "unborn", "expectedOn", "2027-02-01", "home", "household")),
                "parents", List.of(Map.of("person", adult.id(), "firstName", "Rosa", "lastName", "Example", "relationship", "mother", "gpPractice", Walk.GP, "home", "household"))));
    }

    private String theAdult() {
        return String.valueOf(walk.adult(family).id());
    }

    private void effect(Object... changes) {
        walk.complete(family, "effect", with(with(EFFECT, "children", walk.eachChild(family, CHILD)), changes));
    }

    @Test
    @Requirement({"S-014", "S-015", "S-016", "S-018", "S-021"})
    void anAdultIsScreenedAndTheChildrenAreKnown() {
        assertThat(walk.task(family, "screen").role()).isEqualTo(AMH);
        screenWithTwoChildren();

        assertThat(walk.children(family)).hasSize(2).anySatisfy(child -> assertThat(child.unborn()).isTrue()).anySatisfy(child -> assertThat(child.firstName()).isEqualTo("Mia"));
        assertThat(walk.adult(family).relationship()).isEqualTo("mother");
        walk.complete(family, "risks", NO_RISKS);
        assertThat(decisions.of(family, null, 9)).extracting(kept -> kept.taken().decision()).contains("red-flag-response");
        effect();

        assertThat(walk.steps(family)).isEmpty();
        assertThat(walk.waiting(family)).containsExactly("quarter", "review-due", "wait");
        assertThat(walk.running(family)).as("managers look at it from now on").containsExactly("case-audit", "identification", "management-oversight");
    }

    @Test
    @Requirement("S-015")
    void theFirstScreeningIsCountedFromTheDayOfTakingOnAndLaterOnesFromTheirOwn() {
        LocalDate earlier = families.today().minusDays(3);
        family = walk.start(AMH, "identification", null, with(ACCEPTED, "acceptedOn", earlier.toString()));
        assertThat(walk.task(family, "screen").dueOn()).isEqualTo(workingDays.plus(earlier, 5));
        walk.complete(family, "screen", with(NO_CHILDREN, "caring", "not-asked"));
        walk.fire(family, "ask-again");
        assertThat(walk.task(family, "screen").dueOn()).isEqualTo(workingDays.plus(families.today(), 5));
    }

    @Test
    @Requirement("S-015")
    void anUnfinishedScreeningIsChasedByTheManager() {
        walk.fire(family, "screening-late");
        walk.fire(family, "mail-screening-late");

        assertThat(walk.mail(family)).containsExactly("screening-late to adult-team-manager");
        assertThat(walk.task(family, "chase").role()).isEqualTo("adult-team-manager");
        walk.complete(family, "chase", Map.of("reason", "workload", "plan", "On Monday.", "by", "2099-01-01"));
        assertThat(walk.steps(family)).containsExactly("screen");
    }

    @Test
    @Requirement("S-016")
    void aBlankIsNeverNone() {
        walk.complete(family, "screen", with(NO_CHILDREN, "childrenElsewhere", "not-asked", "pregnancy", "declined"));

        assertThat(walk.steps(family)).isEmpty();
        assertThat(walk.waiting(family)).containsExactly("ask-again");
        assertThat(walk.timer(family, "ask-again")).isBetween(workingDays.plus(families.today(), 20), workingDays.plus(families.today(), 20).plusDays(1));
        walk.fire(family, "ask-again");
        assertThat(walk.steps(family)).containsExactly("screen");
        walk.complete(family, "screen", with(NO_CHILDREN, "pregnancy", "declined"));
        assertThat(walk.timer(family, "ask-again")).as("who did not want to say is asked later").isBetween(workingDays.plus(families.today(), 40), workingDays.plus(families.today(), 40).plusDays(1));
        walk.fire(family, "ask-again");
        assertThat(walk.steps(family)).containsExactly("screen");
    }

    @Test
    @Requirement({"S-016", "S-029"})
    void aChangeIsAskedAboutBeforeTheNextReview() {
        walk.complete(family, "screen", NO_CHILDREN);
        walk.start(AMH, "life-event", family, Map.of("adult", theAdult(), "adultRole", AMH, "lifeEvent", "new-pregnancy", "happenedOn", families.today().toString(), "seen", "She told us.", "helps", "Her sister."));
        assertThat(walk.waiting(family)).doesNotContain("wait-change");
        walk.complete(family, "adult-look", Map.of("changed", "More help is planned.", "follows", "plan", "reasons", "She wants it."));
        assertThat(walk.timer(family, "wait-change")).isBetween(workingDays.plus(families.today(), 5), workingDays.plus(families.today(), 5).plusDays(1));
        walk.fire(family, "wait-change");
        assertThat(walk.steps(family)).contains("screen");
        walk.complete(family, "screen", NO_CHILDREN);
        assertThat(walk.waiting(family)).as("the change is behind it").contains("review-due").doesNotContain("ask-again");
    }

    @Test
    @Requirement({"S-016", "S-029"})
    void anAdmissionIsAskedAboutAtOnceAndWhatIsNoChangeWaits() {
        walk.complete(family, "screen", NO_CHILDREN);
        changed("well");
        assertThat(walk.waiting(family)).doesNotContain("wait-change");
        changed("in-hospital");
        assertThat(walk.timer(family, "wait-change")).isBetween(workingDays.plus(families.today(), 1), workingDays.plus(families.today(), 1).plusDays(1));
        walk.fire(family, "wait-change");
        assertThat(walk.steps(family)).containsExactly("screen");
    }

    private void changed(String condition) {
        walk.send(family, "parent-condition-changed", Map.of("parent", walk.adult(family).id(), "condition", condition, "conditionSince", families.today().toString(), "decidedBy", AMH));
    }

    @Test
    @Requirement({"S-012", "S-048"})
    void everyReviewOfTheAdultsPlanAsksAgain() {
        walk.complete(family, "screen", NO_CHILDREN);
        walk.fire(family, "review-due");
        assertThat(walk.steps(family)).containsExactly("screen");

        walk.complete(family, "screen", NO_CHILDREN);
        walk.report(AMH, family, "adult-plan-reviewed", Map.of("adult", theAdult(), "reviewedOn", "2026-06-01", "why", "admission"));
        assertThat(walk.steps(family)).containsExactly("screen");
        assertThat(walk.clocks(family, "adult-plan.review")).as("each wait has a clock of its own; when its time came, nobody was late").containsExactly("stopped", "met");
    }

    @Test
    @Requirement({"S-025", "S-027"})
    void aChildInDelusionsIsReferredAtOnce() {
        screenWithTwoChildren();
        walk.complete(family, "risks", with(NO_RISKS, "delusionsInvolveChild", "yes"));

        assertThat(walk.running(family)).containsExactly("identification", "referral");
        assertThat(walk.steps(family)).containsExactly("effect-today", "strategy");
        assertThat(walk.shown(family, "effect-today")).as("what was found").containsExactly("screening-risks");
        assertThat(walk.task(family, "strategy").dueOn()).as("the same day").isEqualTo(families.today());
        Referral referral = referrals.of(family).get(0);
        assertThat(referral.referrer()).isEqualTo(AMH);
        assertThat(referral.redFlagResponse()).isEqualTo("immediate");
        assertThat(referral.adult()).isEqualTo(walk.adult(family).id());
        assertThat(referral.familyLevel()).isEqualTo(4);
    }

    @Test
    @Requirement({"S-028", "S-031", "S-035", "S-039"})
    void nobodySetsARedFlagAsideAlone() {
        screenWithTwoChildren();
        walk.complete(family, "risks", with(NO_RISKS, "domesticAbuse", "yes"));
        walk.complete(family, "act-on-flags", Map.of("done", "Spoke to the health visitor.", "referNow", "no", "whyNot", "He has moved out."));

        assertThat(walk.task(family, "agree-no-referral").role()).isEqualTo("adult-team-manager");
        walk.complete(family, "agree-no-referral", Map.of("referNow", "yes", "reason", "He still visits."));
        assertThat(walk.running(family)).containsExactly("identification", "referral");
        assertThat(walk.steps(family)).containsExactly("decide", "effect-today");
    }

    @Test
    void aManagerMayAgreeThatNoReferralIsMade() {
        screenWithTwoChildren();
        walk.complete(family, "risks", with(NO_RISKS, "isolated", "yes"));
        walk.complete(family, "act-on-flags", Map.of("done", "A neighbour helps.", "referNow", "no", "whyNot", "Support is in place."));
        walk.complete(family, "agree-no-referral", Map.of("referNow", "no", "reason", "Seen the plan."));

        assertThat(walk.running(family)).containsExactly("identification");
        assertThat(walk.steps(family)).containsExactly("effect");
    }

    @Test
    @Requirement({"S-036", "S-037"})
    void aPractitionerRefersOnTheSameDay() {
        screenWithTwoChildren();
        walk.complete(family, "risks", with(NO_RISKS, "suicide", "disclosed"));
        assertThat(walk.task(family, "act-on-flags").clock()).isEqualTo("referral.red-flag");
        walk.complete(family, "act-on-flags", Map.of("done", "Crisis team told.", "referNow", "yes", "askedOf", "An assessment.", "parentTold", "yes"));

        assertThat(walk.running(family)).containsExactly("identification", "referral");
        assertThat(walk.task(family, "effect-today").dueOn()).as("the same day").isEqualTo(families.today());
        Filling filling = fillings.of(walk.task(family, "effect-today"));
        Map<String, Object> nothing = with(EFFECT, "children", walk.eachChild(family, CHILD));
        assertThat(fillings.check(filling, fillings.context(filling), nothing).problems()).as("not offered after a red flag").extracting(problem -> problem.pointer()).contains("/nextStep");
        walk.complete(family, "effect-today", with(nothing, "nextStep", "already-referred", "whyNothing", null, "whyNothingText", null));
        assertThat(referrals.of(family)).hasSize(1);
    }

    @Test
    @Requirement({"S-011", "S-013", "S-050"})
    void youngCarersEarlySupportAndAReferralGoSideBySide() {
        screenWithTwoChildren();
        walk.complete(family, "risks", NO_RISKS);
        effect("youngCarers", "yes", "children", walk.eachChild(family, with(CHILD, "youngCarer", "yes", "careGiven", "regular")), "earlySupport", "yes", "nextStep", "refer",
                "askedOf", "An assessment.", "parentTold", "yes", "whyNothing", null, "whyNothingText", null);

        assertThat(walk.steps(family)).containsExactly("decide", "early-support", "young-carer");
        assertThat(walk.children(family)).allSatisfy(child -> assertThat(child.youngCarer()).isEqualTo("yes"));
        assertThat(walk.task(family, "young-carer").role()).isEqualTo("young-carers-worker");
        walk.complete(family, "young-carer", Map.of("next", "Visit on Friday.", "children", walk.eachChild(family, Map.of("offer", "accepted"))));
        walk.complete(family, "early-support", Map.of("offered", List.of("parenting"), "answer", "declined"));
        assertThat(walk.steps(family)).containsExactly("decide");
        assertThat(referrals.of(family)).singleElement().satisfies(referral -> {
            assertThat(referral.familyLevel()).as("a child with a regular caring role, and the child is a carer").isEqualTo(4);
            assertThat(referral.thresholdMet()).isTrue();
        });
    }

    @Test
    void whatIsNotKnownIsAskedAgain() {
        screenWithTwoChildren();
        walk.complete(family, "risks", NO_RISKS);
        effect("nextStep", "ask-again", "whyNothing", null, "whyNothingText", null);
        walk.fire(family, "ask-again-later");

        assertThat(walk.steps(family)).containsExactly("risks");
    }

    @Test
    void theWorkWithTheAdultEnds() {
        walk.complete(family, "screen", NO_CHILDREN);
        walk.report(AMH, family, "adult-discharged", Map.of("adult", theAdult(), "dischargedOn", "2026-06-01", "dischargeReason", "completed", "told", "The GP."));

        assertThat(walk.running(family)).isEmpty();
        assertThat(walk.ended(family, "identification")).containsExactly("ended");
    }

    @Test
    void anotherAdultOfTheFamilyIsScreenedForAsLongAsTheirOwnWorkGoesOn() {
        walk.complete(family, "screen", NO_CHILDREN);
        String first = theAdult();
        walk.start(AMH, "identification", family, with(ACCEPTED, "firstName", "Paul", "dateOfBirth", "1988-02-02"));
        walk.complete(family, "screen", NO_CHILDREN);
        walk.report(AMH, family, "adult-discharged", Map.of("adult", first, "dischargedOn", "2026-06-01", "dischargeReason", "completed", "told", "The GP."));

        assertThat(walk.running(family)).containsExactly("identification");
        assertThat(walk.fact(family, "identification", "adult")).isNotEqualTo(Long.valueOf(first));
    }

    @Test
    @Requirement({"S-034", "S-035"})
    void anAdultWhoDoesNotAttendIsNotDischargedInSilence() {
        screenWithTwoChildren();
        walk.complete(family, "risks", NO_RISKS);
        effect();
        walk.send(family, "adult-discharged", Map.of("adult", Long.valueOf(theAdult().toString()), "dischargeReason", "not-attending"));

        assertThat(walk.running(family)).contains("identification", "referral");
        assertThat(walk.steps(family)).as("the referral does not wait for the hand-over").containsExactly("decide", "hand-over");
        assertThat(referrals.of(family)).singleElement().satisfies(referral -> assertThat(referral.redFlagResponse()).isEqualTo("same-day"));
    }

    /** Whatever the work with the adult waits for: here the screening itself, and a child who cares for others. */
    @Test
    @Requirement("S-035")
    void anAdultCanBeDischargedAtAnyTime() {
        walk.report(AMH, family, "adult-discharged", Map.of("adult", theAdult(), "dischargedOn", "2026-06-01", "dischargeReason", "moved", "told", "The GP."));
        assertThat(walk.steps(family)).isEmpty();
        assertThat(walk.ended(family, "identification")).containsExactly("ended");
        assertThat(walk.mail(family)).as("nobody is told of an adult without children").isEmpty();
    }

    @Test
    @Requirement("S-204")
    void theChildrensWorkerIsToldOfADischarge() {
        screenWithTwoChildren();
        jdbc.sql("insert into involvement (family_ref, role, team_id, username, began_on) values (:family, 'childrens-social-worker', 'children-team', 'childrens-social-worker', current_date)")
                .param("family", family).update();
        assertThat(walk.steps(family)).containsExactly("risks");
        walk.report(AMH, family, "adult-discharged", Map.of("adult", theAdult(), "dischargedOn", "2026-06-01", "dischargeReason", "completed", "told", "The GP."));
        walk.fire(family, "mail-discharged");

        assertThat(walk.mail(family)).containsExactly("adult-discharged to childrens-social-worker");
        assertThat(walk.steps(family)).containsExactly("hand-over");
        walk.complete(family, "hand-over", Map.of("open", List.of("screening"), "goesOn", "The GP goes on.", "childrensWorker", "yes", "worse", "Not sleeping."));
        assertThat(walk.ended(family, "identification")).containsExactly("handed-over");
    }
}
