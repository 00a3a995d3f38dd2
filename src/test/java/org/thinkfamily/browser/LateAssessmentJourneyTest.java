package org.thinkfamily.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.family.Families;

@ThinkFamilyTest
@DisplayName("An assessment that goes late")
class LateAssessmentJourneyTest {

    @RegisterExtension
    final Browsers browsers = new Browsers();
    @Autowired
    private ProcessEngine engine;
    @Autowired
    private Families families;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private Clock time;

    @Test
    @Requirement({"S-091", "S-092"})
    void theManagerIsToldAndSaysWhy() {
        String family = TestFamily.open(families, jdbc, "Late").ref();
        Jobs jobs = new Jobs(engine, family);
        Worker maria = browsers.of("maria.santos");
        maria.open("/families/" + family);
        maria.follow("Joint assessment");
        // Five months hold more than 45 working days, whatever the holidays.
        maria.fills("referredOn", LocalDate.ofInstant(time.instant(), ZoneId.of("Europe/London")).minusMonths(5).toString(), "adultRole", "adult-mental-health-practitioner");
        maria.files();

        jobs.run("limit");
        jobs.runWhatIsReady();

        Worker joan = browsers.of("joan.whitlock");
        joan.open("/messages");
        Locator message = joan.page().locator("main tbody tr").filter(new Locator.FilterOptions().setHasText(family)).filter(new Locator.FilterOptions().setHasText("late")).first();
        assertThat(message).isVisible();
        message.locator("summary").click();
        assertThat(message.locator(".govuk-details__text")).containsText("/families/" + family);
        joan.open("/families/" + family);
        assertThat(clock(joan)).containsText("Overdue");

        joan.finds("/work/team", "Say why it is late and what happens now", family);
        assertThat(joan.row("Say why it is late and what happens now", family)).hasCount(1);
        joan.does("Say why it is late and what happens now", family, "lateReason", "child-not-seen", "lateWhy", "Mia was away with her aunt.");
        assertThat(clock(joan)).containsText("Overdue");
        assertThat(clock(joan)).containsText("Why it is late:");
        maria.open("/families/" + family);
        assertThat(clock(maria)).containsText("Why it is late:");
    }

    private static Locator clock(Worker worker) {
        return worker.page().locator("#clocks ~ ul > li").filter(new Locator.FilterOptions().setHasText("Complete the joint assessment"));
    }
}
