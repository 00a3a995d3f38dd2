package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;

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

@ProcessTest
@Import(Typical.class)
@DisplayName("Early help with a light joint plan")
class EarlyHelpProcessTest {

    private static final String SCREENER = "front-door-screener";

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
        assertThat(FlowsTaken.never("early-help")).isEmpty();
    }

    private void asked(String agreed, String leads) {
        typical.start(Walk.AMH, "early-help", family.ref);
        typical.complete(family.ref, "offer", "agreed", agreed, "leadRole", agreed.equals("yes") ? leads : null);
    }

    private void planned() {
        typical.complete(family.ref, "assess");
        typical.complete(family.ref, "meet", "reviewOn", families.today().plusDays(60).toString());
    }

    @Test
    @Requirement({"S-082", "S-133", "S-002"})
    void theLightPlanHasALeadBothSidesAndADayToBeLookedAt() {
        asked("yes", "health-visitor");
        assertThat(walk.task(family.ref, "assess").role()).isEqualTo("health-visitor");
        assertThat(FormFile.of("early-help-plan").missing(Map.of("present", List.of("parents", "school")))).as("the adult side's part, and who speaks with whom").contains("/adultWhy", "/contacts");
        planned();
        assertThat(walk.timer(family.ref, "until")).isEqualTo(families.today().plusDays(60));
        walk.fire(family.ref, "until");
        typical.complete(family.ref, "review", "earlyHelpNow", "goes-on", "reviewOn", families.today().plusDays(120).toString());
        assertThat(walk.timer(family.ref, "until")).isEqualTo(families.today().plusDays(120));
        walk.fire(family.ref, "until");
        assertThat(walk.shown(family.ref, "review")).contains("early-help-plan", "early-help-review");
        typical.complete(family.ref, "review", "earlyHelpNow", "ended");
        assertThat(walk.ended(family.ref, "early-help")).containsExactly("done");
    }

    @Test
    @Requirement("S-082")
    void aFamilyThatNeedsMoreIsReferred() {
        asked("yes", "school-lead");
        planned();
        walk.fire(family.ref, "until");
        typical.complete(family.ref, "review", "earlyHelpNow", "refer");
        assertThat(walk.ended(family.ref, "early-help")).containsExactly("stepped-up");
        assertThat(walk.running(family.ref)).containsExactly("referral");
    }

    @Test
    @Requirement("S-081")
    void theTimeFromConsentToTheFirstMeetingIsCountedAndSomebodyHearsWhenItIsLong() {
        asked("yes", "health-visitor");
        typical.complete(family.ref, "assess");
        assertThat(walk.clocks(family.ref, "early-help.first-meeting")).containsExactly("running");
        assertThat(walk.timer(family.ref, "late")).isEqualTo(workingDays.plus(families.today(), 45).plusDays(1));
        walk.fire(family.ref, "late");
        walk.fire(family.ref, "tell-late");
        assertThat(walk.mail(family.ref)).contains("early-help-late to front-door-manager");
        typical.complete(family.ref, "meet", "reviewOn", families.today().plusDays(60).toString());
        assertThat(walk.clocks(family.ref, "early-help.first-meeting")).containsExactly("met");
    }

    @Test
    @Requirement({"S-075", "S-134"})
    void whereNobodyCanLeadThePanelDecidesAndAGapIsWrittenDown() {
        asked("yes", "none");
        assertThat(FormFile.of("early-help-panel").missing(Map.of("leadRole", "none"))).contains("/without", "/again");
        typical.complete(family.ref, "panel", "leadRole", "none");
        assertThat(walk.ended(family.ref, "early-help")).containsExactly("gap");
        asked("yes", "none");
        typical.complete(family.ref, "panel", "leadRole", "young-carers-worker");
        assertThat(walk.task(family.ref, "assess").role()).isEqualTo("young-carers-worker");
    }

    @Test
    @Requirement("S-205")
    void aFamilyCanSayNo() {
        asked("no", null);
        assertThat(walk.ended(family.ref, "early-help")).containsExactly("declined");
    }

    @Test
    void whatWasAgreedElsewhereIsNotAskedAgain() {
        Map<String, Object> passed = new HashMap<>(Map.of("agreed", "yes", "leadRole", "school-lead"));
        walk.send(family.ref, "early-help-needed", passed);
        assertThat(walk.steps(family.ref)).containsExactly("assess");
        walk.send(family.ref, "early-help-needed", passed);
        assertThat(walk.running(family.ref)).as("one at a time").containsExactly("early-help");
        walk.send(family.ref, "work-closed", Map.of("closedByRole", SCREENER, "closedOn", families.today().toString()));
        assertThat(walk.ended(family.ref, "early-help")).containsExactly("closed");
    }

    @Test
    void whatWasNotAgreedYetIsOffered() {
        Map<String, Object> passed = new HashMap<>();
        passed.put("agreed", null);
        passed.put("leadRole", null);
        walk.send(family.ref, "early-help-needed", passed);
        assertThat(walk.steps(family.ref)).containsExactly("offer");
    }
}
