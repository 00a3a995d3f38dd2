package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.thinkfamily.TestDatabase;
import org.thinkfamily.clock.Clock;
import org.thinkfamily.clock.ClockKey;
import org.thinkfamily.clock.Clocks;
import org.thinkfamily.notify.Outbox;

/** Messages on a real SMTP server, one that takes them and one that does not. */
@SpringBootTest(properties = {"thinkfamily.engine.run-jobs=false", "spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://localhost:9/keys"})
@ContextConfiguration(initializers = TestDatabase.Beside.class)
@Import({FlowsTaken.class, Walk.class})
@DisplayName("Mail")
class MailTest {

    private static final GreenMail SERVER = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());

    @Autowired
    private Walk walk;
    @Autowired
    private ManagementService jobs;
    @Autowired
    private RuntimeService runtime;
    @Autowired
    private Outbox outbox;
    @Autowired
    private Clocks clocks;
    @Autowired
    private JdbcClient jdbc;

    private String family;

    @DynamicPropertySource
    static void server(DynamicPropertyRegistry properties) {
        SERVER.start();
        properties.add("spring.mail.host", () -> "127.0.0.1");
        properties.add("spring.mail.port", () -> SERVER.getSmtp().getPort());
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
        assertThat(FlowsTaken.never("send-message")).isEmpty();
    }

    @BeforeEach
    void aScreeningIsLate() throws Exception {
        takeEverything();
        walk.settle();
        sendAll();
        SERVER.purgeEmailFromAllMailboxes();
        family = walk.start(Walk.AMH, "identification", null, StatementsTest.accepted());
        walk.fire(family, "screening-late");
        walk.fire(family, "mail-screening-late");
    }

    private static void takeEverything() {
        SERVER.getUserManager().setMessageDeliveryHandler((message, address) -> {
            var users = SERVER.getUserManager();
            var known = users.getUserByEmail(address.getEmail());
            return known != null ? known : users.createUser(address.getEmail(), address.getEmail(), address.getEmail());
        });
    }

    private static void refuseEverything() {
        SERVER.getUserManager().setMessageDeliveryHandler((message, address) -> {
            throw new com.icegreen.greenmail.user.UserException("mailbox unavailable");
        });
    }

    private List<Job> waiting() {
        return jobs.createJobQuery().activityId("send").list();
    }

    private void sendAll() {
        waiting().forEach(job -> jobs.executeJob(job.getId()));
    }

    @Test
    void aMessageHoldsAReferenceAndALinkAndNothingPersonal() throws Exception {
        sendAll();

        assertThat(SERVER.getReceivedMessages()).hasSize(1);
        MimeMessage mail = SERVER.getReceivedMessages()[0];
        String words = mail.getSubject() + mail.getContent();
        assertThat(mail.getAllRecipients()[0]).hasToString("adult-team-manager@example.org");
        assertThat(words).contains(family).contains("/families/" + family).doesNotContain("Rosa").doesNotContain("Example");
        assertThat(unsent()).isZero();
    }

    /** T-02: who made a referral has been told when the server has the message, and not before. */
    @Test
    void whatIsToBeToldIsToldWhenTheServerHasIt() {
        Clock clock = clocks.ensure(new ClockKey(family, null, "telling"), "referral.tell", null);
        outbox.queue("referral-decided", Outbox.To.user(Walk.AMH), family, null, "/families/" + family, null, clock.id());
        refuseEverything();
        waiting().forEach(job -> assertThatThrownBy(() -> jobs.executeJob(job.getId())).isInstanceOf(Exception.class));
        assertThat(walk.clocks(family, "referral.tell")).containsExactly("running");

        takeEverything();
        sendAll();
        assertThat(walk.clocks(family, "referral.tell")).containsExactly("met");
    }

    @Test
    void completingAStepNeverWaitsForTheServer() {
        assertThat(waiting()).hasSize(1);
        assertThat(SERVER.getReceivedMessages()).isEmpty();
    }

    @Test
    void aServerThatRefusesIsTriedAgainAndNothingIsLost() {
        refuseEverything();
        Job job = waiting().get(0);
        assertThatThrownBy(() -> jobs.executeJob(job.getId())).isInstanceOf(Exception.class);
        assertThat(unsent()).isOne();
        assertThat(refusals()).isPositive();
        assertThat(jobs.createJobQuery().jobId(job.getId()).singleResult().getRetries()).isPositive();

        takeEverything();
        sendAll();
        assertThat(unsent()).isZero();
        assertThat(SERVER.getReceivedMessages()).hasSize(1);
    }

    @Test
    void aServerThatGoesOnRefusingLeavesAnIncidentPeopleCanSeeAfterTheLastTry() {
        refuseEverything();
        Job job = waiting().get(0);
        for (int attempt = 0; attempt < 4; attempt++) {
            assertThatThrownBy(() -> jobs.executeJob(job.getId())).isInstanceOf(Exception.class);
        }
        assertThat(runtime.createIncidentQuery().configuration(job.getId()).count()).isOne();
        takeEverything();
        jobs.setJobRetries(job.getId(), 1);
        sendAll();
        assertThat(unsent()).isZero();
    }

    @Test
    void whatWaitedForAServerIsHandedOnOnce() {
        sendAll();
        jdbc.sql("update outgoing_mail set handed_on = false, sent_at = null where family_ref = :family").param("family", family).update();
        outbox.handOnWaiting();
        outbox.handOnWaiting();
        assertThat(waiting()).hasSize(1);
    }

    private int unsent() {
        return jdbc.sql("select count(*) from outgoing_mail where family_ref = :family and sent_at is null").param("family", family).query(Integer.class).single();
    }

    private int refusals() {
        return jdbc.sql("select count(*) from mail_refusal r join outgoing_mail m on m.id = r.mail_id where m.family_ref = :family").param("family", family).query(Integer.class).single();
    }
}
