package org.thinkfamily.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.thinkfamily.ThinkFamilyTest;

@ThinkFamilyTest
@DisplayName("A family, from screening to an agreed contact plan")
class FamilyJourneyTest {

    @RegisterExtension
    final Browsers browsers = new Browsers();
    @Autowired
    private ProcessEngine engine;

    private String family;
    private Jobs jobs;

    @Test
    void oneFamilyGoesAllTheWay() {
        screened();
        referred();
        assessed();
        reviewed();
        contactIsPlanned();
    }

    private void screened() {
        Worker asha = browsers.of("asha.patel");
        asha.open("/start");
        asha.follow("Identification");
        asha.fills("firstName", "Rosa", "lastName", "Journey", "dateOfBirth", "1990-05-01", "gpPractice", "mill-lane-surgery", "adultRole", "adult-mental-health-practitioner",
                "mentalHealthWorker", "asha.patel");
        asha.files();
        family = asha.page().url().replaceAll(".*/families/", "");
        jobs = new Jobs(engine, family);

        asha.takes("Screen the adult", family);
        assertThat(asha.asked()).doesNotContain("whyElsewhere", "children[0].firstName");
        asha.answers("childrenElsewhere", "yes");
        assertThat(asha.asked()).as("a question that appears").contains("whyElsewhere");
        asha.answers("childrenInHousehold", "yes");
        asha.answers("childrenElsewhere", "no");
        assertThat(asha.asked()).doesNotContain("whyElsewhere");
        assertThat(asha.page().locator("[id='q-parents-0-firstName']")).hasValue("Rosa");
        asha.adds("children", 2);
        asha.adds("parents", 2);
        asha.fills("contactWithChildren", "no", "caring", "no", "pregnancy", "yes",
                "children[0].firstName", "Mia", "children.lastName", "Journey", "children[0].born", "born", "children[0].dateOfBirth", "2018-03-02",
                "children[0].school", "st-annes-primary", "children[0].gpPractice", "mill-lane-surgery",
                "children[1].born", "unborn", "children[1].expectedOn", "2027-04-01", "children.home", "household",
                "parents[0].relationship", "mother", "parents[0].home", "household",
                "parents[1].firstName", "Paul", "parents[1].lastName", "Journey", "parents[1].relationship", "father", "parents[1].gpPractice", "harbour-practice", "parents[1].home", "elsewhere");
        asha.files();
        asha.sees("Mia Journey");
        asha.sees("Unborn baby");

        asha.does("Say what the risks are", family, "delusionsInvolveChild", "no", "suicide", "none", "hostileToChild", "no", "threatToKill", "no", "mentalHealth", "severe",
                "substances", "none", "engagement", "good", "alteredStates", "no", "untreatable", "no", "hospital", "no", "perinatal", "no", "domesticAbuse", "no",
                "obsessionsInvolveChild", "no", "childCarer", "no", "isolated", "no", "earlierHarm", "no");
        asha.does("Say how each child is affected", family, "youngCarers", "no", "children.effect", "affected", "earlySupport", "no", "nextStep", "refer");
    }

    private void referred() {
        Worker priya = browsers.of("priya.nair");
        priya.finds("/work/team", "Decide on the referral", family);
        assertThat(priya.row("Decide on the referral", family)).containsText("Take this task");
        priya.does("Decide on the referral", family, "levelView", "agree", "decision", "assess");
        jobs.runWhatIsReady();
        browsers.of("asha.patel").does("Read the decision", family, "answer", "agree");
    }

    private void assessed() {
        Worker joan = browsers.of("joan.whitlock");
        joan.does("Allocate the assessment", family, "childrensWorker", "ben.adeyemi", "mentalHealthWorker", "asha.patel");

        Worker ben = browsers.of("ben.adeyemi");
        ben.takes("Plan the assessment together", family);
        ben.page().getByText("Give this task to somebody else").click();
        ben.page().getByLabel("Who takes it over?").selectOption("maria.santos");
        ben.press("Hand over");
        ben.sees("My work");

        Worker maria = browsers.of("maria.santos");
        maria.does("Plan the assessment together", family, "who", List.of("childrens-social-worker", "adult-practitioner", "mother"));
        browsers.of("anil.gupta").does("Ask the GP of each parent", family, "obtained", "yes");
        browsers.of("kate.mosshill").does("Ask the GP of each parent", family, "obtained", "yes");
        browsers.of("asha.patel").does("Give the adult side", family, "adolescence", "none");
        Worker worker = holder("Give the children's side", maria, ben);
        worker.does("Give the children's side", family, "children.youngCarer", "no", "domesticAbuse", "no");
        worker.does("See each child and hear their view", family, "children[0].seen", "yes", "children[0].alone", "yes", "children[1].seen", "unborn");
        jobs.runWhatIsReady();
        worker.does("Analyse what it means for each child", family, "children[0].outcome", "looked-after", "children[1].outcome", "child-in-need");
        browsers.of("asha.patel").does("Agree, or say where you differ", family, "agreed", "yes", "correct", "yes");
        browsers.of("asha.patel").does("Sign for the adult side", family);
        browsers.of("ruth.okafor").does("Countersign for the adult service", family);
        worker.does("Sign for the children's side", family);
        jobs.runWhatIsReady();
        joan.does("Authorise the assessment", family, "authorisation", "authorise");
        worker.does("Tell the family and the agencies", family, "parents.told", "yes", "children[1].told", "too-young");
        jobs.runWhatIsReady();
    }

    /** The children's social worker with whom the task is: the first one named keeps what was not handed over. */
    private Worker holder(String task, Worker... workers) {
        for (Worker worker : workers) {
            if (worker.finds("/work", task, family)) {
                return worker;
            }
        }
        throw new AssertionError("nobody has " + task);
    }

    private void reviewed() {
        Worker worker = holder("Record the start of care", browsers.of("maria.santos"), browsers.of("ben.adeyemi"));
        worker.does("Record the start of care", family, "legalStatus", "V2", "placement", "U6", "childToldWhy", "yes");
        browsers.of("ivy.stone").does("Name the independent reviewing officer", family, "iro", "nina.farrow", "sameForSiblings", "none");
        worker.does("Agree with the child who comes and where", family, "invited", List.of("mother", "father", "carer", "adult-practitioner"), "agreedWithChild", "yes");
        browsers.of("anil.gupta").does("Give the health view", family);
        browsers.of("jane.tully").does("Give the school’s view", family);
        browsers.of("asha.patel").does("Give the adult service’s view", family, "canAnswer", "yes", "willAttend", "yes");
        browsers.of("peter.gale").does("Give the carer’s view", family);
        worker.does("Ask the child", family, "asked", "yes");
        worker.does("Ask each parent", family, "asked", "yes");
        worker.does("Ask each parent", family, "asked", "not-found");
        jobs.runWhatIsReady();
        browsers.of("nina.farrow").does("Hold the first review", family, "sitting", "finished", "contactChange", "yes");
        jobs.runWhatIsReady();
    }

    private void contactIsPlanned() {
        Worker worker = holder("Say how contact is now", browsers.of("maria.santos"), browsers.of("ben.adeyemi"));
        worker.does("Say how contact is now", family, "basis", "accommodated", "people.risk", "some", "people.wish", "wants", "orders", "no");
        worker.does("Propose the contact arrangements", family);
        browsers.of("asha.patel").does("Give the adult service’s view", family, "view", "agree", "willTell", "yes");
        browsers.of("nina.farrow").does("Give the reviewing officer’s view", family, "view", "agree");
        browsers.of("peter.gale").does("Give the carer’s view", family, "view", "agree");
        jobs.runWhatIsReady();
        worker.does("Agree the contact plan", family, "people.agrees", "yes", "restricts", "no", "childTold", "yes");
        Worker joan = browsers.of("joan.whitlock");
        joan.does("Confirm the contact plan", family, "planConfirmed", "yes", "restrictionsJustified", "not-restricted");

        joan.open("/families/" + family);
        Locator contact = joan.page().locator("section").filter(new Locator.FilterOptions().setHas(joan.page().getByText("Show the diagram: Contact planning")));
        assertThat(contact).containsText("Contact is agreed");
        joan.follow("Confirm the contact plan");
        joan.sees("Filed by Joan Whitlock");
    }
}
