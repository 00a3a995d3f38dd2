package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thinkfamily.pathway.Walk.AMH;

import java.time.LocalDate;
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
@DisplayName("The agenda of a review is set and signed")
class ReviewAgendaProcessTest {

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
    private LocalDate today;

    @BeforeEach
    void aFamilyIsKnown() {
        family = new LookedAfterFamily(walk, families, jdbc);
        today = families.today();
    }

    @AfterAll
    static void everyFlowWasTaken() {
        assertThat(FlowsTaken.never("review-agenda")).isEmpty();
    }

    private void prepared() {
        typical.start(SOCIAL_WORKER, "cla-review", family.ref, "child", String.valueOf(family.mia));
        typical.complete(family.ref, "name-iro");
        typical.complete(family.ref, "agree-arrangements");
    }

    private void set(String childPart, String adultPart, String carerPart, String healthPart, String consent) {
        typical.complete(family.ref, "set", "childPart", childPart, "adultPart", adultPart, "carerPart", carerPart, "healthPart", healthPart, "parentConsent", consent);
    }

    private void signed(String worker, String adult) {
        typical.complete(family.ref, "sign-worker", "workerSigns", worker);
        walk.fire(family.ref, "signed");
        typical.complete(family.ref, "sign-adult", "adultSigns", adult);
        walk.fire(family.ref, "signed");
    }

    @Test
    @Requirement({"S-101", "S-171"})
    void theAgendaBeginsWithTheFamilyAndBothSidesSignIt() {
        prepared();
        assertThat(walk.task(family.ref, "set").role()).isEqualTo("iro");
        assertThat(walk.task(family.ref, "set").dueOn()).isEqualTo(workingDays.plus(today, 5));
        assertThat(FormFile.of("review-agenda").missing(Map.of()).get(0)).isEqualTo("/familyChanged");
        set("whole", "whole", "whole", "some", "part");
        assertThat(walk.task(family.ref, "sign-adult").assignee()).isEqualTo(AMH);
        assertThat(walk.shown(family.ref, "sign-adult")).contains("review-agenda");
        signed("yes", "no");
        assertThat(walk.shown(family.ref, "set")).as("what must change").contains("agenda-sign-adult");
        set("whole", "written", "remote", "written", "no");
        signed("no", "yes");
        set("whole", "part", "whole", "everybody", "yes");
        signed("yes", "yes");
        assertThat(walk.ended(family.ref, "review-agenda")).containsExactly("end");
    }

    @Test
    @Requirement("S-163")
    void aParentsHealthIsNotTalkedAboutBeforeEverybodyWithoutTheirAgreement() {
        prepared();
        set("whole", "whole", "whole", "everybody", "not-asked");
        assertThat(walk.steps(family.ref)).as("split before anybody signs").contains("set").doesNotContain("sign-worker", "sign-adult");
        set("whole", "part", "part", "some", "yes");
        assertThat(walk.steps(family.ref)).contains("sign-worker", "sign-adult");
    }

    @Test
    @Requirement("S-170")
    void whoHasToTakePartAndDoesNotIsSaidWithAReason() {
        prepared();
        set("whole", "not", "whole", "some", "yes");
        assertThat(walk.steps(family.ref)).contains("reason").doesNotContain("sign-worker");
        assertThat(FormFile.of("agenda-reason").missing(Map.of())).contains("/reason", "/instead");
        typical.complete(family.ref, "reason");
        assertThat(walk.shown(family.ref, "sign-worker")).contains("agenda-reason");
    }

    @Test
    void anAgendaNeverHoldsUpAReview() {
        prepared();
        walk.send(family.ref, "review-held", Map.of("child", family.mia, "adult", family.mother, "adultRole", AMH, "reviewKind", "first", "reviewHeldOn", today.toString(), "contactChange", "no", "accommodations", 0));
        assertThat(walk.ended(family.ref, "review-agenda")).containsExactly("held-end");
        walk.send(family.ref, "review-prepared", Map.of("child", family.mia, "adult", family.mother, "adultRole", AMH));
        walk.send(family.ref, "care-ended", Map.of("child", family.mia));
        assertThat(walk.ended(family.ref, "review-agenda")).containsExactlyInAnyOrder("held-end", "care-end");
    }
}
