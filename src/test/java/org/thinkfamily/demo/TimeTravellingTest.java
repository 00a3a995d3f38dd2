package org.thinkfamily.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.flash;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.thinkfamily.TimeTravelTest;
import org.thinkfamily.api.ApiClient;
import org.thinkfamily.api.ApiClient.Reply;
import org.thinkfamily.clock.Clocks;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.pathway.EngineTime;
import org.thinkfamily.worklist.ClockWatch;
import tools.jackson.databind.JsonNode;

/** Moving the demo's time on: what is due happens, in order, and time never goes back. */
@TimeTravelTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TimeTravellingTest {

    private static final String ASHA = "asha.patel";
    private static final String RUTH = "ruth.okafor";

    @LocalServerPort
    private int port;
    @Autowired
    private MockMvc pages;
    @Autowired
    private EngineTime engine;
    @Autowired
    private ClockWatch watch;
    @Autowired
    private Clocks clocks;
    @Autowired
    private WorkingDays workingDays;
    @Autowired
    private JdbcClient jdbc;

    private ApiClient api;

    @BeforeEach
    void client() {
        api = new ApiClient(port);
    }

    @AfterAll
    void theEngineOfOtherTestsHasTheTimeItHad() {
        engine.offset(Duration.ZERO);
    }

    private Instant now() {
        return Instant.parse(api.get(ASHA, "/api/v1/demo/clock").json().get("now").asString());
    }

    private Reply advance(String by) {
        return api.post(ASHA, "/api/v1/demo/clock", Map.of("advance", by));
    }

    private String family() {
        Reply started = api.post(ASHA, "/api/v1/pathways/identification", Map.of("answers", Map.of("firstName", "Rosa", "lastName", "Example", "dateOfBirth", "1990-05-01",
                "gpPractice", "mill-lane-surgery", "adultRole", "adult-mental-health-practitioner", "acceptedOn", WorkingDays.dayOf(now()).toString())));
        assertThat(started.status()).as(started.text()).isEqualTo(201);
        return started.json().get("family").asString();
    }

    private List<String> steps(String family) {
        return api.get(ASHA, "/api/v1/work?scope=family&family=" + family).json().get("items").valueStream().map(item -> item.get("step").asString()).toList();
    }

    private String stateOfScreening(String family) {
        return api.get(ASHA, "/api/v1/families/" + family + "/clocks").json().get("items").valueStream()
                .filter(clock -> clock.get("clock").asString().equals("identification.screen")).findFirst().orElseThrow().get("state").asString();
    }

    @Test
    void timeMovesByWhatIsAsked() {
        Instant before = now();
        Reply moved = advance("PT4H");
        assertThat(moved.status()).isEqualTo(200);
        assertThat(Instant.parse(moved.json().get("now").asString())).isCloseTo(before.plus(4, ChronoUnit.HOURS), within(20, ChronoUnit.SECONDS));

        LocalDate day = WorkingDays.dayOf(now());
        advance("P1D");
        assertThat(WorkingDays.dayOf(now())).isEqualTo(day.plusDays(1));
        advance("P1W");
        assertThat(WorkingDays.dayOf(now())).isEqualTo(workingDays.plus(day.plusDays(1), 5));

        for (String wrong : List.of("tomorrow", "", "P0D", "P-1D", "PT-4H", "P2Y", "-P1D", "P1DT")) {
            Reply refused = advance(wrong);
            assertThat(refused.status()).as(wrong).isEqualTo(422);
            assertThat(refused.pointers()).containsExactly("/advance");
        }
        assertThat(api.post(ASHA, "/api/v1/demo/clock", Map.of()).status()).isEqualTo(422);
        assertThat(api.get(null, "/api/v1/demo/clock").status()).isEqualTo(401);
    }

    @Test
    void aTimerAtTheEdgeOfAStepFiresWhenItsTimeHasCome() {
        String family = family();
        assertThat(stateOfScreening(family)).isEqualTo("running");
        assertThat(steps(family)).containsExactly("screen");
        int timers = 0;
        for (int i = 0; i < 20 && stateOfScreening(family).equals("running"); i++) {
            timers += advance("next-due").json().get("timers").asInt();
        }
        assertThat(stateOfScreening(family)).isEqualTo("late");
        assertThat(timers).isPositive();
        assertThat(steps(family)).contains("screen", "chase");
    }

    @Test
    void whatOneTimerSetsOffIsSeenByTheNextInTheSameMove() {
        String family = family();
        String screen = api.get(ASHA, "/api/v1/work?scope=family&family=" + family).json().at("/items/0/id").asString();
        Map<String, Object> none = new HashMap<>(Map.of("childrenInHousehold", "no", "childrenElsewhere", "no", "contactWithChildren", "no", "caring", "no", "pregnancy", "no",
                "source", List.of("adult")));
        assertThat(api.post(ASHA, "/api/v1/work/" + screen + "/complete", Map.of("answers", none)).status()).isEqualTo(200);
        assertThat(steps(family)).isEmpty();

        assertThat(advance("P11M").status()).isEqualTo(200);
        Reply moved = advance("P2M");

        assertThat(moved.json().get("timers").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(steps(family)).as("asked again, and late with that too").contains("screen", "chase");
        JsonNode chase = api.get(ASHA, "/api/v1/work?scope=family&family=" + family).json().get("items").valueStream()
                .filter(item -> item.get("step").asString().equals("chase")).findFirst().orElseThrow();
        assertThat(Instant.parse(chase.get("createdAt").asString())).as("made when it was due, not at the end").isBefore(now().minus(1, ChronoUnit.DAYS));
    }

    @Test
    void aRestartGoesOnAtTheTimeItHad() throws Exception {
        advance("P1D");
        TimeTravel restarted = new TimeTravel(new DemoClock(), engine, watch, clocks, workingDays, jdbc);
        restarted.afterPropertiesSet();
        assertThat(restarted.now()).isCloseTo(now(), within(5, ChronoUnit.SECONDS));
    }

    @Test
    void aJobThatFailsIsLeftToItsRetries() {
        String family = family();
        jdbc.sql("update act_ru_job set duedate_ = now() - interval '1 day' where process_instance_id_ = (select id_ from act_ru_execution where business_key_ = :family and parent_id_ is null)")
                .param("family", family).update();
        jdbc.sql("update act_ru_job set handler_cfg_ = 'no-such-element' where process_instance_id_ = (select id_ from act_ru_execution where business_key_ = :family and parent_id_ is null)")
                .param("family", family).update();
        engine.runDueJobs();
        assertThat(retries(family)).as("tried once at one moment; three more times in the next hours").isEqualTo(3);
        assertThat(jdbc.sql("select exception_msg_ is not null from act_ru_job where process_instance_id_ = (select id_ from act_ru_execution where business_key_ = :family and parent_id_ is null)")
                .param("family", family).query(Boolean.class).single()).isTrue();
        assertThat(steps(family)).containsExactly("screen");
        assertThat(advance("P1D").status()).isEqualTo(200);
        assertThat(retries(family)).isZero();
    }

    private int retries(String family) {
        return jdbc.sql("select retries_ from act_ru_job where process_instance_id_ = (select id_ from act_ru_execution where business_key_ = :family and parent_id_ is null)")
                .param("family", family).query(Integer.class).single();
    }

    @Test
    void managersMoveTimeOnThePage() throws Exception {
        pages.perform(get("/demo/clock").with(user(ASHA))).andExpect(status().isForbidden());
        pages.perform(post("/demo/clock").param("advance", "P1D").with(user(ASHA)).with(csrf())).andExpect(status().isForbidden());
        String page = pages.perform(get("/demo/clock").with(user(RUTH))).andExpect(status().isOk()).andReturn().getResponse().getContentAsString();
        assertThat(page).contains("1 day", "1 working week", "To the next due date", String.valueOf(WorkingDays.dayOf(now()).getYear()));

        LocalDate day = WorkingDays.dayOf(now());
        pages.perform(post("/demo/clock").param("advance", "P1D").with(user(RUTH)).with(csrf())).andExpect(redirectedUrl("/demo/clock")).andExpect(flash().attributeExists("noticeKey"));
        assertThat(WorkingDays.dayOf(now())).isEqualTo(day.plusDays(1));
        pages.perform(post("/demo/clock").param("advance", "P9D").with(user(RUTH)).with(csrf())).andExpect(status().isForbidden());
    }
}
