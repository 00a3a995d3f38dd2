package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thinkfamily.pathway.Walk.AMH;

import java.util.List;
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
@DisplayName("What is written down without a step that waits")
class RecordingProcessTest {

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
        for (String process : List.of("birth", "handover", "history-event", "person-facts")) {
            assertThat(FlowsTaken.never(process)).as(process).isEmpty();
        }
    }

    @Test
    @Requirement({"S-016", "S-024"})
    void aBirthBringsTheQuestionsAboutChildrenBack() {
        String ref = walk.start(AMH, "identification", null, StatementsTest.accepted());
        walk.complete(ref, "screen", IdentificationProcessTest.NO_CHILDREN);
        long baby = jdbc.sql("""
                with added as (insert into person (first_name, last_name, expected_on) values ('Unborn baby', 'Example', current_date + 3) returning id)
                insert into family_member (family_ref, person_id, position) select :family, id, 'child' from added returning person_id
                """).param("family", ref).query(Long.class).single();
        typical.start(AMH, "birth", ref, "person", String.valueOf(baby), "dateOfBirth", families.today().toString(), "firstName", "Ida", "lastName", "Example", "died", "no", "others", "no");
        assertThat(walk.ended(ref, "birth")).containsExactly("kept");
        assertThat(walk.timer(ref, "wait-change")).isBetween(workingDays.plus(families.today(), 5), workingDays.plus(families.today(), 5).plusDays(1));
        walk.fire(ref, "wait-change");
        assertThat(walk.steps(ref)).contains("screen");
    }

    @Test
    void whoeverTakesAFamilyOverReadsWhatWasHandedOver() {
        jdbc.sql("insert into app_user (username, name, email, team_id) values ('worker.b', 'Worker B', 'b@example.org', 'children-team') on conflict do nothing").update();
        jdbc.sql("insert into user_role (username, role) values ('worker.b', 'childrens-social-worker') on conflict do nothing").update();
        typical.start("childrens-social-worker", "handover", family.ref, "role", "childrens-social-worker", "known", "yes", "childrensSocialWorkerNew", "worker.b");
        assertThat(walk.task(family.ref, "read").assignee()).isEqualTo("worker.b");
        assertThat(walk.shown(family.ref, "read")).containsExactly("handover");
        typical.complete(family.ref, "read");
        assertThat(walk.ended(family.ref, "handover")).containsExactly("taken-over");
    }

    @Test
    void whatIsKnownOfAPersonOrFromBeforeIsKeptAtOnce() {
        typical.start("childrens-social-worker", "person-facts", family.ref, "person", String.valueOf(family.leo), "sections", List.of("about"), "sex", "M");
        typical.start("childrens-social-worker", "history-event", family.ref);
        assertThat(walk.ended(family.ref, "person-facts")).containsExactly("kept");
        assertThat(walk.ended(family.ref, "history-event")).containsExactly("added");
        assertThat(walk.running(family.ref)).isEmpty();
    }
}
