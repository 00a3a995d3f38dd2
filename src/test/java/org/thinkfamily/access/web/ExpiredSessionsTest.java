package org.thinkfamily.access.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import jakarta.servlet.http.Cookie;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.thinkfamily.Requirement;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.access.DemoUsers;

/** A session that ends by itself opens nothing any more, and is in the audit. */
@ThinkFamilyTest
@Requirement("S-221")
class ExpiredSessionsTest {

    private static final String WHO = "jane.tully";

    @Autowired
    private MockMvc web;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private ExpiredSessions expired;

    private List<String> rows(long since) {
        return jdbc.sql("select action || ' ' || outcome from audit_event where id > ? and username = ? and action like 'session.%'").param(since).param(WHO).query(String.class).list();
    }

    @Test
    void leavesARow() throws Exception {
        long before = jdbc.sql("select coalesce(max(id), 0) from audit_event").query(Long.class).single();
        Cookie session = web.perform(post("/signin").param("username", WHO).param("password", DemoUsers.PASSWORD).with(csrf())).andReturn().getResponse().getCookie("thinkfamily");
        assertThat(web.perform(get("/work").cookie(session)).andReturn().getResponse().getStatus()).isEqualTo(200);
        expired.takeAway();
        assertThat(rows(before)).as("one that lasts").isEmpty();
        assertThat(jdbc.sql("update spring_session set expiry_time = 1 where principal_name = ?").param(WHO).update()).isPositive();
        assertThat(web.perform(get("/work").cookie(session)).andReturn().getResponse().getRedirectedUrl()).endsWith("/signin");
        expired.takeAway();
        expired.takeAway();
        assertThat(rows(before)).containsOnly("session.expired done").isNotEmpty();
        assertThat(jdbc.sql("select count(*) from spring_session where principal_name = ?").param(WHO).query(Long.class).single()).isZero();
    }
}
