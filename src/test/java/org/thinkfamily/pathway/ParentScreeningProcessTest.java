package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
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
import org.thinkfamily.TestFamily;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;
import org.thinkfamily.worklist.WorkItem;

@ProcessTest
@Import(Typical.class)
@DisplayName("Children's services ask about each parent, and refer for drugs and alcohol")
class ParentScreeningProcessTest {

    private static final String SOCIAL_WORKER = "childrens-social-worker";
    private static final Map<String, Object> NOTHING = Map.of("mentalHealth", "none", "substanceUse", "none", "domesticAbuse", "no", "learning", "no", "sleepLost", "no", "babyRoutine", "no",
            "parentingHard", "no", "perinatal", "no");

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
    }

    @AfterAll
    static void everyFlowWasTaken() {
        assertThat(FlowsTaken.never("parent-screening")).isEmpty();
        assertThat(FlowsTaken.never("substance-referral")).isEmpty();
    }

    private void begin() {
        walk.send(family.ref, "parent-screening-needed", Map.of("adult", family.mother, "adultRole", Walk.AMH));
    }

    private List<WorkItem> open(String step) {
        return walk.tasks(family.ref).stream().filter(task -> task.step().equals(step)).toList();
    }

    private static Object[] found(String... said) {
        Map<String, Object> answers = new HashMap<>(NOTHING);
        for (int i = 0; i < said.length; i += 2) {
            answers.put(said[i], said[i + 1]);
        }
        return answers.entrySet().stream().flatMap(answer -> Stream.of(answer.getKey(), answer.getValue())).toArray();
    }

    private void nothingFound() {
        typical.complete(open("ask").get(0), found());
    }

    @Test
    @Requirement({"S-001", "S-019"})
    void everyJointAssessmentAsksAboutEachParent() {
        typical.start("childrens-team-manager", "joint-assessment", family.ref, "adult", String.valueOf(family.mother), "adultRole", Walk.AMH);
        assertThat(open("ask")).as("first somebody has the assessment").isEmpty();
        typical.complete(family.ref, "allocate");
        assertThat(open("ask")).as("the mother and the father").hasSize(2).allSatisfy(task -> {
            assertThat(task.role()).isEqualTo(SOCIAL_WORKER);
            assertThat(task.dueOn()).isEqualTo(workingDays.plus(families.today(), 10));
        });
        nothingFound();
        nothingFound();
        assertThat(walk.ended(family.ref, "parent-screening")).contains("nothing", "universal");
    }

    @Test
    @Requirement({"S-001", "S-020"})
    void whatWasNotAskedIsNeverNone() {
        assertThat(FormFile.of("parent-screening").missing(Map.of())).as("each must be answered").contains("/mentalHealth", "/substanceUse", "/domesticAbuse", "/learning");
        assertThat(FormFile.of("parent-screening").missing(Map.of("mentalHealth", "not-asked"))).as("somebody asks it").contains("/askedBy");
        assertThat(FormFile.of("parent-screening").missing(NOTHING)).as("asked, and none").doesNotContain("/askedBy");
        begin();
        nothingFound();
        typical.complete(family.ref, "ask", found("mentalHealth", "not-asked"));
        assertThat(walk.steps(family.ref)).isEmpty();
        assertThat(walk.timer(family.ref, "wait")).isBetween(workingDays.plus(families.today(), 10), workingDays.plus(families.today(), 10).plusDays(1));
        walk.fire(family.ref, "wait");
        assertThat(walk.shown(family.ref, "ask")).as("who asked what, and when").contains("parent-screening");
        nothingFound();
        assertThat(walk.running(family.ref)).doesNotContain("parent-screening");
    }

    @Test
    @Requirement({"S-001", "S-020"})
    void whoDidNotWantToSayIsAskedAgainLaterAndWhatIsKnownIsFollowed() {
        begin();
        nothingFound();
        typical.complete(family.ref, "ask", found("domesticAbuse", "declined", "sleepLost", "yes"));
        assertThat(walk.steps(family.ref)).containsExactly("support");
        assertThat(walk.timer(family.ref, "wait")).isBetween(workingDays.plus(families.today(), 40), workingDays.plus(families.today(), 40).plusDays(1));
        typical.complete(family.ref, "support");
        walk.fire(family.ref, "wait");
        assertThat(walk.shown(family.ref, "ask")).contains("parent-screening");
        nothingFound();
        assertThat(walk.running(family.ref)).doesNotContain("parent-screening");
    }

    @Test
    @Requirement("S-019")
    void itIsSaidByWhomAnIllnessIsKnownAndTheAdultServiceAnswers() {
        assertThat(FormFile.of("parent-screening").missing(Map.of("mentalHealth", "possible", "substanceUse", "none"))).contains("/mentalHealthBy").doesNotContain("/substanceUseBy");
        begin();
        nothingFound();
        typical.complete(family.ref, "ask", found("mentalHealth", "possible"));
        assertThat(walk.task(family.ref, "answer").role()).isEqualTo(Walk.AMH);
        assertThat(walk.shown(family.ref, "answer")).contains("parent-screening");
        typical.complete(family.ref, "answer");
    }

    @Test
    @Requirement("S-044")
    void aLearningDifficultyIsLookedAtForCareAndForTheParentsOwnHealth() {
        assertThat(FormFile.of("parent-screening").missing(Map.of("learning", "yes"))).contains("/learningCare", "/learningHealth");
        assertThat(FormFile.of("parent-screening").missing(Map.of("learning", "no"))).doesNotContain("/learningCare", "/learningHealth");
    }

    @Test
    @Requirement("S-030")
    void whatWeighsOnAParentLeadsToHelp() {
        typical.start(SOCIAL_WORKER, "parent-screening", family.ref);
        nothingFound();
        typical.complete(family.ref, "ask", found("sleepLost", "yes", "perinatal", "yes"));
        assertThat(walk.steps(family.ref)).containsExactly("support");
        typical.complete(family.ref, "support");
        assertThat(walk.ended(family.ref, "parent-screening")).contains("supported");
    }

    @Test
    @Requirement({"S-078", "S-234", "S-032"})
    void severalNeedsArePlannedTogetherAndEachIsFollowed() {
        begin();
        nothingFound();
        typical.complete(family.ref, "ask", found("mentalHealth", "known", "substanceUse", "known", "domesticAbuse", "yes"));
        assertThat(walk.steps(family.ref)).as("the drug and alcohol service is asked as well").contains("combine");
        assertThat(walk.running(family.ref)).contains("substance-referral");
        assertThat(FormFile.of("parent-combined").missing(Map.of("response", "team-around"))).as("each response is recorded").contains("/heldOn", "/agreed", "/leads");
        typical.complete(family.ref, "combine", "response", "team-around");
        assertThat(walk.ended(family.ref, "parent-screening")).contains("combined", "refer");
    }

    @Test
    void itEndsWithTheWork() {
        begin();
        begin();
        assertThat(walk.running(family.ref)).as("once at a time").containsExactly("parent-screening");
        walk.send(family.ref, "work-closed", Map.of("adult", family.mother, "adultRole", Walk.AMH, "closedByRole", Walk.AMH, "closedOn", families.today().toString()));
        assertThat(walk.ended(family.ref, "parent-screening")).containsExactly("over");
    }

    @Test
    @Requirement("S-032")
    void aReferralForDrugsAndAlcoholIsFollowedToItsOutcome() {
        typical.start(SOCIAL_WORKER, "substance-referral", family.ref, "adult", String.valueOf(family.mother));
        assertThat(walk.task(family.ref, "answer").role()).isEqualTo(Walk.DA);
        assertThat(walk.task(family.ref, "answer").dueOn()).isEqualTo(workingDays.plus(families.today(), 5));
        walk.fire(family.ref, "late");
        walk.fire(family.ref, "tell-late");
        assertThat(walk.mail(family.ref)).contains("substance-late to adult-team-manager");
        typical.complete(family.ref, "answer", "substanceTaken", "yes");
        assertThat(walk.timer(family.ref, "wait")).isBetween(families.today().plusWeeks(6), families.today().plusWeeks(6).plusDays(1));
        walk.fire(family.ref, "wait");
        typical.complete(family.ref, "outcome", "substanceOutcome", "goes-on");
        walk.fire(family.ref, "wait");
        typical.complete(family.ref, "outcome", "substanceOutcome", "never-came");
        assertThat(walk.task(family.ref, "read").role()).isEqualTo(SOCIAL_WORKER);
        assertThat(walk.shown(family.ref, "read")).contains("substance-outcome");
        typical.complete(family.ref, "read");
        assertThat(walk.ended(family.ref, "substance-referral")).containsExactlyInAnyOrder("late-told", "done");
    }

    @Test
    @Requirement("S-032")
    void thatAParentIsNotTakenOnIsHeardToo() {
        TestFamily.involve(jdbc, family.ref, "gp", Walk.GP, "gp");
        typical.start("gp", "substance-referral", family.ref, "adult", String.valueOf(family.mother));
        typical.complete(family.ref, "answer", "substanceTaken", "no");
        assertThat(walk.steps(family.ref)).containsExactly("read");
    }
}
