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
import org.thinkfamily.family.Families;
import org.thinkfamily.forms.Option;

@ProcessTest
@Import(Typical.class)
@DisplayName("Work with a family is closed, and looked back at")
class ClosureProcessTest {

    private static final String SOCIAL_WORKER = "childrens-social-worker";

    @Autowired
    private Walk walk;
    @Autowired
    private Typical typical;
    @Autowired
    private Families families;
    @Autowired
    private JdbcClient jdbc;

    private LookedAfterFamily family;

    @BeforeEach
    void aFamilyIsKnown() {
        family = new LookedAfterFamily(walk, families, jdbc);
    }

    @AfterAll
    static void everyFlowWasTaken() {
        assertThat(FlowsTaken.never("closure")).isEmpty();
        assertThat(FlowsTaken.never("look-back")).isEmpty();
    }

    private void closedByTheChildrensSide() {
        typical.start(SOCIAL_WORKER, "closure", family.ref);
        typical.complete(family.ref, "view-adult");
        typical.complete(family.ref, "relapse");
        typical.complete(family.ref, "decide-children", "closing", "yes");
    }

    @Test
    @Requirement({"S-130", "S-239"})
    void theOtherSideIsAskedAPlanForARelapseIsWrittenAndAManagerDecides() {
        typical.start(SOCIAL_WORKER, "closure", family.ref);
        assertThat(walk.steps(family.ref)).as("nothing is decided before the other side has answered").containsExactly("view-adult");
        typical.complete(family.ref, "view-adult", "agrees", "conditions");
        assertThat(walk.task(family.ref, "relapse").assignee()).isEqualTo(SOCIAL_WORKER);
        assertThat(walk.shown(family.ref, "relapse")).contains("closure-proposal", "closure-view");
        typical.complete(family.ref, "relapse");
        assertThat(walk.shown(family.ref, "decide-children")).contains("closure-proposal", "closure-view", "closure-relapse-plan");
        typical.complete(family.ref, "decide-children", "closing", "yes");

        assertThat(walk.ended(family.ref, "closure")).containsExactly("closed");
        assertThat(walk.running(family.ref)).containsExactly("look-back");
        assertThat(walk.timer(family.ref, "after-three")).isBetween(families.today().plusMonths(3).minusDays(4), families.today().plusMonths(3));
        walk.fire(family.ref, "after-three");
        typical.complete(family.ref, "look-three", "lookBack", "lasts");
        assertThat(walk.timer(family.ref, "after-six")).as("counted from the day of closing").isBetween(families.today().plusMonths(6).minusDays(4), families.today().plusMonths(6));
        walk.fire(family.ref, "after-six");
        typical.complete(family.ref, "look-six", "lookBack", "lasts");
        assertThat(walk.timer(family.ref, "after-twelve")).isBetween(families.today().plusMonths(12).minusDays(4), families.today().plusMonths(12));
        walk.fire(family.ref, "after-twelve");
        assertThat(walk.shown(family.ref, "look-twelve")).contains("closure-relapse-plan", "look-back");
        typical.complete(family.ref, "look-twelve", "lookBack", "lasts");
        assertThat(walk.ended(family.ref, "look-back")).containsExactly("lasted");
    }

    @Test
    @Requirement("S-239")
    void aChangeThatDidNotLastIsReferredAgainAtEachLookBack() {
        for (String times : List.of("three", "six", "twelve")) {
            closedByTheChildrensSide();
            if (walk.steps(family.ref).contains("agree-adult")) {
                typical.complete(family.ref, "agree-adult", "closing", "yes");
            }
            for (String time : List.of("three", "six", "twelve")) {
                walk.fire(family.ref, "after-" + time);
                typical.complete(family.ref, "look-" + time, "lookBack", time.equals(times) ? "refer" : "lasts");
                if (time.equals(times)) {
                    break;
                }
            }
        }
        assertThat(walk.ended(family.ref, "look-back")).containsExactly("again", "again", "again");
        assertThat(walk.running(family.ref)).containsOnly("referral").hasSize(3);
    }

    @Test
    @Requirement({"S-130", "S-131"})
    void whatWasClosedBeforeIsClosedAgainByBothManagersOnly() {
        closedByTheChildrensSide();
        closedByTheChildrensSide();
        assertThat(walk.steps(family.ref)).containsExactly("agree-adult");
        assertThat(walk.shown(family.ref, "agree-adult")).as("the decision before").contains("closure-decision");
        typical.complete(family.ref, "agree-adult", "closing", "no");
        assertThat(walk.ended(family.ref, "closure")).containsExactly("closed", "goes-on");
    }

    @Test
    @Requirement("S-130")
    void theAdultSideClosesInTheSameWay() {
        typical.start(Walk.AMH, "closure", family.ref);
        typical.complete(family.ref, "view-children");
        typical.complete(family.ref, "relapse");
        typical.complete(family.ref, "decide-adult", "closing", "yes");
        typical.start(Walk.AMH, "closure", family.ref);
        typical.complete(family.ref, "view-children");
        typical.complete(family.ref, "relapse");
        typical.complete(family.ref, "decide-adult", "closing", "yes");
        typical.complete(family.ref, "agree-children", "closing", "yes");
        assertThat(walk.ended(family.ref, "closure")).containsExactly("closed", "closed");
    }

    @Test
    @Requirement("S-131")
    void theWorkGoesOnWhenTheManagerSaysSo() {
        typical.start(SOCIAL_WORKER, "closure", family.ref);
        typical.complete(family.ref, "view-adult", "agrees", "no");
        typical.complete(family.ref, "relapse");
        typical.complete(family.ref, "decide-children", "closing", "no");
        assertThat(walk.ended(family.ref, "closure")).containsExactly("goes-on");
        assertThat(walk.running(family.ref)).isEmpty();
    }

    @Test
    @Requirement("S-039")
    void workingWithUsIsNoReasonToCloseAndWhatHasChangedIsSaid() {
        assertThat(FormFile.of("closure-proposal").form().question("why").orElseThrow().options()).extracting(Option::value).containsExactly("changed", "support", "moved", "declined", "adult");
        assertThat(FormFile.of("closure-proposal").missing(Map.of("why", List.of("changed")))).contains("/evidence", "/children/0/different");
        assertThat(FormFile.of("closure-decision").missing(Map.of("closing", "yes"))).contains("/before");
    }
}
