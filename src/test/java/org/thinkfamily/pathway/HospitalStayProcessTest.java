package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.thinkfamily.pathway.Walk.AMH;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.Requirement;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.contact.Contacts;
import org.thinkfamily.family.Families;
import org.thinkfamily.worklist.WorkItem;

@ProcessTest
@Import(Typical.class)
@DisplayName("A parent in hospital")
class HospitalStayProcessTest {

    private static final String WARD = "ward-nurse";
    private static final String CSW = "childrens-social-worker";

    @Autowired
    private Walk walk;
    @Autowired
    private Typical typical;
    @Autowired
    private Contacts contacts;
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
        jdbc.sql("insert into involvement (family_ref, role, team_id, username, began_on) values (:family, 'ward-nurse', 'mental-health-team', 'ward-nurse', current_date),"
                + " (:family, 'amhp', 'mental-health-team', 'amhp', current_date)").param("family", family.ref).update();
    }

    @AfterAll
    static void everyFlowWasTaken() {
        assertThat(FlowsTaken.never("hospital-stay")).isEmpty();
        assertThat(FlowsTaken.never("after-hospital")).isEmpty();
    }

    private void admitted(String by, String fostered) {
        typical.report(by, family.ref, "parent-admitted", "adult", String.valueOf(family.mother), "fostered", fostered);
    }

    private void cared(long child, Object... said) {
        WorkItem task = walk.tasks(family.ref).stream().filter(each -> each.step().equals("care") && each.about().contains(child)).findFirst().orElseThrow();
        typical.complete(task, said);
    }

    private LocalDate today() {
        return families.today();
    }

    private void homePlanned() {
        typical.report(WARD, family.ref, "hospital-discharge-planned", "adult", String.valueOf(family.mother), "plannedOn", today().plusDays(9).toString());
        walk.fire(family.ref, "tell-planned");
    }

    private void visitAsked(long child, String wish) {
        typical.report(WARD, family.ref, "ward-visit-asked", "visitor", String.valueOf(child), "wish", wish, "when", today().plusDays(3).toString());
    }

    @Test
    @Requirement("S-142")
    void theSameDaySomebodySaysOfEachChildWhoCaresForIt() {
        admitted("amhp", "no");
        assertThat(walk.tasks(family.ref).stream().filter(task -> task.step().equals("care")).toList()).hasSize(2)
                .allSatisfy(task -> assertThat(task.dueOn()).isEqualTo(today())).allSatisfy(task -> assertThat(task.assignee()).isEqualTo(CSW));
        walk.fireOne(family.ref, "care-late");
        walk.fire(family.ref, "tell-care-late");
        assertThat(walk.mail(family.ref)).contains("hospital-care-late to childrens-social-worker", "hospital-care-late to childrens-team-manager");
        assertThat(FormFile.of("hospital-child-care").missing(Map.of("arrangement", "looked-after"))).contains("/consent", "/consentFrom", "/consentWhy");

        cared(family.mia, "arrangement", "looked-after", "consent", "valid", "lookedAfterOn", today().toString());
        assertThat(walk.ended(family.ref, "hospital-stay")).contains("to-be-looked-after").doesNotContain("no-safe-carer");
        assertThat(walk.running(family.ref)).contains("cla-review");
        cared(family.leo, "arrangement", "looked-after", "consent", "unsure");
        assertThat(walk.ended(family.ref, "hospital-stay")).as("consent in doubt is none").contains("no-safe-carer");
    }

    @Test
    @Requirement("S-142")
    void aChildWhoIsWithNobodySafeBringsAStrategyDiscussionTheSameDay() {
        typical.report(AMH, family.ref, "parent-admitted", "adult", String.valueOf(family.mother), "fostered", "no", "careNow", "no");
        assertThat(walk.ended(family.ref, "hospital-stay")).contains("discuss-today");
        assertThat(walk.task(family.ref, "discuss").dueOn()).isEqualTo(today());
    }

    @Test
    void theRecordSaysThatTheParentIsInHospitalAndHowTheyWentHome() {
        assertThat(contacts.condition(family.mother)).isEmpty();
        admitted(WARD, "no");
        assertThatThrownBy(() -> typical.report(WARD, family.ref, "hospital-discharge-planned", "adult", String.valueOf(family.father), "plannedOn", today().plusDays(9).toString()))
                .as("nobody goes home who was not admitted").hasMessageContaining("does not say that this parent is in hospital");
        assertThat(contacts.today(family.ref).conditions()).singleElement().satisfies(now -> {
            assertThat(now.parent()).isEqualTo(family.mother);
            assertThat(now.condition()).isEqualTo("in-hospital");
        });
        homePlanned();
        assertThatThrownBy(() -> typical.complete(family.ref, "answer", "children.met", "no", "needsMet", "yes")).hasMessageContaining("a child’s needs are not met");
        typical.complete(family.ref, "answer", "children.met", "with", "needsMet", "yes");
        typical.complete(family.ref, "plan", "steps", List.of(Map.of("what", "A visit", "owner", "Community team", "by", today().plusDays(14).toString())));
        typical.complete(family.ref, "discharge", "dischargedOn", today().toString(), "conditionNow", "unsettled");
        assertThat(contacts.condition(family.mother)).hasValueSatisfying(now -> assertThat(now.condition()).isEqualTo("unsettled"));
    }

    @Test
    void aChildWhoIsLookedAfterIsNotSaidToLiveAtHome() {
        typical.start(CSW, "cla-review", family.ref, "child", String.valueOf(family.mia));
        assertThatThrownBy(() -> admitted(AMH, "no")).hasMessageContaining("is looked after by the council");
    }

    @Test
    void aChildWithNobodySafeAndOneWithFamily() {
        admitted(AMH, "no");
        cared(family.mia, "arrangement", "family");
        assertThat(walk.ended(family.ref, "hospital-stay")).contains("cared").doesNotContain("no-safe-carer");
        cared(family.leo, "arrangement", "none");
        assertThat(walk.ended(family.ref, "hospital-stay")).contains("no-safe-carer");
        assertThat(walk.running(family.ref)).doesNotContain("cla-review");
    }

    @Test
    @Requirement({"S-138", "S-141"})
    void theWardHasAChecklistAndTheHomeHasHelpWithAnOwner() {
        admitted(WARD, "no");
        assertThat(walk.mail(family.ref)).as("whoever plans contact hears that the parent is in hospital").contains("parent-condition-changed to childrens-social-worker");
        assertThat(walk.task(family.ref, "checklist").dueOn()).isEqualTo(workingDays.plus(today(), 1));
        typical.complete(family.ref, "checklist");
        assertThat(walk.ended(family.ref, "hospital-stay")).contains("ward-keeps");
        assertThat(walk.task(family.ref, "home-support").assignee()).isEqualTo(AMH);
        typical.complete(family.ref, "home-support", "needed", "yes", "support", List.of(Map.of("what", "Meals", "owner", "Home care", "from", today().toString())));
        assertThat(walk.ended(family.ref, "hospital-stay")).contains("home-supported");
    }

    @Test
    @Requirement("S-146")
    void contactOfAFosteredChildIsTheSocialWorkersOwnFromAdmission() {
        admitted(WARD, "not-known");
        typical.complete(family.ref, "checklist");
        assertThat(walk.task(family.ref, "take-contact").assignee()).isEqualTo(CSW);
        typical.complete(family.ref, "take-contact");
        visitAsked(family.mia, "wants");
        assertThat(walk.steps(family.ref)).contains("decide-social-worker").doesNotContain("decide-ward");
        typical.complete(family.ref, "decide-social-worker", "visitAgreed", "no");
        assertThat(walk.ended(family.ref, "hospital-stay")).contains("contact-owned", "other-contact");
    }

    @Test
    @Requirement({"S-140", "S-143", "S-144"})
    void eachVisitIsDecidedByItselfWithTheChildsWishRoomAndWhoTakesCollectsAndSupervises() {
        admitted(WARD, "no");
        visitAsked(family.mia, "not");
        assertThat(walk.task(family.ref, "decide-ward").about()).contains(family.mia);
        assertThat(walk.shown(family.ref, "decide-ward")).contains("ward-visit-request");
        assertThat(FormFile.of("ward-visit-decision").missing(Map.of("visitAgreed", "yes"))).contains("/room", "/suitable", "/takes", "/supervises", "/collects");
        assertThat(FormFile.of("ward-visit-decision").missing(Map.of("visitAgreed", "no"))).contains("/instead").doesNotContain("/room");
        typical.complete(family.ref, "decide-ward", "visitAgreed", "no");
        assertThat(walk.ended(family.ref, "hospital-stay")).contains("other-contact");

        visitAsked(family.mia, "wants");
        visitAsked(family.leo, "wants");
        assertThat(walk.steps(family.ref).stream().filter("decide-ward"::equals)).as("two children, two decisions").hasSize(2);
        WorkItem leos = walk.tasks(family.ref).stream().filter(task -> task.step().equals("decide-ward") && task.about().contains(family.leo)).findFirst().orElseThrow();
        typical.complete(leos, "visitAgreed", "yes", "visitOn", today().toString());
        typical.complete(family.ref, "write-visit", "took", "child");
        assertThat(walk.ended(family.ref, "hospital-stay")).contains("visit-written");
    }

    @Test
    @Requirement({"S-139", "S-147"})
    void theGateStaysShutUntilTheChildrensSideSaysThatNeedsAreMet() {
        admitted(WARD, "no");
        homePlanned();
        assertThat(walk.mail(family.ref)).contains("hospital-discharge-planned to childrens-social-worker");
        assertThat(walk.steps(family.ref)).contains("answer").doesNotContain("plan", "discharge");
        assertThat(walk.task(family.ref, "answer").dueOn()).isEqualTo(workingDays.plus(today(), 5));
        walk.fire(family.ref, "answer-late");
        walk.fire(family.ref, "tell-answer-late");
        assertThat(walk.mail(family.ref)).contains("hospital-answer-late to childrens-social-worker", "hospital-answer-late to adult-team-manager");
        assertThat(walk.steps(family.ref)).as("silence opens nothing").doesNotContain("plan");

        typical.complete(family.ref, "answer", "needsMet", "no");
        assertThat(walk.steps(family.ref)).contains("put-right").doesNotContain("plan");
        typical.complete(family.ref, "put-right", "plannedOn", today().plusDays(12).toString());
        typical.complete(family.ref, "answer", "needsMet", "yes");
        assertThat(FormFile.of("hospital-discharge-plan").missing(Map.of("steps", List.of(Map.of("what", "A visit"))))).contains("/steps/0/by", "/steps/0/owner");
        typical.complete(family.ref, "plan", "steps", List.of(Map.of("what", "A visit", "owner", "Community team", "by", today().plusDays(14).toString())));
        assertThat(walk.task(family.ref, "discharge").dueOn()).isEqualTo(today().plusDays(12));
        typical.complete(family.ref, "discharge", "dischargedOn", today().toString(), "conditionNow", "unsettled");

        assertThat(walk.mail(family.ref).stream().filter("parent-condition-changed to childrens-social-worker"::equals)).as("on admission and on discharge").hasSize(2);
        assertThat(walk.timer(family.ref, "not-seen")).isBetween(today().plusDays(3), today().plusDays(4));
        walk.fire(family.ref, "not-seen");
        walk.fire(family.ref, "tell-not-seen");
        assertThat(walk.mail(family.ref)).contains("hospital-not-seen to childrens-social-worker");
        typical.complete(family.ref, "follow-up");
        assertThat(walk.task(family.ref, "look").dueOn()).isEqualTo(workingDays.plus(today(), 5));
        typical.complete(family.ref, "look", "next", "plan");
        assertThat(walk.ended(family.ref, "after-hospital")).containsExactlyInAnyOrder("told", "seen", "looked");
    }

    @Test
    @Requirement("S-139")
    void aManagerOpensTheGateWithAReasonThatTheChildrensSideIsTold() {
        admitted(WARD, "no");
        homePlanned();
        assertThat(FormFile.of("hospital-gate-overridden").missing(Map.of())).contains("/reason", "/children");
        typical.report("adult-team-manager", family.ref, "hospital-gate-overridden", "adult", String.valueOf(family.mother));
        walk.fire(family.ref, "tell-overridden");
        assertThat(walk.mail(family.ref)).contains("hospital-gate-overridden to childrens-social-worker", "hospital-gate-overridden to childrens-team-manager");
        assertThat(walk.steps(family.ref)).contains("plan").doesNotContain("answer");
        assertThat(walk.shown(family.ref, "plan")).contains("hospital-gate-overridden");
    }

    @Test
    void whoLeavesWithoutAPlanIsToldOfTheSameDay() {
        for (String safe : List.of("yes", "not-known")) {
            admitted(WARD, "no");
            typical.report(WARD, family.ref, "parent-left-hospital", "adult", String.valueOf(family.mother));
            walk.fire(family.ref, "tell-left");
            assertThat(walk.mail(family.ref)).contains("hospital-left to childrens-social-worker", "hospital-left to childrens-team-manager");
            assertThat(walk.task(family.ref, "children-today").dueOn()).isEqualTo(today());
            assertThat(walk.steps(family.ref)).as("what belongs to the stay ends with it").doesNotContain("checklist", "care");
            assertThat(walk.steps(family.ref)).contains("follow-up");
            typical.complete(family.ref, "children-today", "safeTonight", safe);
            typical.complete(family.ref, "follow-up");
            typical.complete(family.ref, "look", "next", "change");
        }
        assertThat(walk.ended(family.ref, "hospital-stay")).contains("safe", "not-safe");
        assertThat(walk.ended(family.ref, "after-hospital")).contains("changed");
    }

    @Test
    void noFormAsksMoreThanTwentyFiveQuestions() {
        assertThat(Stream.of("hospital-admission", "hospital-child-care", "hospital-checklist", "ward-visit-decision", "hospital-discharge-plan"))
                .allSatisfy(id -> assertThat(FormFile.of(id).form().all().filter(component -> component.type().asks()).count()).isLessThanOrEqualTo(25));
    }
}
