package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;

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
@DisplayName("A young carer is assessed, supported and seen again")
class YoungCarerProcessTest {

    private static final String WORKER = "young-carers-worker";

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
    void aChildLooksAfterSomebody() {
        family = new LookedAfterFamily(walk, families, jdbc);
        TestFamily.involve(jdbc, family.ref, WORKER, "young-carers-team", WORKER);
        typical.start(WORKER, "young-carer", family.ref, "child", String.valueOf(family.leo), "adult", String.valueOf(family.mother));
    }

    @AfterAll
    static void everyFlowWasTaken() {
        assertThat(FlowsTaken.never("young-carer")).isEmpty();
    }

    private void planned(String tooMuch) {
        typical.complete(family.ref, "assess", "tooMuch", tooMuch);
        typical.complete(family.ref, "plan");
    }

    @Test
    @Requirement({"S-112", "S-114"})
    void theAssessmentHasItsClockAndWhatFollowsIsTakenIntoTheAdultsPlan() {
        assertThat(walk.task(family.ref, "assess").dueOn()).isEqualTo(workingDays.plus(families.today(), 45));
        planned("no");
        assertThat(walk.task(family.ref, "adult-plan").assignee()).isEqualTo(Walk.AMH);
        assertThat(walk.shown(family.ref, "adult-plan")).as("the plan, not what the child said at the assessment").containsExactly("young-carer-plan");
        assertThat(FormFile.of("young-carer-adult-plan").missing(Map.of("takenUp", "no"))).contains("/whyNot");
        typical.complete(family.ref, "adult-plan");
        assertThat(walk.ended(family.ref, "young-carer")).containsExactlyInAnyOrder("not-in-need", "taken-in");
    }

    @Test
    @Requirement("S-112")
    void aChildWhoDoesMoreThanAChildShouldIsLookedAtByTheSocialWorker() {
        planned("yes");
        assertThat(walk.task(family.ref, "decide").assignee()).isEqualTo("childrens-social-worker");
        typical.complete(family.ref, "decide");
        assertThat(walk.ended(family.ref, "young-carer")).containsExactly("decided");
    }

    @Test
    @Requirement("S-116")
    void theWorkerLooksAgainUntilTheChildIsNoLongerACarer() {
        planned("no");
        assertThat(walk.timer(family.ref, "time")).isBetween(families.today().plusMonths(6).minusDays(4), families.today().plusMonths(6).plusDays(1));
        walk.fire(family.ref, "time");
        assertThat(FormFile.of("young-carer-again").missing(Map.of("stillCarer", "yes"))).as("whether it is the same worker").contains("/sameWorker");
        typical.complete(family.ref, "look", "stillCarer", "yes", "tooMuch", "no");
        assertThat(walk.shown(family.ref, "plan")).contains("young-carer-plan");
        typical.complete(family.ref, "plan");
        walk.fire(family.ref, "time");
        typical.complete(family.ref, "look", "stillCarer", "no");
        assertThat(walk.ended(family.ref, "young-carer")).contains("over");
    }

    @Test
    @Requirement("S-116")
    void aChangeInTheParentsConditionBringsItForward() {
        planned("no");
        typical.report(Walk.AMH, family.ref, "parent-condition-changed", "parent", String.valueOf(family.mother));
        assertThat(walk.task(family.ref, "look").dueOn()).isEqualTo(workingDays.plus(families.today(), 10));
    }

    @Test
    @Requirement("S-117")
    void whatTheChildSaysInPrivateIsKeptApart() {
        for (String form : List.of("young-carer-assessment", "young-carer-again")) {
            assertThat(FormFile.of(form).restriction("privateWords")).isEqualTo("child-view");
        }
    }
}
