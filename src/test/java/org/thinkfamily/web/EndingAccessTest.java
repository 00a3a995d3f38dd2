package org.thinkfamily.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.access.Actors;
import org.thinkfamily.access.Policy;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.Involvements;

/** Access that is opened for a time, and access that ends: at the next request. */
@ThinkFamilyTest
@Requirement("S-221")
class EndingAccessTest {

    @Autowired
    private MockMvc web;
    @Autowired
    private Families families;
    @Autowired
    private Involvements involvements;
    @Autowired
    private Actors actors;
    @Autowired
    private Policy policy;
    @Autowired
    private JdbcClient jdbc;

    private TestFamily family;
    private String name;
    private String page;

    @BeforeEach
    void aFamily() {
        name = "Ends" + UUID.randomUUID();
        family = TestFamily.open(families, jdbc, name);
        page = "/families/" + family.ref();
    }

    private MockHttpServletResponse ask(MockHttpServletRequestBuilder request, String who) throws Exception {
        return web.perform(request.with(user(who)).with(csrf())).andReturn().getResponse();
    }

    private int status(String path, String who) throws Exception {
        return ask(get(path), who).getStatus();
    }

    @Test
    void anEmergencyOpensAFamilyForATimeAndEverybodySeesIt() throws Exception {
        MockHttpServletResponse refused = ask(get(page), "dee.marsh");
        assertThat(refused.getStatus()).isEqualTo(404);
        assertThat(refused.getContentAsString()).contains(page + "/emergency").isEqualTo(ask(get("/families/F-999999"), "dee.marsh").getContentAsString().replace("F-999999", family.ref())
                .replaceAll("(csrf-token\" content=)\"[^\"]*\"", "$1" + token(refused)).replaceAll("(name=\"_csrf\" value=)\"[^\"]*\"", "$1" + hidden(refused)));
        assertThat(ask(post(page + "/emergency").param("reason", " ").param("hours", "4"), "dee.marsh").getContentAsString()).contains("Say why you need to see this family now");
        assertThat(ask(post(page + "/emergency").param("reason", "A child rang.").param("hours", "25"), "dee.marsh").getContentAsString()).contains("whole number from 1 to 24");
        assertThat(status(page, "dee.marsh")).isEqualTo(404);

        assertThat(ask(post(page + "/emergency").param("reason", "A child rang and is alone.").param("hours", "4"), "dee.marsh").getRedirectedUrl()).isEqualTo(page);
        assertThat(ask(get(page), "dee.marsh").getContentAsString()).contains(name, "Opened in an emergency", "Dee Marsh", "A child rang and is alone.");
        assertThat(ask(get(page), TestFamily.PRACTITIONER).getContentAsString()).contains("Open now, until", "Dee Marsh", "A child rang and is alone.");
        assertThat(ask(post("/find").param("q", name), "dee.marsh").getContentAsString()).contains(family.ref());
        assertThat(jdbc.sql("select recipient from outgoing_mail where family_ref = ? and kind = 'emergency-opened'").param(family.ref()).query(String.class).list())
                .contains("karl.beck", "ruth.okafor", "joan.whitlock").doesNotContain("dee.marsh");
        assertThat(jdbc.sql("select subject || body from outgoing_mail where family_ref = ?").param(family.ref()).query(String.class).list())
                .allSatisfy(mail -> assertThat(mail).contains(family.ref()).doesNotContain(name, "rang", "Dee"));
        assertThat(jdbc.sql("select count(*) from audit_event where family_ref = ? and action = 'emergency.open' and username = 'dee.marsh'").param(family.ref()).query(Long.class).single()).isEqualTo(1);

        jdbc.sql("insert into demo_clock (ahead_ms, moved_at) values (?, now())").param(4 * 3_600_000L + 60_000).update();
        try {
            assertThat(status(page, "dee.marsh")).isEqualTo(404);
            assertThat(status("/api/v1" + page, "dee.marsh")).isEqualTo(404);
            assertThat(ask(post("/find").param("q", name), "dee.marsh").getContentAsString()).doesNotContain(family.ref());
        } finally {
            jdbc.sql("delete from demo_clock").update();
        }
    }

    private static String token(MockHttpServletResponse page) throws Exception {
        return page.getContentAsString().replaceAll("(?s).*csrf-token\" content=(\"[^\"]*\").*", "$1");
    }

    private static String hidden(MockHttpServletResponse page) throws Exception {
        return page.getContentAsString().replaceAll("(?s).*name=\"_csrf\" value=(\"[^\"]*\").*", "$1");
    }

    @Test
    void theApiOpensAFamilyInAnEmergencyToo() throws Exception {
        String address = "/api/v1" + page + "/emergencies";
        assertThat(ask(post(address).contentType(MediaType.APPLICATION_JSON).content("{\"reason\":\"\"}"), "dee.marsh").getStatus()).isEqualTo(422);
        assertThat(ask(post(address).contentType(MediaType.APPLICATION_JSON).content("{\"reason\":\"A child rang.\",\"hours\":2}"), "dee.marsh").getStatus()).isEqualTo(201);
        assertThat(ask(get(address), "dee.marsh").getContentAsString()).contains("A child rang.", "Dee Marsh");
        assertThat(status("/api/v1" + page, "dee.marsh")).isEqualTo(200);
        assertThat(ask(post("/api/v1/families/F-999999/emergencies").contentType(MediaType.APPLICATION_JSON).content("{\"reason\":\"A child rang.\"}"), "dee.marsh").getStatus()).isEqualTo(404);
    }

    @Test
    void whoHasNoBusinessWithRecordsIsNotOfferedIt() throws Exception {
        assertThat(ask(get(page), "alex.morgan").getContentAsString()).doesNotContain("emergency");
        assertThat(status(page + "/emergency", "alex.morgan")).isEqualTo(403);
        assertThat(ask(post(page + "/emergency").param("reason", "A child rang.").param("hours", "4"), "alex.morgan").getStatus()).isEqualTo(403);
        assertThat(status(page, "alex.morgan")).isEqualTo(404);
    }

    @Test
    @Requirement("S-178")
    void anEmergencyDoesNotOpenWhatIsRestricted() throws Exception {
        ask(post(page + "/emergency").param("reason", "A child rang.").param("hours", "4"), "lucy.hart");
        var lucy = actors.find("lucy.hart").orElseThrow();
        assertThat(policy.maySee(lucy, family.ref())).isTrue();
        assertThat(policy.mayRead(lucy, family.ref(), "child-view")).isFalse();
        assertThat(policy.mayRead(lucy, family.ref(), "third-party-history")).isFalse();
        assertThat(policy.mayRead(lucy, family.ref(), "withheld-address")).as("a child's protection needs the place").isTrue();
        var maria = actors.find(TestFamily.SOCIAL_WORKER).orElseThrow();
        assertThat(policy.mayRead(maria, family.ref(), "child-view")).as("the named worker").isTrue();
        assertThat(policy.mayRead(maria, "F-999999", "child-view")).as("and of no other family").isFalse();
    }

    @Test
    void aDisabledUserIsOutAtTheNextRequest() throws Exception {
        assertThat(status(page, TestFamily.PRACTITIONER)).isEqualTo(200);
        jdbc.sql("update app_user set enabled = false where username = ?").param(TestFamily.PRACTITIONER).update();
        try {
            assertThat(status(page, TestFamily.PRACTITIONER)).isEqualTo(302);
            assertThat(status("/api/v1" + page, TestFamily.PRACTITIONER)).isEqualTo(401);
        } finally {
            jdbc.sql("update app_user set enabled = true where username = ?").param(TestFamily.PRACTITIONER).update();
        }
        assertThat(status(page, TestFamily.PRACTITIONER)).isEqualTo(200);
    }

    @Test
    void aLostRoleLosesWhatItOpened() throws Exception {
        jdbc.sql("insert into involvement (family_ref, role, team_id, began_on) values (?, 'health-visitor', 'health-visiting', current_date)").param(family.ref()).update();
        assertThat(status(page, "bea.coombes")).isEqualTo(200);
        jdbc.sql("delete from user_role where username = 'bea.coombes'").update();
        try {
            assertThat(status(page, "bea.coombes")).isEqualTo(404);
        } finally {
            jdbc.sql("insert into user_role (username, role) values ('bea.coombes', 'health-visitor')").update();
        }
    }

    @Test
    void aWorkerWhoLeavesLosesSightTheSameMinute() throws Exception {
        assertThat(status(page, TestFamily.SOCIAL_WORKER)).isEqualTo(200);
        involvements.name(family.ref(), "childrens-social-worker", "ben.adeyemi");
        for (String path : List.of(page, page + "/story", "/api/v1" + page)) {
            assertThat(status(path, TestFamily.SOCIAL_WORKER)).as(path).isEqualTo(404);
            assertThat(status(path, "ben.adeyemi")).as(path).isEqualTo(200);
        }
    }

    @Test
    @Requirement("S-206")
    void aDeputyHasTheFamiliesAndTheWorkForThatTimeOnly() throws Exception {
        String task = family.showTask(jdbc, "adult-accepted");
        jdbc.sql("update work_item set sort_at = now() - interval '9 years' where '/work/' || id = ?").param(task).update(); // first in the list
        String today = families.today().toString();
        assertThat(status(page, "tom.ellery")).isEqualTo(404);
        assertThat(ask(post("/deputies").param("deputy", "dee.marsh").param("from", today).param("until", today), TestFamily.PRACTITIONER).getContentAsString()).contains("Choose a colleague of your team");
        assertThat(ask(post("/deputies").param("deputy", "tom.ellery").param("from", today).param("until", families.today().minusDays(1).toString()), TestFamily.PRACTITIONER).getContentAsString())
                .contains("not before the first");
        assertThat(ask(post("/deputies").param("deputy", "tom.ellery").param("from", today).param("until", today), TestFamily.PRACTITIONER).getRedirectedUrl()).isEqualTo("/deputies");
        assertThat(ask(get("/deputies"), TestFamily.PRACTITIONER).getContentAsString()).contains("Tom Ellery");
        assertThat(ask(get("/deputies"), "tom.ellery").getContentAsString()).contains("Asha Patel");

        assertThat(status(page, "tom.ellery")).isEqualTo(200);
        assertThat(status(task, "tom.ellery")).isEqualTo(200);
        assertThat(ask(get("/api/v1/work").param("limit", "200"), "tom.ellery").getContentAsString()).contains(family.ref());
        assertThat(ask(post(task + "/draft").param("firstName", "Written by Tom"), "tom.ellery").getStatus()).isEqualTo(204);
        assertThat(ask(get(task), TestFamily.PRACTITIONER).getContentAsString()).as("drafts stay one's own").doesNotContain("Written by Tom");
        assertThat(status(page, "ruth.okafor")).isEqualTo(200);
        assertThat(status(page, "helen.voss")).as("nobody else").isEqualTo(404);

        long id = jdbc.sql("select max(id) from deputy where username = ? and deputy = 'tom.ellery'").param(TestFamily.PRACTITIONER).query(Long.class).single();
        assertThat(ask(delete("/api/v1/deputies/" + id), "tom.ellery").getStatus()).as("not the deputy's to end").isEqualTo(404);
        assertThat(ask(delete("/api/v1/deputies/" + id), TestFamily.PRACTITIONER).getStatus()).isEqualTo(204);
        assertThat(status(page, "tom.ellery")).isEqualTo(404);
        assertThat(status(task, "tom.ellery")).isEqualTo(404);
        jdbc.sql("insert into deputy (username, deputy, from_on, until_on, named_by, named_at) values (?, 'tom.ellery', current_date - 3, current_date - 1, 'x', now())").param(TestFamily.PRACTITIONER).update();
        jdbc.sql("insert into deputy (username, deputy, from_on, until_on, named_by, named_at) values (?, 'tom.ellery', current_date + 1, current_date + 2, 'x', now())").param(TestFamily.PRACTITIONER).update();
        assertThat(status(page, "tom.ellery")).as("neither before nor after").isEqualTo(404);
    }
}
