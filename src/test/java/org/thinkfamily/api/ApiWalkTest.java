package org.thinkfamily.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.thinkfamily.TimeTravelTest;
import org.thinkfamily.api.ApiClient.Reply;
import org.thinkfamily.api.ApiClient.User;
import org.thinkfamily.pathway.EngineTime;
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

    @LocalServerPort
    private int port;
    @Autowired
    private EngineTime engine;
    private ApiClient api;
    private final List<String> done = new ArrayList<>();

    @Test
    void fromIdentificationToAnAgreedContactPlan() {
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
        Instant now = Instant.parse(api.get(username, "/api/v1/demo/clock").json().get("now").asString());
        return new FormRobot(LocalDate.ofInstant(now, ZoneId.of("Europe/London")), CHOICES);
    }
}
