package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thinkfamily.pathway.Walk.AMH;

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
import org.thinkfamily.challenge.Challenges;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;

@ProcessTest
@Import(Typical.class)
@DisplayName("Whoever works with a family challenges what is wrong for a child, stage by stage")
class ChallengeProcessTest {

    @Autowired
    private Walk walk;
    @Autowired
    private Typical typical;
    @Autowired
    private Families families;
    @Autowired
    private Challenges challenges;
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
        assertThat(FlowsTaken.never("challenge")).isEmpty();
        assertThat(FlowsTaken.never("professional-challenge")).isEmpty();
    }

    private void challenge(String atRiskNow) {
        typical.start(AMH, "professional-challenge", family.ref, "managerRole", "adult-team-manager", "atRiskNow", atRiskNow);
    }

    private void stands(String step) {
        typical.complete(family.ref, step, "outcome", "stands");
        walk.fire(family.ref, "mail-answer");
    }

    private List<String> stages() {
        return challenges.of(family.ref).stream().map(each -> each.stage() + " " + each.outcome()).toList();
    }

    @Test
    @Requirement({"S-057", "S-058"})
    void theTableOfRulesSaysWhoAnswersAtEachStageAndByWhen() {
        DecisionFile table = new DecisionFile("challenge-stages.dmn");
        assertThat(answerer(table, null, "no")).isEqualTo("1 a-manager challenge.stage-1 no no");
        assertThat(answerer(table, 1, "no")).isEqualTo("2 service-manager challenge.stage-2 no no");
        assertThat(answerer(table, 2, "no")).isEqualTo("3 director challenge.stage-3 yes no");
        assertThat(answerer(table, null, "yes")).as("the first manager is skipped").isEqualTo("1 service-manager challenge.immediate no yes");
        assertThat(answerer(table, 1, "yes")).isEqualTo("3 director challenge.immediate yes yes");
        assertThat(answerer(table, null, null)).as("a process that says nothing of a risk").isEqualTo("1 a-manager challenge.stage-1 no no");
        assertThat(table.neverHit()).isEmpty();
    }

    private static String answerer(DecisionFile table, Integer stage, String atRiskNow) {
        Map<String, Object> facts = new HashMap<>(Map.of("managerRole", "a-manager"));
        if (stage != null) {
            facts.put("stage", stage);
        }
        if (atRiskNow != null) {
            facts.put("atRiskNow", atRiskNow);
        }
        Map<String, Object> said = table.decide("challenge-stages", facts).getSingleResult().getEntryMap();
        return String.join(" ", List.of("stage", "answerRole", "stageClock", "lastStage", "immediate").stream().map(key -> String.valueOf(said.get(key))).toList());
    }

    @Test
    @Requirement({"S-057", "S-058"})
    void aChallengeClimbsUntilItIsSettledAndEachStageIsKept() {
        challenge("no");
        assertThat(walk.task(family.ref, "answer-other").role()).isEqualTo("adult-team-manager");
        assertThat(walk.task(family.ref, "answer-other").dueOn()).isEqualTo(workingDays.plus(families.today(), 5));
        assertThat(walk.shown(family.ref, "answer-other")).containsExactly("challenge-raised");
        stands("answer-other");
        assertThat(walk.clocks(family.ref, "challenge.stage-1")).containsExactly("met");
        typical.complete(family.ref, "read-answer", "answer", "disagree", "atRiskNow", "no");
        assertThat(walk.task(family.ref, "answer-other").role()).isEqualTo("service-manager");
        stands("answer-other");
        typical.complete(family.ref, "read-answer", "answer", "disagree", "atRiskNow", "no");
        assertThat(walk.task(family.ref, "answer-other").role()).isEqualTo("director");
        assertThat(walk.task(family.ref, "answer-other").dueOn()).isEqualTo(workingDays.plus(families.today(), 10));
        stands("answer-other");
        typical.complete(family.ref, "read-last", "next", "safeguarding-lead");
        assertThat(stages()).containsExactly("3 stands", "2 stands", "1 stands");
        assertThat(walk.ended(family.ref, "professional-challenge")).containsExactly("stands");
    }

    @Test
    @Requirement("S-057")
    void whoIsNotAnsweredInTimeTakesItOn() {
        challenge("no");
        walk.fire(family.ref, "late");
        assertThat(walk.clocks(family.ref, "challenge.stage-1")).containsExactly("stopped");
        walk.fire(family.ref, "mail-late");
        assertThat(walk.mail(family.ref)).endsWith("challenge-unanswered to " + AMH);
        typical.complete(family.ref, "read-answer", "answer", "disagree", "atRiskNow", "no");
        assertThat(stages()).containsExactly("2 null", "1 unanswered");
        assertThat(walk.task(family.ref, "answer-other").role()).isEqualTo("service-manager");
        typical.complete(family.ref, "answer-other", "outcome", "changed");
        assertThat(stages()).containsExactly("2 changed", "1 unanswered");
        assertThat(walk.ended(family.ref, "professional-challenge")).containsExactly("changes");
    }

    @Test
    @Requirement("S-058")
    void whereAChildIsAtRiskNowNothingWaits() {
        challenge("yes");
        assertThat(walk.running(family.ref)).as("the child is protected meanwhile").contains("child-protection");
        assertThat(walk.task(family.ref, "discuss").dueOn()).isEqualTo(families.today());
        assertThat(walk.task(family.ref, "answer-other").role()).as("the first manager is skipped").isEqualTo("service-manager");
        assertThat(walk.task(family.ref, "answer-other").dueOn()).isEqualTo(workingDays.plus(families.today(), 1));
        stands("answer-other");
        typical.complete(family.ref, "read-answer", "answer", "disagree", "atRiskNow", "yes");
        assertThat(walk.task(family.ref, "answer-other").role()).isEqualTo("director");
        assertThat(walk.steps(family.ref)).as("the discussion that is still to be held is told").contains("take-in");
        walk.fire(family.ref, "late");
        walk.fire(family.ref, "mail-late");
        typical.complete(family.ref, "read-last", "next", "accept");
    }

    @Test
    void aReferralAndARefusalToShareAreAnsweredInTheSameWay() {
        typical.start(AMH, "sharing-decision", family.ref, "direction", "asked-of-me", "kept", "no", "person", String.valueOf(family.mother));
        typical.complete(family.ref, "decide-own", "decision", "refused");
        typical.complete(family.ref, "tell", "answer", "disagree", "atRiskNow", "no");
        stands("answer-sharing");
        typical.complete(family.ref, "read-answer", "answer", "agree");
        typical.start(AMH, "referral", family.ref, "adult", String.valueOf(family.mother), "delusionsInvolveChild", "no", "suicide", "none", "hostileToChild", "no", "threatToKill", "no");
        typical.complete(family.ref, "decide", "decision", "nfa", "levelView", "agree");
        if (walk.steps(family.ref).contains("second-look")) {
            typical.complete(family.ref, "second-look", "decision", "nfa", "leftOut", "no");
        }
        walk.fire(family.ref, "mail-decision");
        typical.complete(family.ref, "read", "answer", "disagree", "atRiskNow", "no");
        typical.complete(family.ref, "answer", "outcome", "stands");
        walk.fire(family.ref, "mail-answer");
        assertThat(walk.shown(family.ref, "read-answer")).contains("challenge-stage");
    }
}
