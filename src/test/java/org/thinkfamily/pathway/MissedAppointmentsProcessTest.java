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
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;

@ProcessTest
@Import(Typical.class)
@DisplayName("Missed appointments never end in silence")
class MissedAppointmentsProcessTest {

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

    private LookedAfterFamily family;

    @BeforeEach
    void aFamilyIsKnown() {
        family = new LookedAfterFamily(walk, families, jdbc);
    }

    @AfterAll
    static void everyFlowWasTaken() {
        assertThat(FlowsTaken.never("appointment-missed")).isEmpty();
        assertThat(FlowsTaken.never("discharge-not-engaging")).isEmpty();
    }

    @Test
    @Requirement("S-034")
    void theTableSaysWhatEachPatternAsksFor() {
        DecisionFile table = new DecisionFile("missed-appointments.dmn");
        assertThat(asks(table, "child", "missed", 1, "yes")).isEqualTo("strategy");
        assertThat(asks(table, "adult", "missed", 1, "yes")).isEqualTo("decide");
        assertThat(asks(table, "adult", "declined", 1, "no")).isEqualTo("decide");
        assertThat(asks(table, "child", "missed", 2, "no")).isEqualTo("decide");
        assertThat(asks(table, "child", "cancelled", 1, "not-known")).isEqualTo("reach");
        assertThat(asks(table, "adult", "missed", 3, "no")).isEqualTo("decide");
        assertThat(asks(table, "adult", "missed", 2, "no")).isEqualTo("reach");
        assertThat(table.neverHit()).isEmpty();
    }

    private static String asks(DecisionFile table, String whose, String kind, int missedInARow, String worry) {
        return table.decide("missed-appointments", Map.of("whose", whose, "kind", kind, "missedInARow", missedInARow, "worry", worry)).getSingleResult().getSingleEntry();
    }

    private void missed(String whose, int times, String worry) {
        typical.start(AMH, "appointment-missed", family.ref, "whose", whose, "adult", whose.equals("adult") ? String.valueOf(family.mother) : null,
                "child", whose.equals("child") ? String.valueOf(family.mia) : null, "kind", "missed", "missedInARow", times, "worry", worry);
        walk.fire(family.ref, "tell");
        assertThat(walk.mail(family.ref)).as("the children's worker hears of every one").last().isEqualTo("appointment-missed to " + SOCIAL_WORKER);
    }

    @Test
    @Requirement("S-034")
    void whoExpectedThemReachesThem() {
        missed("adult", 1, "no");
        assertThat(walk.task(family.ref, "reach").assignee()).isEqualTo(AMH);
        assertThat(walk.task(family.ref, "reach").dueOn()).isEqualTo(workingDays.plus(families.today(), 2));
        walk.fire(family.ref, "not-reached");
        walk.fire(family.ref, "tell-managers");
        assertThat(walk.mail(family.ref)).contains("appointment-not-reached to adult-team-manager", "appointment-not-reached to childrens-team-manager");
        assertThat(walk.steps(family.ref)).as("it stays to be done").containsExactly("reach");
        typical.complete(family.ref, "reach", "reached", "yes");
        assertThat(walk.ended(family.ref, "appointment-missed")).containsExactlyInAnyOrder("another-time", "managers-told");
    }

    @Test
    @Requirement({"S-034", "S-036"})
    void whereNobodyIsReachedTheChildrensSideDecidesWithAReason() {
        missed("adult", 1, "not-known");
        typical.complete(family.ref, "reach", "reached", "no");
        assertThat(walk.task(family.ref, "decide").assignee()).isEqualTo(SOCIAL_WORKER);
        assertThat(walk.shown(family.ref, "decide")).contains("appointment-missed", "appointment-reach");
        assertThat(FormFile.of("appointment-children").missing(Map.of("assessChildren", "no"))).contains("/reason", "/instead");
        walk.fire(family.ref, "undecided");
        walk.fire(family.ref, "tell-manager");
        assertThat(walk.mail(family.ref)).endsWith("appointment-undecided to childrens-team-manager");
        typical.complete(family.ref, "decide", "assessChildren", "no");
        assertThat(walk.ended(family.ref, "appointment-missed")).containsExactlyInAnyOrder("manager-told", "not-assessed");
    }

    @Test
    @Requirement("S-036")
    void theDecisionToAssessBeginsTheAssessment() {
        missed("child", 3, "no");
        typical.complete(family.ref, "decide", "assessChildren", "yes");
        assertThat(walk.running(family.ref)).contains("joint-assessment");
    }

    @Test
    @Requirement("S-034")
    void aChildWhoIsNotBroughtWhileThereIsAWorryIsDiscussedTheSameDay() {
        missed("child", 1, "yes");
        assertThat(walk.running(family.ref)).containsExactly("child-protection");
        assertThat(walk.task(family.ref, "discuss").dueOn()).isEqualTo(families.today());
    }

    private void proposeToEnd() {
        typical.start(AMH, "discharge-not-engaging", family.ref, "adult", String.valueOf(family.mother));
        walk.fire(family.ref, "tell");
        assertThat(walk.mail(family.ref)).contains("discharge-waits to " + SOCIAL_WORKER, "discharge-waits to childrens-team-manager");
    }

    @Test
    @Requirement("S-035")
    void workDoesNotEndBeforeTheChildrensSideHasAnswered() {
        proposeToEnd();
        assertThat(walk.steps(family.ref)).containsExactly("answer");
        assertThat(walk.task(family.ref, "answer").dueOn()).isEqualTo(workingDays.plus(families.today(), 5));
        walk.fire(family.ref, "answer-late");
        walk.fire(family.ref, "tell-late");
        assertThat(walk.mail(family.ref)).contains("discharge-answer-late to childrens-team-manager", "discharge-answer-late to adult-team-manager");
        assertThat(walk.steps(family.ref)).as("it still waits").containsExactly("answer");
        typical.complete(family.ref, "answer", "mayEnd", "no");
        assertThat(walk.task(family.ref, "go-on").assignee()).isEqualTo(AMH);
        typical.complete(family.ref, "go-on");
        assertThat(walk.ended(family.ref, "discharge-not-engaging")).contains("goes-on");
    }

    @Test
    @Requirement("S-035")
    void theAdultsOwnProcessEndsOnlyThen() {
        String other = walk.start(AMH, "identification", null, Map.of("firstName", "Rosa", "lastName", "Example", "dateOfBirth", "1990-05-01", "acceptedOn", families.today().toString(), "gpPractice", Walk.GP, "adultRole", AMH));
        String adult = String.valueOf(walk.adult(other).id());
        typical.start(AMH, "discharge-not-engaging", other, "adult", adult);
        walk.fire(other, "tell");
        assertThat(walk.running(other)).contains("identification");
        typical.complete(other, "answer", "mayEnd", "yes");
        assertThat(walk.ended(other, "discharge-not-engaging")).contains("ends");
        assertThat(walk.running(other)).as("ended, with no new referral: the children's side has answered").doesNotContain("identification", "referral");
    }

    @Test
    @Requirement("S-035")
    void onlyAManagerLetsItEndWithoutAnAnswerAndTheFamilyIsReferred() {
        String other = walk.start(AMH, "identification", null, Map.of("firstName", "Rosa", "lastName", "Example", "dateOfBirth", "1990-05-01", "acceptedOn", families.today().toString(), "gpPractice", Walk.GP, "adultRole", AMH));
        String adult = String.valueOf(walk.adult(other).id());
        typical.start(AMH, "discharge-not-engaging", other, "adult", adult);
        walk.fire(other, "tell");
        typical.report("adult-team-manager", other, "discharge-overridden", "adult", adult);
        assertThat(walk.clocks(other, "discharge.answer")).containsExactly("stopped");
        walk.fire(other, "tell-overridden");
        assertThat(walk.mail(other)).as("nobody is named there: the team is told").contains("discharge-overridden to children-team");
        assertThat(walk.running(other)).contains("referral");
        assertThat(FormFile.of("discharge-overridden").missing(Map.of())).contains("/reason", "/spoke");
        assertThat(FormFile.of("adult-discharged").missing(Map.of("dischargeReason", "not-attending"))).as("nobody can say it afterwards instead").contains("/dischargeReason");
    }
}
