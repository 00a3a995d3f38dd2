package org.thinkfamily.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.family.Families;
import org.thinkfamily.notify.Outbox;

/** A manager finds out why a message did not arrive. */
@ThinkFamilyTest
class MessagesPageTest {

    @Autowired
    private MockMvc web;
    @Autowired
    private Families families;
    @Autowired
    private Outbox outbox;
    @Autowired
    private JdbcClient jdbc;

    @Test
    void aMessageThatTheServerRefusedSaysWhatItSaidLast() throws Exception {
        TestFamily family = TestFamily.open(families, jdbc, "Example");
        outbox.queue("clock-late", Outbox.To.role("adult-mental-health-practitioner"), family.ref(), null, "/work");
        jdbc.sql("insert into mail_refusal (mail_id, at, what) select id, now(), 'MailAuthenticationException' from outgoing_mail where family_ref = ?").param(family.ref()).update();
        assertThat(web.perform(get("/messages").with(user("ruth.okafor"))).andReturn().getResponse().getContentAsString())
                .contains(family.ref(), "Waiting: refused 1 times", "The last time: MailAuthenticationException");
    }
}
