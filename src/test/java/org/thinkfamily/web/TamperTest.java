package org.thinkfamily.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;

import jakarta.servlet.http.Cookie;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.thinkfamily.access.DemoUsers;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;
import tools.jackson.databind.json.JsonMapper;

/** What is sent otherwise than a page of ours would: names of fields, ids of others, tokens, sessions, methods. */
@ThinkFamilyTest
@Requirement("S-221")
class TamperTest {

    private static final String WHO = "zoe.finch";

    @Autowired
    private MockMvc web;
    @Autowired
    private Families families;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private JsonMapper json;

    private TestFamily mine;
    private TestFamily theirs;
    private String secret;

    @BeforeEach
    void twoFamilies() {
        mine = TestFamily.open(families, jdbc, "Mine" + UUID.randomUUID());
        secret = "Theirs" + UUID.randomUUID();
        theirs = TestFamily.open(families, jdbc, secret);
        jdbc.sql("delete from involvement where family_ref = ? and username = ?").param(theirs.ref()).param(TestFamily.PRACTITIONER).update();
    }

    private MockHttpServletResponse ask(MockHttpServletRequestBuilder request, String who) throws Exception {
        return web.perform(request.with(user(who)).with(csrf())).andReturn().getResponse();
    }

    private Map<String, Object> accepted() {
        return new HashMap<>(Map.of("firstName", "Rosa", "lastName", "Tampered", "dateOfBirth", "1990-05-01", "gpPractice", "mill-lane-surgery", "adultRole", "adult-mental-health-practitioner",
                "acceptedOn", java.time.LocalDate.now(WorkingDays.LONDON).toString()));
    }

    private MockHttpServletResponse send(String path, Map<String, Object> body) throws Exception {
        return ask(post(path).contentType(MediaType.APPLICATION_JSON).content(json.writeValueAsString(body)), TestFamily.PRACTITIONER);
    }

    @Test
    void fieldsThatTheFormDoesNotHaveAreRefusedByTheApiAndLeftAloneByThePage() throws Exception {
        for (String key : List.of("author", "family", "role", "filed_at", "deployment_id", "__proto__", "constructor", "class.module.classLoader", "firstName.x", "firstName[0]")) {
            Map<String, Object> answers = accepted();
            answers.put(key, "admin");
            MockHttpServletResponse refused = send("/api/v1/pathways/identification", Map.of("answers", answers));
            assertThat(refused.getStatus()).as(key).isEqualTo(422);
            assertThat(send("/api/v1/pathways/identification", Map.of("answers", accepted(), key.equals("family") ? "author" : key, "admin")).getStatus()).as(key + " beside the answers").isEqualTo(422);
        }
        MockHttpServletRequestBuilder typed = post("/start/identification/check");
        accepted().forEach((key, value) -> typed.param(key, value.toString()));
        typed.param("author", "mallory.forged").param("username", "mallory.forged").param("filedAt", "1999-01-01").param("children[9999].firstName", "X").param("class.module.classLoader.x", "y").param("_draftVersion", "-1");
        assertThat(ask(typed, TestFamily.PRACTITIONER).getStatus()).isLessThan(500);
        assertThat(jdbc.sql("select count(*) from entry where answers::text like '%mallory.forged%' or author = 'mallory.forged'").query(Long.class).single()).isZero();
    }

    /** A person of another family is nobody: the answer is refused as one that never was, and says nothing of them. */
    @Test
    void peopleOfAnotherFamilyAreNobody() throws Exception {
        String task = mine.showTask(jdbc, "screening-effect");
        for (long stranger : List.of(theirs.mia(), 999_999_999L)) {
            for (Map<String, Object> answers : List.<Map<String, Object>>of(Map.of("children", List.of(Map.of("person", stranger, "worry", "x", "strengths", "y"))), Map.of("adult", String.valueOf(stranger)))) {
                MockHttpServletResponse refused = send("/api/v1" + task + "/complete", Map.of("answers", answers));
                assertThat(refused.getStatus()).isEqualTo(422);
                assertThat(refused.getContentAsString()).doesNotContain(secret);
            }
            MockHttpServletResponse referral = send("/api/v1/pathways/referral", Map.of("family", mine.ref(), "answers", Map.of("adult", String.valueOf(stranger))));
            assertThat(referral.getStatus()).isEqualTo(422);
            assertThat(referral.getContentAsString()).contains("/answers/adult").doesNotContain(secret);
            MockHttpServletResponse page = ask(post("/start/referral").param("family", mine.ref()).param("adult", String.valueOf(stranger)).param("children[0].person", String.valueOf(stranger)), TestFamily.PRACTITIONER);
            assertThat(page.getContentAsString()).doesNotContain(secret);
            assertThat(ask(put("/api/v1" + task + "/draft").contentType(MediaType.APPLICATION_JSON).content("{\"answers\":{\"children\":[{\"person\":" + stranger + "}]}}"), TestFamily.PRACTITIONER).getStatus()).isLessThan(500);
            assertThat(ask(get(task), TestFamily.PRACTITIONER).getContentAsString()).doesNotContain(secret);
        }
        assertThat(send("/api/v1/pathways/referral", Map.of("family", theirs.ref(), "answers", Map.of())).getStatus()).isEqualTo(404);
    }

    private Cookie signIn(String who) throws Exception {
        MockHttpServletResponse answer = web.perform(post("/signin").param("username", who).param("password", DemoUsers.PASSWORD).with(csrf())).andReturn().getResponse();
        assertThat(answer.getRedirectedUrl()).endsWith("/work");
        return answer.getCookie("thinkfamily");
    }

    private MockHttpServletResponse with(Cookie session, MockHttpServletRequestBuilder request) throws Exception {
        return web.perform(request.cookie(session)).andReturn().getResponse();
    }

    private String token(Cookie session) throws Exception {
        return with(session, get("/work")).getContentAsString().replaceAll("(?s).*csrf-token\" content=\"([^\"]*)\".*", "$1");
    }

    @Test
    void aTokenOpensOneSessionAlone() throws Exception {
        Cookie first = signIn(WHO);
        String token = token(first);
        assertThat(with(first, post("/session/extend").param("_csrf", token)).getStatus()).isEqualTo(204);
        Cookie second = signIn(WHO);
        assertThat(second.getValue()).isNotEqualTo(first.getValue());
        assertThat(with(second, post("/session/extend").param("_csrf", token)).getStatus()).as("of another session").isEqualTo(403);
        assertThat(with(second, post("/session/extend")).getStatus()).as("none").isEqualTo(403);
        assertThat(with(first, post("/signout").param("_csrf", token)).getStatus()).isEqualTo(302);
        assertThat(with(first, get("/work")).getStatus()).as("after signing out").isEqualTo(302);
        assertThat(with(first, post("/session/extend").param("_csrf", token)).getStatus()).as("after signing out").isIn(302, 403);
    }

    @Test
    void aSessionIsNewAfterSigningInAndDiesWithTheUser() throws Exception {
        Cookie before = web.perform(get("/signin")).andReturn().getResponse().getCookie("thinkfamily");
        Cookie session = signIn(WHO);
        assertThat(before == null || !before.getValue().equals(session.getValue())).isTrue();
        assertThat(session.isHttpOnly()).isTrue();
        assertThat(with(session, get("/work")).getStatus()).isEqualTo(200);
        long last = jdbc.sql("select max(id) from audit_event").query(Long.class).single();
        jdbc.sql("update app_user set enabled = false where username = ?").param(WHO).update();
        try {
            assertThat(with(session, get("/work")).getStatus()).isEqualTo(302);
            assertThat(web.perform(get("/api/v1/me").with(httpBasic(WHO, DemoUsers.PASSWORD))).andReturn().getResponse().getStatus()).isEqualTo(401);
        } finally {
            jdbc.sql("update app_user set enabled = true where username = ?").param(WHO).update();
        }
        assertThat(with(session, get("/work")).getStatus()).as("it does not come back with the user").isEqualTo(302);
        assertThat(jdbc.sql("select action || ' ' || outcome from audit_event where id > ? and username = ?").param(last).param(WHO).query(String.class).list()).contains("session.ended refused");
    }

    @Test
    void theMethodIsTheOneThatWasSent() throws Exception {
        String task = mine.showTask(jdbc, "screening");
        for (String header : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
            assertThat(ask(get(task + "/release").header(header, "POST"), TestFamily.PRACTITIONER).getStatus()).isIn(404, 405);
            assertThat(ask(get("/api/v1" + task + "/release").header(header, "POST"), TestFamily.PRACTITIONER).getStatus()).isIn(404, 405);
        }
        assertThat(ask(post("/families/" + mine.ref()).param("_method", "GET"), TestFamily.PRACTITIONER).getStatus()).isIn(404, 405);
        assertThat(ask(post("/api/v1/deputies/1").param("_method", "DELETE"), TestFamily.PRACTITIONER).getStatus()).isIn(404, 405);
        assertThat(jdbc.sql("select assignee from work_item where '/work/' || id = ?").param(task).query(String.class).single()).isEqualTo(TestFamily.PRACTITIONER);
        assertThat(web.perform(post("/find").param("q", "x").with(user(TestFamily.PRACTITIONER)).header("X-HTTP-Method-Override", "GET")).andReturn().getResponse().getStatus()).as("without a token").isEqualTo(403);
    }

    /** An address that is none, or that goes up, is no page; what was asked is not said again. */
    @Test
    void oddAddressesAreNoPages() throws Exception {
        for (String path : List.of("/families/abc'or'1", "/families/" + mine.ref() + "/people/1e9", "/families/" + mine.ref() + "/people/99999999999999999999", "/families/" + mine.ref() + "/entries/0x1",
                "/families/" + mine.ref() + "/chronology/items/entry-99999999999999999999", "/families/" + mine.ref() + "/chronology/items/table-1", "/work/1", "/vendor/../application.yml", "/forms/referral/..", "/pathway/rules/red-flags'--",
                "/api/v1/families/" + mine.ref() + "/entries/x/corrections")) {
            MockHttpServletResponse answer = ask(get(path), TestFamily.PRACTITIONER);
            assertThat(answer.getStatus()).as(path).isIn(400, 404, 405);
            assertThat(answer.getContentAsString()).as(path).doesNotContain("Exception", "1e9", "0x1", "Failed to convert");
        }
    }
}
