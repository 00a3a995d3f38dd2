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

@ProcessTest
@Import(Typical.class)
@DisplayName("A child’s own needs stand on one list")
class ChildNeedsProcessTest {

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
        for (String role : List.of("school-lead")) {
            TestFamily.involve(jdbc, family.ref, role, "children-team", role);
        }
    }

    @AfterAll
    static void everyFlowWasTaken() {
        assertThat(FlowsTaken.never("child-needs")).isEmpty();
    }

    private void found(String complexNeeds) {
        typical.start(SOCIAL_WORKER, "child-needs", family.ref, "child", String.valueOf(family.leo), "complexNeeds", complexNeeds);
    }

    private Map<String, Object> need(String kind, String state, int weeks) {
        Map<String, Object> need = new java.util.HashMap<>(Map.of("kind", kind, "service", "A service", "owner", SOCIAL_WORKER, "referredOn", today.minusWeeks(weeks).toString(), "state", state));
        if (state.equals("helped")) {
            need.put("helpOn", today.toString());
        }
        return need;
    }

    @Test
    @Requirement("S-043")
    void oneWorkerKeepsOneListForAllNeedsOfTheChild() {
        found("no");
        typical.complete(family.ref, "begin", "needs", List.of(need("autism", "assessing", 2), need("mental-health", "helped", 30)), "listOwner", "school-lead", "needsLeft", "yes");
        assertThat(FormFile.of("child-needs-list").missing(Map.of("needs", List.of(Map.of("kind", "autism"))))).as("each need has its owner").contains("/needs/0/owner");
        typical.report(AMH, family.ref, "child-need-found", "child", String.valueOf(family.leo), "complexNeeds", "no");
        assertThat(walk.running(family.ref)).as("another need of the child is no second list").containsExactly("child-needs");
        walk.fire(family.ref, "until");
        assertThat(walk.task(family.ref, "look").role()).isEqualTo("school-lead");
        assertThat(walk.shown(family.ref, "look")).as("the list as it was, and what was found since").contains("child-needs-list", "child-need");
        typical.complete(family.ref, "look", "needs", List.of(need("autism", "met", 6)), "listOwner", "school-lead", "needsLeft", "no");
        assertThat(walk.running(family.ref)).isEmpty();
    }

    @Test
    @Requirement("S-042")
    void aLongWaitForHelpIsAskedAboutAndThenTakenUp() {
        found("no");
        typical.complete(family.ref, "begin", "needs", List.of(need("mental-health", "waiting", 5), need("speech", "helped", 40)), "listOwner", SOCIAL_WORKER, "needsLeft", "yes");
        assertThat(walk.fact(family.ref, "child-needs", "longestWait")).as("what has begun no longer waits").isEqualTo(5);
        assertThat(walk.task(family.ref, "ask").role()).isEqualTo(SOCIAL_WORKER);
        typical.complete(family.ref, "ask");
        assertThat(walk.timer(family.ref, "until")).isBetween(today.plusWeeks(4).minusDays(3), today.plusWeeks(4).plusDays(1));
        walk.fire(family.ref, "until");
        typical.complete(family.ref, "look", "needs", List.of(need("mental-health", "waiting", 18)), "listOwner", SOCIAL_WORKER, "needsLeft", "yes");
        assertThat(walk.task(family.ref, "take-up").role()).isEqualTo("childrens-team-manager");
        assertThat(walk.shown(family.ref, "take-up")).contains("child-needs-list");
        typical.complete(family.ref, "take-up");
        assertThat(walk.waiting(family.ref)).containsExactly("until");
    }

    @Test
    @Requirement("S-046")
    void aParentOfWhomANeedAsksMuchIsOfferedAnAssessmentAsACarer() {
        found("yes");
        assertThat(walk.task(family.ref, "offer").dueOn()).isEqualTo(workingDays.plus(today, 10));
        typical.complete(family.ref, "offer");
        assertThat(walk.ended(family.ref, "child-needs")).containsExactly("offered");
        typical.report(AMH, family.ref, "child-need-found", "child", String.valueOf(family.leo), "complexNeeds", "yes");
        typical.complete(family.ref, "offer-again");
        assertThat(walk.ended(family.ref, "child-needs")).contains("noted");
    }
}
