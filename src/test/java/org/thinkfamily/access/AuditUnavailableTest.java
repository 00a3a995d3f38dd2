package org.thinkfamily.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestDatabase;
import org.thinkfamily.TestFamily;
import org.thinkfamily.family.Families;

/** While the audit cannot be written nothing of the record is shown, nothing is changed and nobody signs in; it is said at once, and all works again when it can be. */
@OutageTest
class AuditUnavailableTest {

    /** Far less than anything that waits for the pool or for a lock, on a machine that is busy. */
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    @Autowired
    private MockMvc web;
    @Autowired
    private Families families;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private DataSource database;
    @Autowired
    private SetClock time;
    @Autowired
    private EmergencyJournal journal;

    /** What follows one write that was given up is refused without being tried for a second. */
    @BeforeEach
    void theAuditHasRecovered() {
        time.on(Duration.ofSeconds(1));
    }

    private record Answer(MockHttpServletResponse response, Duration took) { }

    private Answer ask(MockHttpServletRequestBuilder request, String who) throws Exception {
        long start = System.nanoTime();
        request.with(csrf());
        MockHttpServletResponse response = web.perform(who == null ? request : request.with(user(who))).andReturn().getResponse();
        return new Answer(response, Duration.ofNanos(System.nanoTime() - start));
    }

    @Test
    @Requirement("S-221")
    void refusesPlainlyAndSoon() throws Exception {
        String name = "Kept" + UUID.randomUUID().toString().replaceAll("[^a-z]", "");
        TestFamily family = TestFamily.open(families, jdbc, name);
        String page = "/families/" + family.ref();
        assertThat(ask(get(page), TestFamily.PRACTITIONER).response().getContentAsString()).contains(name);
        String draft = family.showTask(jdbc, "adult-accepted") + "/draft";
        try (Connection other = TestDatabase.owner(database)) {
            other.setAutoCommit(false);
            other.createStatement().execute("lock table audit_event in share mode");
            for (MockHttpServletRequestBuilder request : List.of(get(page), get(page + "/story"), get("/work"), get("/cases"), post("/find").param("q", name), post(draft).param("firstName", "Rosa"))) {
                Answer answer = ask(request, TestFamily.PRACTITIONER);
                assertThat(answer.took()).isLessThan(AT_ONCE);
                assertThat(answer.response().getStatus()).isEqualTo(503);
                assertThat(answer.response().getContentAsString()).doesNotContain(name).contains("cannot be opened right now because the audit cannot be written", "999");
            }
            for (String path : List.of("/api/v1/families/" + family.ref(), "/api/v1/work", "/api/v1/families?query=" + name)) {
                Answer answer = ask(get(path), TestFamily.PRACTITIONER);
                assertThat(answer.took()).isLessThan(AT_ONCE);
                assertThat(answer.response().getStatus()).isEqualTo(503);
                assertThat(answer.response().getContentType()).startsWith("application/problem+json");
                assertThat(answer.response().getContentAsString()).doesNotContain(name).contains("no-audit");
            }
            Answer signIn = ask(post("/signin").param("username", TestFamily.PRACTITIONER).param("password", DemoUsers.PASSWORD), null);
            assertThat(signIn.response().getStatus()).isEqualTo(503);
            assertThat(signIn.response().getHeader("Set-Cookie")).isNull();
            assertThat(ask(get("/families/F-0"), TestFamily.PRACTITIONER).response().getStatus()).isEqualTo(503);
            other.rollback();
        }
        assertThat(jdbc.sql("select count(*) from draft where username = ?").param(TestFamily.PRACTITIONER).query(Long.class).single()).isZero();
        theAuditHasRecovered();
        assertThat(ask(get(page), TestFamily.PRACTITIONER).response().getContentAsString()).contains(name);
    }

    /** Many at once do not queue behind each other for a connection. */
    @Test
    void manyAtOnceAreAllToldSoon() throws Exception {
        TestFamily family = TestFamily.open(families, jdbc, "Many");
        try (Connection other = TestDatabase.owner(database)) {
            other.setAutoCommit(false);
            other.createStatement().execute("lock table audit_event in share mode");
            List<CompletableFuture<Answer>> asked = new ArrayList<>();
            var threads = java.util.concurrent.Executors.newFixedThreadPool(40);
            for (int i = 0; i < 40; i++) {
                asked.add(CompletableFuture.supplyAsync(() -> {
                    try {
                        return ask(get("/families/" + family.ref()), TestFamily.PRACTITIONER);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }, threads));
            }
            for (CompletableFuture<Answer> each : asked) {
                assertThat(each.get().response().getStatus()).isEqualTo(503);
                assertThat(each.get().took()).isLessThan(AT_ONCE);
            }
            threads.shutdown();
            other.rollback();
        }
    }

    /** From the page that asks, to what is read: a child's protection does not wait for the audit, and all of it is in the audit afterwards. */
    @Test
    @Requirement("S-221")
    void whoOpensAFamilyInAnEmergencyReadsItAllTheSame() throws Exception {
        String name = "Urgent" + UUID.randomUUID().toString().replaceAll("[^a-z]", "");
        TestFamily family = TestFamily.open(families, jdbc, name);
        String page = "/families/" + family.ref();
        try (Connection other = TestDatabase.owner(database)) {
            other.setAutoCommit(false);
            other.createStatement().execute("lock table audit_event in share mode");
            assertThat(ask(get(page), "dee.marsh").response().getStatus()).isEqualTo(503);
            assertThat(ask(get(page + "/emergency"), "dee.marsh").response().getContentAsString()).contains("Open " + family.ref() + " in an emergency").doesNotContain(name);
            assertThat(ask(post(page + "/emergency").param("reason", "A child rang.").param("hours", "4"), "dee.marsh").response().getRedirectedUrl()).isEqualTo(page);
            for (String path : List.of(page, page + "/summary", page + "/story", page + "/chronology", page + "/people/" + family.mia(), "/api/v1" + page)) {
                Answer answer = ask(get(path), "dee.marsh");
                assertThat(answer.response().getStatus()).as(path).isEqualTo(200);
                assertThat(answer.took()).as(path).isLessThan(AT_ONCE);
                assertThat(answer.response().getContentAsString()).as(path).contains(name);
            }
            assertThat(ask(get(page), TestFamily.PRACTITIONER).response().getStatus()).as("who sees it without an emergency").isEqualTo(503);
            TestFamily another = TestFamily.open(families, jdbc, name + "Other");
            assertThat(ask(get("/families/" + another.ref()), "dee.marsh").response().getStatus()).as("what was not opened").isEqualTo(503);
            other.rollback();
        }
        theAuditHasRecovered();
        assertThat(ask(get(page), "dee.marsh").response().getStatus()).isEqualTo(200);
        journal.everyMinute();
        assertThat(jdbc.sql("select distinct action || ' ' || coalesce(reason, '') from audit_event where family_ref = ? and username = 'dee.marsh' and outcome = 'done'").param(family.ref()).query(String.class).list())
                .contains("emergency.open A child rang.", "family.read A child rang.", "summary.read A child rang.", "story.read A child rang.", "chronology.read A child rang.", "person.read A child rang.");
    }
}
