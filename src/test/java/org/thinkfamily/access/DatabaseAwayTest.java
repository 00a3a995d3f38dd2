package org.thinkfamily.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import jakarta.servlet.http.Cookie;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestDatabase;
import org.thinkfamily.TestFamily;
import org.thinkfamily.family.Families;

/** With the database away altogether everybody is told so, plainly and soon; and all works again when it is back. */
@OutageTest
@Requirement("S-221")
class DatabaseAwayTest {

    /** Far less than a pool waits by itself, on a machine that is busy. */
    private static final Duration SOON = Duration.ofSeconds(10);

    @Autowired
    private MockMvc web;
    @Autowired
    private Families families;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private DataSource database;

    private record Answer(MockHttpServletResponse response, Duration took) { }

    private Answer ask(MockHttpServletRequestBuilder request, RequestPostProcessor... as) throws Exception {
        for (RequestPostProcessor each : as) {
            request.with(each);
        }
        long start = System.nanoTime();
        MockHttpServletResponse response = web.perform(request).andReturn().getResponse();
        return new Answer(response, Duration.ofNanos(System.nanoTime() - start));
    }

    @Test
    void everybodyIsToldSoonAndAllWorksAgainAfterwards() throws Exception {
        String name = "Away" + UUID.randomUUID().toString().replaceAll("[^a-z]", "");
        TestFamily family = TestFamily.open(families, jdbc, name);
        String page = "/families/" + family.ref();
        Cookie session = new Cookie("thinkfamily", "bm9zdWNoc2Vzc2lvbg==");
        assertThat(ask(get(page), user(TestFamily.PRACTITIONER)).response().getContentAsString()).contains(name);
        TestDatabase.away(database);
        try {
            List<Answer> pages = new ArrayList<>();
            pages.add(ask(get(page).cookie(session)));
            pages.add(ask(get(page), user(TestFamily.PRACTITIONER)));
            pages.add(ask(post("/find").param("q", name), user(TestFamily.PRACTITIONER), csrf()));
            pages.add(ask(get(page + "/emergency"), user("dee.marsh")));
            pages.add(ask(post("/signin").param("username", TestFamily.PRACTITIONER).param("password", DemoUsers.PASSWORD), csrf()));
            for (Answer answer : pages) {
                assertThat(answer.took()).isLessThan(SOON);
                assertThat(answer.response().getStatus()).isEqualTo(503);
                assertThat(answer.response().getContentAsString()).contains("The service is not available", "cannot be reached", "999").doesNotContain(name, "Asha", "Exception", "Hikari", family.ref());
                assertThat(answer.response().getHeader("Set-Cookie")).isNull();
            }
            for (Answer answer : List.of(ask(get("/api/v1" + page), user(TestFamily.PRACTITIONER)), ask(get("/api/v1" + page), httpBasic(TestFamily.PRACTITIONER, DemoUsers.PASSWORD)))) {
                assertThat(answer.took()).isLessThan(SOON);
                assertThat(answer.response().getStatus()).isEqualTo(503);
                assertThat(answer.response().getContentType()).startsWith("application/problem+json");
                assertThat(answer.response().getContentAsString()).contains("no-database").doesNotContain(name, "Exception", "Hikari");
            }
        } finally {
            TestDatabase.back(database);
        }
        assertThat(backAgain(page)).contains(name);
    }

    /** A try that failed is remembered for a second. */
    private String backAgain(String page) throws Exception {
        for (int tries = 0; tries < 10_000; tries++) {
            MockHttpServletResponse answer = ask(get(page), user(TestFamily.PRACTITIONER)).response();
            if (answer.getStatus() == 200) {
                return answer.getContentAsString();
            }
        }
        return "still away";
    }

    @Test
    void whoComesAfterIsNotKeptWaiting() throws Exception {
        AtomicLong now = new AtomicLong();
        AtomicLong tries = new AtomicLong();
        DatabaseAway away = new DatabaseAway(now::get);
        DatabaseAway.Source unreachable = () -> {
            tries.incrementAndGet();
            throw new SQLTransientConnectionException("timed out", new SQLException("refused"));
        };
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> away.orElseGet(unreachable)).isInstanceOf(SQLTransientConnectionException.class);
        }
        assertThat(tries).as("asked once").hasValue(1);
        now.addAndGet(1_000_000_000L);
        Connection connection = (Connection) java.lang.reflect.Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> null);
        assertThat(away.orElseGet(() -> connection)).isSameAs(connection);
        DatabaseAway.Source busy = () -> {
            tries.incrementAndGet();
            throw new SQLTransientConnectionException("timed out");
        };
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> away.orElseGet(busy)).isInstanceOf(SQLTransientConnectionException.class);
        }
        assertThat(tries).as("a pool that is in use is asked each time").hasValue(3);
    }
}
