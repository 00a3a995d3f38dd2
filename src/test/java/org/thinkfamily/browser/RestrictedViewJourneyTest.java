package org.thinkfamily.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.family.Families;

@ThinkFamilyTest
@DisplayName("What a child says in confidence, and the workers of two parents")
class RestrictedViewJourneyTest {

    /** In no form, page or name of the project. */
    private static final String SAID = "I hide in the airing cupboard";
    private static final String SECRET = "She rings her aunt at night";
    private static final String QUESTION = "What did the child say, and what do they want to happen?";
    private static final String OPEN = "Baking with her brother on Sundays";

    @RegisterExtension
    final Browsers browsers = new Browsers();
    @Autowired
    private ProcessEngine engine;
    @Autowired
    private Families families;
    @Autowired
    private JdbcClient jdbc;

    @Test
    void isReadByTheChildsOwnWorkersAlone() {
        TestFamily opened = TestFamily.open(families, jdbc, "Ferris");
        TestFamily.involve(jdbc, opened.ref(), "drug-alcohol-practitioner", "recovery", "dee.marsh");
        String family = opened.ref();
        Worker maria = browsers.of("maria.santos");
        maria.open("/families/" + family);
        maria.follow("Joint assessment");
        maria.fills("adultRole", "adult-mental-health-practitioner");
        maria.files();
        browsers.of("joan.whitlock").does("Allocate the assessment", family, "childrensWorker", "maria.santos", "mentalHealthWorker", "asha.patel");
        maria.does("Plan the assessment together", family, "who", List.of("childrens-social-worker", "adult-practitioner", "mother", "father"));
        maria.does("See each child and hear their view", family, "children.seen", "yes", "children.alone", "yes",
                "children[0].view", SAID, "children[0].private", SECRET, "children[0].goodThings", OPEN);
        new Jobs(engine, family).runWhatIsReady();
        String entry = jdbc.sql("select max(id) from entry where family_ref = ? and form_key = 'assessment-child-views'").param(family).query(String.class).single();

        for (String reader : List.of("maria.santos", "nina.farrow")) {
            Worker worker = browsers.of(reader).open("/families/" + family + "/entries/" + entry);
            assertThat(worker.page().locator("main")).containsText(OPEN);
            assertThat(worker.page().locator("main")).containsText(SAID);
            assertThat(worker.page().locator("main")).containsText(SECRET);
        }
        for (String reader : List.of("asha.patel", "dee.marsh")) {
            Worker worker = browsers.of(reader).open("/families/" + family + "/entries/" + entry);
            assertThat(worker.page().locator("main")).containsText(OPEN);
            assertThat(worker.page().locator("main")).not().containsText(QUESTION);
            for (String page : List.of("/entries/" + entry, "", "/chronology", "/story", "/summary", "/people/" + opened.mia(), "/who-looked")) {
                worker.open("/families/" + family + page);
                assertThat(worker.page().content()).as(reader + " at " + page).doesNotContain("airing cupboard", "rings her aunt");
            }
            worker.open("/families/" + family + "/chronology");
            assertThat(worker.page().locator("main")).containsText("See each child and hear their view");
            worker.open("/find");
            worker.page().getByRole(AriaRole.SEARCHBOX).fill("airing cupboard");
            worker.press("Find");
            worker.sees("found");
            assertThat(worker.page().locator("main").getByText(family)).hasCount(0);
        }
        Worker asha = browsers.of("asha.patel");
        asha.takes("Give the adult side", family);
        assertThat(asha.page().content()).as("what is shown beside the questions").doesNotContain("airing cupboard", "rings her aunt");
    }
}
