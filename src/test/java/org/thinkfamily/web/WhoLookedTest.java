package org.thinkfamily.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.access.Actors;
import org.thinkfamily.access.AuditHead;
import org.thinkfamily.access.DemoUsers;
import org.thinkfamily.family.Families;
import org.thinkfamily.record.Entries;
import org.thinkfamily.record.Entry;
import org.thinkfamily.worklist.ReleasedForms;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who has looked at a family, what managers' people opened without a reason, and who signed in: each as it was. */
@ThinkFamilyTest
@Requirement("S-221")
class WhoLookedTest {

    private static final String MANAGER = "ruth.okafor";

    @Autowired
    private MockMvc web;
    @Autowired
    private Families families;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private JsonMapper json;
    @Autowired
    private ApplicationEventPublisher events;
    @Autowired
    private Entries entries;
    @Autowired
    private ReleasedForms forms;
    @Autowired
    private Actors actors;

    private MockHttpServletResponse ask(MockHttpServletRequestBuilder request, String who) throws Exception {
        return web.perform(request.with(user(who)).with(csrf())).andReturn().getResponse();
    }

    private JsonNode items(String path, String who) throws Exception {
        MockHttpServletResponse answer = ask(get(path), who);
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return json.readTree(answer.getContentAsString()).get("items");
    }

    private List<String> looks(TestFamily family, String query) throws Exception {
        List<String> found = new ArrayList<>();
        items("/api/v1/families/" + family.ref() + "/who-looked" + query, MANAGER).forEach(each -> found.add(each.get("username").asString() + " " + each.get("kind").asString()));
        return found;
    }

    @Test
    void newestFirstByPersonAndKind() throws Exception {
        TestFamily family = TestFamily.open(families, jdbc, "Looked" + UUID.randomUUID().toString().replaceAll("[^a-z]", ""));
        String page = "/families/" + family.ref();
        ask(get(page), TestFamily.PRACTITIONER);
        ask(get(page), "dee.marsh");
        ask(get("/cases"), TestFamily.SOCIAL_WORKER);
        ask(get(family.showTask(jdbc, "adult-accepted") + "/blank"), TestFamily.PRACTITIONER);
        assertThat(looks(family, "")).containsExactly("ruth.okafor opened", "asha.patel printed", "maria.santos listed", "dee.marsh refused", "asha.patel opened");
        assertThat(looks(family, "?kind=refused")).containsExactly("dee.marsh refused");
        assertThat(ask(get("/api/v1" + page + "/who-looked?kind=other"), MANAGER).getStatus()).isEqualTo(422);
        JsonNode first = json.readTree(ask(get("/api/v1" + page + "/who-looked?limit=2&count=true"), MANAGER).getContentAsString());
        assertThat(first.get("count").asLong()).isEqualTo(7);
        assertThat(ask(get(first.get("next").asString()), MANAGER).getContentAsString()).doesNotContain(first.get("items").get(1).get("id").asString());

        String shown = ask(get(page + "/who-looked"), MANAGER).getContentAsString();
        assertThat(shown).contains("Opened the family page", "Opened a form to print it", "Saw it in their cases", "Refused", "Asha Patel", "Ruth Okafor");
        long row = jdbc.sql("select max(id) from audit_event where family_ref = ? and username = 'dee.marsh'").param(family.ref()).query(Long.class).single();
        String one = ask(get(page + "/who-looked").param("person", String.valueOf(row)), MANAGER).getContentAsString();
        assertThat(one.substring(one.indexOf("<tbody"))).contains("Refused").doesNotContain("Asha Patel");
        assertThat(ask(get(page), MANAGER).getContentAsString()).contains(page + "/who-looked");
        assertThat(ask(get(page), TestFamily.PRACTITIONER).getContentAsString()).doesNotContain("/who-looked");
    }

    @Test
    void whichEntryItWas() throws Exception {
        TestFamily family = TestFamily.open(families, jdbc, "Looked");
        Entry entry = family.file(new TestFamily.Filing(entries, forms, jdbc), actors.find(TestFamily.SOCIAL_WORKER).orElseThrow(), "early-help", "shown", Map.of("agreed", "no"));
        String page = "/families/" + family.ref();
        ask(get(page + "/entries/" + entry.id()), TestFamily.PRACTITIONER);
        String shown = ask(get(page + "/who-looked").param("kind", "opened"), MANAGER).getContentAsString();
        assertThat(shown).contains("Opened an entry", page + "/entries/" + entry.id(), entry.title());
    }

    /** The family's own reviewing officer may; one of another family, or a worker, may not; the list of roles is data. */
    @Test
    void forThoseEntitled() throws Exception {
        TestFamily family = TestFamily.open(families, jdbc, "Entitled");
        String page = "/families/" + family.ref() + "/who-looked";
        assertThat(ask(get(page), "nina.farrow").getStatus()).isEqualTo(200);
        assertThat(ask(get(page), TestFamily.SOCIAL_WORKER).getStatus()).isEqualTo(403);
        jdbc.sql("update involvement set ended_on = current_date where family_ref = ? and username = 'nina.farrow'").param(family.ref()).update();
        assertThat(ask(get(page), "nina.farrow").getStatus()).isEqualTo(404);
        jdbc.sql("update app_role set reads_audit = true where code = 'childrens-social-worker'").update();
        try {
            assertThat(ask(get(page), TestFamily.SOCIAL_WORKER).getStatus()).isEqualTo(200);
        } finally {
            jdbc.sql("update app_role set reads_audit = false where code = 'childrens-social-worker'").update();
        }
    }

    @Test
    void whatWasOpenedWithoutAReason() throws Exception {
        TestFamily family = TestFamily.open(families, jdbc, "Caseload");
        jdbc.sql("insert into involvement (family_ref, role, team_id, username, began_on) values (?, 'adult-mental-health-practitioner', 'adult-mental-health', null, current_date)")
                .param(family.ref()).update();
        ask(get("/families/" + family.ref()), TestFamily.PRACTITIONER);
        ask(get("/families/" + family.ref()), "tom.ellery");
        ask(get("/families/" + family.ref() + "/story"), "tom.ellery");
        ask(get("/families/" + family.ref()), MANAGER);
        List<JsonNode> found = opened(family);
        assertThat(found).singleElement().satisfies(each -> {
            assertThat(each.get("username").asString()).isEqualTo("tom.ellery");
            assertThat(each.get("times").asLong()).isEqualTo(2);
            assertThat(each.get("how").asString()).isEqualTo("queue");
        });
        assertThat(ask(get("/caseload-check"), MANAGER).getContentAsString()).contains(family.ref(), "Tom Ellery", "Team queue");
        assertThat(ask(get("/caseload-check"), "joan.whitlock").getContentAsString()).as("a manager of other people").doesNotContain("Tom Ellery");
        assertThat(ask(get("/api/v1/caseload-check?days=0"), MANAGER).getStatus()).isEqualTo(422);
        String task = family.showTask(jdbc, "adult-accepted").substring("/work/".length());
        jdbc.sql("update work_item set assignee = 'tom.ellery' where id = ?").param(task).update();
        assertThat(opened(family)).as("who holds a task has a reason").isEmpty();
    }

    /** The manager of who opened it is told, whether or not they see the family; the family's reference and the reason are all they learn. */
    @Test
    void whatTheirPeopleOpenedInAnEmergencyIsToldToManagersWhoDoNotSeeTheFamily() throws Exception {
        TestFamily family = TestFamily.open(families, jdbc, "Sirening");
        ask(post("/families/" + family.ref() + "/emergency").param("reason", "The school called about tonight").param("hours", "1"), "dee.marsh");
        assertThat(ask(get("/families/" + family.ref()), "karl.beck").getStatus()).isEqualTo(404);
        String shown = ask(get("/caseload-check"), "karl.beck").getContentAsString();
        assertThat(shown).contains(family.ref(), "The school called about tonight").doesNotContain("Sirening");
        assertThat(ask(get("/caseload-check"), MANAGER).getContentAsString()).as("a manager of other people").doesNotContain("The school called about tonight");
    }

    private List<JsonNode> opened(TestFamily family) throws Exception {
        List<JsonNode> found = new ArrayList<>();
        items("/api/v1/caseload-check?limit=200", MANAGER).forEach(each -> {
            if (each.get("family").asString().equals(family.ref())) {
                found.add(each);
            }
        });
        return found;
    }

    private List<String> signIns(long after) {
        return jdbc.sql("select username || ' ' || action || ' ' || outcome from audit_event where id > ? and (action like 'sign-%' or action like 'session%') order by id").param(after)
                .query(String.class).list();
    }

    @Test
    void whoSignedInAndWhoCouldNot() throws Exception {
        long before = jdbc.sql("select coalesce(max(id), 0) from audit_event").query(Long.class).single();
        MockHttpServletResponse in = web.perform(post("/signin").param("username", "asha.patel").param("password", DemoUsers.PASSWORD).with(csrf())).andReturn().getResponse();
        assertThat(in.getRedirectedUrl()).endsWith("/work");
        web.perform(post("/signin").param("username", "asha.patel").param("password", "wrong").with(csrf()));
        web.perform(post("/signin").param("username", "hunter2-my-password").param("password", "x").with(csrf()));
        web.perform(get("/api/v1/me").with(httpBasic("asha.patel", DemoUsers.PASSWORD)));
        web.perform(get("/api/v1/me").with(httpBasic("asha.patel", "wrong")));
        ask(post("/signout"), "asha.patel");
        assertThat(signIns(before)).containsExactly("asha.patel sign-in done", "asha.patel sign-in refused", "unknown sign-in refused", "asha.patel sign-in refused", "asha.patel sign-out done");
        assertThat(jdbc.sql("select count(*) from audit_event e where e::text like '%hunter2%'").query(Long.class).single()).isZero();
    }

    /** A session that somebody kept after they were disabled. */
    @Test
    void aSessionOfADisabledUserIsRefusedAndWritten() throws Exception {
        long before = jdbc.sql("select coalesce(max(id), 0) from audit_event").query(Long.class).single();
        jdbc.sql("update app_user set enabled = false where username = 'bea.coombes'").update();
        try {
            assertThat(ask(get("/work"), "bea.coombes").getStatus()).isEqualTo(302);
        } finally {
            jdbc.sql("update app_user set enabled = true where username = 'bea.coombes'").update();
        }
        assertThat(signIns(before)).containsExactly("bea.coombes session.ended refused");
    }

    /** Whoever keeps the hashes gets the one of a day that is over by mail; it is about no family. */
    @Test
    void theLastHashOfADayIsMailed() {
        events.publishEvent(new AuditHead.DayClosed(new AuditHead(LocalDate.of(2026, 11, 20), 17, "ab".repeat(32), true), "keeper@council.example"));
        assertThat(jdbc.sql("select body from outgoing_mail where address = 'keeper@council.example' and family_ref is null").query(String.class).single())
                .contains("2026-11-20 17 " + "ab".repeat(32) + " closed");
    }

    @Test
    void releasesOfModelsAreWritten() {
        assertThat(jdbc.sql("select count(*) from audit_event where action = 'model.release' and username = 'installation' and subject like 'identification %'").query(Long.class).single()).isPositive();
    }
}
