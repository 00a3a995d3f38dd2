package org.thinkfamily.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.family.Families;
import tools.jackson.databind.json.JsonMapper;

/** A worker leaves a family: what the next one gets, and what the one who leaves still sees. */
@ThinkFamilyTest
@Requirement("S-206")
class HandoverTest {

    private static final String NEXT = "tom.ellery";
    private static final String MANAGER = "ruth.okafor";

    @Autowired
    private MockMvc web;
    @Autowired
    private Families families;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private JsonMapper json;

    private TestFamily family;

    @BeforeEach
    void aFamily() {
        family = TestFamily.open(families, jdbc, "Handed");
    }

    private static Map<String, Object> answers(Object... more) {
        Map<String, Object> answers = new HashMap<>(Map.of("role", "adult-mental-health-practitioner", "why", "leaves", "known", "yes", "first", "Ring her in the morning only.",
                "worry", "She stops taking lithium when she sleeps badly.", "unfinished", "A letter to the school.", "told", "some"));
        answers.put("adultMentalHealthPractitionerNew", NEXT);
        for (int i = 0; i < more.length; i += 2) {
            if (more[i + 1] == null) {
                answers.remove(more[i].toString());
            } else {
                answers.put(more[i].toString(), more[i + 1]);
            }
        }
        return answers;
    }

    private MockHttpServletResponse handOver(String who, Map<String, Object> answers) throws Exception {
        return web.perform(post("/api/v1/pathways/handover").with(user(who)).contentType(MediaType.APPLICATION_JSON).content(json.writeValueAsString(Map.of("family", family.ref(), "answers", answers))))
                .andReturn().getResponse();
    }

    private MockHttpServletResponse ask(String who, String path) throws Exception {
        return web.perform(get(path).with(user(who))).andReturn().getResponse();
    }

    private String handoverPage() {
        return "/families/" + family.ref() + "/handovers/" + jdbc.sql("select max(id) from change_of_worker where family_ref = ?").param(family.ref()).query(Long.class).single();
    }

    @Test
    void whoTakesOverReadsWhatIsOpenOnTopAndWhoLeavesSeesNothingFromThatMoment() throws Exception {
        String task = family.showTask(jdbc, "early-help");
        assertThat(ask(NEXT, "/families/" + family.ref()).getStatus()).isEqualTo(404);
        assertThat(handOver(TestFamily.PRACTITIONER, answers()).getStatus()).isEqualTo(201);

        assertThat(ask(TestFamily.PRACTITIONER, "/families/" + family.ref()).getStatus()).isEqualTo(404);
        assertThat(ask(TestFamily.PRACTITIONER, handoverPage()).getStatus()).isEqualTo(404);
        assertThat(ask("dee.marsh", handoverPage()).getStatus()).isEqualTo(404);
        assertThat(ask(NEXT, "/families/" + family.ref()).getContentAsString()).contains("Asha Patel handed over to Tom Ellery", "href=\"" + handoverPage() + "\"");
        String page = ask(NEXT, handoverPage()).getContentAsString();
        assertThat(page).contains("Ring her in the morning only.", "She stops taking lithium", "Look at early-help", "Take the family over", "Read the handover and take the family over",
                "Maria Santos", "maria.santos@westerby.example", "Nothing has been filed, decided or met since.");
        assertThat(ask(NEXT, task).getStatus()).as("the open tasks go with it").isEqualTo(200);
        assertThat(jdbc.sql("select assignee from work_item where family_ref = ? and step_key = 'read' and process_key = 'handover'").param(family.ref()).query(String.class).single()).isEqualTo(NEXT);
        assertThat(ask(NEXT, "/api/v1/families/" + family.ref() + "/changes-of-worker").getContentAsString())
                .contains("\"from\":\"Asha Patel\",\"to\":\"Tom Ellery\"", "\"role\":\"adult-mental-health-practitioner\"");
        assertThat(jdbc.sql("select count(*) from audit_event where family_ref = ? and action = 'handover.read' and username = ? and outcome = 'done'").param(family.ref()).param(NEXT)
                .query(Long.class).single()).isEqualTo(2);
    }

    @Test
    void whatIsFiledAfterTheHandoverStandsAsChanged() throws Exception {
        handOver(TestFamily.PRACTITIONER, answers());
        String task = jdbc.sql("select id from work_item where family_ref = ? and process_key = 'handover'").param(family.ref()).query(String.class).single();
        assertThat(web.perform(post("/api/v1/work/" + task + "/complete").with(user(NEXT)).contentType(MediaType.APPLICATION_JSON).content("{\"answers\":{\"spoken\":\"yes\",\"met\":\"not-yet\"}}"))
                .andReturn().getResponse().getStatus()).isEqualTo(200);
        assertThat(ask(NEXT, handoverPage()).getContentAsString()).contains("Take the family over (by Tom Ellery)", "Done: Read the handover and take the family over").doesNotContain("Nothing has been filed");
        assertThat(ask(TestFamily.SOCIAL_WORKER, "/families/" + family.ref()).getContentAsString()).contains("Changes of worker", "Adult mental health practitioner: Asha Patel, then Tom Ellery");
    }

    @Test
    void aRoleIsHandedOverByWhoHoldsItOrManagesThemOnly() throws Exception {
        assertThat(handOver(TestFamily.SOCIAL_WORKER, answers()).getContentAsString()).contains("/answers/role", "Select one of the choices");
        assertThat(handOver("dee.marsh", answers()).getStatus()).isEqualTo(404);
        assertThat(handOver(TestFamily.PRACTITIONER, answers("adultMentalHealthPractitionerNew", TestFamily.PRACTITIONER)).getContentAsString()).contains("That is who works with the family now");
        assertThat(ask(TestFamily.PRACTITIONER, "/families/" + family.ref()).getStatus()).as("nothing has changed").isEqualTo(200);
        assertThat(handOver(MANAGER, answers()).getStatus()).as("the manager of a worker who is gone").isEqualTo(201);
        assertThat(ask(TestFamily.PRACTITIONER, "/families/" + family.ref()).getStatus()).isEqualTo(404);
    }

    @Test
    void whereNobodyIsKnownYetTheTeamHasTheFamilyAndItsTasks() throws Exception {
        String task = family.showTask(jdbc, "early-help");
        assertThat(handOver(TestFamily.PRACTITIONER, answers("known", "no", "adultMentalHealthPractitionerNew", null)).getStatus()).isEqualTo(201);
        assertThat(ask(TestFamily.PRACTITIONER, "/cases").getContentAsString()).doesNotContain(family.ref());
        assertThat(jdbc.sql("select count(*) from work_item where '/work/' || id = ? and assignee is null and team_id = 'adult-mental-health'").param(task).query(Long.class).single()).isEqualTo(1);
        assertThat(ask(MANAGER, "/families/" + family.ref()).getContentAsString()).contains("Asha Patel handed over to the team");
        assertThat(ask(NEXT, "/work/team").getContentAsString()).contains("Take the family over");
    }

    @Test
    void aHandoverIsNotCorrectedBecauseItHasTakenEffect() throws Exception {
        handOver(TestFamily.PRACTITIONER, answers());
        long entry = jdbc.sql("select entry_id from change_of_worker where family_ref = ?").param(family.ref()).query(Long.class).single();
        MockHttpServletResponse answer = web.perform(post("/api/v1/families/" + family.ref() + "/entries/" + entry + "/corrections").with(user(NEXT)).contentType(MediaType.APPLICATION_JSON)
                .content(json.writeValueAsString(Map.of("answers", answers("first", "Other"), "reason", "Wrong")))).andReturn().getResponse();
        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(answer.getContentAsString()).contains("A handover has taken effect");
    }

    @Test
    void onlyRolesThatSomebodyMayHandOverAreOffered() throws Exception {
        String form = ask(TestFamily.PRACTITIONER, "/start/handover?family=" + family.ref()).getContentAsString();
        assertThat(form).contains("value=\"adult-mental-health-practitioner\"").doesNotContain("value=\"childrens-social-worker\"", "value=\"iro\"");
    }
}
