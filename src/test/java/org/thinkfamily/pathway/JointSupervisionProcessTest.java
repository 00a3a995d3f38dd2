package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
@DisplayName("The managers of both sides supervise together")
class JointSupervisionProcessTest {

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
    void supervisionIsPlanned() {
        family = new LookedAfterFamily(walk, families, jdbc);
        typical.start("adult-team-manager", "joint-supervision", family.ref, "supervisionOn", families.today().plusDays(14).toString());
    }

    @AfterAll
    static void everyFlowWasTaken() {
        assertThat(FlowsTaken.never("joint-supervision")).isEmpty();
    }

    @Test
    @Requirement("S-136")
    void bothManagersKeepARecordAndAgreeWhenTheyMeetAgain() {
        assertThat(walk.timer(family.ref, "until")).isEqualTo(families.today().plusDays(14));
        walk.fire(family.ref, "until");
        assertThat(walk.task(family.ref, "hold").role()).isEqualTo("childrens-team-manager");
        assertThat(walk.task(family.ref, "hold").dueOn()).isEqualTo(workingDays.plus(families.today(), 5));
        typical.complete(family.ref, "hold", "superviseAgain", "yes", "supervisionOn", families.today().plusDays(42).toString());
        assertThat(walk.task(family.ref, "read").role()).as("nobody writes the record of both alone").isEqualTo("adult-team-manager");
        assertThat(walk.shown(family.ref, "read")).containsExactly("joint-supervision");
        typical.complete(family.ref, "read");
        assertThat(walk.timer(family.ref, "until")).isEqualTo(families.today().plusDays(42));
        walk.fire(family.ref, "until");
        assertThat(walk.shown(family.ref, "hold")).as("what was said last time").contains("joint-supervision", "joint-supervision-read");
        typical.complete(family.ref, "hold", "superviseAgain", "no");
        typical.complete(family.ref, "read");
        assertThat(walk.ended(family.ref, "joint-supervision")).containsExactly("over");
    }

    @Test
    void itEndsWhenWorkIsClosed() {
        walk.send(family.ref, "work-closed", Map.of("closedByRole", "childrens-social-worker", "closedOn", families.today().toString()));
        assertThat(walk.ended(family.ref, "joint-supervision")).containsExactly("closed");
        assertThat(walk.running(family.ref)).as("the same message begins the look back").containsExactly("look-back");
    }

    @Test
    void aFamilyHasOneAtATime() {
        assertThatThrownBy(() -> typical.start("childrens-team-manager", "joint-supervision", family.ref)).isInstanceOf(Pathway.RunsAlready.class);
        assertThat(walk.running(family.ref)).containsExactly("joint-supervision");
    }

    @Test
    @Requirement({"S-136", "S-243"})
    void theIllnessTheChildsDayAndTheWorkersAreTalkedAboutAndOneSideAloneSaysWhy() {
        List<String> missing = FormFile.of("joint-supervision").missing(Map.of("present", List.of("childrens-manager", "childrens-worker")));
        assertThat(missing).contains("/childsDay", "/illness", "/leftToOthers", "/effectOnWorkers", "/oneSideWhy");
        assertThat(FormFile.of("joint-supervision").missing(Map.of("present", List.of("childrens-manager", "adult-worker")))).doesNotContain("/oneSideWhy");
    }
}
