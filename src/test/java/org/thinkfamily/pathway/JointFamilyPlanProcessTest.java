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
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;
import org.thinkfamily.worklist.WorkItem;

@ProcessTest
@Import(Typical.class)
@DisplayName("Joint family plan")
class JointFamilyPlanProcessTest {

    private static final String CSW = "childrens-social-worker";

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
        jdbc.sql("insert into involvement (family_ref, role, team_id, username, began_on) values (:family, 'ward-nurse', 'mental-health-team', 'ward-nurse', current_date),"
                + " (:family, 'amhp', 'mental-health-team', 'amhp', current_date)").param("family", family.ref).update();
    }

    @AfterAll
    static void everyFlowWasTaken() {
        assertThat(FlowsTaken.never("joint-family-plan")).isEmpty();
    }

    private void needed() {
        walk.send(family.ref, "joint-plan-needed", Map.of("adult", family.mother, "adultRole", AMH));
    }

    private void parts() {
        typical.complete(family.ref, "write-adult");
        typical.complete(family.ref, "write-children", "protective", List.of(Map.of("factor", "An aunt", "action", "Is invited", "owner", "Social worker", "by", families.today().toString())));
        walk.fireOne(family.ref, "written");
        walk.fireOne(family.ref, "written");
    }

    private void sign(String children, String adult) {
        typical.complete(family.ref, "sign-children", "signedChildren", children);
        typical.complete(family.ref, "sign-adult", "signedAdult", adult, "reviewOn", families.today().plusDays(90).toString());
    }

    private void inForce() {
        needed();
        parts();
        sign("yes", "yes");
    }

    private static Map<String, Object> changed(long adult, String plan) {
        return new HashMap<>(Map.of("adult", adult, "plan", plan));
    }

    @Test
    @Requirement({"S-120", "S-132", "S-241", "S-246"})
    void thePlanNeedsACarerForEachChildFamilyContactAndWhatProtects() {
        needed();
        needed();
        assertThat(walk.running(family.ref)).as("one at a time").containsExactly("joint-family-plan");
        assertThat(FormFile.of("joint-plan-adult").missing(Map.of())).contains("/contactWho", "/contactEvery", "/children/0/carer", "/children/0/agreed", "/children/0/explains", "/children/0/explainsBy");
        assertThat(FormFile.of("joint-plan-children").missing(Map.of("protective", List.of(Map.of("factor", "An aunt"))))).contains("/protective/0/owner", "/protective/0/by", "/protective/0/action");
        parts();
        assertThat(walk.shown(family.ref, "sign-children")).contains("joint-plan-adult", "joint-plan-children");
        sign("no", "yes");
        assertThat(walk.steps(family.ref)).as("not in force until both have signed").contains("write-adult", "write-children");
        parts();
        sign("yes", "yes");
        assertThat(walk.steps(family.ref)).isEmpty();
        assertThat(walk.timer(family.ref, "until")).isEqualTo(families.today().plusDays(90));
    }

    @Test
    @Requirement("S-113")
    void theReviewAsksEachChildOrSaysWhyNot() {
        typical.start(CSW, "joint-family-plan", family.ref, "adult", String.valueOf(family.mother));
        parts();
        sign("yes", "yes");
        walk.fire(family.ref, "until");
        assertThat(walk.task(family.ref, "review").assignee()).isEqualTo(AMH);
        assertThat(FormFile.of("joint-plan-review").missing(Map.of("children", List.of(Map.of("person", 1, "view", "not-asked"))))).contains("/children/0/whyNot");
        typical.complete(family.ref, "review", "planNow", "fits", "reviewOn", families.today().plusDays(180).toString());
        assertThat(walk.timer(family.ref, "until")).isEqualTo(families.today().plusDays(180));
        walk.fire(family.ref, "until");
        typical.complete(family.ref, "review", "planNow", "changes");
        assertThat(walk.steps(family.ref)).contains("write-adult", "write-children");
    }

    @Test
    void aChangeInOnePlanIsAcknowledgedByTheOtherSide() {
        inForce();
        typical.report(AMH, family.ref, "plan-changed", "adult", String.valueOf(family.mother), "plan", "adult");
        WorkItem task = walk.task(family.ref, "acknowledge-children");
        assertThat(task.assignee()).isEqualTo(CSW);
        assertThat(task.dueOn()).isEqualTo(workingDays.plus(families.today(), 5));
        walk.fire(family.ref, "late-children");
        walk.fire(family.ref, "tell-children-late");
        assertThat(walk.mail(family.ref)).contains("joint-plan-unacknowledged to childrens-social-worker", "joint-plan-unacknowledged to childrens-team-manager");
        typical.complete(family.ref, "acknowledge-children");

        walk.send(family.ref, "plan-changed", changed(family.mother, "children"));
        walk.fire(family.ref, "late-adult");
        walk.fire(family.ref, "tell-adult-late");
        assertThat(walk.mail(family.ref)).contains("joint-plan-unacknowledged to adult-team-manager");
        typical.complete(family.ref, "acknowledge-adult");
        assertThat(walk.ended(family.ref, "joint-family-plan")).contains("acknowledged", "children-told", "adult-told");
    }

    @Test
    @Requirement("S-132")
    void anAdmissionPutsTheCrisisPartInAction() {
        inForce();
        typical.report("ward-nurse", family.ref, "parent-admitted", "adult", String.valueOf(family.mother));
        assertThat(walk.running(family.ref)).contains("hospital-stay", "joint-family-plan");
        assertThat(walk.task(family.ref, "crisis-works").dueOn()).isEqualTo(families.today());
        assertThat(walk.shown(family.ref, "crisis-works")).contains("joint-plan-adult");
        typical.complete(family.ref, "crisis-works", "crisisWorks", "yes");
        assertThat(walk.ended(family.ref, "joint-family-plan")).contains("crisis-held");
        walk.send(family.ref, "parent-admitted", Map.of("adult", family.mother, "admittedOn", families.today().toString(), "fostered", "no", "careNow", "yes"));
        typical.complete(family.ref, "crisis-works", "crisisWorks", "no");
        assertThat(walk.steps(family.ref)).as("the adult side hears that it did not work").contains("acknowledge-adult");
    }

    @Test
    void closureOfEitherSideEndsIt() {
        inForce();
        walk.send(family.ref, "work-closed", Map.of("closedByRole", CSW, "closedOn", families.today().toString()));
        walk.fire(family.ref, "tell-closed");
        walk.fire(family.ref, "tell-adult-closed");
        assertThat(walk.mail(family.ref)).contains("joint-plan-ended to childrens-social-worker", "joint-plan-ended to " + AMH);
        assertThat(walk.running(family.ref)).doesNotContain("joint-family-plan");
    }
}
