package org.thinkfamily.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.family.Families;
import org.thinkfamily.pathway.Pathway;

/**
 * Every page at 1280 and at 320 pixels: nothing for axe to find, nothing to scroll sideways. With {@code -Dthinkfamily.screenshots=true} a picture of
 * each is left in target/screenshots, and those of the guides are taken anew for docs/images.
 */
@ThinkFamilyTest
class EveryPageTest {

    @RegisterExtension
    final Browsers browsers = new Browsers();
    @Autowired
    private Families families;
    @Autowired
    private Pathway pathway;
    @Autowired
    private JdbcClient jdbc;

    private final Looks looks = new Looks();
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

    @Test
    @Requirement({"S-208", "U03"})
    void pagesOfSeveralChildrenAndOfTeamsInNeed() {
        String offer = family.showTask(jdbc, "young-carer-offer");
        Worker asha = browsers.of(TestFamily.PRACTITIONER).open(offer);
        asha.page().locator("#q-children-0-in").uncheck(); // Leo: the eldest stands first
        assertThat(asha.page().getByLabel("Why is Leo Example left out?")).isVisible();
        asha.press("Continue");
        assertThat(asha.page().locator(".govuk-error-summary")).containsText("Say why Leo Example is left out");
        looks.at(asha, "child-left-out-with-errors");
        asha.page().getByLabel("Why is Leo Example left out?").fill("Leo lives with his grandmother.");
        asha.page().getByLabel("The child is not a carer").check();
        asha.page().locator("#q-next").fill("We ask again in May.");
        asha.press("Continue");
        assertThat(asha.page().getByText("Leo lives with his grandmother.")).isVisible();
        looks.at(asha, "child-left-out-check");

        jdbc.sql("""
                insert into clock (family_ref, process_instance_id, name, title, amount, unit, source, status, started_on, due_on, due_at)
                values (:family, :family, 'referral.red-flag', 'Act on a red flag', 0, 'days', 'Local', 'local default', current_date, current_date, now() + interval '1 hour')
                """).param("family", family.ref()).update();
        jdbc.sql("update work_item set sort_at = now() - interval '5000 days' where '/work/' || id = ?").param(offer).update();
        looks.at(asha.open("/work"), "my-work-red-flag");
        looks.at(asha.open("/cases"), "cases-red-flag");
        looks.at(asha.open("/families/" + family.ref()), "family-red-flag");
        Worker ruth = browsers.of("ruth.okafor");
        looks.at(ruth.open("/work/team"), "team-work-hand-over");
        String late = family.showTask(jdbc, "screening-chase");
        jdbc.sql("update work_item set team_id = 'family-support-east', role = 'childrens-social-worker', assignee = 'maria.santos', due_on = current_date - 3 where '/work/' || id = ?")
                .param(late).update();
        looks.at(ruth.open("/work/team/late-elsewhere"), "late-elsewhere");
        looks.at(ruth.open("/work/team/oversight"), "oversight");
    }

    @Test
    @Requirement("S-208")
    void pagesOfWork() {
        Worker stranger = browsers.stranger();
        looks.at(stranger.open("/signin"), "sign-in");
        looks.at(stranger.open("/signin?wrong"), "sign-in-wrong");
        looks.at(stranger.open("/about"), "about");

        looks.at(browsers.of("zoe.finch").open("/work"), "my-work-empty");
        Worker priya = browsers.of("priya.nair");
        pathway.send("referral-made", family.ref(), Map.of("adult", family.mother(), "adultRole", "adult-mental-health-practitioner"));
        String referral = "/work/" + jdbc.sql("select id from work_item where family_ref = ? and step_key = 'decide'").param(family.ref()).query(String.class).single();
        looks.at(priya.open("/work/team"), "team-work");
        Looks.forTheGuides(priya, "team-work");
        looks.at(priya.open("/work/team?by=family"), "team-work-by-family");
        looks.at(priya.open("/work/team?by=worker"), "team-work-by-worker");
        looks.at(priya.open(referral), "task-in-queue");
        priya.press("Take this task");
        Worker owen = browsers.of("grace.lund").open(referral);
        looks.at(owen, "task-of-somebody-else");
        Looks.forTheGuides(priya, "task");
        priya.page().getByText("Give this task to somebody else").click();
        looks.at(priya, "task");
        looks.at(priya.open("/work"), "my-work");
        Looks.forTheGuides(priya, "my-work");
        priya.open(referral).press("Continue");
        assertThat(priya.page().locator(".govuk-error-summary")).isVisible();
        looks.at(priya, "task-with-errors");
        priya.fills("levelView", "agree", "decision", "nfa");
        priya.carriesOn();
        looks.at(priya, "check-answers");
        Looks.forTheGuides(priya, "check-answers");
        priya.press("Sign and send");
        assertThat(priya.page().locator(".govuk-notification-banner--success")).isVisible();
        looks.at(priya.open(referral), "task-done");
        looks.at(priya.open(referral + "/check"), "conflict");
        looks.at(priya.open("/start"), "start");
        Looks.forTheGuides(priya, "start");
        looks.at(browsers.of("asha.patel").open("/start/identification"), "start-identification");
        looks.at(browsers.of("asha.patel").open("/forms"), "forms");
        Worker tom = browsers.of("tom.ellery").open("/deputies");
        tom.press("Name a deputy");
        assertThat(tom.page().locator(".govuk-error-summary")).isVisible();
        looks.at(tom, "deputies-with-errors");
        tom.page().locator("#deputy").selectOption("asha.patel");
        tom.page().locator("#from").fill(families.today().plusDays(30).toString());
        tom.page().locator("#until").fill(families.today().plusDays(31).toString());
        tom.press("Name a deputy");
        looks.at(tom, "deputies");
        looks.at(browsers.of("asha.patel").open("/forms/identification/screening"), "form-on-paper");
        looks.at(browsers.of("asha.patel").open(family.showTask(jdbc, "screening-effect") + "/blank?large=true"), "form-on-paper-large");
        looks.foundNothing();
    }

    @Test
    void pagesOfThePathway() {
        Worker alex = browsers.of("alex.morgan");
        looks.at(alex.open("/pathway"), "pathway");
        alex.open("/pathway/referral");
        assertThat(alex.page().locator(".tf-diagram svg").first()).isVisible();
        looks.at(alex, "pathway-process");
        looks.at(alex.open("/pathway/time-limits"), "pathway-time-limits");
        alex.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("How long")).click();
        assertThat(alex.page().locator("tbody tr").first()).containsText("6 weeks before");
        looks.at(alex.open("/pathway/rules/red-flags"), "pathway-rules");
        looks.at(alex.open("/pathway/rules/contact-by-condition"), "pathway-rules-in-columns");
        looks.foundNothing();
    }

    @Test
    void pagesOfAFamily() {
        pathway.send("assessment-needed", family.ref(), Map.of("adult", family.mother(), "adultRole", "adult-mental-health-practitioner", "referredOn", families.today().minusDays(20).toString()));
        pathway.send("referral-made", family.ref(), Map.of("adult", family.mother(), "adultRole", "adult-mental-health-practitioner"));
        Worker joan = browsers.of("joan.whitlock");
        joan.does("Allocate the assessment", family.ref(), "childrensWorker", "maria.santos", "mentalHealthWorker", "asha.patel");
        looks.at(joan, "family");
        Looks.forTheGuides(joan, "family");
        looks.at(joan.open("/families/" + family.ref() + "?view=" + family.mia()), "family-as-a-child-sees-it");
        for (Locator diagram : joan.page().getByText("Show the diagram").all()) {
            diagram.click();
        }
        assertThat(joan.page().locator(".tf-diagram svg").first()).isVisible();
        assertThat(joan.page().locator(".tf-diagram__badge").first()).isVisible();
        looks.at(joan, "family-with-diagrams");
        looks.at(joan.open("/families/" + family.ref() + "/processes/" + jdbc.sql("select process_id from work_item where family_ref = ? and process_key = 'joint-assessment' limit 1").param(family.ref())
                .query(String.class).single()), "family-tasks");
        looks.at(joan.open("/families/" + family.ref() + "/summary"), "family-summary");
        Looks.forTheGuides(joan, "family-summary");
        String paper = new String(joan.page().pdf(new Page.PdfOptions().setFormat("A4")), StandardCharsets.ISO_8859_1);
        assertThat(paper.split("/Type\\s*/Page\\b", -1)).as("sides of A4 the summary takes, and one").hasSize(2);
        looks.at(joan.open("/families/" + family.ref() + "/story"), "family-story");
        looks.at(joan.open("/families/" + family.ref() + "/story?large=true"), "family-story-large");
        joan.open("/families/" + family.ref());
        joan.page().locator(".moj-timeline a").first().click();
        assertThat(joan.page().locator("h1")).isVisible();
        looks.at(joan, "entry");
        joan.page().locator("main a[href$='/correct']").click();
        joan.press("Continue");
        assertThat(joan.page().locator(".govuk-error-summary")).containsText("Change what is wrong");
        looks.at(joan, "correct-with-errors");
        joan.fills("childrensWorker", "ben.adeyemi");
        joan.press("Continue");
        looks.at(joan, "correct-check");
        joan.open("/families/" + family.ref());
        joan.page().locator("#decisions ~ ul a").first().click();
        assertThat(joan.heading("Why")).hasCount(0);
        looks.at(joan, "decision");
        Looks.forTheGuides(joan, "decision");
        looks.at(joan.open("/messages"), "messages");
        Worker dee = browsers.of("dee.marsh").open("/families/" + family.ref());
        looks.at(dee, "family-that-is-not-open");
        dee.page().getByText("Open " + family.ref() + " in an emergency").click();
        dee.press("Open the family’s record");
        assertThat(dee.page().locator(".govuk-error-summary")).containsText("Say why");
        looks.at(dee, "emergency-with-errors");
        dee.page().locator("#reason").fill("The ward called: the baby is going home tonight.");
        dee.press("Open the family’s record");
        assertThat(dee.page().locator("#opened")).containsText("The ward called");
        looks.at(dee, "family-opened-in-an-emergency");
        looks.at(browsers.of("karl.beck").open("/caseload-check"), "caseload-check-emergencies");
        jdbc.sql("""
                insert into audit_event (at, username, roles, action, family_ref, reason, outcome)
                select now(), username, 'childrens-social-worker', action, ?, reason, outcome
                  from app_user, (values ('family.read', null, 'done'), ('emergency.open', 'The ward called: the baby is going home tonight', 'done'), ('GET /families/{ref}', null, 'refused')) did (action, reason, outcome)
                 where team_id = 'family-support-east' and username not in ('joan.whitlock', 'maria.santos')
                """).param(family.ref()).update();
        looks.at(joan.open("/families/" + family.ref() + "/who-looked"), "who-looked");
        looks.at(joan.open("/families/" + family.ref() + "/who-looked?kind=printed"), "who-looked-nobody");
        looks.at(joan.open("/caseload-check"), "caseload-check");
        looks.at(joan.open("/demo/clock"), "demo-clock");
        Looks.forTheGuides(joan, "demo-clock");
        looks.at(joan.open("/start?family=" + family.ref()), "start-for-a-family");
        Worker maria = browsers.of("maria.santos");
        looks.at(maria.open("/find"), "find");
        looks.at(find(maria, family.ref()), "find-one");
        Looks.forTheGuides(maria, "find");
        looks.at(find(maria, "example"), "find-several");
        looks.at(find(maria, "nobodyofthatname"), "find-nothing");
        looks.at(find(maria, "x".repeat(101)), "find-too-long");
        looks.at(maria.open("/cases"), "cases");
        looks.at(browsers.of("bea.coombes").open("/cases"), "cases-empty");
        looks.at(browsers.of("bea.coombes").open("/families/F-0"), "not-found");
        looks.foundNothing();
    }

    @Test
    void pagesOfTheChronologyAndOfDocuments() {
        pathway.send("referral-made", family.ref(), Map.of("adult", family.mother(), "adultRole", "adult-mental-health-practitioner"));
        String path = "/families/" + family.ref();
        Worker asha = browsers.of("asha.patel");
        looks.at(asha.open(path + "/chronology/import"), "chronology-import");
        asha.page().locator("#file").setInputFiles(new FilePayload("events.csv", "text/csv", ("date,title,detail,about,origin,source,confidence\n2011,Moved to Northmoor,,,family,Told by Rosa,likely\n"
                + "03/2012,Called by the school,Late and hungry.,Mia,education,School log,confirmed\n").getBytes(StandardCharsets.UTF_8)));
        asha.press("Check the file");
        assertThat(asha.heading("Check the events")).isVisible();
        looks.at(asha, "chronology-import-check");
        asha.press("Add these events");
        assertThat(asha.page().locator(".govuk-notification-banner--success")).isVisible();
        asha.open(path + "/chronology/import");
        asha.page().locator("#file").setInputFiles(new FilePayload("events.csv", "text/csv", "date,title,origin,source,confidence\nyesterday,,martians,,sure\n".getBytes(StandardCharsets.UTF_8)));
        asha.press("Check the file");
        assertThat(asha.page().locator(".govuk-error-summary")).isVisible();
        looks.at(asha, "chronology-import-errors");
        String item = path + "/chronology/items/history-" + jdbc.sql("select max(id) from history_event where family_ref = ?").param(family.ref()).query(Long.class).single();
        asha.open(item).press("Mark as significant");
        assertThat(asha.page().locator(".govuk-error-summary")).isVisible();
        looks.at(asha, "chronology-item-error");
        asha.page().locator("#reason").fill("The first sign of neglect.");
        asha.press("Mark as significant");
        assertThat(asha.page().locator(".govuk-notification-banner--success")).isVisible();
        looks.at(asha.open(item), "chronology-item");
        looks.at(asha.open(path + "/chronology"), "chronology");
        looks.at(asha.open(path + "/chronology?kind=history&significant=true&person=" + family.mia()), "chronology-filtered");
        looks.at(asha.open(path + "/chronology?kind=contact"), "chronology-filtered-empty");
        looks.at(asha.open(path + "/documents"), "documents");
        asha.press("Make the document");
        assertThat(asha.page().locator(".govuk-error-summary")).isVisible();
        looks.at(asha, "documents-errors");
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
        looks.at(maria, "entry-with-file");
        maria.page().locator("#file").setInputFiles(new FilePayload("letter.pdf", "application/pdf", "<html>".getBytes(StandardCharsets.UTF_8)));
        maria.press("Add the file");
        assertThat(maria.page().locator(".govuk-error-summary")).isVisible();
        looks.at(maria, "entry-with-refused-file");
        maria.open(entry);
        maria.page().getByText("Remove this file").click();
        maria.press("Remove the file");
        assertThat(maria.page().locator(".govuk-error-summary")).containsText("Say why");
        looks.at(maria, "entry-with-file-to-remove");
        maria.page().locator("input[name=reason]").fill("Belongs to another family");
        maria.press("Remove the file");
        assertThat(maria.page().locator("#files")).containsText("A file was removed by Maria Santos");
        looks.at(maria, "entry-with-removed-file");
        looks.foundNothing();
    }

    @Test
    @Requirement("S-206")
    void pagesOfAHandover() {
        Worker asha = browsers.of("asha.patel").open("/start/handover?family=" + family.ref());
        looks.at(asha, "form-handover");
        asha.fills("role", "adult-mental-health-practitioner", "why", "leaves", "known", "yes", "adultMentalHealthPractitionerNew", "tom.ellery", "first", "Ring her in the morning.",
                "worry", "She stops her medicine when she sleeps badly.", "unfinished", "A letter to the school.", "told", "some");
        asha.files();
        assertThat(asha.page().locator("h1")).containsText("My work");
        Worker tom = browsers.of("tom.ellery").open("/families/" + family.ref());
        looks.at(tom, "family-handed-over");
        tom.page().getByText("Read the handover and what has changed since").click();
        assertThat(tom.page().locator("h1")).containsText("Handover");
        looks.at(tom, "handover");
        looks.foundNothing();
    }

    @Test
    @Requirement({"S-194", "S-196", "S-205"})
    void pagesOfSharing() {
        String mother = String.valueOf(family.mother());
        Worker maria = browsers.of("maria.santos");
        looks.at(maria.open("/glossary"), "glossary");
        maria.page().locator("#q").fill("reviewing off");
        assertThat(maria.page().locator("#iro")).isVisible();
        assertThat(maria.page().locator("#sectioned")).isHidden();
        looks.at(maria.open("/glossary?q=zzz"), "glossary-nothing");
        maria.open("/start/consent?family=" + family.ref());
        maria.fills("person", mother, "consentTo", "sharing", "recipient", "everybody", "scope", "The school", "consentState", "withdrawn", "saidOn", families.today().toString(), "saidWhy", "She changed her mind", "source", "said-to-me");
        maria.files();
        maria.open("/start/advance-statement?family=" + family.ref());
        maria.fills("person", mother, "madeOn", families.today().toString(), "wellThen", "yes", "helps", "A quiet room", "whoCares", "Her sister Ines", "mayShare", "With the school", "copy", "yes");
        maria.files();
        looks.at(maria.open("/families/" + family.ref() + "/people/" + mother), "person-with-consent");
        looks.at(maria.open("/families/" + family.ref() + "/people/" + mother + "/own-copy"), "own-copy");
        looks.at(maria.open("/families/" + family.ref() + "/sharing"), "sharing-empty");
        maria.open("/start/sharing-decision?family=" + family.ref());
        maria.fills("direction", "asked-of-me", "askedBy", "Jo Hill, head, Hill School", "person", mother, "recipient", "school", "recipientWho", "Jo Hill, head, Hill School", "items", List.of("diagnosis-detail", "risk-to-child"),
                "purpose", "To keep Mia safe at school", "kept", "no");
        looks.at(maria, "sharing-asked");
        maria.files();
        String task = "/work/" + jdbc.sql("select id from work_item where family_ref = ? and step_key = 'decide-own'").param(family.ref()).query(String.class).single();
        maria.open(task);
        maria.fills("decision", "part", "reason", "The risk is enough", "shared", List.of("diagnosis-detail"), "exception", "no", "basis", "consent", "special", "care", "consentState", "withdrawn", "told", "yes", "channel", "pack",
                "sharedUntil", families.today().plusDays(30).toString());
        maria.press("Continue");
        assertThat(maria.page().locator(".govuk-error-summary")).isVisible();
        looks.at(maria, "sharing-decision-with-errors");
        maria.page().locator("input[value='diagnosis-detail']").uncheck();
        maria.fills("shared", List.of("risk-to-child"), "basis", "public-task");
        maria.files();
        looks.at(maria.open("/families/" + family.ref() + "/sharing"), "sharing");
        looks.at(maria.open("/families/" + family.ref()), "family-with-sharing");
        looks.foundNothing();
    }

    @Test
    void pagesOfInformationGovernance() {
        Worker edith = browsers.of("edith.quill");
        looks.at(edith.open("/information-governance"), "governance");
        edith.press("Find");
        assertThat(edith.page().locator(".govuk-error-summary")).isVisible();
        edith.page().locator("#ref").fill(family.ref());
        edith.press("Find");
        edith.page().locator("form[action$='/families'] button").first().click();
        assertThat(edith.page().locator(".govuk-error-summary")).containsText("Say why");
        looks.at(edith, "governance-found-with-errors");
        edith.page().locator("#reason-" + family.ref()).fill("A claim was made");
        edith.page().locator("form[action$='/families'] button").first().click();
        assertThat(edith.heading("How long it is kept")).isVisible();
        edith.press("Set a legal hold");
        assertThat(edith.page().locator(".govuk-error-summary")).isVisible();
        looks.at(edith, "retention-with-errors");
        edith.page().locator("#reason").fill("A claim was made");
        edith.press("Set a legal hold");
        looks.at(edith, "retention-held");
        looks.at(edith.open("/families/" + family.ref()), "family-held");
        jdbc.sql("""
                insert into entry (family_ref, title, process_key, step_key, form_key, form_version, deployment_id, about, answers, author, author_name, role, service, filed_at)
                select ?, 'Contact was stopped', 'shown', 'shown', key_, 1, deployment_id_, '{}', '{"what": "Rosa shouted at the supervisor.", "childSaid": "I was afraid."}', 'maria.santos', 'Maria Santos', 'childrens-social-worker', 'Council', now()
                  from act_re_camformdef where key_ = 'contact-emergency-stop' order by version_ desc limit 1
                """).param(family.ref()).update();
        edith.open("/start/subject-access?family=" + family.ref());
        looks.at(edith, "form-subject-access");
        edith.fills("person", String.valueOf(family.mother()), "askedBy", "self", "identityShown", "yes", "scope", "all");
        edith.files();
        looks.at(edith.open("/access-requests"), "access-requests");
        edith.page().locator("main tbody a").first().click();
        looks.at(edith, "access-request-items");
        edith.page().locator("input[value='withhold']").first().check();
        edith.press("Save and go on");
        assertThat(edith.page().locator(".govuk-error-summary")).containsText("Choose why");
        looks.at(edith, "access-request-with-errors");
        edith.page().locator("select").first().selectOption("privilege");
        edith.press("Release the rest of this page, save and go on");
        assertThat(edith.page().locator(".govuk-notification-banner--success")).isVisible();
        edith.page().locator(".moj-sub-navigation a").nth(1).click();
        looks.at(edith, "access-request-kept-back");
        looks.at(edith.open("/information-governance/due"), "destruction-due");
        jdbc.sql("""
                with two as (select 'edith.quill' as one, 'jonas.reed' as other)
                insert into destruction (family, person, position, rule, rule_title, rule_source, rule_status, kept_until, reason, proposed_by, proposed_at, confirmed_by, confirmed_at, state)
                select ?, ?, 'adult', 'adult', 'Adult in the record of a family', 'Local retention schedules', 'unconfirmed', '2020-01-01', 'time-over', one, now(), other, now(), 'confirmed' from two
                """).params(family.ref(), family.father()).update();
        looks.at(edith.open("/information-governance/certificates"), "destruction-certificates");
        for (String process : List.of("subject-access", "destruction")) {
            edith.open("/pathway/" + process);
            assertThat(edith.page().locator(".tf-diagram svg").first()).isVisible();
            looks.at(edith, "pathway-" + process);
        }
        looks.foundNothing();
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
        looks.at(maria.open("/families/" + family.ref() + "/people/" + family.father()), "person");
        maria.open("/start/family-relationships?family=" + family.ref());
        looks.at(maria, "form-relationships");
        maria.fills("relationships.who", String.valueOf(family.father()), "relationships.kind", "conflict", "relationships.whose", String.valueOf(family.mother()), "relationships.ended", "now");
        maria.files();
        jdbc.sql("update family_member set home = 'household' where family_ref = ? and person_id <> ?").params(List.of(family.ref(), family.father())).update();
        jdbc.sql("update person set date_of_birth = null, expected_on = current_date + 60 where id = ?").param(family.mia()).update();
        looks.at(maria.open("/families/" + family.ref()), "family-drawn");
        maria.open("/families/" + family.ref() + "/people/" + family.father() + "/twice");
        maria.page().getByLabel("Quenbey").first().check();
        looks.at(maria, "person-twice");
        maria.press("See what would be joined");
        looks.at(maria, "merge");
        maria.press("Join the records");
        assertThat(maria.page().locator(".govuk-error-summary")).isVisible();
        maria.page().locator("#reason").fill("The same man");
        maria.press("Join the records");
        assertThat(maria.page().locator(".govuk-notification-banner--success")).isVisible();
        looks.at(maria, "merge-joined");
        looks.foundNothing();
    }

    @Test
    @Requirement("S-201")
    void pagesOfChecks() {
        jdbc.sql("update person set nhs_number = '9990000026', last_name = 'Quillfeather' where id = ?").param(family.mia()).update();
        Worker dee = browsers.of("dee.marsh");
        dee.open("/known").press("Check");
        assertThat(dee.page().locator(".govuk-error-summary")).isVisible();
        looks.at(dee, "known-with-errors");
        dee.open("/known").fills("nhsNumber", "999 000 0026", "lastName", "Quillfeather", "reason", "child-worry");
        dee.press("Check");
        dee.sees("Answer: Known");
        looks.at(dee, "known-known");
        dee.open("/known").fills("firstName", "Mya", "lastName", "Quilfeather", "dateOfBirth", "2018-03-02", "reason", "screening");
        dee.press("Check");
        dee.sees("Possible match");
        looks.at(dee, "known-possible");
        dee.press("Ask the service to confirm");
        assertThat(dee.page().locator(".govuk-notification-banner--success")).isVisible();
        looks.at(dee.open("/known"), "known");
        Worker maria = browsers.of("maria.santos").open("/known/to-confirm");
        looks.at(maria, "known-to-confirm");
        maria.page().locator("button[value=confirm]").first().click();
        assertThat(maria.page().locator(".govuk-notification-banner--success")).isVisible();
        looks.at(maria, "known-confirmed");
        looks.foundNothing();
    }

    @Test
    void aPageThatIsWrongIsFound() {
        Worker asha = browsers.of("asha.patel").open("/about");
        asha.page().locator("main").evaluate("main => { main.innerHTML = '<img src=\"/favicon.svg\"><pre>' + 'wide'.repeat(200) + '</pre>'; }");
        looks.at(asha, "wrong");
        assertThat(looks.found()).anySatisfy(problem -> assertThat(problem).contains("image-alt")).anySatisfy(problem -> assertThat(problem).contains("sideways"));
    }
}
