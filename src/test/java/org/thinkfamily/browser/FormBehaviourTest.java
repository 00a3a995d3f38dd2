package org.thinkfamily.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.util.Map;
import java.util.regex.Pattern;
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

@ThinkFamilyTest
class FormBehaviourTest {

    private static final String AMH = "adult-mental-health-practitioner";
    private static final String START = "/start/identification";

    @RegisterExtension
    final Browsers browsers = new Browsers();
    @Autowired
    private Families families;
    @Autowired
    private Pathway pathway;
    @Autowired
    private JdbcClient jdbc;

    private TestFamily family;

    @BeforeEach
    void aFamily() {
        family = TestFamily.open(families, jdbc, "Forms");
        jdbc.sql("delete from draft").update();
    }

    private static Locator field(Worker worker, String id) {
        return worker.page().locator("[id='" + id + "']");
    }

    private static void typesAndWaits(Worker worker, String id, String text) {
        field(worker, id).fill(text);
        assertThat(worker.page().locator("[data-draft-status]")).containsText(Pattern.compile("^Saved \\d"));
    }

    @Test
    void aDraftSavesItselfAndOutlivesReloadAndSignOut() {
        Worker dee = browsers.of("dee.marsh");
        dee.open(START);
        typesAndWaits(dee, "q-firstName", "Draft");
        dee.page().reload();
        assertThat(field(dee, "q-firstName")).hasValue("Draft");

        dee.signOut();
        dee.signIn("dee.marsh");
        dee.open(START);
        assertThat(field(dee, "q-firstName")).hasValue("Draft");
        Worker asha = browsers.of("asha.patel").open(START);
        assertThat(field(asha, "q-firstName")).hasValue("");
    }

    @Test
    void whatIsTypedIsSavedOnLeavingThePage() {
        Worker dee = browsers.of("dee.marsh").open(START);
        field(dee, "q-lastName").fill("Left at once");
        dee.follow("My work");
        assertThat(dee.heading("My work")).isVisible();
        dee.open(START);
        assertThat(field(dee, "q-lastName")).hasValue("Left at once");
    }

    @Test
    void problemsAreSummedUpWithTheFocusAndTheAnswersKept() {
        Worker asha = browsers.of("asha.patel").open(START);
        field(asha, "q-firstName").fill("Kept");
        asha.press("Continue");

        assertThat(asha.page().locator(".govuk-error-summary")).isFocused();
        assertThat(asha.page()).hasTitle(Pattern.compile("^Error: "));
        assertThat(field(asha, "q-firstName")).hasValue("Kept");
        asha.page().locator(".govuk-error-summary").getByText("Enter a last name").click();
        assertThat(field(asha, "q-lastName")).isFocused();
        assertThat(field(asha, "q-lastName-error")).containsText("Enter a last name");
    }

    @Test
    void rowsComeAndGoByKeyboard() {
        Worker asha = browsers.of("asha.patel").open(family.showTask(jdbc, "assessment-plan"));
        asha.settled();
        Locator rows = asha.page().locator("[id='q-steps'] > .app-row");
        assertThat(rows).hasCount(1);
        asha.page().locator("button[name='add']").focus();
        asha.page().keyboard().press("Enter");
        assertThat(rows).hasCount(2);
        assertThat(field(asha, "q-steps-1-action")).isFocused();

        asha.page().keyboard().type("Visit together");
        asha.page().keyboard().press("Enter");
        assertThat(asha.page().locator(".govuk-error-summary")).isVisible();
        // Enter in a box sends the form and takes no answer away; the row that stayed blank goes.
        assertThat(rows).hasCount(1);
        assertThat(field(asha, "q-steps-0-action")).hasValue("Visit together");

        // A plan needs a step: the only row stays, another one can go again.
        assertThat(rows.last().locator("button[name='remove']")).hasCount(0);
        asha.page().locator("button[name='add']").focus();
        asha.page().keyboard().press("Enter");
        assertThat(rows).hasCount(2);
        rows.last().locator("button[name='remove']").focus();
        asha.page().keyboard().press("Enter");
        assertThat(rows).hasCount(1);
        assertThat(field(asha, "q-steps")).isFocused();
    }

    @Test
    @Requirement("U09")
    void whatIsTypedInOneTabIsNotSavedOverByAnother() {
        String task = family.showTask(jdbc, "screening-effect");
        Worker asha = browsers.of("asha.patel").open(task);
        asha.settled();
        Page other = asha.page().context().newPage();
        other.navigate(asha.page().url());
        String seen = "textarea[name='children[0].seen']";
        String worry = "textarea[name='children[0].worry']";
        asha.page().locator(seen).fill("Written in the first tab.");
        assertThat(other.locator(seen)).hasValue("Written in the first tab.");
        other.locator(worry).fill("Written in the second tab.");
        assertThat(asha.page().locator(worry)).hasValue("Written in the second tab.");
        assertThat(other.locator("[data-draft-status]")).containsText("Saved ");
        other.close();
        asha.open(task);
        assertThat(asha.page().locator(seen)).hasValue("Written in the first tab.");
        assertThat(asha.page().locator(worry)).hasValue("Written in the second tab.");
    }

    @Test
    void anAnswerIsCopiedToChosenSiblingsAndMarked() {
        Worker asha = browsers.of("asha.patel").open(family.showTask(jdbc, "screening-effect"));
        asha.settled();
        Locator mia = asha.page().locator(".app-row:has(legend:text('Mia'))");
        Locator leo = asha.page().locator(".app-row:has(legend:text('Leo'))");
        mia.locator("textarea[data-copy='children.seen']").fill("Both get up late.");
        Locator copy = mia.locator(".tf-copy").first();
        copy.locator("summary").click();
        copy.locator("input[type='checkbox']").first().check();
        copy.getByText("Copy", new Locator.GetByTextOptions().setExact(true)).click();

        assertThat(leo.locator("textarea[data-copy='children.seen']")).hasValue("Both get up late.");
        assertThat(leo.locator(".tf-copied")).containsText("Copied from Mia");
        asha.press("Continue");
        asha.page().waitForLoadState();
        assertThat(leo.locator(".tf-copied")).containsText("Copied from Mia");
        leo.locator(".tf-copied button").click();
        assertThat(leo.locator(".tf-copied")).hasCount(0);
    }

    private String aReferralToDecide() {
        pathway.send("referral-made", family.ref(), Map.of("adult", family.mother(), "adultRole", AMH));
        return "/work/" + jdbc.sql("select id from work_item where family_ref = ? and step_key = 'decide'").param(family.ref()).query(String.class).single();
    }

    private long entries() {
        return jdbc.sql("select count(*) from entry where family_ref = ?").param(family.ref()).query(Long.class).single();
    }

    @Test
    void whoComesSecondSeesWhoDidItAndKeepsTheOwnAnswers() {
        String task = aReferralToDecide();
        Worker owen = browsers.of("owen.price").open(task);
        owen.fills("levelView", "agree", "decision", "assess", "reason", "What I, Owen, think.");
        Worker priya = browsers.of("priya.nair").open(task);
        priya.fills("levelView", "agree", "decision", "assess", "reason", "What I, Priya, think.");
        priya.files();

        owen.press("Continue");
        assertThat(owen.heading("This task is no longer yours to answer")).isVisible();
        owen.sees("Done by Priya Nair");
        owen.sees("What I, Owen, think.");
        assertThat(entries()).isEqualTo(1);
        owen.follow("Read what was filed");
        owen.sees("What I, Priya, think.");
    }

    @Test
    void aTaskThatSomebodyTookMeanwhileIsNotFiledTwice() {
        String task = aReferralToDecide();
        Worker owen = browsers.of("owen.price").open(task);
        browsers.of("priya.nair").open(task).press("Take this task");
        owen.fills("levelView", "agree", "decision", "assess");
        owen.press("Continue");
        assertThat(owen.heading("This task is no longer yours to answer")).isVisible();
        owen.sees("Priya Nair has this task");
    }

    @Test
    void signingTwiceFilesOnce() {
        Worker priya = browsers.of("priya.nair").open(aReferralToDecide());
        priya.fills("levelView", "agree", "decision", "assess");
        priya.carriesOn();
        String check = priya.page().url();
        String token = priya.page().locator("main form input[name='_csrf']").inputValue();
        String once = priya.page().locator("input[name='once']").inputValue();
        priya.page().locator("main form button[type='submit']").dblclick();
        assertThat(priya.page().locator(".govuk-notification-banner--success")).containsText("Filed: ");
        assertThat(entries()).isEqualTo(1);

        APIResponse again = priya.page().request().post(check, RequestOptions.create().setMaxRedirects(0).setForm(FormData.create().set("_csrf", token).set("once", once)));
        assertThat(again.status()).isEqualTo(302);
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void startingTwiceStartsOnce() {
        Worker dee = browsers.of("dee.marsh").open(START);
        dee.fills("firstName", "Once", "lastName", "Only", "dateOfBirth", "1991-01-01", "adultRole", "drug-alcohol-practitioner");
        dee.carriesOn();
        String token = dee.page().locator("main form input[name='_csrf']").inputValue();
        String once = dee.page().locator("input[name='once']").inputValue();
        String check = dee.page().url();
        dee.press("Sign and send");
        assertThat(dee.page().locator(".govuk-notification-banner--success")).containsText("Filed: ");
        dee.open(START);
        dee.fills("firstName", "Once", "lastName", "Only", "dateOfBirth", "1991-01-01", "adultRole", "drug-alcohol-practitioner");
        dee.carriesOn();
        dee.page().request().post(check, RequestOptions.create().setMaxRedirects(0).setForm(FormData.create().set("_csrf", token).set("once", once)));
        assertThat(jdbc.sql("select count(*) from person where first_name = 'Once' and last_name = 'Only'").query(Long.class).single()).isEqualTo(1);
    }

    @Test
    void afterATimeOutTheSignInLeadsBackToTheSameAnswers() {
        String task = family.showTask(jdbc, "adult-discharged");
        Worker asha = browsers.of("asha.patel").open(task);
        String text = asha.page().locator("#questions textarea").first().getAttribute("id");
        typesAndWaits(asha, text, "Before the time-out.");
        jdbc.sql("delete from spring_session where principal_name = 'asha.patel'").update();

        asha.page().reload();
        assertThat(asha.heading("Sign in")).isVisible();
        asha.signIn("asha.patel");
        assertThat(asha.page()).hasURL(Pattern.compile(task + "(\\?continue)?$"));
        assertThat(field(asha, text)).hasValue("Before the time-out.");
    }

    @Test
    void eachImpossibleAnswerGetsItsSentence() {
        Worker asha = browsers.of("asha.patel").open(START);
        asha.fills("firstName", "Ida", "lastName", "Forms", "dateOfBirth", "20260-01-01", "nhsNumber", "999 000 0019");
        asha.press("Continue");
        Locator summary = asha.page().locator(".govuk-error-summary");
        assertThat(summary).containsText("Enter an NHS number in the correct format");
        assertThat(summary).containsText("Date of birth: the year must have 4 numbers");
        assertThat(field(asha, "q-nhsNumber")).hasValue("999 000 0019");
        assertThat(field(asha, "q-dateOfBirth-year")).hasValue("20260");
        assertThat(asha.page()).hasTitle(Pattern.compile("^Error: "));
    }

    @Test
    void aChildBornIn2090AndTwoMegabytesOfTextAreRefusedOnThePage() {
        Worker asha = browsers.of("asha.patel").open(family.showTask(jdbc, "screening"));
        asha.settled();
        asha.answers("childrenInHousehold", "yes");
        asha.fills("children[0].born", "born", "children[0].dateOfBirth", "2090-01-01", "childrenElsewhere", "no");
        asha.page().evaluate("() => { document.getElementById('q-note').value = 'long '.repeat(420000); }");
        asha.press("Continue");
        Locator summary = asha.page().locator(".govuk-error-summary");
        assertThat(summary).containsText("must be in the past");
        assertThat(summary).containsText("must be 20,000 characters or fewer");
        assertThat(field(asha, "q-children-0-dateOfBirth-year")).hasValue("2090");
    }

    @Test
    void whatIsPrintedIsWrittenDown() {
        Worker asha = browsers.of("asha.patel").open("/families/" + family.ref() + "/summary?large=true");
        asha.page().waitForResponse(response -> response.url().endsWith("/printed") && response.status() == 204, () -> asha.page().evaluate("() => dispatchEvent(new Event('beforeprint'))"));
        String task = family.showTask(jdbc, "screening");
        asha.open(task).page().waitForResponse(response -> response.url().endsWith("/printed") && response.status() == 204, () -> asha.page().evaluate("() => dispatchEvent(new Event('beforeprint'))"));
        assertThat(jdbc.sql("select subject from audit_event where action = 'page.print' and family_ref = ? and username = 'asha.patel' order by id").param(family.ref()).query(String.class).list())
                .containsExactly("/families/" + family.ref() + "/summary", task);
    }
}
