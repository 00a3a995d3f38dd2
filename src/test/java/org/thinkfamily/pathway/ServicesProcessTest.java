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
import org.thinkfamily.worklist.WorkItem;

@ProcessTest
@Import(Typical.class)
@DisplayName("Other services tell a concern, write a report, and are told")
class ServicesProcessTest {

    private static final String SOCIAL_WORKER = "childrens-social-worker";
    private static final String SCHOOL = "school-lead";

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
        TestFamily.involve(jdbc, family.ref, SCHOOL, "education-team", SCHOOL);
    }

    @AfterAll
    static void everyFlowWasTaken() {
        for (String process : List.of("service-concern", "agency-report", "universal-notice")) {
            assertThat(FlowsTaken.never(process)).as(process).isEmpty();
        }
    }

    private void raise() {
        typical.start(SCHOOL, "service-concern", family.ref, "child", String.valueOf(family.leo), "adult", String.valueOf(family.mother), "adultRole", Walk.AMH);
    }

    @Test
    @Requirement("S-040")
    void everyConcernIsAnsweredAndWhoRaisedItReadsTheAnswer() {
        raise();
        assertThat(walk.task(family.ref, "answer").dueOn()).isEqualTo(workingDays.plus(families.today(), 2));
        walk.fire(family.ref, "late");
        assertThat(walk.task(family.ref, "chase").role()).isEqualTo("childrens-team-manager");
        typical.complete(family.ref, "chase", "by", workingDays.plus(families.today(), 1).toString());
        assertThat(FormFile.of("service-concern-answer").missing(Map.of("concernAnswer", "nothing"))).as("doing nothing has a reason").contains("/whyNothing");
        typical.complete(family.ref, "answer", "concernAnswer", "nothing");
        assertThat(walk.task(family.ref, "read").role()).isEqualTo(SCHOOL);
        assertThat(walk.shown(family.ref, "read")).containsExactly("service-concern-answer");
        typical.complete(family.ref, "read", "enough", "no");
        assertThat(walk.task(family.ref, "again").role()).as("somebody else looks again").isEqualTo("childrens-team-manager");
        assertThat(walk.shown(family.ref, "again")).contains("service-concern", "service-concern-answer", "service-concern-read");
        typical.complete(family.ref, "again");
        assertThat(walk.ended(family.ref, "service-concern")).containsExactlyInAnyOrder("chased", "looked");
    }

    @Test
    @Requirement("S-040")
    void aConcernCanCallForAStrategyDiscussion() {
        raise();
        typical.complete(family.ref, "answer", "concernAnswer", "strategy");
        assertThat(walk.running(family.ref)).contains("child-protection");
        typical.complete(family.ref, "read", "enough", "yes");
        assertThat(walk.ended(family.ref, "service-concern")).contains("heard");
    }

    @Test
    @Requirement({"S-102", "S-110"})
    void aReportOfAnyServiceSaysWhatCameBeforeDuringAndAfterAndWhatItDoesToEachChild() {
        assertThat(FormFile.of("agency-report").missing(Map.of())).contains("/before", "/during", "/after", "/children/0/effect");
        typical.start(SCHOOL, "agency-report", family.ref);
        assertThat(walk.task(family.ref, "read").role()).isEqualTo(SOCIAL_WORKER);
        assertThat(walk.shown(family.ref, "read")).containsExactly("agency-report");
        typical.complete(family.ref, "read");
        assertThat(walk.task(family.ref, "heard").role()).isEqualTo(SCHOOL);
        assertThat(walk.shown(family.ref, "heard")).containsExactly("agency-report-read");
        typical.complete(family.ref, "heard");
        assertThat(walk.ended(family.ref, "agency-report")).containsExactly("done");
    }

    private void tell(String visitor, String school) {
        typical.start(Walk.AMH, "universal-notice", family.ref, "tellHealthVisitor", visitor, "tellSchool", school);
    }

    private void done() {
        while (walk.waiting(family.ref).contains("all")) {
            walk.fireOne(family.ref, "all");
        }
    }

    @Test
    @Requirement({"S-006", "S-090"})
    void whoSeesTheFamilyFirstIsToldAndSaysSo() {
        tell("yes", "yes");
        assertThat(walk.steps(family.ref)).containsExactly("gp", "gp", "school", "visitor");
        assertThat(walk.task(family.ref, "school").dueOn()).isEqualTo(workingDays.plus(families.today(), 5));
        typical.complete(family.ref, "school");
        for (WorkItem gp : walk.tasks(family.ref).stream().filter(task -> task.step().equals("gp")).toList()) {
            assertThat(gp.role()).isEqualTo("gp");
            typical.complete(gp);
        }
        walk.fire(family.ref, "late");
        assertThat(walk.task(family.ref, "chase").role()).as("whoever told rings").isEqualTo(Walk.AMH);
        typical.complete(family.ref, "chase");
        assertThat(walk.steps(family.ref)).containsExactly("visitor");
        typical.complete(family.ref, "visitor");
        done();
        assertThat(walk.shown(family.ref, "used")).contains("universal-read");
        typical.complete(family.ref, "used");
        assertThat(walk.ended(family.ref, "universal-notice")).contains("chased", "done");
    }

    @Test
    @Requirement("S-090")
    void whoIsNotToldIsLeftOutForAReason() {
        assertThat(FormFile.of("universal-notice").missing(Map.of("tellHealthVisitor", "yes", "tellSchool", "no"))).contains("/whyNot");
        tell("no", "no");
        assertThat(walk.steps(family.ref)).containsExactly("gp", "gp");
    }
}
