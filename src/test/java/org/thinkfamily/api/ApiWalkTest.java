package org.thinkfamily.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.thinkfamily.Requirement;
import org.thinkfamily.TimeTravelTest;
import org.thinkfamily.api.ApiClient.Reply;
import org.thinkfamily.api.ApiClient.User;
import org.thinkfamily.pathway.EngineTime;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** Another program, which knows only the page about the API, walks a family from identification to an agreed contact plan. */
@TimeTravelTest
class ApiWalkTest {

    /** The choices that steer the pathway; everything else is answered by reading the forms. */
    private static final Map<String, Object> CHOICES = Map.ofEntries(
            Map.entry("adultRole", "adult-mental-health-practitioner"),
            Map.entry("childrenInHousehold", "yes"),
            Map.entry("screening.children", List.of(Map.of("firstName", "Mia", "lastName", "Example", "born", "born", "dateOfBirth", "2018-03-02", "home", "household"))),
            Map.entry("mentalHealth", "mild"), Map.entry("substances", "none"), Map.entry("engagement", "good"), Map.entry("suicide", "none"), Map.entry("hospital", "no"),
            Map.entry("delusionsInvolveChild", "no"), Map.entry("hostileToChild", "no"), Map.entry("threatToKill", "no"), Map.entry("alteredStates", "no"),
            Map.entry("untreatable", "no"), Map.entry("perinatal", "no"), Map.entry("domesticAbuse", "no"), Map.entry("obsessionsInvolveChild", "no"),
            Map.entry("isolated", "no"), Map.entry("earlierHarm", "no"),
            Map.entry("nextStep", "refer"),
            Map.entry("decision", "assess"),
            Map.entry("outcome", "looked-after"),
            Map.entry("planConfirmed", "yes"));

    private static final int MOST_STEPS = 150;
    private static final GreenMail SERVER = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());
    private static final Path TOMCAT = Path.of("target", "tomcat-" + System.nanoTime()).toAbsolutePath();

    @LocalServerPort
    private int port;
    @Autowired
    private EngineTime engine;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private ObjectProvider<MeterRegistry> meters;
    private ApiClient api;
    private final List<String> done = new ArrayList<>();
    private Canaries canaries;

    @DynamicPropertySource
    static void whatTheServerWrites(DynamicPropertyRegistry properties) {
        SERVER.start();
        properties.add("spring.mail.host", () -> "127.0.0.1");
        properties.add("spring.mail.port", () -> SERVER.getSmtp().getPort());
        properties.add("server.tomcat.basedir", TOMCAT::toString);
        properties.add("server.tomcat.accesslog.enabled", () -> "true");
        properties.add("server.tomcat.accesslog.buffered", () -> "false");
    }

    @AfterAll
    static void noMoreMail() {
        SERVER.stop();
    }

    @Test
    void fromIdentificationToAnAgreedContactPlan() {
        walk();
    }

    private String walk() {
        api = new ApiClient(port);
        String practitioner = api.withRole("adult-mental-health-practitioner");
        String family = start(practitioner, "identification");

        for (int step = 0; step < MOST_STEPS && !done.contains("contact-confirmation"); step++) {
            JsonNode open = api.get(practitioner, "/api/v1/work?scope=family&family=" + family).json().get("items");
            if (open.isEmpty()) {
                // What runs by itself runs; then time passes.
                String by = step % 2 == 0 ? "PT1M" : "next-due";
                assertThat(api.post(practitioner, "/api/v1/demo/clock", Map.of("advance", by)).status()).isEqualTo(200);
            } else {
                complete(open.get(0));
            }
        }

        assertThat(done).as("the forms answered").contains("screening", "screening-risks", "screening-effect", "referral-decision", "assessment-allocate", "assessment-sign",
                "assessment-authorise", "iro-named", "review-sitting", "contact-proposal", "contact-agreement", "contact-confirmation");
        JsonNode now = api.get(practitioner, "/api/v1/families/" + family).json();
        assertThat(now.get("processes").valueStream().filter(process -> process.get("process").asString().equals("contact-planning"))
                .flatMap(process -> process.get("steps").valueStream()).map(step -> step.get("step").asString())).contains("plan-again");
        assertThat(now.get("processes").valueStream().flatMap(process -> process.get("steps").valueStream()).filter(step -> step.get("stuck").asBoolean())).isEmpty();
        return family;
    }

    /** A word of its own in everything personal that is typed, all the way and on the pages beside it: it is in the record, and nowhere else. */
    @Test
    @Requirement({"S-221", "S-178"})
    void nothingPersonalIsFoundOutsideTheRecord() throws Exception {
        try (Canaries planted = new Canaries()) {
            canaries = planted;
            String family = walk();
            List<String> addresses = typedOnPages(family, api.withRole("adult-mental-health-practitioner"));
            api.post(api.withRole("adult-mental-health-practitioner"), "/api/v1/demo/clock", Map.of("advance", "PT1M"));

            String kept = jdbc.sql("select string_agg(t, ' ') from (select answers::text as t from entry union all select first_name || ' ' || last_name from person union all select concat_ws(' ', detail, title, source) from history_event "
                    + "union all select reason from chronology_mark union all select reason from break_glass union all select name from attachment union all select encode(content, 'escape') from attachment_part "
                    + "union all select answers::text from draft union all select late_reason from clock union all select reason from audit_event union all select reason from entry) all_of_it").query(String.class).single();
            List<String> stored = canaries.words().entrySet().stream().filter(word -> kept.contains(word.getValue())).map(Map.Entry::getKey).toList();
            SoftAssertions soft = new SoftAssertions();
            soft.assertThat(stored).as("in the record").hasSizeGreaterThan(60).contains("adult-accepted.firstName", "screening.lastName", "correction.firstName", "correction.reason", "document.purpose", "attachment.name",
                    "attachment.content", "history.title", "history.detail", "history.source", "chronology.mark", "draft.risk", "emergency.reason", "person-facts.lastName", "assessment-child-views.view");
            soft.assertThat(canaries.lines()).as("something was logged").isPositive();
            soft.assertThat(canaries.logs()).as("logs").isEmpty();
            soft.assertThat(Canaries.columns(jdbc, "act\\_%")).as("the engine's tables").isEmpty();
            soft.assertThat(jdbc.sql("select (select count(*) from act_hi_taskinst) + (select count(*) from act_ru_variable) + (select count(*) from act_ru_execution)").query(Long.class).single()).as("there is something in them").isPositive();
            soft.assertThat(jdbc.sql("select count(*) from spring_session_attributes").query(Long.class).single()).as("there are sessions").isPositive();
            soft.assertThat(Canaries.columns(jdbc, "spring\\_session%")).as("sessions").isEmpty();
            soft.assertThat(jdbc.sql("select count(*) from outgoing_mail where family_ref = ?").param(family).query(Long.class).single()).as("there is mail").isPositive();
            soft.assertThat(Canaries.columns(jdbc, "outgoing\\_mail")).as("mail").isEmpty();
            soft.assertThat(Canaries.columns(jdbc, "audit\\_event", "audit_event.reason")).as("the audit, but for reasons that were given").isEmpty();
            soft.assertThat(SERVER.getReceivedMessages()).as("messages").isNotEmpty().noneMatch(message -> Canaries.in(GreenMailUtil.getWholeMessage(message)));
            soft.assertThat(addresses).as("addresses").hasSizeGreaterThan(200).noneMatch(Canaries::in);
            meters.ifAvailable(registry -> soft.assertThat(registry.getMeters()).as("metrics").isNotEmpty().noneMatch(meter -> Canaries.in(meter.getId().toString())));
            try (Stream<Path> logs = Files.walk(TOMCAT)) {
                soft.assertThat(logs.filter(file -> file.toString().contains("access_log")).mapToLong(file -> file.toFile().length()).sum()).as("an access log").isPositive();
            }
            soft.assertThat(Canaries.files(TOMCAT)).as("access log and uploads").isEmpty();
            soft.assertThat(canaries.temporaryFiles()).as("temporary files").isEmpty();
            soft.assertAll();
        } finally {
            canaries = null;
        }
    }

    /** What is typed beside the forms of the pathway, and what is asked for in vain. */
    private List<String> typedOnPages(String family, String practitioner) throws Exception {
        String page = "/families/" + family;
        long child = api.get(practitioner, "/api/v1" + page).json().get("people").valueStream().filter(person -> person.get("firstName").asString().equals(canaries.word("screening.firstName"))).findFirst()
                .orElseThrow().get("id").asLong();
        PageClient pages = new PageClient(port).signIn(practitioner);
        facts(practitioner, family, child);
        JsonNode entry = api.get(practitioner, "/api/v1" + page + "/entries?limit=100").json().get("items").valueStream()
                .filter(each -> each.get("form").asString().equals("adult-accepted")).findFirst().orElseThrow();
        long id = entry.get("id").asLong();
        Map<String, Object> corrected = ApiClient.JSON.convertValue(entry.get("answers"), new TypeReference<Map<String, Object>>() { });
        corrected.put("firstName", canaries.word("correction.firstName"));
        Reply correction = api.post(practitioner, "/api/v1" + page + "/entries/" + id + "/corrections", Map.of("answers", corrected, "reason", canaries.word("correction.reason")));
        assertThat(correction.status()).as(correction.text()).isLessThan(300);
        pages.get(page + "/entries/" + id + "/correct");
        pages.get(page + "/entries/" + correction.json().get("id").asLong() + "/correct");
        for (String path : List.of("", "/summary", "/story", "/story?whole=true", "/chronology", "/people/" + child, "/people/" + child + "/twice", "/entries/" + id)) {
            assertThat(Canaries.in(pages.get(page + path).body())).as(path).isTrue();
        }
        for (String path : List.of("/work", "/work/team", "/cases", "/start", "/start/person-facts?family=" + family, "/deputies", "/forms")) {
            assertThat(pages.get(path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(pages.post("/find", "q", canaries.word("adult-accepted.lastName")).body()).contains(family);
        assertThat(pages.post("/known", "firstName", canaries.word("refused.known.firstName"), "lastName", canaries.word("adult-accepted.lastName"), "reason", "child-worry", "reasonWords", canaries.word("refused.known.reasonWords"))
                .statusCode()).isLessThan(400);
        assertThat(api.post(practitioner, "/api/v1/families/search", Map.of("query", canaries.word("adult-accepted.lastName"))).text()).contains(family);
        assertThat(pages.post(page + "/documents", "what", "file", "recipient", "self", "purpose", canaries.word("document.purpose")).headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(pages.upload(page + "/entries/" + id + "/files", canaries.word("attachment.name") + ".eml", ("From: a@example.org\r\nSubject: Visit\r\n\r\n" + canaries.word("attachment.content") + "\r\n").getBytes(StandardCharsets.UTF_8)).statusCode())
                .isEqualTo(302);
        pages.get(page + "/entries/" + id);
        String csv = "date,title,detail,origin,source,confidence\n2019-05-01," + canaries.word("history.title") + "," + canaries.word("history.detail") + ",education," + canaries.word("history.source") + ",confirmed\n";
        assertThat(pages.upload(page + "/chronology/import", "history.csv", csv.getBytes(StandardCharsets.UTF_8)).body()).contains(canaries.word("history.title"));
        pages.post(page + "/chronology/import/confirm", "csv", csv);
        pages.post(page + "/chronology/items/entry-" + correction.json().get("id").asLong(), "significant", "true", "reason", canaries.word("chronology.mark"));
        pages.post("/start/referral/draft?family=" + family, "risk", canaries.word("draft.risk"));
        pages.get("/start/referral?family=" + family);
        pages.get(page + "/chronology?order=oldest");
        PageClient outsider = new PageClient(port).signIn("dee.marsh");
        assertThat(outsider.post(page + "/emergency", "reason", canaries.word("emergency.reason"), "hours", "4").statusCode()).isEqualTo(302);
        assertThat(Canaries.in(outsider.get(page).body())).isTrue();

        String typo = canaries.word("refused.typed");
        PageClient stranger = new PageClient(port);
        stranger.get("/signin");
        stranger.post("/signin", "username", typo, "password", typo);
        for (HttpResponse<String> refused : List.of(pages.get("/work/team?after=" + typo), pages.get(page + "/story?after=" + typo), pages.post("/families/F-99999999/documents", "what", "file", "purpose", typo),
                pages.post("/work/none/draft", typo, typo), stranger.get("/signin?wrong"))) {
            assertThat(refused.body()).doesNotContain(typo);
        }
        Reply wrong = api.post(practitioner, "/api/v1/pathways/identification", Map.of("answers", Map.of("firstName", List.of(typo), "dateOfBirth", typo, "nhsNumber", typo)));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text()).doesNotContain(typo);
        List<String> addresses = new ArrayList<>(pages.addresses());
        addresses.addAll(outsider.addresses());
        return addresses;
    }

    private void facts(String practitioner, String family, long child) {
        for (String process : api.get(practitioner, "/api/v1/pathways").json().get("items").valueStream().map(item -> item.get("key").asString()).filter(List.of("person-facts", "family-relationships", "history-event")::contains).toList()) {
            String address = "/api/v1/pathways/" + process;
            JsonNode form = api.get(practitioner, address + "/form?family=" + family).json();
            Map<String, Object> choices = new HashMap<>(CHOICES);
            choices.putAll(Map.of("person", String.valueOf(child), "sections", List.of("names", "numbers", "about", "language"), "withheld", "no", "upn", "V201200001001"));
            Reply filed = new FormRobot(today(practitioner), choices, canaries::word).answer(form.get("form"), form.get("values"), answers -> api.post(practitioner, address, Map.of("family", family, "answers", answers)));
            assertThat(filed.status()).as(process + ": " + filed.text()).isEqualTo(201);
        }
    }

    @AfterEach
    void theEngineOfOtherTestsHasTheTimeItHad() {
        engine.offset(Duration.ZERO);
    }

    private String start(String username, String process) {
        JsonNode form = api.get(username, "/api/v1/pathways/" + process + "/form").json();
        Reply started = robot(username).answer(form.get("form"), form.get("values"), answers -> api.post(username, "/api/v1/pathways/" + process, Map.of("answers", answers)));
        assertThat(started.status()).as(started.text()).isEqualTo(201);
        return started.json().get("family").asString();
    }

    private void complete(JsonNode item) {
        String id = item.get("id").asString();
        String username = item.get("assignee").isNull() ? colleague(item) : item.get("assignee").asString();
        if (item.get("assignee").isNull()) {
            Reply claimed = api.post(username, "/api/v1/work/" + id + "/claim", null);
            assertThat(claimed.status()).as(claimed.text()).isEqualTo(200);
        }
        Reply form = api.get(username, "/api/v1/work/" + id + "/form");
        assertThat(form.status()).as(form.text()).isEqualTo(200);
        Reply filed = robot(username).answer(form.json().get("form"), form.json().get("values"), answers -> api.post(username, "/api/v1/work/" + id + "/complete", Map.of("answers", answers)));
        assertThat(filed.status()).as(item.get("form").asString() + ": " + filed.text()).isEqualTo(200);
        done.add(item.get("form").asString());
    }

    /** Somebody in the team the task waits in, with the role it asks for. */
    private String colleague(JsonNode item) {
        return api.users().stream().filter(user -> user.roles().contains(item.get("role").asString()) && user.team().equals(item.get("team").asString()))
                .map(User::username).findFirst().orElseThrow(() -> new AssertionError("nobody for " + item));
    }

    private FormRobot robot(String username) {
        if (canaries == null) {
            return new FormRobot(today(username), CHOICES);
        }
        Map<String, Object> choices = new HashMap<>(CHOICES);
        choices.put("screening.children", List.of(Map.of("firstName", canaries.word("screening.firstName"), "lastName", canaries.word("screening.lastName"), "born", "born", "dateOfBirth", "2018-03-02", "home", "household")));
        return new FormRobot(today(username), choices, canaries::word);
    }

    private LocalDate today(String username) {
        Instant now = Instant.parse(api.get(username, "/api/v1/demo/clock").json().get("now").asString());
        return LocalDate.ofInstant(now, ZoneId.of("Europe/London"));
    }
}
