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
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.Requirement;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;
import org.thinkfamily.worklist.WorkItem;

@ProcessTest
@Import(Typical.class)
@DisplayName("GPs are asked, and refer")
class GpProcessTest {

    private static final String SOCIAL_WORKER = "childrens-social-worker";

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
    static void everyFlowWasTaken() {
        assertThat(FlowsTaken.never("gp-enquiry")).isEmpty();
        assertThat(FlowsTaken.never("gp-referral")).isEmpty();
    }

    private List<WorkItem> replies() {
        return walk.tasks(family.ref).stream().filter(task -> task.step().equals("reply")).toList();
    }

    @Test
    @Requirement("S-195")
    void eachParentsOwnGpIsAskedAndWhoDoesNotAnswerIsRung() {
        typical.start(SOCIAL_WORKER, "gp-enquiry", family.ref);
        assertThat(replies()).as("one for each parent").hasSize(2).allSatisfy(task -> {
            assertThat(task.role()).isEqualTo("gp");
            assertThat(task.dueOn()).isEqualTo(workingDays.plus(families.today(), 10));
        });
        typical.complete(replies().get(0));
        assertThat(walk.steps(family.ref)).containsExactly("reply");
        walk.fire(family.ref, "late");
        assertThat(walk.task(family.ref, "chase").role()).as("who asked, rings").isEqualTo(SOCIAL_WORKER);
        typical.complete(family.ref, "chase");
        assertThat(walk.steps(family.ref)).as("it is still awaited").containsExactly("reply");
        typical.complete(replies().get(0), "obtained", "no");
        assertThat(walk.shown(family.ref, "read")).contains("gp-reply");
        typical.complete(family.ref, "read");
        assertThat(walk.ended(family.ref, "gp-enquiry")).containsExactlyInAnyOrder("chased", "used");
    }

    private String refer(String cared) {
        Filling filling = fillings.start(walk.user("gp"), "gp-referral", null);
        Map<String, Object> answers = typical.answers(filling, "firstName", "Rosa", "lastName", "Example", "adultRole", Walk.AMH, "condition", List.of("depression"),
                "childrenAtHome", "yes", "childrenCared", cared, "children", new ArrayList<>(List.of(new HashMap<>(Map.of("firstName", "Mia", "lastName", "Example", "born", "born", "dateOfBirth", "2018-03-02", "home", "household")))));
        return walk.file(filling, walk.user("gp"), answers).family();
    }

    @Test
    @Requirement("S-007")
    void aReferralThatDoesNotSayWhichChildrenAndWhoCaresForThemIsNotTaken() {
        assertThat(FormFile.of("gp-referral").missing(Map.of("condition", List.of("depression")))).contains("/childrenAtHome", "/childrenCared");
        assertThat(FormFile.of("gp-referral").missing(Map.of("condition", List.of("depression"), "childrenAtHome", "yes", "childrenCared", "yes"))).contains("/carer");
    }

    @Test
    @Requirement("S-007")
    void theChildrenAreKnownAndTheGpHearsTheAnswer() {
        String ref = refer("yes");
        assertThat(walk.children(ref)).extracting(child -> child.firstName()).containsExactly("Mia");
        assertThat(walk.running(ref)).containsExactly("gp-referral");
        assertThat(walk.shown(ref, "answer")).contains("gp-referral");
        walk.fire(ref, "late");
        walk.fire(ref, "tell");
        assertThat(walk.mail(ref)).contains("gp-referral-late to adult-team-manager");
        typical.complete(ref, "answer");
        assertThat(walk.task(ref, "read").role()).isEqualTo("gp");
        typical.complete(ref, "read");
        assertThat(walk.ended(ref, "gp-referral")).containsExactlyInAnyOrder("cared-for", "told", "heard");
    }

    @Test
    @Requirement("S-007")
    void whereNobodyCaresForTheChildrenChildrensServicesHearAtOnce() {
        String ref = refer("no");
        assertThat(walk.running(ref)).contains("referral");
        assertThat(walk.steps(ref)).contains("decide", "answer");
    }
}
