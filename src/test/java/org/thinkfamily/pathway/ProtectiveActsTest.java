package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thinkfamily.pathway.Walk.AMH;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.thinkfamily.ForAny;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestFamily;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;
import org.thinkfamily.worklist.WorkItem;

@ProcessTest
@Import(Typical.class)
@DisplayName("Every protective act can be started from every state of every family")
class ProtectiveActsTest {

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

    @Autowired
    private PlatformTransactionManager transactions;

    private LookedAfterFamily family;

    @BeforeEach
    void aFamilyIsKnown() {
        family = known();
    }

    /** A family that people of several services work with. */
    private LookedAfterFamily known() {
        LookedAfterFamily known = new LookedAfterFamily(walk, families, jdbc);
        Map.of("gp", Walk.GP, "ward-nurse", "mental-health-team", "amhp", "mental-health-team", "school-lead", "education-team", "health-visitor", "health-team", "iro", "children-team",
                "childrens-team-manager", "children-team").forEach((role, team) -> TestFamily.involve(jdbc, known.ref, role, team, role));
        return known;
    }

    @AfterAll
    static void everyFlowWasTaken() {
        for (String process : List.of("urgent-childcare", "legal-planning-meeting", "contact-change-now", "early-review")) {
            assertThat(FlowsTaken.never(process)).as(process).isEmpty();
        }
    }

    /** A protective act, who starts it, and the processes one of which has more to do by it. */
    private enum Act {
        STRATEGY("child-protection", "gp", Set.of("child-protection")),
        URGENT_CARE("urgent-childcare", "ward-nurse", Set.of("urgent-childcare")),
        CONTACT("contact-change-now", AMH, Set.of("contact-change-now", "contact-planning"), "stoppedAt", "0:01"),
        CHALLENGE("professional-challenge", "school-lead", Set.of("challenge")),
        REVIEW("early-review", "health-visitor", Set.of("early-review")),
        LEGAL_PLANNING("legal-planning-meeting", SOCIAL_WORKER, Set.of("legal-planning-meeting"));

        private final String process;
        private final String by;
        private final Set<String> works;
        private final Object[] said;

        Act(String process, String by, Set<String> works, Object... said) {
            this.process = process;
            this.by = by;
            this.works = works;
            this.said = said;
        }
    }

    /** Ways in which work with a family begins: who starts which process. */
    private static final String[][] BEGINNINGS = {{AMH, "referral"}, {AMH, "child-protection"}, {SOCIAL_WORKER, "cla-review"}, {SOCIAL_WORKER, "contact-planning"}, {SOCIAL_WORKER, "closure"},
            {SOCIAL_WORKER, "early-help"}, {SOCIAL_WORKER, "joint-family-plan"}, {"childrens-team-manager", "joint-supervision"}, {SOCIAL_WORKER, "young-carer"}, {SOCIAL_WORKER, "joint-assessment"},
            {AMH, "appointment-missed"}, {AMH, "discharge-not-engaging"}, {SOCIAL_WORKER, "support-package"}, {"iro", "officer-dispute"}, {AMH, "sharing-decision"}};

    @Test
    @Requirement({"U24", "S-052"})
    void nothingThatAFamilyIsInKeepsAProtectiveActFromStarting() {
        ForAny.of(5, random -> {
            LookedAfterFamily any = known();
            everyActStarts(any, "a family with nothing under way");
            for (int begun = 0; begun < 3; begun++) {
                String[] beginning = ForAny.one(random, BEGINNINGS);
                tried(() -> typical.by(random).start(beginning[0], beginning[1], any.ref), () -> typical.start(beginning[0], beginning[1], any.ref));
                for (int step = 0; step < 5; step++) {
                    goOn(any, random);
                }
                everyActStarts(any, "running " + walk.running(any.ref) + " at " + walk.steps(any.ref));
            }
        });
    }

    /** Starts each act in a transaction of its own that is rolled back, so that the family stays where it is. */
    private void everyActStarts(LookedAfterFamily any, String state) {
        for (Act act : Act.values()) {
            new TransactionTemplate(transactions).executeWithoutResult(transaction -> {
                long before = work(any, act);
                typical.start(act.by, act.process, any.ref, act.said);
                assertThat(work(any, act)).as(act + " from " + state).isGreaterThan(before);
                transaction.setRollbackOnly();
            });
        }
    }

    private long work(LookedAfterFamily any, Act act) {
        return jdbc.sql("select count(*) from work_item where family_ref = :family and process_key in (:works)").param("family", any.ref).param("works", act.works).query(Long.class).single();
    }

    /** One step on: somebody does a task, or a timer or job fires. */
    private void goOn(LookedAfterFamily any, RandomGenerator random) {
        List<WorkItem> tasks = walk.tasks(any.ref);
        List<String> waiting = walk.waiting(any.ref);
        int chosen = random.nextInt(1 + tasks.size() + waiting.size());
        if (chosen < tasks.size()) {
            WorkItem task = tasks.get(chosen);
            tried(() -> typical.by(random).complete(task), () -> typical.complete(task));
        } else if (chosen < tasks.size() + waiting.size()) {
            walk.fireOne(any.ref, waiting.get(chosen - tasks.size()));
        }
    }

    /** By chance, else with the first answers; what cannot be filled in so, is not for this person or runs already, is left. */
    private static void tried(Runnable byChance, Runnable first) {
        if (!done(byChance)) {
            done(first);
        }
    }

    private static boolean done(Runnable step) {
        try {
            step.run();
            return true;
        } catch (AssertionError | NotAllowed | Pathway.RunsAlready refused) {
            return false;
        }
    }

    @Test
    @Requirement("U24")
    void urgentCareIsSettledTheSameDay() {
        typical.start("amhp", "urgent-childcare", family.ref);
        assertThat(walk.task(family.ref, "arrange").dueOn()).isEqualTo(families.today());
        walk.fire(family.ref, "late");
        walk.fire(family.ref, "tell-late");
        assertThat(walk.mail(family.ref)).contains("urgent-childcare-late to childrens-team-manager");
        typical.complete(family.ref, "arrange", "allSafe", "not-known");
        assertThat(walk.running(family.ref)).as("what is not known is not safe").containsExactly("child-protection");
        typical.start("amhp", "urgent-childcare", family.ref);
        typical.complete(family.ref, "arrange", "allSafe", "yes");
        assertThat(walk.ended(family.ref, "urgent-childcare")).contains("cared");
    }

    @Test
    void legalPlanningIsDecidedAndWhoAskedReadsWhyNot() {
        typical.start("school-lead", "legal-planning-meeting", family.ref, "child", String.valueOf(family.mia));
        assertThat(walk.task(family.ref, "decide").dueOn()).isEqualTo(workingDays.plus(families.today(), 2));
        walk.fire(family.ref, "late");
        walk.fire(family.ref, "tell-late");
        assertThat(walk.mail(family.ref)).containsExactly("legal-undecided to children-team");
        typical.complete(family.ref, "decide", "meetingHeld", "no");
        assertThat(walk.task(family.ref, "read").assignee()).isEqualTo("school-lead");
        typical.complete(family.ref, "read");
        typical.start("school-lead", "legal-planning-meeting", family.ref, "child", String.valueOf(family.mia));
        typical.complete(family.ref, "decide", "meetingHeld", "yes");
        typical.complete(family.ref, "hold");
        assertThat(walk.ended(family.ref, "legal-planning-meeting")).contains("not-held", "planned");
    }

    @Test
    void contactIsChangedAtOnceWhetherItIsPlannedOrNot() {
        stopContact();
        assertThat(walk.task(family.ref, "decide").dueOn()).isEqualTo(workingDays.plus(families.today(), 1));
        walk.fire(family.ref, "late");
        walk.fire(family.ref, "tell-late");
        typical.complete(family.ref, "decide", "planContact", "no");
        stopContact();
        typical.complete(family.ref, "decide", "planContact", "yes");
        assertThat(walk.running(family.ref)).containsExactly("contact-planning");
        stopContact();
        assertThat(walk.steps(family.ref)).as("the contact plan takes it up").contains("decide-stop").doesNotContain("decide");
    }

    private void stopContact() {
        typical.start(AMH, "contact-change-now", family.ref, "child", String.valueOf(family.mia), "parent", String.valueOf(family.mother), "stoppedAt", "0:01");
    }

    @Test
    void aPlanIsReviewedEarlierOrWhoAskedReadsWhyNot() {
        typical.start("gp", "early-review", family.ref, "child", String.valueOf(family.mia), "planKind", "protection");
        assertThat(walk.task(family.ref, "decide-chair").role()).isEqualTo("child-protection-chair");
        typical.complete(family.ref, "decide-chair", "broughtForward", "yes");
        assertThat(walk.task(family.ref, "hold").dueOn()).isEqualTo(workingDays.plus(families.today(), 10));
        typical.complete(family.ref, "hold");
        typical.start("gp", "early-review", family.ref, "child", String.valueOf(family.mia), "planKind", "joint");
        typical.complete(family.ref, "decide-manager", "broughtForward", "no");
        typical.complete(family.ref, "read");
        assertThat(walk.ended(family.ref, "early-review")).containsExactlyInAnyOrder("held", "not-forward");
    }
}
