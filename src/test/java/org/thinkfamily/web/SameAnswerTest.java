package org.thinkfamily.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.family.Families;

/**
 * What there is and may not be known answers as what there is not: the same page, the same headers and the same work for the database, so that not even the time it takes tells them
 * apart. Statements are counted: a time would be measured in vain.
 */
@ThinkFamilyTest
@Requirement("S-221")
class SameAnswerTest {

    private static final String OUTSIDER = "dee.marsh";
    private static final String NO_FAMILY = "F-99999999";

    @Autowired
    private MockMvc web;
    @Autowired
    private Families families;
    @Autowired
    private JdbcClient jdbc;

    private final Logger statements = (Logger) LoggerFactory.getLogger(JdbcTemplate.class);
    private final List<String> sent = new ArrayList<>();
    /** Of this thread alone: others seal the audit meanwhile. */
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {

        private final Thread asking = Thread.currentThread();

        @Override
        protected void append(ILoggingEvent event) {
            if (Thread.currentThread() == asking && event.getFormattedMessage().startsWith("Executing prepared SQL statement")) {
                sent.add(event.getFormattedMessage());
            }
        }
    };

    @BeforeEach
    void listen() {
        statements.setLevel(Level.DEBUG);
        statements.setAdditive(false);
        statements.addAppender(appender);
        appender.start();
    }

    @AfterEach
    void noLonger() {
        statements.detachAppender(appender);
        statements.setAdditive(true);
        statements.setLevel(null);
    }

    private record Answer(int status, Map<String, String> headers, String body, List<String> statements) { }

    private Answer ask(MockHttpServletRequestBuilder request) throws Exception {
        sent.clear();
        MockHttpServletResponse answer = web.perform(request.with(user(OUTSIDER)).with(csrf())).andReturn().getResponse();
        List<String> said = sent.stream().map(SameAnswerTest::plain).toList();
        Map<String, String> headers = new TreeMap<>();
        answer.getHeaderNames().stream().filter(name -> !name.equals("Set-Cookie")).forEach(name -> headers.put(name, plain(String.join(",", answer.getHeaders(name)))));
        return new Answer(answer.getStatus(), headers, plain(answer.getContentAsString().replaceAll("(name=\"(?:_csrf|csrf-token)\"[^>]*(?:value|content)=)\"[^\"]*\"", "$1")), said);
    }

    /** Without ids and times. */
    private static String plain(String text) {
        return text.replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "#").replaceAll("\\d+", "#");
    }

    /** What differs, in short. */
    private static String difference(Answer hidden, Answer none) {
        return hidden.status() != none.status() ? hidden.status() + " and " + none.status() : !hidden.headers().equals(none.headers()) ? hidden.headers() + " and " + none.headers()
                : !hidden.body().equals(none.body()) ? "the body: " + hidden.body() + "\n" + none.body()
                : hidden.statements().size() + " and " + none.statements().size() + " statements:\n    " + String.join("\n    ", hidden.statements()) + "\n  and\n    " + String.join("\n    ", none.statements());
    }

    /** Method, address and what is sent; F, T, E, D, P stand for ids. */
    private static final List<String> ASKED = List.of("GET /families/F", "GET /families/F/summary", "GET /families/F/story", "GET /families/F/chronology", "GET /families/F/documents",
            "GET /families/F/who-looked", "GET /families/F/people/P", "GET /families/F/people/P/twice", "GET /families/F/entries/E", "GET /families/F/entries/E/correct", "GET /families/F/decisions/D",
            "GET /families/F/chronology/import", "GET /families/F/chronology/items/entry-E", "GET /families/F/emergency", "GET /families/F/changes/review-brought-forward",
            "GET /families/F/merges/1", "GET /families/F/entries/E/files/1", "POST /families/F/entries/E/files", "POST /api/v1/families/F/entries/E/files", "POST /families/F/documents what=summary&purpose=Court",
            "POST /families/F/people/P/correct", "POST /families/F/sharing/1/document", "POST /families/F/chronology/items/entry-E significant=true&reason=x", "POST /families/F/entries/E/correct/check reason=x",
            "POST /families/F/clocks/1/why reason=x", "POST /families/F/entries/E/copies list=a&question=b&person=1", "POST /printed page=/families/F",
            "GET /start/referral?family=F", "GET /start/referral/check?family=F", "POST /start/referral/draft?family=F risk=x", "POST /start/referral/check?family=F risk=x",
            "GET /work/T", "GET /work/T/check", "GET /work/T/blank", "POST /work/T/draft risk=x", "POST /work/T/check once=1", "POST /work/T/claim", "POST /work/T/release", "POST /work/T/hand-over to=tom.ellery",
            "GET /api/v1/families/F", "GET /api/v1/families/F/entries", "GET /api/v1/families/F/clocks", "GET /api/v1/families/F/decisions", "GET /api/v1/families/F/chronology",
            "GET /api/v1/families/F/who-looked", "GET /api/v1/families/F/emergencies", "GET /api/v1/work?scope=family&family=F", "GET /api/v1/work/T", "GET /api/v1/work/T/form",
            "POST /api/v1/work/T/claim {}", "POST /api/v1/work/T/release {}", "PUT /api/v1/work/T/draft {\"answers\":{}}", "POST /api/v1/work/T/complete {\"answers\":{}}",
            "POST /api/v1/pathways/referral {\"family\":\"F\",\"answers\":{}}", "POST /api/v1/families/F/entries/E/corrections {\"answers\":{},\"reason\":\"x\"}",
            "POST /api/v1/messages/child-looked-after {\"family\":\"F\",\"facts\":{}}");

    private static MockHttpServletRequestBuilder request(String asked, Map<String, String> ids) {
        String filled = asked;
        for (Map.Entry<String, String> id : ids.entrySet()) {
            filled = filled.replaceAll("\\b" + id.getKey() + "\\b", id.getValue());
        }
        String[] parts = filled.split(" ", 3);
        MockHttpServletRequestBuilder request = parts[0].equals("GET") ? get(parts[1]) : parts[0].equals("PUT") ? org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put(parts[1]) : post(parts[1]);
        if (parts.length < 3) {
            return request;
        }
        if (parts[2].startsWith("{")) {
            return request.contentType(MediaType.APPLICATION_JSON).content(parts[2]);
        }
        Stream.of(parts[2].split("&")).forEach(parameter -> request.param(parameter.substring(0, parameter.indexOf('=')), parameter.substring(parameter.indexOf('=') + 1)));
        return request;
    }

    @Test
    void whatMayNotBeKnownAnswersAsWhatIsNotThere() throws Exception {
        TestFamily family = TestFamily.open(families, jdbc, "Hidden" + UUID.randomUUID());
        long entry = jdbc.sql("""
                insert into entry (family_ref, title, process_key, step_key, form_key, form_version, deployment_id, about, answers, author, author_name, role, service, filed_at)
                select ?, 'Shown', 'shown', 'shown', key_, 1, deployment_id_, '{}', '{}', 'asha.patel', 'Asha Patel', 'adult-mental-health-practitioner', 'Northmoor', now()
                  from act_re_camformdef where key_ = 'adult-accepted' limit 1 returning id
                """).param(family.ref()).query(Long.class).single();
        Map<String, String> there = new LinkedHashMap<>(Map.of("F", family.ref(), "T", family.showTask(jdbc, "adult-accepted").replace("/work/", ""), "E", String.valueOf(entry), "D", "77777771",
                "P", String.valueOf(family.mia())));
        Map<String, String> nowhere = new LinkedHashMap<>(Map.of("F", NO_FAMILY, "T", UUID.randomUUID().toString(), "E", "77777772", "D", "77777773", "P", "77777774"));
        List<String> wrong = new ArrayList<>();
        for (String asked : ASKED) {
            ask(request(asked, nowhere)); // what is looked up once and kept
            Answer hidden = ask(request(asked, there));
            Answer none = ask(request(asked, nowhere));
            assertThat(hidden.statements()).as(asked).isNotEmpty();
            if (!hidden.equals(none)) {
                wrong.add(asked + ": " + difference(hidden, none));
            }
            if (hidden.status() < 400 && !asked.contains("/emergency")) {
                wrong.add(asked + ": " + hidden.status());
            }
        }
        assertThat(wrong).isEmpty();
    }
}
