package org.thinkfamily.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.access.Actors;
import org.thinkfamily.api.ApiClient.Reply;
import org.thinkfamily.family.Families;
import org.thinkfamily.record.Entries;
import org.thinkfamily.worklist.ReleasedForms;
import tools.jackson.databind.JsonNode;

/** Every call of the API's page and every status code it names, over HTTP. */
@ThinkFamilyTest
class ApiTest {

    private static final String ASHA = "asha.patel";
    private static final String TOM = "tom.ellery";
    private static final String RUTH = "ruth.okafor";
    private static final String STRANGER = "nina.farrow";

    @LocalServerPort
    private int port;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private Entries entries;
    @Autowired
    private Actors actors;
    @Autowired
    private Families families;
    @Autowired
    private ReleasedForms forms;
    @Autowired
    private Environment environment;

    private ApiClient api;
    private String lastName;

    @BeforeEach
    void client() {
        api = new ApiClient(port);
        lastName = "Test" + UUID.randomUUID().toString().replaceAll("[^a-z]", "");
    }

    private Map<String, Object> accepted() {
        return new HashMap<>(Map.of("firstName", "Rosa", "lastName", lastName, "dateOfBirth", "1990-05-01", "gpPractice", "mill-lane-surgery",
                "adultRole", "adult-mental-health-practitioner", "acceptedOn", java.time.LocalDate.now(org.thinkfamily.clock.WorkingDays.LONDON).toString()));
    }

    private String family() {
        Reply started = api.post(ASHA, "/api/v1/pathways/identification", Map.of("answers", accepted()));
        assertThat(started.status()).as(started.text()).isEqualTo(201);
        return started.json().get("family").asString();
    }

    private JsonNode screening(String family) {
        return api.get(ASHA, "/api/v1/work?scope=family&family=" + family).json().get("items").get(0);
    }

    private static Map<String, Object> noChildren() {
        return new HashMap<>(Map.of("childrenInHousehold", "no", "childrenElsewhere", "no", "contactWithChildren", "no", "caring", "no", "pregnancy", "no", "source", List.of("adult")));
    }

    @Test
    void meIsWhoIsSignedIn() {
        JsonNode me = api.get(ASHA, "/api/v1/me").json();
        assertThat(me.get("username").asString()).isEqualTo(ASHA);
        assertThat(me.get("name").asString()).isEqualTo("Asha Patel");
        assertThat(me.get("team").asString()).isEqualTo("Community mental health");
        assertThat(me.get("service").asString()).isEqualTo("Northmoor Mental Health Trust");
        assertThat(me.get("roles").valueStream().map(JsonNode::asString)).containsExactly("adult-mental-health-practitioner");
    }

    @Test
    void demoUsersAreListedWithoutSigningIn() {
        assertThat(api.get(null, "/api/v1/demo/users").json().get("items")).hasSizeGreaterThan(20)
                .allSatisfy(user -> assertThat(user.propertyNames()).contains("username", "password", "name", "service", "team", "roles"));
    }

    @Test
    void pathwaysAreThoseTheRoleMayStart() {
        assertThat(keys(api.get(ASHA, "/api/v1/pathways"))).contains("identification", "referral").doesNotContain("cla-review");
        assertThat(keys(api.get("maria.santos", "/api/v1/pathways"))).contains("cla-review", "contact-planning").doesNotContain("identification");
        JsonNode form = api.get(ASHA, "/api/v1/pathways/identification/form").json();
        assertThat(form.at("/form/id").asString()).isEqualTo("adult-accepted");
        assertThat(form.get("form").toString()).doesNotContain("valuesKey").contains("Mill Lane Surgery");
        assertThat(form.get("values").isObject()).isTrue();
        assertThat(api.get(STRANGER, "/api/v1/pathways/identification/form").status()).isEqualTo(404);
        assertThat(api.get("maria.santos", "/api/v1/pathways/cla-review/form").status()).isEqualTo(200);
    }

    private static List<String> keys(Reply reply) {
        return reply.json().get("items").valueStream().map(item -> item.get("key").asString()).toList();
    }

    @Test
    void startingFilesAnEntryAndOpensTheFamily() {
        Reply started = api.post(ASHA, "/api/v1/pathways/identification", Map.of("answers", accepted()));
        String family = started.json().get("family").asString();
        assertThat(started.status()).isEqualTo(201);
        assertThat(started.header("Location")).isEqualTo("/api/v1/families/" + family);
        assertThat(started.json().get("entry").isIntegralNumber()).isTrue();
        assertThat(started.json().get("process").asString()).isNotBlank();

        JsonNode seen = api.get(ASHA, "/api/v1/families/" + family).json();
        assertThat(seen.at("/people/0/lastName").asString()).isEqualTo(lastName);
        assertThat(seen.at("/involvement/0/username").asString()).isEqualTo(ASHA);
        assertThat(seen.at("/processes/0/process").asString()).isEqualTo("identification");
        assertThat(seen.at("/processes/0/steps/0/step").asString()).isEqualTo("screen");
        assertThat(seen.get("risks")).isEmpty();

        JsonNode found = api.get(ASHA, "/api/v1/families?query=" + lastName.toUpperCase(java.util.Locale.ROOT)).json().get("items");
        assertThat(found).hasSize(1);
        assertThat(found.get(0).get("ref").asString()).isEqualTo(family);
        assertThat(api.get(STRANGER, "/api/v1/families?query=" + lastName).json().get("items")).isEmpty();
    }

    @Test
    void startingWithWrongAnswersPointsToEach() {
        Map<String, Object> answers = accepted();
        answers.put("dateOfBirth", "20260-01-01");
        answers.put("surprise", 1);
        answers.remove("firstName");
        Reply refused = api.post(ASHA, "/api/v1/pathways/identification", Map.of("answers", answers));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.type()).isEqualTo("invalid");
        assertThat(refused.pointers()).containsExactlyInAnyOrder("/answers/dateOfBirth", "/answers/surprise", "/answers/firstName");
        assertThat(api.get(ASHA, "/api/v1/families?query=" + lastName).json().get("items")).isEmpty();
        assertThat(api.post("maria.santos", "/api/v1/pathways/cla-review", Map.of("answers", Map.of())).pointers()).containsExactly("/family");
        assertThat(api.post(ASHA, "/api/v1/pathways/none", Map.of("answers", Map.of())).status()).isEqualTo(404);
    }

    @Test
    void aTaskIsReadDraftedAndCompleted() {
        String family = family();
        JsonNode item = screening(family);
        String task = "/api/v1/work/" + item.get("id").asString();
        assertThat(item.propertyNames()).contains("id", "name", "family", "about", "role", "assignee", "team", "createdAt", "dueDate", "clock", "overdue", "redFlag", "process", "step", "form");
        assertThat(api.get(ASHA, task).json()).isEqualTo(item);
        assertThat(item.get("assignee").asString()).isEqualTo(ASHA);
        assertThat(item.get("clock").asString()).isEqualTo("identification.screen");

        assertThat(api.get(ASHA, task + "/form").json().get("draft").asBoolean()).isFalse();
        assertThat(api.send(ASHA, "PUT", task + "/draft", Map.of("answers", Map.of("caring", "nonsense"))).status()).isEqualTo(204);
        JsonNode form = api.get(ASHA, task + "/form").json();
        assertThat(form.get("draft").asBoolean()).isTrue();
        assertThat(form.at("/values/caring").asString()).isEqualTo("nonsense");

        Reply refused = api.post(ASHA, task + "/complete", Map.of("answers", Map.of("caring", "nonsense")));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.pointers()).contains("/answers/caring", "/answers/pregnancy");

        Reply done = api.post(ASHA, task + "/complete", Map.of("answers", noChildren()));
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat(done.json().get("family").asString()).isEqualTo(family);
        assertThat(api.post(ASHA, task + "/complete", Map.of("answers", noChildren())).json()).as("again").isEqualTo(done.json());
        assertThat(api.get(ASHA, task).json().get("doneBy").asString()).isEqualTo(ASHA);
        assertThat(api.get(ASHA, task + "/form").status()).isEqualTo(409);
        assertThat(api.get(ASHA, "/api/v1/families/" + family + "/entries").json().at("/items/0/id")).isEqualTo(done.json().get("entry"));
    }

    @Test
    void oneTaskIsOnePersonsAtATime() {
        String family = family();
        String task = "/api/v1/work/" + screening(family).get("id").asString();
        assertThat(api.get(TOM, task).status()).as("not yet in Tom's queue").isEqualTo(404);
        assertThat(api.post(ASHA, task + "/release", null).json().get("assignee").isNull()).isTrue();
        assertThat(ids(api.get(TOM, "/api/v1/work?scope=team&limit=200"))).anyMatch(task::endsWith);
        assertThat(api.post(TOM, task + "/release", null).status()).as("nobody's to put back").isEqualTo(403);
        assertThat(api.post(TOM, task + "/claim", null).json().get("assignee").asString()).isEqualTo(TOM);
        assertThat(api.post(TOM, task + "/claim", null).status()).isEqualTo(200);
        assertThat(ids(api.get(TOM, "/api/v1/work?limit=200"))).anyMatch(task::endsWith);

        for (Reply refused : List.of(api.post(ASHA, task + "/claim", null), api.post(ASHA, task + "/release", null), api.post(ASHA, task + "/complete", Map.of("answers", noChildren())),
                api.send(ASHA, "PUT", task + "/draft", Map.of("answers", Map.of())))) {
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.type()).isEqualTo("held");
            assertThat(refused.json().get("assignee").asString()).isEqualTo(TOM);
            assertThat(refused.json().get("detail").asString()).contains("Tom Ellery");
        }
        assertThat(api.post(TOM, task + "/complete", Map.of("answers", noChildren())).status()).isEqualTo(200);
        Reply late = api.post(ASHA, task + "/complete", Map.of("answers", noChildren()));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.type()).isEqualTo("done");
        assertThat(late.json().get("doneBy").asString()).isEqualTo(TOM);
        assertThat(api.post(TOM, task + "/claim", null).status()).as("nothing left to take").isEqualTo(409);
    }

    private static List<String> ids(Reply reply) {
        return reply.json().get("items").valueStream().map(item -> item.get("id").asString()).toList();
    }

    @Test
    void whoIsNotInvolvedIsToldThatThereIsNothing() {
        String family = family();
        String task = "/api/v1/work/" + screening(family).get("id").asString();
        String about = "/api/v1/families/" + family;
        String entry = api.get(ASHA, about + "/entries").json().at("/items/0/id").asString();
        for (String address : List.of(about, about + "/entries", about + "/clocks", about + "/decisions", task, task + "/form", "/api/v1/work?scope=family&family=" + family)) {
            assertThat(api.get(STRANGER, address).status()).as(address).isEqualTo(404);
            assertThat(api.get(ASHA, address).status()).as(address).isEqualTo(200);
        }
        for (String address : List.of(task + "/claim", task + "/release")) {
            assertThat(api.post(STRANGER, address, null).status()).as(address).isEqualTo(404);
        }
        Map<String, Object> answers = Map.of("answers", Map.of());
        assertThat(api.post(STRANGER, task + "/complete", answers).status()).isEqualTo(404);
        assertThat(api.send(STRANGER, "PUT", task + "/draft", answers).status()).isEqualTo(404);
        assertThat(api.post(STRANGER, about + "/entries/" + entry + "/corrections", Map.of("answers", Map.of(), "reason", "Wrong")).status()).isEqualTo(404);
        assertThat(api.post("maria.santos", "/api/v1/pathways/cla-review", Map.of("answers", Map.of(), "family", family)).status()).isEqualTo(404);
        assertThat(api.get("maria.santos", "/api/v1/pathways/cla-review/form?family=" + family).status()).isEqualTo(404);
        assertThat(api.post(STRANGER, "/api/v1/messages/referral-made", Map.of("family", family, "facts", Map.of())).status()).isEqualTo(404);
    }

    @Test
    void problemsAreProblemDocuments() {
        String start = "/api/v1/pathways/identification";
        problem(api.get(null, "/api/v1/me"), 401, "not-signed-in");
        Reply wrong = api.raw("nobody-here:wrong", "GET", "/api/v1/me", null, null);
        problem(wrong, 401, "not-signed-in");
        assertThat(wrong.header("WWW-Authenticate")).startsWith("Basic");
        problem(api.raw(ASHA + ":think-family", "POST", start, "{\"answers\":", "application/json"), 400, "unreadable");
        problem(api.raw(ASHA + ":think-family", "POST", start, null, "application/json"), 400, "unreadable");
        problem(api.raw(ASHA + ":think-family", "POST", start, "answers", "text/plain"), 415, "unsupported-media-type");
        problem(api.raw(ASHA + ":think-family", "POST", start, "{\"answers\":{\"firstName\":\"" + "x".repeat(2_000_000) + "\"}}", "application/json"), 413, "too-large");
        problem(api.get(ASHA, "/api/v1/nothing"), 404, "not-found");
        problem(api.send(ASHA, "DELETE", "/api/v1/me", null), 405, "method-not-allowed");
        problem(api.get(ASHA, "/api/v1/families/F-1/entries?after=x"), 422, "invalid");
        problem(api.post(ASHA, "/api/v1/families/F-1/entries/x/corrections", Map.of()), 404, "not-found");
        Reply shape = api.post(ASHA, start, "{\"answers\":[1]}");
        problem(shape, 422, "invalid");
        assertThat(shape.pointers()).containsExactly("/answers");
        assertThat(api.post(ASHA, start, "{\"answers\":{},\"extra\":1}").pointers()).containsExactly("/extra");
        assertThat(api.post(ASHA, start, "{}").pointers()).containsExactly("/answers");
        assertThat(api.raw(ASHA + ":think-family", "GET", "/api/v1/me;x=1/..//", null, null).status()).isEqualTo(400);
    }

    private static void problem(Reply reply, int status, String type) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.type()).isEqualTo(type);
        assertThat(reply.json().get("status").asInt()).isEqualTo(status);
        assertThat(reply.json().get("title").asString()).isNotBlank();
        assertThat(reply.json().get("detail").asString()).isNotBlank();
    }

    @Test
    void aPasswordIsNotTriedWithoutEnd() {
        String name = lastName;
        for (int i = 0; i < 10; i++) {
            assertThat(api.raw(name + ":wrong", "GET", "/api/v1/me", null, null).status()).isEqualTo(401);
        }
        Reply refused = api.raw(name + ":wrong", "GET", "/api/v1/me", null, null);
        problem(refused, 429, "too-many-tries");
        assertThat(refused.header("Retry-After")).isEqualTo("600");
        assertThat(api.get(ASHA, "/api/v1/me").status()).as("others are not held up").isEqualTo(200);
    }

    @Test
    void aRepeatedRequestHasOneEffect() throws Exception {
        String key = UUID.randomUUID().toString();
        Map<String, Object> body = Map.of("answers", accepted());
        Reply first = api.post(ASHA, "/api/v1/pathways/identification", body, "Idempotency-Key", key);
        Reply again = api.post(ASHA, "/api/v1/pathways/identification", body, "Idempotency-Key", key);
        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(api.get(ASHA, "/api/v1/families?count=true&query=" + lastName).json().get("count").asInt()).isEqualTo(1);

        Map<String, Object> other = accepted();
        other.put("firstName", "Other");
        problem(api.post(ASHA, "/api/v1/pathways/identification", Map.of("answers", other), "Idempotency-Key", key), 422, "invalid");
        assertThat(api.post(TOM, "/api/v1/pathways/identification", Map.of("answers", other), "Idempotency-Key", key).status()).as("another's key is another").isEqualTo(201);

        String later = UUID.randomUUID().toString();
        assertThat(api.post(ASHA, "/api/v1/pathways/identification", Map.of("answers", Map.of()), "Idempotency-Key", later).status()).isEqualTo(422);
        assertThat(api.post(ASHA, "/api/v1/pathways/identification", body, "Idempotency-Key", later).status()).as("what changed nothing may be tried again").isEqualTo(201);

        String both = UUID.randomUUID().toString();
        lastName += "both";
        Map<String, Object> together = Map.of("answers", accepted());
        List<CompletableFuture<Reply>> sent = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sent.add(CompletableFuture.supplyAsync(() -> api.post(ASHA, "/api/v1/pathways/identification", together, "Idempotency-Key", both)));
        }
        Set<JsonNode> answers = new HashSet<>();
        for (CompletableFuture<Reply> one : sent) {
            Reply reply = one.get();
            assertThat(reply.status()).as(reply.text()).isIn(201, 409);
            if (reply.status() == 201) {
                answers.add(reply.json());
            }
        }
        assertThat(answers).hasSize(1);
        assertThat(api.get(ASHA, "/api/v1/families?query=" + lastName).json().get("items")).hasSize(1);
    }

    @Test
    void listsArePagedByKey() {
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            made.add(family());
        }
        Set<String> seen = new HashSet<>();
        String next = "/api/v1/families?limit=2&query=" + lastName + "&count=true";
        List<Integer> sizes = new ArrayList<>();
        while (next != null) {
            JsonNode page = api.get(ASHA, next).json();
            assertThat(page.get("count").asInt()).isEqualTo(3);
            page.get("items").forEach(item -> seen.add(item.get("ref").asString()));
            sizes.add(page.get("items").size());
            next = page.get("next").isNull() ? null : page.get("next").asString();
        }
        assertThat(seen).isEqualTo(made);
        assertThat(sizes).containsExactly(2, 1);
        assertThat(api.get(ASHA, "/api/v1/families").json().has("count")).isFalse();

        List<String> all = ids(api.get(ASHA, "/api/v1/work?limit=200"));
        List<String> walked = new ArrayList<>();
        next = "/api/v1/work?limit=2";
        while (next != null && walked.size() < all.size() + 5) {
            JsonNode page = api.get(ASHA, next).json();
            page.get("items").forEach(item -> walked.add(item.get("id").asString()));
            next = page.get("next").isNull() ? null : page.get("next").asString();
        }
        assertThat(walked.subList(0, Math.min(all.size(), walked.size()))).isEqualTo(all);
        assertThat(api.get(ASHA, "/api/v1/work?count=true&limit=1").json().get("count").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(api.get(RUTH, "/api/v1/work?scope=team&count=true&limit=1").json().get("count").asInt()).isGreaterThanOrEqualTo(3);

        for (String wrong : List.of("limit=0", "limit=201", "limit=x", "after=nonsense", "count=perhaps", "scope=all", "scope=family", "scope=mine&family=F-1")) {
            assertThat(api.get(ASHA, "/api/v1/work?" + wrong).status()).as(wrong).isEqualTo(422);
        }
        assertThat(api.get(ASHA, "/api/v1/families?after=nonsense").pointers()).containsExactly("/after");
    }

    @Test
    void aNameIsSearchedForInTheBody() {
        Set<String> made = Set.of(family(), family());
        String next = "/api/v1/families/search?limit=1&count=true";
        Set<String> seen = new HashSet<>();
        for (int page = 0; page < 3 && next != null; page++) {
            JsonNode found = api.post(ASHA, next, Map.of("query", lastName)).json();
            assertThat(found.get("count").asInt()).isEqualTo(2);
            assertThat(found.get("items")).hasSize(1);
            found.get("items").forEach(item -> seen.add(item.get("ref").asString()));
            next = found.get("next").isNull() ? null : found.get("next").asString();
            assertThat(String.valueOf(next)).as("what is searched for stands in no address").doesNotContain(lastName);
        }
        assertThat(seen).isEqualTo(made);
        assertThat(api.post(STRANGER, "/api/v1/families/search", Map.of("query", lastName)).json().get("items")).isEmpty();
        assertThat(api.post(ASHA, "/api/v1/families/search", Map.of()).pointers()).containsExactly("/query");
        assertThat(api.post(ASHA, "/api/v1/families/search", Map.of("query", "x".repeat(101))).pointers()).containsExactly("/query");
        assertThat(environment.getProperty("server.tomcat.accesslog.pattern")).as("no access log holds it").isNotBlank().doesNotContain("%r", "%q");
    }

    @Test
    void clocksAndDecisionsSayHowTheyStand() {
        String family = family();
        JsonNode clock = api.get(ASHA, "/api/v1/families/" + family + "/clocks").json().at("/items/0");
        assertThat(clock.get("clock").asString()).isEqualTo("identification.screen");
        assertThat(clock.get("state").asString()).isIn("running", "late");
        assertThat(clock.get("from").asString()).matches("\\d{4}-\\d\\d-\\d\\d");
        assertThat(clock.get("source").asString()).isNotBlank();
        assertThat(clock.get("met").isNull()).isTrue();

        Map<String, Object> withChild = noChildren();
        withChild.put("childrenInHousehold", "yes");
        withChild.put("children", List.of(Map.of("firstName", "Mia", "lastName", lastName, "born", "born", "dateOfBirth", "2018-03-02", "school", "not-known",
                "gpPractice", "mill-lane-surgery", "home", "household")));
        JsonNode item = screening(family);
        JsonNode form = api.get(ASHA, "/api/v1/work/" + item.get("id").asString() + "/form").json();
        FormRobot robot = new FormRobot(families.today(), withChild);
        assertThat(robot.answer(form.get("form"), form.get("values"), answers -> api.post(ASHA, "/api/v1/work/" + item.get("id").asString() + "/complete", Map.of("answers", answers))).status())
                .isEqualTo(200);
        JsonNode risks = screening(family);
        assertThat(risks.get("step").asString()).isEqualTo("risks");
        JsonNode riskForm = api.get(ASHA, "/api/v1/work/" + risks.get("id").asString() + "/form").json();
        FormRobot worried = new FormRobot(families.today(), Map.of("threatToKill", "yes"));
        assertThat(worried.answer(riskForm.get("form"), riskForm.get("values"),
                answers -> api.post(ASHA, "/api/v1/work/" + risks.get("id").asString() + "/complete", Map.of("answers", answers))).status()).isEqualTo(200);

        JsonNode decisions = api.get(ASHA, "/api/v1/families/" + family + "/decisions").json().get("items");
        assertThat(decisions.valueStream().map(each -> each.get("decision").asString())).contains("red-flags", "red-flag-response");
        JsonNode flags = decisions.valueStream().filter(each -> each.get("decision").asString().equals("red-flags")).findFirst().orElseThrow();
        assertThat(flags.propertyNames()).contains("decision", "version", "decidedAt", "inputs", "rule", "outputs");
        assertThat(flags.get("rule")).isNotEmpty();
        assertThat(flags.get("why").get(0).asString()).contains(" ");
        assertThat(api.get(ASHA, "/api/v1/families/" + family).json().get("risks")).isEqualTo(flags.get("outputs")).isNotEmpty();
    }

    @Test
    void aCorrectionTakesThePlaceOfAnEntry() {
        String family = family();
        String list = "/api/v1/families/" + family + "/entries";
        JsonNode entry = api.get(ASHA, list).json().at("/items/0");
        assertThat(entry.propertyNames()).contains("id", "form", "formVersion", "title", "about", "author", "role", "service", "filedAt", "supersedes", "answers");
        assertThat(entry.at("/answers/lastName").asString()).isEqualTo(lastName);
        String corrections = list + "/" + entry.get("id").asString() + "/corrections";
        Map<String, Object> right = accepted();
        right.put("firstName", "Rosalind");

        assertThat(api.post(ASHA, corrections, Map.of("answers", right)).pointers()).containsExactly("/reason");
        assertThat(api.post(ASHA, corrections, Map.of("answers", Map.of(), "reason", "Wrong name")).pointers()).contains("/answers/firstName");
        assertThat(api.post(RUTH, corrections, Map.of("answers", right, "reason", "Wrong name")).status()).as("neither author nor in that role").isEqualTo(403);
        assertThat(api.post(ASHA, list + "/999999999/corrections", Map.of("answers", right, "reason", "Wrong name")).status()).isEqualTo(404);

        Reply corrected = api.post(ASHA, corrections, Map.of("answers", right, "reason", "Wrong name"));
        assertThat(corrected.status()).as(corrected.text()).isEqualTo(201);
        assertThat(corrected.json().get("supersedes")).isEqualTo(entry.get("id"));
        assertThat(corrected.json().get("reason").asString()).isEqualTo("Wrong name");
        assertThat(corrected.json().at("/answers/firstName").asString()).isEqualTo("Rosalind");
        assertThat(corrected.json().get("notices").isEmpty()).as("a name chose no way").isTrue();
        Reply twice = api.post(ASHA, corrections, Map.of("answers", right, "reason", "Wrong name"));
        problem(twice, 409, "superseded");
        assertThat(twice.json().get("supersededBy")).isEqualTo(corrected.json().get("id"));

        JsonNode people = api.get(ASHA, "/api/v1/families/" + family).json().get("people");
        assertThat(people).as("the same person, corrected").hasSize(1);
        assertThat(people.at("/0/firstName").asString()).isEqualTo("Rosalind");
    }

    @Test
    void aChildsViewIsAbsentForWhoMayNotReadIt() {
        String family = family();
        involve(family, "childrens-social-worker", "maria.santos");
        involve(family, "iro", "colin.dray");
        var released = jdbc.sql("select deployment_id_ from act_re_camformdef where key_ = 'assessment-child-views' order by version_ desc limit 1").query(String.class).single();
        var form = forms.get(released, "assessment-child-views");
        var restricted = form.form().all().filter(question -> question.property("restricted").isPresent()).findFirst().orElseThrow();
        Map<String, Object> row = new LinkedHashMap<>(Map.of(restricted.key(), "I want to stay with Gran."));
        var list = form.form().components().stream().filter(each -> each.components().contains(restricted)).findFirst();
        entries.file(new Entries.Step(family, "See each child", "joint-assessment", null, "childViews", null, released, form.version(), "childrens-social-worker", Map.of()), form.form(),
                list.map(each -> Map.<String, Object>of(each.key(), List.of(row))).orElse(row), actors.find("maria.santos").orElseThrow());

        String address = "/api/v1/families/" + family + "/entries?limit=1";
        assertThat(api.get("maria.santos", address).text()).contains("I want to stay with Gran.");
        assertThat(api.get("colin.dray", address).text()).contains("I want to stay with Gran.");
        assertThat(api.get(ASHA, address).text()).contains("assessment-child-views").doesNotContain("Gran", "\"" + restricted.key() + "\"");
        assertThat(api.get(RUTH, address).text()).doesNotContain("Gran");
    }

    private void involve(String family, String role, String username) {
        jdbc.sql("insert into involvement (family_ref, role, team_id, username, began_on) select :family, :role, team_id, username, current_date from app_user where username = :user")
                .param("family", family).param("role", role).param("user", username).update();
    }

    @Test
    void messagesCarryOnlyWhatTheWaitingStepDeclares() {
        String family = family();
        long adult = api.get(ASHA, "/api/v1/families/" + family).json().at("/people/0/id").asLong();
        String name = "/api/v1/messages/referral-made";
        problem(api.post(ASHA, "/api/v1/messages/no-such-message", Map.of("family", family, "facts", Map.of())), 404, "not-found");
        problem(api.post(ASHA, "/api/v1/messages/care-ended", Map.of("family", family, "facts", Map.of())), 409, "nothing-waits");
        problem(api.post(ASHA, "/api/v1/messages/child-looked-after", Map.of("family", family, "facts", Map.of())), 403, "not-allowed");
        assertThat(api.post(ASHA, name, Map.of("facts", Map.of())).pointers()).containsExactly("/family");
        Reply wrong = api.post(ASHA, name, Map.of("family", family, "about", 1, "facts", Map.of("colour", "red", "adult", 1, "adultRole", "A whole sentence about her.", "redFlagResponse", List.of(1))));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.pointers()).containsExactlyInAnyOrder("/facts/colour", "/facts/adult", "/facts/adultRole", "/facts/redFlagResponse", "/about");

        Reply sent = api.post(ASHA, name, Map.of("family", family, "about", adult, "facts", Map.of("adultRole", "adult-mental-health-practitioner", "redFlagResponse", "none")));
        assertThat(sent.status()).as(sent.text()).isEqualTo(202);
        assertThat(api.get(ASHA, "/api/v1/families/" + family).json().get("processes").valueStream().map(process -> process.get("process").asString())).contains("referral");
    }

    @Test
    void theApiDescribesItself() {
        JsonNode api31 = api.get(null, "/v3/api-docs").json();
        assertThat(api31.get("openapi").asString()).startsWith("3.1");
        Map<String, List<String>> calls = new LinkedHashMap<>();
        api31.get("paths").properties().forEach(path -> calls.put(path.getKey(), List.copyOf(path.getValue().propertyNames())));
        assertThat(calls.keySet()).containsExactlyInAnyOrder("/api/v1/me", "/api/v1/pathways", "/api/v1/pathways/{key}", "/api/v1/pathways/{key}/form", "/api/v1/work", "/api/v1/work/{id}",
                "/api/v1/work/{id}/form", "/api/v1/work/{id}/claim", "/api/v1/work/{id}/release", "/api/v1/work/{id}/draft", "/api/v1/work/{id}/complete", "/api/v1/families", "/api/v1/families/search",
                "/api/v1/families/{ref}", "/api/v1/families/{ref}/entries", "/api/v1/families/{ref}/entries/{id}/corrections", "/api/v1/families/{ref}/clocks", "/api/v1/families/{ref}/chronology", "/api/v1/families/{ref}/who-looked", "/api/v1/caseload-check",
                "/api/v1/families/{ref}/emergencies", "/api/v1/families/{ref}/changes-of-worker", "/api/v1/families/{ref}/entries/{id}/files", "/api/v1/families/{ref}/entries/{id}/files/{file}",
                "/api/v1/families/{ref}/entries/{id}/files/{file}/removal", "/api/v1/deputies", "/api/v1/deputies/{id}",
                "/api/v1/families/{ref}/decisions", "/api/v1/known-checks", "/api/v1/known-checks/{check}", "/api/v1/known-checks/{check}/ask", "/api/v1/messages/{name}", "/api/v1/demo/users", "/api/v1/demo/clock");
        assertThat(calls.get("/api/v1/demo/clock")).containsExactlyInAnyOrder("get", "post");
        api31.get("paths").valueStream().flatMap(JsonNode::valueStream).forEach(operation -> {
            assertThat(operation.get("summary").asString()).isNotBlank();
            assertThat(operation.path("parameters").valueStream().map(parameter -> parameter.get("name").asString())).doesNotContain("actor", "paging");
        });
        assertThat(api31.at("/paths/~1api~1v1~1work/get/parameters").valueStream().map(parameter -> parameter.get("name").asString())).contains("scope", "family", "after", "limit", "count");
        Reply page = api.get(null, "/api-docs");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("/api/v1/families/{ref}/entries", "Correct an entry");
    }
}
