package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestFamily;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;

@ProcessTest
@Import(Typical.class)
@DisplayName("Something changes, the family is told, rights conflict, early help has open doors")
class FamilyEventsProcessTest {

    private static final DecisionFile RESPONSE = new DecisionFile("life-event-response.dmn");

    @Autowired
    private Walk walk;
    @Autowired
    private Typical typical;
    @Autowired
    private Fillings fillings;
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
    static void everyFlowWasTakenAndEveryRuleHit() {
        for (String process : List.of("life-event", "family-explanation", "rights-conflict")) {
            assertThat(FlowsTaken.never(process)).as(process).isEmpty();
        }
        assertThat(RESPONSE.neverHit()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"breakdown,today", "violence,today", "separation,soon", "new-pregnancy,soon", "new-partner,soon", "death,soon", "home,soon", "work,noted", "other,noted"})
    @Requirement("S-029")
    void riskRisesAtSuchTimes(String event, String response) {
        assertThat((String) RESPONSE.decide("life-event-response", Map.of("lifeEvent", event)).getSingleEntry()).isEqualTo(response);
    }

    private void changed(String event) {
        typical.start("childrens-social-worker", "life-event", family.ref, "adult", String.valueOf(family.mother), "adultRole", Walk.AMH, "lifeEvent", event);
    }

    @Test
    @Requirement("S-029")
    void afterABreakdownTheChildrenAreLookedAtToday() {
        changed("breakdown");
        assertThat(walk.steps(family.ref)).containsExactly("adult-look", "today");
        assertThat(walk.task(family.ref, "today").dueOn()).isEqualTo(families.today());
        assertThat(walk.shown(family.ref, "today")).contains("life-event");
        typical.complete(family.ref, "today", "lifeEventFollows", "strategy");
        assertThat(walk.running(family.ref)).contains("child-protection");
    }

    @Test
    void whereNoAdultServiceIsKnownTheChildrensSideLooksAlone() {
        typical.start("childrens-social-worker", "life-event", family.ref, "adult", String.valueOf(family.mother), "adultRole", "none", "lifeEvent", "breakdown");
        assertThat(walk.steps(family.ref)).containsExactly("today");
    }

    @Test
    @Requirement("S-029")
    void aSeparationOrAPregnancyBringsBothSidesToLookAgain() {
        changed("new-pregnancy");
        assertThat(walk.task(family.ref, "children").dueOn()).isEqualTo(workingDays.plus(families.today(), 5));
        assertThat(walk.task(family.ref, "adult-look").assignee()).isEqualTo(Walk.AMH);
        typical.complete(family.ref, "children", "lifeEventFollows", "review");
        typical.complete(family.ref, "adult-look");
        changed("work");
        assertThat(walk.running(family.ref)).isEmpty();
        assertThat(walk.ended(family.ref, "life-event")).contains("done", "adult-done", "noted");
    }

    @Test
    @Requirement("S-121")
    void theIllnessIsExplainedUntilEverybodyKnows() {
        typical.start("childrens-social-worker", "family-explanation", family.ref, "adult", String.valueOf(family.mother), "adultRole", Walk.AMH);
        assertThat(walk.task(family.ref, "explain").assignee()).isEqualTo(Walk.AMH);
        assertThat(FormFile.of("family-explained").missing(Map.of())).as("of each adult and each child").contains("/parents/0/told", "/children/0/told");
        assertThat(FormFile.of("family-explained").missing(Map.of("allTold", "no"))).contains("/notTold");
        typical.complete(family.ref, "explain", "allTold", "no");
        assertThat(walk.timer(family.ref, "wait")).isBetween(families.today().plusWeeks(4), families.today().plusWeeks(4).plusDays(1));
        walk.fire(family.ref, "wait");
        assertThat(walk.shown(family.ref, "explain")).contains("family-explained");
        typical.complete(family.ref, "explain", "allTold", "yes");
        assertThat(walk.ended(family.ref, "family-explanation")).containsExactly("told");
    }

    @Test
    @Requirement("S-164")
    void whereRightsConflictTheChildsWelfareIsTheReasonAndSomebodyElseLooks() {
        assertThat(FormFile.of("rights-conflict").missing(Map.of())).contains("/parentRight", "/childRight", "/welfare");
        typical.start("childrens-social-worker", "rights-conflict", family.ref, "child", String.valueOf(family.leo));
        assertThat(walk.task(family.ref, "look").role()).isEqualTo("childrens-team-manager");
        assertThat(walk.shown(family.ref, "look")).containsExactly("rights-conflict");
        typical.complete(family.ref, "look", "reasonHolds", "no");
        assertThat(walk.task(family.ref, "again").role()).isEqualTo("childrens-social-worker");
        typical.complete(family.ref, "again");
        assertThat(walk.shown(family.ref, "look")).contains("rights-conflict-again");
        typical.complete(family.ref, "look", "reasonHolds", "yes");
        assertThat(walk.ended(family.ref, "rights-conflict")).containsExactly("kept");
    }

    @Test
    @Requirement("S-083")
    void nobodyNeedsAGpOrAServiceToAskForEarlyHelp() {
        Filling filling = fillings.start(walk.user("front-door-screener"), "family-asks", null);
        Map<String, Object> said = typical.answers(filling, "firstName", "Rosa", "lastName", "Example", "whoAsks", "parent", "through", "self", "anyChildren", "yes", "children",
                new ArrayList<>(List.of(new HashMap<>(Map.of("firstName", "Mia", "lastName", "Example", "born", "born", "dateOfBirth", "2018-03-02", "home", "household")))));
        String ref = walk.file(filling, walk.user("front-door-screener"), said).family();
        assertThat(walk.children(ref)).extracting(child -> child.firstName()).containsExactly("Mia");
        assertThat(walk.running(ref)).as("offered at once, without a referral").containsExactly("early-help");
        assertThat(walk.steps(ref)).containsExactly("offer");
        assertThat(walk.shown(ref, "offer")).as("what the family said").contains("family-asks");
        assertThat(FlowsTaken.never("family-asks")).isEmpty();
        assertThat(FormFile.of("family-asks").missing(Map.of("whoAsks", "voluntary", "through", "voluntary"))).contains("/organisation", "/organisationHears");
        assertThat(FormFile.of("early-help-request").missing(Map.of("whoAsks", "voluntary", "through", "voluntary"))).contains("/organisation", "/organisationHears");
        assertThat(FormFile.of("early-help-request").missing(Map.of("whoAsks", "parent", "through", "self"))).doesNotContain("/organisation", "/organisationHears");
    }

    @Test
    @Requirement("S-233")
    void aSchoolLeadsAndEverybodyHasThePlan() {
        TestFamily.involve(jdbc, family.ref, "school-lead", "education-team", "school-lead");
        typical.start("school-lead", "early-help", family.ref, "whoAsks", "service", "through", "school");
        typical.complete(family.ref, "offer", "agreed", "yes", "leadRole", "school-lead", "firstMeeting", workingDays.plus(families.today(), 5).toString());
        assertThat(walk.task(family.ref, "assess").role()).isEqualTo("school-lead");
        typical.complete(family.ref, "assess");
        assertThat(FormFile.of("early-help-plan").missing(Map.of("sharedWith", List.of("nobody")))).contains("/notShared");
        typical.complete(family.ref, "meet", "reviewOn", workingDays.plus(families.today(), 30).toString(), "sharedWith", List.of("parents", "adult-service", "school"), "actions",
                List.of(Map.of("action", "A breakfast club", "who", "The school", "change", "Fed every morning", "by", workingDays.plus(families.today(), 10).toString())));
        assertThat(walk.waiting(family.ref)).contains("until");
    }
}
