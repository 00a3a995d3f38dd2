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
import org.thinkfamily.Requirement;
import org.thinkfamily.TestFamily;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;
import org.thinkfamily.worklist.BeforeAnswering;
import org.thinkfamily.worklist.Fillings;
import org.thinkfamily.worklist.WorkItem;

@ProcessTest
@Import(Typical.class)
@DisplayName("Between reviews")
class BetweenReviewsProcessTest {

    private static final String SOCIAL_WORKER = "childrens-social-worker";

    @Autowired
    private Walk walk;
    @Autowired
    private Typical typical;
    @Autowired
    private Families families;
    @Autowired
    private Fillings fillings;
    @Autowired
    private BeforeAnswering beforeAnswering;
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
        for (String role : List.of("iro", "school-lead", "health-visitor", "supervising-social-worker")) {
            TestFamily.involve(jdbc, family.ref, role, "children-team", role);
        }
    }

    @AfterAll
    static void everyFlowWasTaken() {
        assertThat(FlowsTaken.never("side-action")).isEmpty();
        assertThat(FlowsTaken.never("between-reviews")).isEmpty();
        assertThat(FlowsTaken.never("contingency")).isEmpty();
    }

    @Test
    @Requirement("S-179")
    void whatIsDoneOutsideTheMeetingHasAnOwnerADayAndAnAnswer() {
        typical.start("iro", "side-action", family.ref, "child", String.valueOf(family.mia), "owner", "school-lead", "dueOn", today.plusDays(9).toString(), "action", "The first thing.");
        typical.start("iro", "side-action", family.ref, "child", String.valueOf(family.mia), "owner", AMH, "dueOn", today.plusDays(5).toString(), "action", "The second thing.");
        assertThat(walk.tasks(family.ref)).extracting(WorkItem::role).containsExactlyInAnyOrder("school-lead", AMH);
        WorkItem first = walk.tasks(family.ref).stream().filter(task -> task.role().equals("school-lead")).findFirst().orElseThrow();
        assertThat(first.dueOn()).isEqualTo(today.plusDays(9));
        assertThat(beforeAnswering.shown(fillings.of(first))).filteredOn(read -> read.entry() != null).extracting(read -> read.entry().answers().get("action"))
                .as("each owner reads their own").containsExactly("The first thing.");

        typical.complete(first, "actionDone", "no");
        assertThat(walk.task(family.ref, "instead").role()).as("whoever gave it decides").isEqualTo("iro");
        typical.complete(family.ref, "instead", "actionAgain", "yes", "owner", SOCIAL_WORKER, "dueOn", today.plusDays(20).toString());
        WorkItem again = walk.tasks(family.ref).stream().filter(task -> task.role().equals(SOCIAL_WORKER)).findFirst().orElseThrow();
        assertThat(again.dueOn()).isEqualTo(today.plusDays(20));
        typical.complete(again, "actionDone", "no");
        typical.complete(family.ref, "instead", "actionAgain", "no");
        typical.complete(family.ref, "act", "actionDone", "yes");
        assertThat(walk.ended(family.ref, "side-action")).containsExactlyInAnyOrder("dropped", "is-done");
    }

    @Test
    @Requirement({"S-185", "S-186"})
    void aMeetingBetweenReviewsBeginsWithWhatIsNeededAndEverybodyHearsWhatChanges() {
        typical.start(SOCIAL_WORKER, "cla-review", family.ref, "child", String.valueOf(family.mia));
        typical.start(AMH, "between-reviews", family.ref, "child", String.valueOf(family.mia));
        walk.fire(family.ref, "tell-invited");
        assertThat(walk.mail(family.ref)).contains("between-reviews-called to " + AMH);
        assertThat(walk.task(family.ref, "meet").dueOn()).isEqualTo(workingDays.plus(today, 10));
        assertThat(FormFile.of("between-meeting").form().questions().stream().map(question -> question.key()).filter(key -> key != null).limit(3))
                .as("needs first").containsExactly("childNeeds", "parentNeeds", "carerNeeds");
        assertThat(FormFile.of("between-meeting").missing(Map.of())).startsWith("/childNeeds", "/parentNeeds", "/carerNeeds");

        walk.fire(family.ref, "not-held");
        walk.fire(family.ref, "tell-not-held");
        assertThat(walk.mail(family.ref)).contains("between-reviews-not-held to " + AMH);
        typical.complete(family.ref, "meet", "changes", "care-plan");
        walk.fire(family.ref, "tell-all");
        assertThat(walk.mail(family.ref)).contains("between-reviews-change to " + AMH, "between-reviews-change to " + SOCIAL_WORKER);
        assertThat(walk.task(family.ref, "decide-early").role()).as("a significant change needs a review first").isEqualTo("iro");
    }

    @Test
    @Requirement("S-186")
    void aMeetingThatChangesNothingTellsNobody() {
        typical.start(SOCIAL_WORKER, "between-reviews", family.ref, "child", String.valueOf(family.mia));
        walk.fire(family.ref, "tell-invited");
        typical.complete(family.ref, "meet", "changes", "nothing");
        assertThat(walk.ended(family.ref, "between-reviews")).containsExactly("as-it-was");
        assertThat(walk.waiting(family.ref)).isEmpty();
    }

    private void foreseen() {
        typical.start(SOCIAL_WORKER, "contingency", family.ref, "child", String.valueOf(family.mia), "ownerUnwell", "health-visitor", "ownerAdmitted", "school-lead", "ownerMoved", "supervising-social-worker");
    }

    @Test
    @Requirement("S-187")
    void whatThePlanForesawBecomesATaskOfItsOwnerTheSameDay() {
        foreseen();
        assertThat(walk.steps(family.ref)).isEmpty();
        walk.send(family.ref, "parent-admitted", Map.of("adult", family.mother, "adultRole", AMH, "admittedOn", today.toString(), "fostered", "yes", "careNow", "yes"));
        assertThat(walk.task(family.ref, "admitted-act").role()).isEqualTo("school-lead");
        assertThat(walk.task(family.ref, "admitted-act").dueOn()).isEqualTo(today);
        assertThat(walk.shown(family.ref, "admitted-act")).contains("contingency-plan");
        typical.complete(family.ref, "admitted-act");
        typical.report(AMH, family.ref, "parent-condition-changed", "parent", String.valueOf(family.father), "condition", "unsettled");
        assertThat(walk.task(family.ref, "unwell-act").role()).as("whichever parent it is").isEqualTo("health-visitor");
        typical.complete(family.ref, "unwell-act");
        typical.report(AMH, family.ref, "parent-condition-changed", "parent", String.valueOf(family.mother), "condition", "well");
        assertThat(walk.ended(family.ref, "contingency")).contains("well");
        walk.send(family.ref, "placement-moved", Map.of("child", family.mia, "placement", "K2", "placedOn", today.toString(), "moveKind", "unplanned"));
        assertThat(walk.task(family.ref, "moves-act").role()).isEqualTo("supervising-social-worker");
        typical.complete(family.ref, "moves-act");
        assertThat(walk.ended(family.ref, "contingency")).containsExactlyInAnyOrder("acted", "acted", "well", "moves-done");
    }

    @Test
    @Requirement("S-187")
    void thePlanIsLookedAtAfterEachReviewAndItsOwnersMayChange() {
        foreseen();
        walk.send(family.ref, "review-held", Map.of("child", family.mia, "adult", family.mother, "adultRole", AMH, "reviewKind", "later", "reviewHeldOn", today.toString(), "contactChange", "no", "accommodations", 0));
        typical.complete(family.ref, "look", "child", String.valueOf(family.mia), "ownerUnwell", "gp", "ownerAdmitted", SOCIAL_WORKER, "ownerMoved", "iro");
        walk.send(family.ref, "placement-moved", Map.of("child", family.mia, "placement", "K2", "placedOn", today.toString(), "moveKind", "unplanned"));
        assertThat(walk.task(family.ref, "moves-act").role()).isEqualTo("iro");
        typical.report(SOCIAL_WORKER, family.ref, "contingency-over", "child", String.valueOf(family.mia));
        assertThat(walk.running(family.ref)).doesNotContain("contingency");
    }

    @Test
    void whenCareEndsThereIsNothingToPlanFor() {
        foreseen();
        walk.send(family.ref, "care-ended", Map.of("child", family.mia));
        assertThat(walk.ended(family.ref, "contingency")).containsExactly("care-end");
    }
}
