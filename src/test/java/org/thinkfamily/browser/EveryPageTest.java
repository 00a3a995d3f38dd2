package org.thinkfamily.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.View;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.FamilyQuestions;
import org.thinkfamily.forms.Form;
import org.thinkfamily.forms.FormContext;
import org.thinkfamily.forms.FormView;
import org.thinkfamily.pathway.Pathway;
import org.thinkfamily.worklist.Filling;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/**
 * Every page at 1280 and at 320 pixels, each form and error page at 320: nothing for axe to find, nothing to scroll sideways. With {@code -Dthinkfamily.screenshots=true} a picture of
 * each is left in target/screenshots, and those of the guides are taken anew for docs/images.
 */
@ThinkFamilyTest
class EveryPageTest {

    private static final List<String> STANDARDS = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
    private static final Path PICTURES = Path.of("target/screenshots");
    private static final Path GUIDE = Path.of("docs/images");
    private static final boolean WITH_PICTURES = Boolean.getBoolean("thinkfamily.screenshots");

    @RegisterExtension
    final Browsers browsers = new Browsers();
    @Autowired
    private Families families;
    @Autowired
    private FamilyQuestions questions;
    @Autowired
    private Pathway pathway;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private ThymeleafViewResolver views;
    @Autowired
    private WebApplicationContext application;

    private final List<String> found = new ArrayList<>();
    private TestFamily family;

    @BeforeEach
    void aFamily() {
        family = TestFamily.open(families, jdbc, "Example");
    }

    private static Worker find(Worker worker, String words) {
        worker.open("/find").page().locator("#q").fill(words);
        worker.press("Find");
        return worker;
    }

    /** Looks at the page as it stands. */
    private void look(Worker worker, String name) {
        worker.page().setViewportSize(1280, 900);
        worker.page().waitForLoadState();
        axe(worker.page(), name + " at 1280");
        lookAtTheNarrowPage(worker, name);
    }

    /** Once where it is hardest: for the many pages that are made of the same parts. */
    private void lookAtTheNarrowPage(Worker worker, String name) {
        Page page = worker.page();
        page.setViewportSize(1280, 900);
        page.waitForLoadState();
        picture(page, name + "-1280");
        page.setViewportSize(320, 640);
        axe(page, name + " at 320");
        int over = ((Number) page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")).intValue();
        if (over > 0) {
            found.add(name + " at 320: scrolls sideways by " + over);
        }
        picture(page, name + "-320");
        page.setViewportSize(1280, 900);
    }

    private void axe(Page page, String name) {
        new AxeBuilder(page).withTags(STANDARDS).setLegacyMode(true).analyze().getViolations().forEach(violation ->
                found.add(name + ": " + violation.getId() + ", " + violation.getHelp() + ": " + violation.getNodes().stream().limit(3).map(node -> node.getHtml() + " " + node.getFailureSummary()).toList()));
    }

    private static void picture(Page page, String name) {
        if (WITH_PICTURES) {
            page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
        }
    }

    private static void forTheGuides(Worker worker, String name) {
        if (WITH_PICTURES) {
            worker.page().setViewportSize(1280, 900);
            worker.page().screenshot(new Page.ScreenshotOptions().setPath(GUIDE.resolve(name + ".png")));
        }
    }

    @Test
    @Requirement({"S-208", "U03"})
    void pagesOfSeveralChildrenAndOfTeamsInNeed() {
        String offer = family.showTask(jdbc, "young-carer-offer");
        Worker asha = browsers.of(TestFamily.PRACTITIONER).open(offer);
        asha.page().locator("#q-children-0-in").uncheck(); // Leo: the eldest stands first
        assertThat(asha.page().getByLabel("Why is Leo Example left out?")).isVisible();
        asha.press("Continue");
        assertThat(asha.page().locator(".govuk-error-summary")).containsText("Say why Leo Example is left out");
        look(asha, "child-left-out-with-errors");
        asha.page().getByLabel("Why is Leo Example left out?").fill("Leo lives with his grandmother.");
        asha.page().getByLabel("The child is not a carer").check();
        asha.page().locator("#q-next").fill("We ask again in May.");
        asha.press("Continue");
        assertThat(asha.page().getByText("Leo lives with his grandmother.")).isVisible();
        look(asha, "child-left-out-check");

        jdbc.sql("""
                insert into clock (family_ref, process_instance_id, name, title, amount, unit, source, status, started_on, due_on, due_at)
                values (?, 'none', 'referral.red-flag', 'Act on a red flag', 0, 'days', 'Local', 'local default', current_date, current_date, now() + interval '1 hour')
                """).param(family.ref()).update();
        jdbc.sql("update work_item set sort_at = now() - interval '5000 days' where '/work/' || id = ?").param(offer).update();
        look(asha.open("/work"), "my-work-red-flag");
        look(asha.open("/cases"), "cases-red-flag");
        look(asha.open("/families/" + family.ref()), "family-red-flag");
        Worker ruth = browsers.of("ruth.okafor");
        look(ruth.open("/work/team"), "team-work-hand-over");
        String late = family.showTask(jdbc, "screening-chase");
        jdbc.sql("update work_item set team_id = 'family-support-east', role = 'childrens-social-worker', assignee = 'maria.santos', due_on = current_date - 3 where '/work/' || id = ?")
                .param(late).update();
        look(ruth.open("/work/team/late-elsewhere"), "late-elsewhere");
    }

    @Test
    @Requirement("S-208")
    void pagesOfWork() {
        Worker stranger = browsers.stranger();
        look(stranger.open("/signin"), "sign-in");
        look(stranger.open("/signin?wrong"), "sign-in-wrong");
        look(stranger.open("/about"), "about");

        look(browsers.of("zoe.finch").open("/work"), "my-work-empty");
        Worker priya = browsers.of("priya.nair");
        pathway.send("referral-made", family.ref(), Map.of("adult", family.mother(), "adultRole", "adult-mental-health-practitioner"));
        String referral = "/work/" + jdbc.sql("select id from work_item where family_ref = ? and step_key = 'decide'").param(family.ref()).query(String.class).single();
        look(priya.open("/work/team"), "team-work");
        forTheGuides(priya, "team-work");
        look(priya.open("/work/team?by=family"), "team-work-by-family");
        look(priya.open("/work/team?by=worker"), "team-work-by-worker");
        look(priya.open(referral), "task-in-queue");
        priya.press("Take this task");
        Worker owen = browsers.of("grace.lund").open(referral);
        look(owen, "task-of-somebody-else");
        forTheGuides(priya, "task");
        priya.page().getByText("Give this task to somebody else").click();
        look(priya, "task");
        look(priya.open("/work"), "my-work");
        forTheGuides(priya, "my-work");
        priya.open(referral).press("Continue");
        assertThat(priya.page().locator(".govuk-error-summary")).isVisible();
        look(priya, "task-with-errors");
        priya.fills("levelView", "agree", "decision", "nfa");
        priya.carriesOn();
        look(priya, "check-answers");
        forTheGuides(priya, "check-answers");
        priya.press("Sign and send");
        assertThat(priya.page().locator(".govuk-notification-banner--success")).isVisible();
        look(priya.open(referral), "task-done");
        look(priya.open(referral + "/check"), "conflict");
        look(priya.open("/start"), "start");
        forTheGuides(priya, "start");
        look(browsers.of("asha.patel").open("/start/identification"), "start-identification");
        look(browsers.of("asha.patel").open("/forms"), "forms");
        Worker tom = browsers.of("tom.ellery").open("/deputies");
        tom.press("Name a deputy");
        assertThat(tom.page().locator(".govuk-error-summary")).isVisible();
        look(tom, "deputies-with-errors");
        tom.page().locator("#deputy").selectOption("asha.patel");
        tom.page().locator("#from").fill(families.today().plusDays(30).toString());
        tom.page().locator("#until").fill(families.today().plusDays(31).toString());
        tom.press("Name a deputy");
        look(tom, "deputies");
        look(browsers.of("asha.patel").open("/forms/identification/screening"), "form-on-paper");
        look(browsers.of("asha.patel").open(family.showTask(jdbc, "screening-effect") + "/blank?large=true"), "form-on-paper-large");
        assertThat(found).isEmpty();
    }

    @Test
    void pagesOfThePathway() {
        Worker alex = browsers.of("alex.morgan");
        look(alex.open("/pathway"), "pathway");
        alex.open("/pathway/referral");
        assertThat(alex.page().locator(".tf-diagram svg").first()).isVisible();
        look(alex, "pathway-process");
        look(alex.open("/pathway/time-limits"), "pathway-time-limits");
        alex.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("How long")).click();
        assertThat(alex.page().locator("tbody tr").first()).containsText("10 working days before");
        look(alex.open("/pathway/rules/red-flags"), "pathway-rules");
        look(alex.open("/pathway/rules/contact-by-condition"), "pathway-rules-in-columns");
        assertThat(found).isEmpty();
    }

    @Test
    void pagesOfAFamily() {
        pathway.send("assessment-needed", family.ref(), Map.of("adult", family.mother(), "adultRole", "adult-mental-health-practitioner", "referredOn", families.today().minusDays(20).toString()));
        pathway.send("referral-made", family.ref(), Map.of("adult", family.mother(), "adultRole", "adult-mental-health-practitioner"));
        Worker joan = browsers.of("joan.whitlock");
        joan.does("Allocate the assessment", family.ref(), "childrensWorker", "maria.santos", "mentalHealthWorker", "asha.patel");
        look(joan, "family");
        forTheGuides(joan, "family");
        look(joan.open("/families/" + family.ref() + "?view=" + family.mia()), "family-as-a-child-sees-it");
        for (Locator diagram : joan.page().getByText("Show the diagram").all()) {
            diagram.click();
        }
        assertThat(joan.page().locator(".tf-diagram svg").first()).isVisible();
        assertThat(joan.page().locator(".tf-diagram__badge").first()).isVisible();
        look(joan, "family-with-diagrams");
        look(joan.open("/families/" + family.ref() + "/processes/" + jdbc.sql("select process_id from work_item where family_ref = ? and process_key = 'joint-assessment' limit 1").param(family.ref())
                .query(String.class).single()), "family-tasks");
        look(joan.open("/families/" + family.ref() + "/summary"), "family-summary");
        forTheGuides(joan, "family-summary");
        String paper = new String(joan.page().pdf(new Page.PdfOptions().setFormat("A4")), StandardCharsets.ISO_8859_1);
        assertThat(paper.split("/Type\\s*/Page\\b", -1)).as("sides of A4 the summary takes, and one").hasSize(2);
        look(joan.open("/families/" + family.ref() + "/story"), "family-story");
        look(joan.open("/families/" + family.ref() + "/story?large=true"), "family-story-large");
        joan.open("/families/" + family.ref());
        joan.page().locator(".moj-timeline a").first().click();
        assertThat(joan.page().locator("h1")).isVisible();
        look(joan, "entry");
        joan.page().locator("main a[href$='/correct']").click();
        joan.press("Continue");
        assertThat(joan.page().locator(".govuk-error-summary")).containsText("Change what is wrong");
        look(joan, "correct-with-errors");
        joan.fills("childrensWorker", "ben.adeyemi");
        joan.press("Continue");
        look(joan, "correct-check");
        joan.open("/families/" + family.ref());
        joan.page().locator("#decisions ~ ul a").first().click();
        assertThat(joan.heading("Why")).hasCount(0);
        look(joan, "decision");
        forTheGuides(joan, "decision");
        look(joan.open("/messages"), "messages");
        Worker dee = browsers.of("dee.marsh").open("/families/" + family.ref());
        look(dee, "family-that-is-not-open");
        dee.page().getByText("Open " + family.ref() + " in an emergency").click();
        dee.press("Open the family’s record");
        assertThat(dee.page().locator(".govuk-error-summary")).containsText("Say why");
        look(dee, "emergency-with-errors");
        dee.page().locator("#reason").fill("The ward called: the baby is going home tonight.");
        dee.press("Open the family’s record");
        assertThat(dee.page().locator("#opened")).containsText("The ward called");
        look(dee, "family-opened-in-an-emergency");
        jdbc.sql("""
                insert into audit_event (at, username, roles, action, family_ref, reason, outcome)
                select now(), username, 'childrens-social-worker', action, ?, reason, outcome
                  from app_user, (values ('family.read', null, 'done'), ('emergency.open', 'The ward called: the baby is going home tonight', 'done'), ('GET /families/{ref}', null, 'refused')) did (action, reason, outcome)
                 where team_id = 'family-support-east' and username not in ('joan.whitlock', 'maria.santos')
                """).param(family.ref()).update();
        look(joan.open("/families/" + family.ref() + "/who-looked"), "who-looked");
        look(joan.open("/families/" + family.ref() + "/who-looked?kind=printed"), "who-looked-nobody");
        look(joan.open("/caseload-check"), "caseload-check");
        look(joan.open("/demo/clock"), "demo-clock");
        forTheGuides(joan, "demo-clock");
        look(joan.open("/start?family=" + family.ref()), "start-for-a-family");
        Worker maria = browsers.of("maria.santos");
        look(maria.open("/find"), "find");
        look(find(maria, family.ref()), "find-one");
        forTheGuides(maria, "find");
        look(find(maria, "example"), "find-several");
        look(find(maria, "nobodyofthatname"), "find-nothing");
        look(find(maria, "x".repeat(101)), "find-too-long");
        look(maria.open("/cases"), "cases");
        look(browsers.of("bea.coombes").open("/cases"), "cases-empty");
        look(browsers.of("bea.coombes").open("/families/F-0"), "not-found");
        assertThat(found).isEmpty();
    }

    @Test
    void pagesOfTheChronologyAndOfDocuments() {
        pathway.send("referral-made", family.ref(), Map.of("adult", family.mother(), "adultRole", "adult-mental-health-practitioner"));
        String path = "/families/" + family.ref();
        Worker asha = browsers.of("asha.patel");
        look(asha.open(path + "/chronology/import"), "chronology-import");
        asha.page().locator("#file").setInputFiles(new FilePayload("events.csv", "text/csv", ("date,title,detail,about,origin,source,confidence\n2011,Moved to Northmoor,,,family,Told by Rosa,likely\n"
                + "03/2012,Called by the school,Late and hungry.,Mia,education,School log,confirmed\n").getBytes(StandardCharsets.UTF_8)));
        asha.press("Check the file");
        assertThat(asha.heading("Check the events")).isVisible();
        look(asha, "chronology-import-check");
        asha.press("Add these events");
        assertThat(asha.page().locator(".govuk-notification-banner--success")).isVisible();
        asha.open(path + "/chronology/import");
        asha.page().locator("#file").setInputFiles(new FilePayload("events.csv", "text/csv", "date,title,origin,source,confidence\nyesterday,,martians,,sure\n".getBytes(StandardCharsets.UTF_8)));
        asha.press("Check the file");
        assertThat(asha.page().locator(".govuk-error-summary")).isVisible();
        look(asha, "chronology-import-errors");
        String item = path + "/chronology/items/history-" + jdbc.sql("select max(id) from history_event where family_ref = ?").param(family.ref()).query(Long.class).single();
        asha.open(item).press("Mark as significant");
        assertThat(asha.page().locator(".govuk-error-summary")).isVisible();
        look(asha, "chronology-item-error");
        asha.page().locator("#reason").fill("The first sign of neglect.");
        asha.press("Mark as significant");
        assertThat(asha.page().locator(".govuk-notification-banner--success")).isVisible();
        look(asha.open(item), "chronology-item");
        look(asha.open(path + "/chronology"), "chronology");
        look(asha.open(path + "/chronology?kind=history&significant=true&person=" + family.mia()), "chronology-filtered");
        look(asha.open(path + "/chronology?kind=contact"), "chronology-filtered-empty");
        look(asha.open(path + "/documents"), "documents");
        asha.press("Make the document");
        assertThat(asha.page().locator(".govuk-error-summary")).isVisible();
        look(asha, "documents-errors");
        String entry = path + "/entries/" + jdbc.sql("""
                insert into entry (family_ref, title, process_key, step_key, form_key, form_version, deployment_id, about, answers, author, author_name, role, service, filed_at)
                select ?, 'Offer help', 'shown', 'shown', 'early-help', 1, deployment_id_, '{}', '{"agreed": "no"}', 'maria.santos', 'Maria Santos', 'childrens-social-worker', 'Council', now()
                  from act_re_camformdef where key_ = 'early-help' order by version_ desc limit 1 returning id
                """).param(family.ref()).query(Long.class).single();
        Worker maria = browsers.of("maria.santos").open(entry);
        maria.page().locator("#file").setInputFiles(new FilePayload("letter.eml", "message/rfc822", "From: rosa@example.org\r\nDate: today\r\n\r\nSee you.\r\n".getBytes(StandardCharsets.UTF_8)));
        maria.page().locator("#childView").check();
        maria.press("Add the file");
        assertThat(maria.page().locator(".govuk-notification-banner--success")).isVisible();
        look(maria, "entry-with-file");
        maria.page().locator("#file").setInputFiles(new FilePayload("letter.pdf", "application/pdf", "<html>".getBytes(StandardCharsets.UTF_8)));
        maria.press("Add the file");
        assertThat(maria.page().locator(".govuk-error-summary")).isVisible();
        look(maria, "entry-with-refused-file");
        maria.open(entry);
        maria.page().getByText("Remove this file").click();
        maria.press("Remove the file");
        assertThat(maria.page().locator(".govuk-error-summary")).containsText("Say why");
        look(maria, "entry-with-file-to-remove");
        maria.page().locator("input[name=reason]").fill("Belongs to another family");
        maria.press("Remove the file");
        assertThat(maria.page().locator("#files")).containsText("A file was removed by Maria Santos");
        look(maria, "entry-with-removed-file");
        assertThat(found).isEmpty();
    }

    @Test
    @Requirement("S-206")
    void pagesOfAHandover() {
        Worker asha = browsers.of("asha.patel").open("/start/handover?family=" + family.ref());
        look(asha, "form-handover");
        asha.fills("role", "adult-mental-health-practitioner", "why", "leaves", "known", "yes", "adultMentalHealthPractitionerNew", "tom.ellery", "first", "Ring her in the morning.",
                "worry", "She stops her medicine when she sleeps badly.", "unfinished", "A letter to the school.", "told", "some");
        asha.files();
        assertThat(asha.page().locator("h1")).containsText("My work");
        Worker tom = browsers.of("tom.ellery").open("/families/" + family.ref());
        look(tom, "family-handed-over");
        tom.page().getByText("Read the handover and what has changed since").click();
        assertThat(tom.page().locator("h1")).containsText("Handover");
        look(tom, "handover");
        assertThat(found).isEmpty();
    }

    @Test
    @Requirement({"S-194", "S-196", "S-205"})
    void pagesOfSharing() {
        String mother = String.valueOf(family.mother());
        Worker maria = browsers.of("maria.santos");
        look(maria.open("/glossary"), "glossary");
        maria.page().locator("#q").fill("reviewing off");
        assertThat(maria.page().locator("#iro")).isVisible();
        assertThat(maria.page().locator("#sectioned")).isHidden();
        look(maria.open("/glossary?q=zzz"), "glossary-nothing");
        maria.open("/start/consent?family=" + family.ref());
        maria.fills("person", mother, "consentTo", "sharing", "scope", "The school", "consentState", "withdrawn", "saidOn", families.today().toString(), "why", "She changed her mind", "gillick", "not-asked", "source", "said-to-me");
        maria.files();
        maria.open("/start/advance-statement?family=" + family.ref());
        maria.fills("person", mother, "madeOn", families.today().toString(), "wellThen", "yes", "helps", "A quiet room", "whoCares", "Her sister Ines", "mayShare", "With the school", "copy", "yes");
        maria.files();
        look(maria.open("/families/" + family.ref() + "/people/" + mother), "person-with-consent");
        look(maria.open("/families/" + family.ref() + "/people/" + mother + "/own-copy"), "own-copy");
        look(maria.open("/families/" + family.ref() + "/sharing"), "sharing-empty");
        maria.open("/start/sharing-decision?family=" + family.ref());
        maria.fills("direction", "asked-of-me", "askedBy", "Jo Hill, head, Hill School", "person", mother, "recipient", "school", "recipientWho", "Jo Hill, head, Hill School", "items", List.of("diagnosis-detail", "risk-to-child"),
                "purpose", "To keep Mia safe at school", "kept", "no");
        look(maria, "sharing-asked");
        maria.files();
        String task = "/work/" + jdbc.sql("select id from work_item where family_ref = ? and step_key = 'decide-own'").param(family.ref()).query(String.class).single();
        maria.open(task);
        maria.fills("decision", "part", "reason", "The risk is enough", "shared", List.of("diagnosis-detail"), "exception", "no", "basis", "consent", "special", "care", "consentState", "withdrawn", "told", "yes", "channel", "pack",
                "sharedUntil", families.today().plusDays(30).toString());
        maria.press("Continue");
        assertThat(maria.page().locator(".govuk-error-summary")).isVisible();
        look(maria, "sharing-decision-with-errors");
        maria.fills("shared", List.of("risk-to-child"), "basis", "public-task");
        maria.files();
        look(maria.open("/families/" + family.ref() + "/sharing"), "sharing");
        look(maria.open("/families/" + family.ref()), "family-with-sharing");
        assertThat(found).isEmpty();
    }

    @Test
    void pagesOfInformationGovernance() {
        Worker edith = browsers.of("edith.quill");
        look(edith.open("/information-governance"), "governance");
        edith.press("Find");
        assertThat(edith.page().locator(".govuk-error-summary")).isVisible();
        edith.page().locator("#ref").fill(family.ref());
        edith.press("Find");
        edith.page().locator("form[action$='/families'] button").first().click();
        assertThat(edith.page().locator(".govuk-error-summary")).containsText("Say why");
        look(edith, "governance-found-with-errors");
        edith.page().locator("#reason-" + family.ref()).fill("A claim was made");
        edith.page().locator("form[action$='/families'] button").first().click();
        assertThat(edith.heading("How long it is kept")).isVisible();
        edith.press("Set a legal hold");
        assertThat(edith.page().locator(".govuk-error-summary")).isVisible();
        look(edith, "retention-with-errors");
        edith.page().locator("#reason").fill("A claim was made");
        edith.press("Set a legal hold");
        look(edith, "retention-held");
        look(edith.open("/families/" + family.ref()), "family-held");
        jdbc.sql("""
                insert into entry (family_ref, title, process_key, step_key, form_key, form_version, deployment_id, about, answers, author, author_name, role, service, filed_at)
                select ?, 'Contact was stopped', 'shown', 'shown', key_, 1, deployment_id_, '{}', '{"what": "Rosa shouted at the supervisor.", "childSaid": "I was afraid."}', 'maria.santos', 'Maria Santos', 'childrens-social-worker', 'Council', now()
                  from act_re_camformdef where key_ = 'contact-emergency-stop' order by version_ desc limit 1
                """).param(family.ref()).update();
        edith.open("/start/subject-access?family=" + family.ref());
        look(edith, "form-subject-access");
        edith.fills("person", String.valueOf(family.mother()), "askedBy", "self", "identityShown", "yes", "scope", "all");
        edith.files();
        look(edith.open("/access-requests"), "access-requests");
        edith.page().locator("main tbody a").first().click();
        look(edith, "access-request-items");
        edith.page().locator("input[value='withhold']").first().check();
        edith.press("Save and go on");
        assertThat(edith.page().locator(".govuk-error-summary")).containsText("Choose why");
        look(edith, "access-request-with-errors");
        edith.page().locator("select").first().selectOption("privilege");
        edith.press("Release the rest of this page, save and go on");
        assertThat(edith.page().locator(".govuk-notification-banner--success")).isVisible();
        edith.page().locator(".moj-sub-navigation a").nth(1).click();
        look(edith, "access-request-kept-back");
        look(edith.open("/information-governance/due"), "destruction-due");
        jdbc.sql("""
                with two as (select 'edith.quill' as one, 'jonas.reed' as other)
                insert into destruction (family, person, position, rule, rule_title, rule_source, rule_status, kept_until, reason, proposed_by, proposed_at, confirmed_by, confirmed_at, state)
                select ?, ?, 'adult', 'adult', 'Adult in the record of a family', 'Local retention schedules', 'unconfirmed', '2020-01-01', 'time-over', one, now(), other, now(), 'confirmed' from two
                """).params(family.ref(), family.father()).update();
        look(edith.open("/information-governance/certificates"), "destruction-certificates");
        for (String process : List.of("subject-access", "destruction")) {
            edith.open("/pathway/" + process);
            assertThat(edith.page().locator(".tf-diagram svg").first()).isVisible();
            look(edith, "pathway-" + process);
        }
        assertThat(found).isEmpty();
    }

    @Test
    @Requirement("S-177")
    void pagesOfPeople() {
        TestFamily twin = TestFamily.open(families, jdbc, "Exampel");
        jdbc.sql("update person set first_name = 'Ottokar', last_name = 'Quenby' where id in (?, ?)").params(List.of(family.father(), twin.father())).update();
        jdbc.sql("update person set sex = 'M', date_of_birth = '1988-02-12', last_name = 'Quenbey' where id = ?").param(twin.father()).update();
        Worker maria = browsers.of("maria.santos");
        maria.open("/families/" + family.ref() + "/people/" + family.father()).press("Correct or add something");
        maria.fills("sections", List.of("about", "language", "disability"), "sex", "M", "ethnicity", "MWBC", "firstLanguage", "Polish", "communication", List.of("easy-read"), "disability", List.of("HEAR"),
                "withheld", "no", "address", "7 Quince Row, Westerby ZZ4 9QT");
        maria.files();
        look(maria.open("/families/" + family.ref() + "/people/" + family.father()), "person");
        maria.open("/start/family-relationships?family=" + family.ref());
        look(maria, "form-relationships");
        maria.fills("relationships.who", String.valueOf(family.father()), "relationships.kind", "conflict", "relationships.whose", String.valueOf(family.mother()), "relationships.ended", "now");
        maria.files();
        jdbc.sql("update family_member set home = 'household' where family_ref = ? and person_id <> ?").params(List.of(family.ref(), family.father())).update();
        jdbc.sql("update person set date_of_birth = null, expected_on = current_date + 60 where id = ?").param(family.mia()).update();
        look(maria.open("/families/" + family.ref()), "family-drawn");
        maria.open("/families/" + family.ref() + "/people/" + family.father() + "/twice");
        maria.page().getByLabel("Quenbey").first().check();
        look(maria, "person-twice");
        maria.press("See what would be joined");
        look(maria, "merge");
        maria.press("Join the records");
        assertThat(maria.page().locator(".govuk-error-summary")).isVisible();
        maria.page().locator("#reason").fill("The same man");
        maria.press("Join the records");
        assertThat(maria.page().locator(".govuk-notification-banner--success")).isVisible();
        look(maria, "merge-joined");
        assertThat(found).isEmpty();
    }

    @Test
    @Requirement("S-201")
    void pagesOfChecks() {
        jdbc.sql("update person set nhs_number = '9990000026', last_name = 'Quillfeather' where id = ?").param(family.mia()).update();
        Worker dee = browsers.of("dee.marsh");
        dee.open("/known").press("Check");
        assertThat(dee.page().locator(".govuk-error-summary")).isVisible();
        look(dee, "known-with-errors");
        dee.open("/known").fills("nhsNumber", "999 000 0026", "lastName", "Quillfeather", "reason", "child-worry");
        dee.press("Check");
        dee.sees("Answer: Known");
        look(dee, "known-known");
        dee.open("/known").fills("firstName", "Mya", "lastName", "Quilfeather", "dateOfBirth", "2018-03-02", "reason", "screening");
        dee.press("Check");
        dee.sees("Possible match");
        look(dee, "known-possible");
        dee.press("Ask the service to confirm");
        assertThat(dee.page().locator(".govuk-notification-banner--success")).isVisible();
        look(dee.open("/known"), "known");
        Worker maria = browsers.of("maria.santos").open("/known/to-confirm");
        look(maria, "known-to-confirm");
        maria.page().locator("button[value=confirm]").first().click();
        assertThat(maria.page().locator(".govuk-notification-banner--success")).isVisible();
        look(maria, "known-confirmed");
        assertThat(found).isEmpty();
    }

    @Test
    void errorPages() throws Exception {
        Worker asha = browsers.of("asha.patel");
        shown(asha, "worklist/running", Map.of(), "running-already");
        for (int status : List.of(403, 404, 409, 413, 429, 500, 503, 400)) {
            shown(asha, "error", Map.of("status", status, "reference", "K7Q2M4T1"), "error-" + status);
        }
        assertThat(found).isEmpty();
    }

    /** All questions of each form at once, also those that only some answers lead to, through the pages' own templates. */
    @Test
    void everyForm() throws Exception {
        Worker asha = browsers.of("asha.patel");
        List<Path> forms;
        try (Stream<Path> files = Files.list(Path.of("forms"))) {
            forms = files.filter(file -> file.toString().endsWith(".form")).sorted().toList();
        }
        assertThat(forms).isNotEmpty();
        Map<String, Long> subjects = Map.of("child", family.mia(), "person", family.mother(), "adult", family.mother());
        for (Path file : forms) {
            Form form = Form.read(Files.readString(file));
            FormContext context = questions.context(form, family.ref(), subjects);
            Map<String, Object> model = new HashMap<>();
            model.put("filling", new Filling("shown", "Look at " + form.id(), form, 1, "none", family.ref(), subjects, null, null, null));
            model.put("identity", List.of("Mia Example, aged 8"));
            model.put("form", FormView.blank(form, context));
            List.of("action", "draftAction", "checkAction").forEach(action -> model.put(action, "/shown"));
            shown(asha, "worklist/form", model, "form-" + form.id());
        }
        assertThat(found).isEmpty();
    }

    @Test
    void formsWithErrors() {
        Worker asha = browsers.of("asha.patel");
        for (String form : List.of("adult-accepted", "screening-effect", "assessment-plan", "review-sitting", "assessment-sign")) {
            asha.open(family.showTask(jdbc, form)).press("Continue");
            assertThat(asha.page().locator(".govuk-error-summary")).isVisible();
            look(asha, "errors-" + form);
        }
        assertThat(found).isEmpty();
    }

    @Test
    void aPageThatIsWrongIsFound() {
        Worker asha = browsers.of("asha.patel").open("/about");
        asha.page().locator("main").evaluate("main => { main.innerHTML = '<img src=\"/favicon.svg\"><pre>' + 'wide'.repeat(200) + '</pre>'; }");
        look(asha, "wrong");
        assertThat(found).anySatisfy(problem -> assertThat(problem).contains("image-alt")).anySatisfy(problem -> assertThat(problem).contains("sideways"));
    }

    /** Shows a template at an address of the application, under its security policy. */
    private void shown(Worker worker, String template, Map<String, Object> model, String name) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest(application.getServletContext(), "GET", "/shown");
        request.setAttribute(DispatcherServlet.WEB_APPLICATION_CONTEXT_ATTRIBUTE, application);
        MockHttpServletResponse response = new MockHttpServletResponse();
        Map<String, Object> all = new HashMap<>(model);
        all.put("demo", true);
        all.put("user", Map.of("username", "asha.patel", "name", "Asha Patel", "place", "Community mental health, Northmoor Mental Health Trust"));
        all.put("navigation", List.of(Map.of("href", "/work", "text", "site.nav.my-work", "current", true), Map.of("href", "/find", "text", "site.nav.find", "current", false)));
        View view = views.resolveViewName(template, Locale.UK);
        view.render(all, request, response);
        String address = "**/shown/" + name;
        worker.page().route(address, route -> route.fulfill(new Route.FulfillOptions().setStatus(200).setContentType("text/html;charset=utf-8").setBody(content(response))
                .setHeaders(Map.of("content-security-policy", "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"))));
        worker.open("/shown/" + name);
        lookAtTheNarrowPage(worker, name);
        worker.page().unroute(address);
    }

    private static String content(MockHttpServletResponse response) {
        try {
            return response.getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
