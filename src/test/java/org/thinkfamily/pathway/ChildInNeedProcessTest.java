package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thinkfamily.pathway.Walk.AMH;

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

@ProcessTest
@Import(Typical.class)
@DisplayName("A child in need")
class ChildInNeedProcessTest {

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
    void aPlanIsNeeded() {
        family = new LookedAfterFamily(walk, families, jdbc);
        walk.send(family.ref, "child-in-need-plan-needed", Map.of("child", family.mia, "adult", family.mother, "adultRole", AMH));
    }

    @AfterAll
    static void everyFlowWasTaken() {
        assertThat(FlowsTaken.never("child-in-need")).isEmpty();
    }

    private void aPlanIsMade() {
        typical.complete(family.ref, "make-plan", "agencies", List.of("childrens"), "actions.change", "Fed every morning.", "actions.measured", "School sees it.",
                "actions.by", families.today().plusDays(7).toString());
    }

    private void reviewed(String outcome) {
        walk.fire(family.ref, "wait-review");
        typical.complete(family.ref, "review", "reviewOutcome", outcome);
    }

    @Test
    void aPlanIsMadeInTenDaysAndChecked() {
        assertThat(walk.task(family.ref, "make-plan").dueOn()).isEqualTo(families.today().plusDays(10));
        typical.complete(family.ref, "make-plan");
        typical.complete(family.ref, "answer-checks", "planAnswer", "fix");
        typical.complete(family.ref, "make-plan");
        typical.complete(family.ref, "answer-checks", "planAnswer", "reason");
        assertThat(walk.waiting(family.ref)).contains("wait-review", "long");
        typical.complete(family.ref, "visit");
        walk.fire(family.ref, "wait-visit");
        assertThat(walk.steps(family.ref)).contains("visit");
        walk.fire(family.ref, "long");
        assertThat(walk.task(family.ref, "look-at-long").role()).isEqualTo("childrens-team-manager");
        typical.complete(family.ref, "look-at-long");
        assertThat(walk.waiting(family.ref)).contains("long");
    }

    @Test
    @Requirement("S-039")
    void closingNeedsAChangeAndTwoPeople() {
        aPlanIsMade();
        reviewed("continue");
        reviewed("close");
        typical.complete(family.ref, "propose", "bornOut", "yes", "changeSeen", "promised", "cooperates", "yes");
        assertThat(walk.running(family.ref)).contains("child-in-need");
        reviewed("close");
        typical.complete(family.ref, "propose", "bornOut", "yes", "changeSeen", "yes");
        typical.complete(family.ref, "agree", "closing", "agreed");
        assertThat(walk.running(family.ref)).isEmpty();
    }

    @Test
    void afterAProtectionPlanItGoesOnForThreeMonthsAtLeast() {
        family = new LookedAfterFamily(walk, families, jdbc);
        walk.send(family.ref, "protection-plan-needed", Map.of("child", family.mia, "adult", family.mother, "adultRole", Walk.AMH, "conferenceOn", families.today().toString()));
        typical.complete(family.ref, "first-review", "reviewOutcome", "end", "after", "in-need");
        aPlanIsMade();
        reviewed("close");
        assertThat(walk.steps(family.ref)).as("nobody can close it yet").doesNotContain("propose").contains("visit");
        assertThat(walk.timer(family.ref, "three-months")).isBetween(families.today().plusMonths(3).minusDays(3), families.today().plusMonths(3).plusDays(1));
        walk.fire(family.ref, "three-months");
        assertThat(walk.steps(family.ref)).contains("propose");
    }

    @Test
    void aChildWhoIsNotSafeIsSteppedUp() {
        aPlanIsMade();
        reviewed("protection");
        assertThat(walk.running(family.ref)).containsExactly("child-protection");
    }

    private void askedForAgain() {
        walk.send(family.ref, "child-in-need-plan-needed", Map.of("child", family.mia, "adult", family.mother, "adultRole", AMH));
    }

    @Test
    void aChildHasOnePlanAtATime() {
        askedForAgain();
        assertThat(walk.running(family.ref)).as("who asks again joins the plan that runs").containsExactly("child-in-need");
        assertThat(walk.task(family.ref, "look-again").role()).isEqualTo("childrens-team-manager");
        typical.complete(family.ref, "look-again", "planEnough", "changes");
        aPlanIsMade();
        askedForAgain();
        assertThat(walk.shown(family.ref, "look-again")).contains("in-need-plan");
        typical.complete(family.ref, "look-again", "planEnough", "not-safe");
        assertThat(walk.running(family.ref)).containsExactlyInAnyOrder("child-in-need", "child-protection");
        assertThat(walk.ended(family.ref, "child-in-need")).containsExactlyInAnyOrder("joined", "not-safe");
    }

    @Test
    void eachChildOfAFamilyHasAPlanOfTheirOwn() {
        walk.send(family.ref, "child-in-need-plan-needed", Map.of("child", family.leo, "adult", family.mother, "adultRole", AMH));
        assertThat(walk.running(family.ref)).containsExactly("child-in-need", "child-in-need");
        assertThat(walk.steps(family.ref)).containsExactly("make-plan", "make-plan");
    }

    @Test
    void afterOnePlanAnotherMayBegin() {
        aPlanIsMade();
        reviewed("early-help");
        askedForAgain();
        assertThat(walk.steps(family.ref)).contains("make-plan").doesNotContain("look-again");
    }

    @Test
    void earlyHelpTakesOver() {
        aPlanIsMade();
        reviewed("early-help");
        assertThat(walk.ended(family.ref, "child-in-need")).containsExactly("handed-over");
    }
}
