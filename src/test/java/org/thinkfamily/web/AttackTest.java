package org.thinkfamily.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
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
import org.thinkfamily.family.Families;
import org.thinkfamily.forms.Component;
import org.thinkfamily.forms.Form;
import tools.jackson.databind.json.JsonMapper;

/** What somebody types or sends with a bad purpose, or by accident: shown as what it is, or refused; never carried out, never a fault of ours. */
@ThinkFamilyTest
@Requirement("S-221")
class AttackTest {

    private static final String HTML = "<script>alert('Pwned')</script>\"><img src=x onerror=alert(1)>";
    private static final String SQL = "Robert'); drop table entry; -- ' or '1'='1";
    private static final String TEMPLATE = "{{7*7}}${7*7}[[${7*7}]]__${T(java.lang.Runtime)}__::.x";
    private static final String ALL = HTML + SQL + TEMPLATE;
    private static final String MANAGER = "ruth.okafor";

    /** What texts can hold that a program may stumble over. */
    private static final List<String> TEXTS = List.of(ALL + "\u202Egnp.exe %2e%2e%2f {0} \uFFFF", "\0", "a\0b \uD800", "_%\\", "../../etc/passwd", "x".repeat(300_000), "9".repeat(40), "-1", "=1+1\r\nSet-Cookie: a=b");

    @Autowired
    private MockMvc web;
    @Autowired
    private Families families;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private JsonMapper json;

    private TestFamily family;
    private String page;

    @BeforeEach
    void aFamily() {
        family = TestFamily.open(families, jdbc, "Attack" + UUID.randomUUID());
        page = "/families/" + family.ref();
    }

    private MockHttpServletResponse ask(MockHttpServletRequestBuilder request, String who) throws Exception {
        return web.perform(request.with(user(who)).with(csrf())).andReturn().getResponse();
    }

    private static List<Form> forms() throws IOException {
        List<Form> forms = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("forms"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".form")).sorted().toList()) {
                forms.add(Form.read(Files.readString(file)));
            }
        }
        return forms;
    }

    private static boolean isText(Component question) {
        return question.type() == Component.Type.TEXTFIELD || question.type() == Component.Type.TEXTAREA;
    }

    private Map<String, Object> attacked(Form form) {
        Map<String, Object> answers = new LinkedHashMap<>();
        for (Component question : form.questions()) {
            if (isText(question)) {
                answers.put(question.key(), ALL);
            } else if (question.type() == Component.Type.LIST) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("person", family.mia());
                question.components().stream().flatMap(each -> Stream.concat(Stream.of(each), each.components().stream())).filter(AttackTest::isText).forEach(text -> row.put(text.key(), ALL));
                answers.put(question.key(), List.of(row));
            }
        }
        return answers;
    }

    private static String text(MockHttpServletResponse answer) throws Exception {
        return answer.getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
    }

    private void shownAsText(String what, MockHttpServletResponse answer) throws Exception {
        assertThat(answer.getStatus()).as(what).isEqualTo(200);
        assertThat(text(answer)).as(what).doesNotContain("<script>alert", "<img src=x", "onerror=alert(1)>", "{{49}}").contains("</html>");
    }

    /** In every text of every form, and in the names of people: on every page that shows it, and in the document. */
    @Test
    void markupIsShownAsText() throws Exception {
        jdbc.sql("update person p set first_name = :html || p.id, last_name = :html from family_member m where m.person_id = p.id and m.family_ref = :family").param("html", HTML).param("family", family.ref())
                .update();
        for (Form form : forms()) {
            Map<String, Object> answers = attacked(form);
            long entry = jdbc.sql("""
                    insert into entry (family_ref, title, process_key, step_key, form_key, form_version, deployment_id, about, answers, author, author_name, role, service, filed_at)
                    select :family, :title, 'shown', 'shown', key_, 1, deployment_id_, array[:mia], cast(:answers as jsonb), 'asha.patel', :title, 'adult-mental-health-practitioner', 'Westerby', now()
                      from act_re_camformdef where key_ = :form order by version_ desc limit 1 returning id
                    """).param("family", family.ref()).param("title", HTML).param("mia", family.mia()).param("answers", json.writeValueAsString(answers)).param("form", form.id()).query(Long.class).single();
            MockHttpServletResponse shown = ask(get(page + "/entries/" + entry), TestFamily.PRACTITIONER);
            shownAsText("entry of " + form.id(), shown);
            assertThat(text(shown)).contains("&lt;script&gt;alert(&#39;Pwned&#39;)");
            shownAsText("correction of " + form.id(), ask(get(page + "/entries/" + entry + "/correct"), TestFamily.PRACTITIONER));
        }
        String task = family.showTask(jdbc, "screening");
        assertThat(ask(put("/api/v1" + task + "/draft").contentType(MediaType.APPLICATION_JSON).content(json.writeValueAsString(Map.of("answers", Map.of("note", ALL, "childrenInHousehold", HTML)))),
                TestFamily.PRACTITIONER).getStatus()).isEqualTo(204);
        for (String path : List.of(page, page + "/summary", page + "/story?whole=true", page + "/chronology", page + "/people/" + family.mia(), page + "/documents", page + "/people/" + family.mia() + "/twice", task,
                task + "?wrong=true", task + "/blank", "/work", "/cases")) {
            shownAsText(path, ask(get(path), TestFamily.PRACTITIONER));
        }
        for (String path : List.of(page, page + "/who-looked", "/work/team", "/messages", "/caseload-check")) {
            shownAsText(path, ask(get(path), MANAGER));
        }
        shownAsText("find", ask(post("/find").param("q", HTML), TestFamily.PRACTITIONER));
        MockHttpServletResponse api = ask(get("/api/v1" + page + "/entries"), TestFamily.PRACTITIONER);
        assertThat(api.getContentType()).startsWith("application/json");
        assertThat(api.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(api.getContentAsString()).contains("alert('Pwned')");
        MockHttpServletResponse paper = ask(post(page + "/documents").param("what", "file").param("recipient", "self").param("purpose", HTML), TestFamily.PRACTITIONER);
        assertThat(paper.getContentType()).isEqualTo("application/pdf");
        try (PDDocument document = Loader.loadPDF(paper.getContentAsByteArray())) {
            assertThat(new PDFTextStripper().getText(document).replaceAll("\\s+", "")).contains("<script>alert('Pwned')</script>", "${7*7}");
        }
    }

    /** Every place where somebody types something that is no answer to a form: name of the parameter, and what goes with it. */
    @Test
    void noTextMakesAFault() throws Exception {
        long entry = jdbc.sql("""
                insert into entry (family_ref, title, process_key, step_key, form_key, form_version, deployment_id, about, answers, author, author_name, role, service, filed_at)
                select ?, 'Shown', 'shown', 'shown', key_, 1, deployment_id_, '{}', '{}', 'asha.patel', 'Asha Patel', 'adult-mental-health-practitioner', 'Northmoor', now()
                  from act_re_camformdef where key_ = 'adult-accepted' limit 1 returning id
                """).param(family.ref()).query(Long.class).single();
        long clock = jdbc.sql("""
                select coalesce((select min(id) from clock where family_ref = ?), 0)
                """).param(family.ref()).query(Long.class).single();
        String task = family.showTask(jdbc, "screening");
        String at = page + "/entries/" + entry;
        List<String> typed = List.of("GET /work after", "GET /work/team after", "GET /cases after", "GET /messages after", "GET " + page + "/story after", "GET " + page + "/chronology after",
                "GET " + page + "/chronology service", "GET " + page + "/chronology kind", "GET " + page + "/chronology person", "GET " + page + "/who-looked person", "GET " + page + "/who-looked kind",
                "GET " + page + " large", "GET /start/referral family", "GET /caseload-check days", "POST /find q", "POST /known lastName", "POST /known firstName", "POST /known nhsNumber", "POST /known postcode",
                "POST /known reasonWords", "POST " + page + "/emergency reason", "POST " + page + "/emergency hours", "POST /families/F-1/emergency reason", "POST " + page + "/clocks/" + clock + "/why reason",
                "POST " + page + "/documents purpose what=summary", "POST " + page + "/documents what purpose=Court", "POST " + page + "/chronology/import csv", "POST " + page + "/chronology/import/confirm csv",
                "POST " + page + "/chronology/items/entry-" + entry + " reason significant=true", "POST " + page + "/people/" + family.mia() + "/twice other", "POST /deputies deputy", "POST /deputies from deputy=tom.ellery",
                "POST " + task + "/hand-over to", "POST " + task + "/draft note", "POST " + task + "/draft children[0].firstName", "POST " + task + " note", "POST " + task + "/check once",
                "POST /start/identification firstName", "POST /start/identification/draft lastName", "POST /start/identification/check lastName", "POST " + at + "/correct firstName", "POST " + at + "/correct/check reason",
                "POST " + at + "/copies question list=a&person=1", "POST " + at + "/copies person list=a&question=b", "POST /printed page", "POST /signin username password=x", "POST /signin password username=asha.patel",
                "GET /api/v1/families query", "GET /api/v1/work after", "GET /api/v1/work family", "GET /api/v1" + page + "/entries after", "GET /api/v1" + page + "/chronology after", "GET /signin wrong");
        List<String> wrong = new ArrayList<>();
        for (String each : typed) {
            for (String text : TEXTS) {
                String[] parts = each.split(" ");
                MockHttpServletRequestBuilder request = parts[0].equals("GET") ? get(parts[1]) : post(parts[1]);
                request.param(parts[2], text);
                if (parts.length > 3) {
                    Stream.of(parts[3].split("&")).forEach(more -> request.param(more.substring(0, more.indexOf('=')), more.substring(more.indexOf('=') + 1)));
                }
                fault(each, text, ask(request, each.contains("/messages") || each.contains("who-looked") || each.contains("caseload") ? MANAGER : TestFamily.PRACTITIONER), wrong);
            }
        }
        for (String each : List.of("POST /api/v1/families/search query", "POST /api/v1" + page + "/emergencies reason", "POST /api/v1/known-checks lastName", "POST /api/v1/deputies deputy", "POST /api/v1/messages/child-looked-after family",
                "POST /api/v1/pathways/referral family", "POST /api/v1/demo/clock advance", "POST /api/v1" + at + "/corrections reason")) {
            for (String text : TEXTS) {
                String[] parts = each.split(" ");
                String body = parts[2].equals("reason") && parts[1].contains("corrections") ? json.writeValueAsString(Map.of("answers", Map.of("firstName", text), "reason", text)) : json.writeValueAsString(Map.of(parts[2], text));
                fault(each, text, ask(post(parts[1]).contentType(MediaType.APPLICATION_JSON).content(body), TestFamily.PRACTITIONER), wrong);
            }
        }
        for (String text : TEXTS) {
            if (text.chars().allMatch(c -> c >= ' ' && c < 127) && text.length() < 1000) {
                fault("Idempotency-Key", text, ask(post("/api/v1" + task + "/claim").header("Idempotency-Key", text), TestFamily.PRACTITIONER), wrong);
                fault("X-Forwarded-For", text, ask(get("/work").header("X-Forwarded-For", text).header("X-Forwarded-Host", text).header("User-Agent", text), TestFamily.PRACTITIONER), wrong);
            }
        }
        assertThat(web.perform(get("/api/v1/me").with(httpBasic("asha\0patel", "x\0"))).andReturn().getResponse().getStatus()).isEqualTo(401);
        assertThat(wrong).isEmpty();
        assertThat(jdbc.sql("select count(*) from entry where id = ?").param(entry).query(Long.class).single()).isEqualTo(1);
    }

    private static void fault(String what, String text, MockHttpServletResponse answer, List<String> wrong) throws Exception {
        String body = text(answer);
        if (answer.getStatus() >= 500 || body.contains("<script>alert") || body.contains("<img src=x") || body.contains("Exception") || body.contains("org.postgresql")
                || answer.getHeader("Set-Cookie") != null && answer.getHeader("Set-Cookie").contains("a=b") || answer.getRedirectedUrl() != null && answer.getRedirectedUrl().contains("Pwned")) {
            wrong.add(what + " with " + (text.length() > 60 ? text.substring(0, 60) + "…" : text.replace("\0", "NUL")) + ": " + answer.getStatus());
        }
    }
}
