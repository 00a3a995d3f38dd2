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
import org.thinkfamily.TestFamily;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;

@ProcessTest
@Import(Typical.class)
@DisplayName("A reviewing officer’s dispute")
class OfficerDisputeProcessTest {

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
    void aFamilyIsKnown() {
        family = new LookedAfterFamily(walk, families, jdbc);
        TestFamily.involve(jdbc, family.ref, "iro", "children-team", "iro");
    }

    @AfterAll
    static void everyFlowWasTaken() {
        assertThat(FlowsTaken.never("officer-dispute")).isEmpty();
        assertThat(FlowsTaken.never("cafcass-referral")).isEmpty();
    }

    @Test
    void theTableSaysWhoAnswersAndWhatIsSkipped() {
        DecisionFile table = new DecisionFile("officer-dispute-stages.dmn");
        assertThat(answerer(table, 0, "next")).isEqualTo("1 childrens-team-manager dispute.team no");
        assertThat(answerer(table, 1, "next")).isEqualTo("2 service-manager dispute.service no");
        assertThat(answerer(table, 2, "next")).isEqualTo("3 director dispute.director yes");
        assertThat(answerer(table, 0, "service-manager")).isEqualTo("2 service-manager dispute.service no");
        assertThat(answerer(table, 0, "director")).isEqualTo("3 director dispute.director yes");
        assertThat(table.neverHit()).isEmpty();
    }

    private static String answerer(DecisionFile table, int stage, String skipTo) {
        Map<String, Object> said = table.decide("officer-dispute-stages", Map.of("disputeStage", stage, "skipTo", skipTo)).getSingleResult().getEntryMap();
        return String.join(" ", List.of("disputeStage", "answerRole", "stageClock", "lastStage").stream().map(key -> String.valueOf(said.get(key))).toList());
    }

    private void raise(String beginAt, String skipTo) {
        typical.start("iro", "officer-dispute", family.ref, "child", String.valueOf(family.mia), "beginAt", beginAt, "skipTo", skipTo);
    }

    @Test
    void whatIsPutRightInformallyGoesNoFurtherAndTheChildIsTold() {
        raise("informal", null);
        assertThat(walk.steps(family.ref)).containsExactlyInAnyOrder("tell-child", "informal");
        assertThat(walk.task(family.ref, "informal").dueOn()).as("T-62").isEqualTo(workingDays.plus(families.today(), 10));
        assertThat(walk.task(family.ref, "tell-child").subjects()).as("on the child's file").containsEntry("child", family.mia);
        assertThat(FormFile.of("dispute-raised").restriction("childWords")).isEqualTo("child-view");
        typical.complete(family.ref, "tell-child");
        typical.complete(family.ref, "informal");
        assertThat(walk.shown(family.ref, "judge-informal")).contains("dispute-answer");
        typical.complete(family.ref, "judge-informal", "settled", "yes");
        assertThat(walk.clocks(family.ref, "dispute.formal")).as("no formal stage was opened").isEmpty();
        typical.complete(family.ref, "close");
        assertThat(walk.ended(family.ref, "officer-dispute")).containsExactlyInAnyOrder("child-told", "closed");
    }

    @Test
    void formalStagesClimbToTheDirectorWithin20WorkingDaysInAll() {
        raise("informal", null);
        walk.fire(family.ref, "informal-late");
        typical.complete(family.ref, "judge-informal", "settled", "no", "skipTo", "next");
        assertThat(walk.clocks(family.ref, "dispute.formal")).as("T-63 runs over all stages").containsExactly("running");
        assertThat(walk.timer(family.ref, "over-20")).isBetween(workingDays.plus(families.today(), 20), workingDays.plus(families.today(), 20).plusDays(1));
        assertThat(walk.task(family.ref, "answer").role()).isEqualTo("childrens-team-manager");
        walk.fire(family.ref, "stage-late");
        typical.complete(family.ref, "judge", "settled", "no", "skipTo", "next");
        assertThat(walk.task(family.ref, "answer").role()).isEqualTo("service-manager");
        typical.complete(family.ref, "answer");
        walk.fire(family.ref, "over-20");
        walk.fire(family.ref, "tell-over");
        assertThat(walk.mail(family.ref)).filteredOn(mail -> mail.startsWith("dispute-over-limit")).as("officer, manager and director").hasSize(3).contains("dispute-over-limit to iro");
        typical.complete(family.ref, "judge", "settled", "no", "skipTo", "next");
        assertThat(walk.task(family.ref, "answer").role()).isEqualTo("director");
        typical.complete(family.ref, "answer");
        typical.complete(family.ref, "judge", "settled", "no", "skipTo", "next");
        assertThat(walk.steps(family.ref)).as("no stage is left").containsExactlyInAnyOrder("close", "tell-child");
        assertThat(walk.clocks(family.ref, "dispute.formal")).containsExactly("met");
    }

    @Test
    void theOfficerSkipsStagesAndRefersToCafcassAtAnyMoment() {
        raise("formal", "director");
        assertThat(walk.task(family.ref, "answer").role()).isEqualTo("director");
        typical.start("iro", "cafcass-referral", family.ref, "child", String.valueOf(family.mia));
        walk.fire(family.ref, "tell");
        assertThat(walk.mail(family.ref)).filteredOn(mail -> mail.startsWith("cafcass-referred")).as("director and both managers").hasSize(3);
        assertThat(walk.steps(family.ref)).as("the dispute goes on beside it").contains("answer");
        walk.tasks(family.ref).stream().filter(task -> task.processKey().equals("cafcass-referral")).forEach(task -> typical.complete(task));
        assertThat(walk.ended(family.ref, "cafcass-referral")).containsExactly("answered");
    }

    @Test
    void cafcassNeedsNoDisputeBefore() {
        typical.start("iro", "cafcass-referral", family.ref, "child", String.valueOf(family.leo));
        assertThat(walk.running(family.ref)).containsExactly("cafcass-referral");
    }
}
