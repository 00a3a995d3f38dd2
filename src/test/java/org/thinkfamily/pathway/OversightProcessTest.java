package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;

@ProcessTest
@Import(Typical.class)
@DisplayName("Managers look at each family, and a sample is audited")
class OversightProcessTest {

    private static final Object[] STANDARDS = {"auditChildren", "met", "auditHeard", "met", "auditParents", "met", "auditAnalysis", "met", "auditJoint", "met", "auditDifference", "met",
            "auditPlan", "met", "auditManager", "met"};

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
    void childrenAreKnown() {
        family = new LookedAfterFamily(walk, families, jdbc);
        begin();
    }

    private void begin() {
        walk.send(family.ref, "oversight-needed", Map.of("adult", family.mother, "adultRole", Walk.AMH));
    }

    @AfterAll
    static void everyFlowWasTaken() {
        assertThat(FlowsTaken.never("management-oversight")).isEmpty();
        assertThat(FlowsTaken.never("case-audit")).isEmpty();
    }

    private void look(String step, String goesUp) {
        typical.complete(family.ref, step, "goesUp", goesUp, "actions", List.of(Map.of("action", "See the children", "who", "Asha Patel", "by", workingDays.plus(families.today(), 5).toString())));
    }

    @Test
    @Requirement("S-137")
    void aManagerOfEachSideLooksAgainAndAgain() {
        assertThat(walk.timer(family.ref, "wait")).isBetween(families.today().plusWeeks(4), families.today().plusWeeks(4).plusDays(1));
        walk.fire(family.ref, "wait");
        assertThat(walk.task(family.ref, "look-adult").role()).isEqualTo("adult-team-manager");
        assertThat(walk.task(family.ref, "look-adult").dueOn()).isEqualTo(workingDays.plus(families.today(), 5));
        look("look-adult", "no");
        assertThat(walk.waiting(family.ref)).as("not again before both have looked").doesNotContain("wait");
        look("look-children", "no");
        walk.fire(family.ref, "wait");
        assertThat(walk.shown(family.ref, "look-adult")).as("what was decided the last time").contains("management-oversight");
    }

    @Test
    @Requirement("S-137")
    void whoDoesNotLookIsAskedWhyByTheServiceManager() {
        walk.fire(family.ref, "wait");
        assertThat(walk.timer(family.ref, "adult-late")).isEqualTo(workingDays.plus(families.today(), 5).plusDays(1));
        walk.fire(family.ref, "adult-late");
        assertThat(walk.task(family.ref, "explain").role()).isEqualTo("service-manager");
        typical.complete(family.ref, "explain", "by", workingDays.plus(families.today(), 3).toString());
        assertThat(walk.steps(family.ref)).as("the manager still has to look").contains("look-adult");
        walk.fire(family.ref, "children-late");
        assertThat(walk.steps(family.ref)).contains("explain");
    }

    @Test
    @Requirement("S-137")
    void whatAManagerCannotSettleGoesUp() {
        walk.fire(family.ref, "wait");
        look("look-adult", "yes");
        assertThat(walk.task(family.ref, "take-up").role()).isEqualTo("service-manager");
        assertThat(walk.shown(family.ref, "take-up")).contains("management-oversight");
        typical.complete(family.ref, "take-up", "by", workingDays.plus(families.today(), 3).toString());
        look("look-children", "yes");
        typical.complete(family.ref, "take-up", "by", workingDays.plus(families.today(), 3).toString());
        assertThat(walk.waiting(family.ref)).contains("wait");
    }

    @Test
    void withoutAWorkerOfTheChildrenTheAdultManagerLooksAlone() {
        jdbc.sql("update involvement set ended_on = current_date where family_ref = ? and role = 'childrens-social-worker'").param(family.ref).update();
        walk.fire(family.ref, "wait");
        assertThat(walk.steps(family.ref)).containsExactly("look-adult");
        look("look-adult", "no");
        assertThat(walk.waiting(family.ref)).contains("wait");
    }

    @Test
    void oneFamilyHasOneOversight() {
        begin();
        assertThatThrownBy(() -> typical.start("adult-team-manager", "management-oversight", family.ref)).hasMessageContaining("runs already");
        assertThat(walk.running(family.ref)).containsExactly("case-audit", "management-oversight");
        walk.send(family.ref, "work-closed", Map.of("adult", family.mother, "adultRole", Walk.AMH, "closedByRole", Walk.AMH, "closedOn", families.today().toString()));
        assertThat(walk.ended(family.ref, "management-oversight")).contains("over");
        assertThat(walk.ended(family.ref, "case-audit")).contains("over");
        typical.start("adult-team-manager", "management-oversight", family.ref);
        assertThat(walk.running(family.ref)).contains("management-oversight");
    }

    @Test
    @Requirement({"S-087", "S-223"})
    void aSampleIsDrawnByARuleThatAnybodyCanRepeat() {
        assertThat(DrawLot.lot("2026-Q4", "F-10023")).as("worked out by hand: SHA-256, first four bytes, by 100").isEqualTo(55);
        String quarter = DrawLot.quarter(families.today());
        for (int tried = 0; tried < 200 && DrawLot.lot(quarter, family.ref) < 20; tried++) {
            childrenAreKnown();
        }
        walk.fire(family.ref, "quarter");
        assertThat(walk.steps(family.ref)).as("not drawn").isEmpty();
        assertThat(walk.timer(family.ref, "quarter")).as("drawn again in the next quarter").isBetween(families.today().plusMonths(3).minusDays(3), families.today().plusMonths(3).plusDays(1));
        drawn();
        assertThat(walk.task(family.ref, "audit").role()).isEqualTo("service-manager");
        assertThat(walk.fact(family.ref, "case-audit", "lot")).isEqualTo(DrawLot.lot(quarter, family.ref));
    }

    private void drawn() {
        for (int tried = 0; tried < 200 && DrawLot.lot(DrawLot.quarter(families.today()), family.ref) >= 20; tried++) {
            childrenAreKnown();
        }
        walk.fire(family.ref, "quarter");
    }

    @Test
    @Requirement({"S-087", "S-223"})
    void aGoodRecordIsScoredAndLeftInPeace() {
        drawn();
        typical.complete(family.ref, "audit", STANDARDS);
        assertThat(walk.fact(family.ref, "case-audit", "auditGrade")).isEqualTo("good");
        assertThat(walk.waiting(family.ref)).contains("quarter");
    }

    @Test
    @Requirement({"S-087", "S-223"})
    void whatIsFoundBecomesActionsThatAreLookedAtAgain() {
        drawn();
        Object[] weak = STANDARDS.clone();
        weak[3] = "not";
        typical.complete(family.ref, "audit", weak);
        assertThat(walk.task(family.ref, "improve").role()).isEqualTo("adult-team-manager");
        assertThat(FormFile.of("case-audit-actions").missing(Map.of("actions", List.of(Map.of("finding", "Not seen", "action", "See them"))))).as("every action has somebody and a day")
                .contains("/actions/0/who", "/actions/0/by");
        improve();
        assertThat(walk.timer(family.ref, "relook-wait")).isBetween(families.today().plusMonths(3).minusDays(3), families.today().plusMonths(3).plusDays(1));
        relook("no");
        improve();
        relook("yes");
        assertThat(walk.waiting(family.ref)).contains("quarter");
    }

    private void improve() {
        typical.complete(family.ref, "improve", "actions",
                List.of(Map.of("finding", "Not seen", "action", "See them", "who", "Asha Patel", "by", workingDays.plus(families.today(), 5).toString())));
    }

    private void relook(String putRight) {
        walk.fire(family.ref, "relook-wait");
        assertThat(walk.shown(family.ref, "relook")).contains("case-audit-actions");
        typical.complete(family.ref, "relook", "putRight", putRight);
    }
}
