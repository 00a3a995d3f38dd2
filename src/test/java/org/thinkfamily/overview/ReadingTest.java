package org.thinkfamily.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Actors;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.family.Families;
import org.thinkfamily.forms.Form;
import org.thinkfamily.record.Entries;
import org.thinkfamily.record.Entry;
import org.thinkfamily.worklist.ReleasedForms;

/** A family to read: the one-page summary and the story. */
@ThinkFamilyTest
class ReadingTest {

    @Autowired
    private Dates dates;
    @Autowired
    private MockMvc web;
    @Autowired
    private Families families;
    @Autowired
    private Entries entries;
    @Autowired
    private ReleasedForms forms;
    @Autowired
    private Actors actors;
    @Autowired
    private Summaries summaries;
    @Autowired
    private JdbcClient jdbc;

    private TestFamily family;
    private Actor asha;

    @BeforeEach
    void aFamily() {
        family = TestFamily.open(families, jdbc, "Read");
        asha = actors.find(TestFamily.PRACTITIONER).orElseThrow();
    }

    private Entry file(String key, Map<String, Object> answers, Entry corrects) {
        TestFamily.Filing filing = new TestFamily.Filing(entries, forms, jdbc);
        return corrects == null ? family.file(filing, asha, key, "shown", answers) : family.correct(filing, asha, corrects, key, answers, "The name was wrong.");
    }

    private static Map<String, Object> effect(TestFamily family, String worry, String parentTold) {
        return Map.of("nextStep", "refer", "parentTold", parentTold, "children", List.of(Map.of("person", family.mia(), "worry", worry, "strengths", "She likes school.")));
    }

    private String page(String path, String who) throws Exception {
        return web.perform(get("/families/" + family.ref() + path).with(user(who))).andReturn().getResponse().getContentAsString();
    }

    private static String list(Form form) {
        return form.questions().stream().filter(question -> question.property("about").isPresent()).findFirst().orElseThrow().key();
    }

    private Entry effect(String worry, String parentTold, Entry corrects) {
        String deployment = jdbc.sql("select deployment_id_ from act_re_camformdef where key_ = 'screening-effect' order by version_ desc limit 1").query(String.class).single();
        Map<String, Object> answers = new HashMap<>(effect(family, worry, parentTold));
        answers.put(list(forms.get(deployment, "screening-effect").form()), answers.remove("children"));
        return file("screening-effect", answers, corrects);
    }

    /** Met late and nobody has said why, or met in time. */
    private void clocks(int count, boolean late) {
        jdbc.sql("""
                insert into clock (family_ref, process_instance_id, name, title, amount, unit, source, status, started_on, due_on, due_at, met_at)
                select :family, 'long-' || :late || n, 'review', 'Review ' || :late || '-' || n || '.', 5, 'working-days', 'Agreed', 'local default', current_date - n * 36 - 9, current_date - n * 36,
                       now() - n * interval '36 days', now() - n * interval '36 days' + case when :late then 1 else -1 end * interval '1 day' from generate_series(1, :count) n
                """).param("family", family.ref()).param("late", late).param("count", count).update();
    }

    @Test
    void aLongLifeShowsItsNewestAndLeadsToAllOfIt() throws Exception {
        clocks(12, true);
        clocks(11, false);
        Entry entry = effect("She is left alone at night.", "unsafe", null);
        jdbc.sql("""
                insert into entry (family_ref, title, process_key, step_key, form_key, form_version, deployment_id, about, answers, author, author_name, role, service, filed_at)
                select e.family_ref, 'Older ' || n || '.', e.process_key, e.step_key, e.form_key, e.form_version, e.deployment_id, e.about, e.answers, e.author, e.author_name, e.role, e.service,
                       e.filed_at - n * interval '1 day' from entry e, generate_series(1, 30) n where e.id = :like order by n desc
                """).param("like", entry.id()).update();
        String page = page("", TestFamily.PRACTITIONER);
        assertThat(page).contains("Review true-10.", "Review false-10.", "All 23 clocks of this family", "Clocks that have ended (11)", "Older 1.")
                .doesNotContain("Review true-11.", "Review false-11.", "Older 30.");
        assertThat(page("?clocks=all", TestFamily.PRACTITIONER)).contains("Review true-12.", "Review false-11.").doesNotContain("All 23 clocks");
        assertThat(page).contains("/families/" + family.ref() + "/chronology?kind=entry");
        assertThat(page("/chronology?kind=entry", TestFamily.PRACTITIONER)).contains("Older 30.");
    }

    @Test
    @Requirement("U08")
    void theSummarySaysWhoWorryPlanContactsAndDoNotEachWithItsSource() throws Exception {
        Entry entry = effect("She is left alone at night. Nobody answers the door.", "unsafe", null);
        String page = page("/summary", TestFamily.PRACTITIONER);
        String source = "href=\"/families/" + family.ref() + "/entries/" + entry.id() + "\"";
        assertThat(page).contains("Mia:</strong> She is left alone at night. Nobody answers the door.").contains(source).contains("Step screening-effect, ")
                .contains("No, because it could put somebody at risk").contains("Asha Patel:").contains("Mia Read, aged");
        for (String sentence : page.substring(page.indexOf("<article"), page.indexOf("</article")).split("<li>")) {
            assertThat(sentence).satisfiesAnyOf(heading -> assertThat(heading).contains("<h2").doesNotContain("</li>"),
                    told -> assertThat(told).containsPattern("class=\"govuk-link tf-source\" href=\"[^\"]+\">[^<]+, \\d{1,2} \\w+ \\d{4}</a>"));
        }
        assertThat(jdbc.sql("select count(*) from audit_event where action = 'summary.read' and family_ref = ? and username = ?").param(family.ref()).param(TestFamily.PRACTITIONER)
                .query(Long.class).single()).isEqualTo(1);
    }

    @Test
    @Requirement("U08")
    void theSummarySaysOfEachChildWhatTheEnquiryCameTo() throws Exception {
        file("section-47-enquiry", Map.of("children", List.of(Map.of("person", family.mia(), "enquiryOutcome", "conference"), Map.of("person", family.leo(), "enquiryOutcome", "closed"))), null);
        assertThat(page("/summary", TestFamily.PRACTITIONER)).contains("Mia:</strong> What comes of it for this child? Concern confirmed", "Leo:</strong> What comes of it for this child? Concern not confirmed");
    }

    @Test
    @Requirement("U08")
    void theSummaryHasNoMoreThanFourHundredWordsHoweverMuchIsKnown() throws Exception {
        String long_ = "Word by word this goes on. ".repeat(300);
        for (String form : List.of("referral-made", "early-help", "contact-emergency-stop", "assessment-adult-side", "strategy-discussion", "review-view-adult-service")) {
            file(form, Map.of("risk", long_, "agreed", "yes", "plan", long_, "what", long_, "relapse", long_, "careIfUnwell", long_, "doNot", long_, "mustNotKnow", long_, "condition", "unwell"), null);
        }
        List<Map<String, Object>> decisions = new ArrayList<>();
        Stream.iterate(1, n -> n + 1).limit(40).forEach(n -> decisions.add(Map.of("decision", n + " " + long_)));
        file("review-decisions", Map.of("decisions", decisions), null);
        effect(long_, "unsafe", null);

        Summary summary = summaries.of(asha, family.ref());

        assertThat(summary.words()).isBetween(200, Summary.MOST_WORDS);
        assertThat(summary.parts()).allSatisfy(part -> assertThat(part.lines()).isNotEmpty());
        String page = page("/summary", TestFamily.PRACTITIONER);
        String text = page.substring(page.indexOf("<article"), page.indexOf("</article")).replaceAll("<[^>]+>", " ").strip();
        assertThat(text.split("\\s+")).hasSizeLessThanOrEqualTo(Summary.MOST_WORDS);
    }

    @Test
    @Requirement("U08")
    void aLookedAfterChildIsNotSaidToLiveAtHome() throws Exception {
        jdbc.sql("update family_member set home = 'household' where person_id = any(array[?, ?])").params(List.of(family.mia(), family.leo())).update();
        assertThat(page("/summary", TestFamily.PRACTITIONER)).contains("Mia Read, aged 8. Lives in the household.");
        jdbc.sql("insert into care_period (family_ref, child_id, from_on, legal_status, placement, entry_id) values (?, ?, current_date, 'V2', 'U6', ?)")
                .params(List.of(family.ref(), family.mia(), file("early-help", Map.of(), null).id())).update();
        assertThat(page("/summary", TestFamily.PRACTITIONER)).contains("Mia Read, aged 8. Looked after.", "Leo Read, aged").contains("Foster care, other (U6)")
                .doesNotContain("Mia Read, aged 8. Lives in the household.");
        assertThat(page("", TestFamily.PRACTITIONER)).containsOnlyOnce("Lives in the household").containsOnlyOnce("tf-picture-box--elsewhere");
    }

    @Test
    @Requirement({"U08", "S-181"})
    void contactThatIsStoppedIsSaidFirstAndThePlanDoesNotApply() throws Exception {
        effect("She is left alone at night.", "unsafe", null);
        long said = file("early-help", Map.of(), null).id();
        long plan = jdbc.sql("insert into contact_plan (family_ref, child_id, state, starts_on, proposed_entry_id) values (?, ?, 'in-force', current_date, ?) returning id")
                .params(List.of(family.ref(), family.mia(), said)).query(Long.class).single();
        jdbc.sql("insert into contact_arrangement (plan_id, parent_id, condition, kind, supervision, decides_condition) values (?, ?, 'unwell', 'ward-visit', 'known-adult', 'gp')")
                .params(List.of(plan, family.mother())).update();
        jdbc.sql("insert into parent_condition (family_ref, parent_id, condition, since_on, decided_by, role, entry_id) values (?, ?, 'unwell', current_date, 'me', 'gp', ?)")
                .params(List.of(family.ref(), family.mother(), said)).update();
        assertThat(page("", TestFamily.PRACTITIONER)).contains(">Now<").doesNotContain("is stopped until");

        jdbc.sql("""
                insert into contact_decision (child_id, parent_id, what, on_day, until_day, role, decided_by, entry_id)
                values (?, ?, 'refuse', ?, ?, 'childrens-social-worker', 'maria.santos', ?)
                """).params(List.of(family.mia(), family.mother(), families.today(), families.today().plusDays(5), said)).update();

        String sentence = " is stopped until " + dates.ahead(families.today().plusDays(5)) + ".";
        String source = "/families/" + family.ref() + "/entries/" + said;
        assertThat(page("", TestFamily.PRACTITIONER)).contains(sentence, "Does not apply now", source).doesNotContain(">Now<");
        assertThat(summaries.of(asha, family.ref()).parts()).filteredOn(part -> part.key().equals("do-not")).singleElement()
                .satisfies(part -> assertThat(part.lines().get(0).text()).startsWith("Contact with Rosa" + sentence))
                .satisfies(part -> assertThat(part.lines().get(0).href()).isEqualTo(source));
        assertThat(page("/summary", TestFamily.PRACTITIONER)).contains(sentence).doesNotContain("Visiting on the ward");
    }

    @Test
    void longAnswersAreCutAtTheEndOfASentence() {
        assertThat(Summaries.shortened("One. " + "Two ".repeat(40))).isEqualTo("One. …");
        assertThat(Summary.words(Summaries.shortened("two ".repeat(40)))).isEqualTo(32);
        assertThat(Summaries.shortened(" Short\n\nenough. ")).isEqualTo("Short enough.");
    }

    @Test
    @Requirement("U08")
    void theSummaryLeavesOutWhatTheReaderMayNotSee() throws Exception {
        file("contact-proposal", Map.of("restrictions", "No visits alone.", "wish", "She does not want to go."), null);
        assertThat(page("/summary", TestFamily.PRACTITIONER)).contains("No visits alone.").doesNotContain("She does not want to go");
        assertThat(page("/summary", "tom.ellery")).doesNotContain("No visits alone.");
    }

    @Test
    @Requirement("U07")
    void theStoryTellsOldestFirstWithACorrectionInItsPlace() throws Exception {
        Entry first = effect("First version.", "yes", null);
        file("early-help", Map.of("agreed", "yes", "plan", "The second thing."), null);
        effect("Corrected version.", "yes", first);
        String story = page("/story", TestFamily.PRACTITIONER);
        assertThat(story).containsSubsequence("Step screening-effect", "The name was wrong.", "Corrected version.", "It no longer holds.", "First version.", "Step early-help", "The second thing.");
        assertThat(jdbc.sql("select count(*) from audit_event where action = 'story.read' and family_ref = ?").param(family.ref()).query(Long.class).single()).isEqualTo(1);
    }

    @Test
    @Requirement("U23")
    void everyPageOfTheRecordSaysWhoByNameRelationAndAge() throws Exception {
        Entry entry = effect("Late.", "yes", null);
        String task = family.showTask(jdbc, "screening-effect");
        for (String path : List.of("/families/" + family.ref(), "/families/" + family.ref() + "/summary", "/families/" + family.ref() + "/story",
                "/families/" + family.ref() + "/entries/" + entry.id(), task, task + "/blank")) {
            String bar = web.perform(get(path).with(user(TestFamily.PRACTITIONER))).andReturn().getResponse().getContentAsString().replaceAll("(?s).*<section class=\"tf-identity\"(.*?)</section>.*", "$1");
            assertThat(bar).as(path).containsPattern("Mia Read, child, aged \\d+");
        }
        jdbc.sql("update work_item set done_at = now(), done_by = 'asha.patel' where '/work/' || id = ?").param(task).update();
        assertThat(web.perform(get(task).with(user(TestFamily.PRACTITIONER))).andReturn().getResponse().getContentAsString()).contains("Mia Read, child, aged");
    }

    @Test
    @Requirement("U16")
    void theLastAnswerStandsBesideTheNewQuestion() throws Exception {
        effect("What worried us then.", "yes", null);
        String task = family.showTask(jdbc, "screening-effect");
        jdbc.sql("update work_item set subjects = jsonb_build_object('child', cast(? as bigint)) where '/work/' || id = ?").param(family.mia()).param(task).update();
        String form = web.perform(get(task).with(user(TestFamily.PRACTITIONER))).andReturn().getResponse().getContentAsString();
        assertThat(form).containsPattern("(?s)Last time \\(Asha Patel, \\d+ \\w+ \\d{4}\\)</p>\\s*<p[^>]*>What worried us then\\.</p>");
    }

    @Test
    @Requirement("U25")
    void whyADateIsLateIsSaidOnceAndSeenByAllWhoSeeTheDate() throws Exception {
        String task = family.showTask(jdbc, "screening-effect");
        jdbc.sql("""
                insert into clock (family_ref, process_instance_id, name, title, amount, unit, source, status, started_on, due_on, due_at)
                values (?, 'none', 'screening', 'Screening', 5, 'working-days', 'Agreed', 'local default', current_date - 30, current_date - 20, now() - interval '20 days')
                """).param(family.ref()).update();
        long clock = jdbc.sql("select max(id) from clock where family_ref = ?").param(family.ref()).query(Long.class).single();
        jdbc.sql("update work_item set clock = 'screening', due_on = current_date - 20, sort_at = now() - interval '20 days' where '/work/' || id = ?").param(task).update();
        assertThat(page("", TestFamily.SOCIAL_WORKER)).contains("/clocks/" + clock + "/why");
        web.perform(post("/families/" + family.ref() + "/clocks/" + clock + "/why").param("reason", " The parent is in hospital. ").with(user(TestFamily.SOCIAL_WORKER)).with(csrf()));
        String why = "Why it is late: The parent is in hospital.";
        assertThat(page("", TestFamily.PRACTITIONER)).contains(why).doesNotContain("/clocks/" + clock + "/why");
        assertThat(again(clock, TestFamily.PRACTITIONER, "Not so.").getStatus()).as("somebody else's reason stands").isEqualTo(403);
        for (String path : List.of("/work", task)) {
            assertThat(web.perform(get(path).with(user(TestFamily.PRACTITIONER))).andReturn().getResponse().getContentAsString()).as(path).contains(why);
        }
    }

    private MockHttpServletResponse again(long clock, String who, String reason) throws Exception {
        return web.perform(post("/families/" + family.ref() + "/clocks/" + clock + "/why").param("reason", reason).with(user(who)).with(csrf())).andReturn().getResponse();
    }

    @Test
    @Requirement("U25")
    void aReasonIsNotBlankOrTooLongAndCanBeSaidAgain() throws Exception {
        jdbc.sql("""
                insert into clock (family_ref, process_instance_id, name, title, amount, unit, source, status, started_on, due_on, due_at)
                values (?, 'said again', 'screening', 'Screening', 5, 'working-days', 'Agreed', 'local default', current_date - 30, current_date - 20, now() - interval '20 days')
                """).param(family.ref()).update();
        long clock = jdbc.sql("select max(id) from clock where family_ref = ?").param(family.ref()).query(Long.class).single();
        for (String wrong : List.of("", "   ", "w".repeat(501))) {
            MockHttpServletResponse refused = again(clock, TestFamily.SOCIAL_WORKER, wrong);
            assertThat(refused.getStatus()).as("the same page").isEqualTo(200);
            assertThat(refused.getContentAsString()).contains("There is a problem", "href=\"#why-" + clock + "\"", wrong.isBlank() ? "Say why it is late</p>" : "The reason must be 500 characters or fewer",
                    wrong + "</textarea>").doesNotContain("All who see this date now see");
        }
        assertThat(jdbc.sql("select count(*) from clock_change where clock_id = ?").param(clock).query(Integer.class).single()).isZero();

        again(clock, TestFamily.SOCIAL_WORKER, "The wrong family.");
        assertThat(page("", TestFamily.SOCIAL_WORKER)).contains("Say it again", "The wrong family.</textarea>");
        again(clock, TestFamily.SOCIAL_WORKER, "The parent is in hospital.");
        again(clock, "ruth.okafor", "No bed was free.");
        assertThat(page("", TestFamily.PRACTITIONER)).contains("Why it is late: No bed was free.").doesNotContain("Say it again", "The wrong family.");
        assertThat(jdbc.sql("select why || ', ' || who from clock_change where clock_id = ? order by id").param(clock).query(String.class).list())
                .containsExactly("The wrong family., maria.santos", "The parent is in hospital., maria.santos", "No bed was free., ruth.okafor");
    }

    @Test
    @Requirement("U24")
    void aFamilysPageStartsEachProtectiveStepAtOnce() throws Exception {
        assertThat(page("", TestFamily.PRACTITIONER)).contains("href=\"/start/referral?family=" + family.ref() + "\"");
    }

    @Test
    @Requirement("U05")
    void theFamilyDrawsItselfAndTakesThePersonsViewInWords() throws Exception {
        jdbc.sql("update family_member set relationship = 'step-parent' where person_id = ?").param(family.father()).update();
        String page = page("", TestFamily.PRACTITIONER);
        assertThat(page).contains("Mia Read</text>", "Rosa Read</text>", "tf-picture-line--broken", "/families/" + family.ref() + "?view=" + family.mia() + "#picture");
        assertThat(page("?view=" + family.mia(), TestFamily.PRACTITIONER)).contains("The family as Mia Read sees it", "Rosa Read: mother", "Paul Read: step-parent", "Leo Read: brother or sister");
        assertThat(page("?view=" + family.father(), TestFamily.PRACTITIONER)).contains("Mia Read: step-child", "Rosa Read: the children’s mother");
        assertThat(page("?view=0", TestFamily.PRACTITIONER)).doesNotContain("sees it</h4>");
    }

    @Test
    @Requirement("U07")
    void aLongStoryComesInPartsOrWhole() throws Exception {
        for (int i = 1; i <= 25; i++) {
            file("early-help", Map.of("agreed", "yes", "plan", "Thing number " + i + "."), null);
        }
        String part = page("/story", TestFamily.PRACTITIONER);
        assertThat(part).contains("Thing number 1.", "Thing number 20.").doesNotContain("Thing number 21.").contains("Next page");
        String after = part.replaceAll("(?s).*story\\?after=(\\d+).*", "$1");
        assertThat(page("/story?after=" + after, TestFamily.PRACTITIONER)).contains("Thing number 21.", "Thing number 25.").doesNotContain("Thing number 20.", "Next page");
        assertThat(page("/story?whole=true", TestFamily.PRACTITIONER)).contains("Thing number 1.", "Thing number 25.").doesNotContain("Next page");
    }

    @Test
    @Requirement("U07")
    void theStoryLeavesOutWhatTheReaderMayNotSee() throws Exception {
        actors.find("maria.santos").ifPresent(maria -> asha = maria);
        file("contact-proposal", Map.of("contingency", "A plan.", "wish", "She does not want to go."), null);
        assertThat(page("/story", "maria.santos")).contains("A plan.", "She does not want to go.");
        assertThat(page("/story", TestFamily.PRACTITIONER)).contains("A plan.").doesNotContain("She does not want to go.");
    }

    @Test
    @Requirement("S-178")
    void aChildsOwnWordsAreReadByTheChildrensSideAlone() throws Exception {
        actors.find(TestFamily.SOCIAL_WORKER).ifPresent(maria -> asha = maria);
        Map<String, Object> row = Map.of("person", family.mia(), "seen", "yes", "alone", "yes", "how", List.of("talking"), "view", "I hide when Mum shouts.", "understands", "She knows Mum is ill.");
        Entry entry = file("assessment-child-views", Map.of("children", List.of(row)), null);
        String task = family.showTask(jdbc, "assessment-analysis");
        jdbc.sql("""
                update work_item set definition_id = (select max(id_) from act_re_procdef where key_ = 'joint-assessment'), step_key = 'analyse', assignee = null,
                       team_id = (select team_id from app_user where username = :who), role = 'childrens-social-worker', subjects = '{}' where '/work/' || id = :task
                """).param("who", TestFamily.SOCIAL_WORKER).param("task", task).update();
        for (String path : List.of("/families/" + family.ref() + "/entries/" + entry.id(), "/families/" + family.ref() + "/story", task)) {
            assertThat(web.perform(get(path).with(user(TestFamily.SOCIAL_WORKER))).andReturn().getResponse().getContentAsString()).as(path).contains("I hide when Mum shouts.", "She knows Mum is ill.");
            assertThat(web.perform(get(path).with(user(TestFamily.PRACTITIONER))).andReturn().getResponse().getContentAsString()).as(path).doesNotContain("I hide when").contains("She knows Mum is ill.");
        }
        assertThat(page("/summary", TestFamily.PRACTITIONER)).doesNotContain("I hide when");
    }

    @Test
    @Requirement("U08")
    void aFlagThatFiredStandsInWordsOnTheSummaryTheFamilysPageAndItsOwnPage() throws Exception {
        String definition = jdbc.sql("select id_ from act_re_decision_def where key_ = 'red-flags' order by version_ desc limit 1").query(String.class).single();
        jdbc.sql("""
                insert into decision_taken (family_ref, process_id, person_id, decision, name, version, definition_id, decided_at, inputs, rules, outputs)
                values (:family, 'none', :mia, 'red-flags', 'Red flags', 1, :definition, now(), cast(:inputs as jsonb), '["red-flags-RF-01"]',
                        '[{"Flag": "RF-01", "What to do": "Refer at once.", "How soon": "immediate"}]')
                """).param("family", family.ref()).param("mia", family.mia()).param("definition", definition)
                .param("inputs", "{\"Mental health\": \"severe\", \"Drugs or alcohol\": \"none\", \"Suicide and self-harm\": \"includes-child\"}").update();
        Entry decided = file("red-flag-decision", Map.of("referNow", "yes"), null);
        String title = "A child who features in a parent&#39;s delusions or hallucinations is at immediate risk.";
        String summary = page("/summary", TestFamily.PRACTITIONER);
        assertThat(summary.substring(summary.indexOf("part-worry"))).containsSubsequence("Mia:</strong> " + title + " Refer at once.", "Red flag RF-01, ", "Mental health: Severe. Suicide and self-harm: Thoughts or a plan that include a child.",
                "Do you refer the family to children&#39;s services now? Yes.", "/entries/" + decided.id()).doesNotContain("Drugs or alcohol: ");
        String page = page("", TestFamily.PRACTITIONER);
        assertThat(page).contains("<strong>" + title + "</strong> Refer at once.", "Mia Read, ");
        long id = jdbc.sql("select max(id) from decision_taken where family_ref = ?").param(family.ref()).query(Long.class).single();
        assertThat(page("/decisions/" + id, TestFamily.PRACTITIONER)).contains("Decision by rule", title, "Thoughts or a plan that include a child", ">includes-child</span>", "Refer at once", ">immediate</span>");
    }

    @Test
    @Requirement("S-198")
    void whoWroteAnEntryCorrectsItOnItsPageWithAReason() throws Exception {
        Entry entry = file("red-flag-decision", Map.of("done", "Rang the crisis team.", "askedOf", "See them today.", "referNow", "yes", "parentTold", "yes"), null);
        String address = "/families/" + family.ref() + "/entries/" + entry.id();
        assertThat(page("/entries/" + entry.id(), TestFamily.PRACTITIONER)).contains(address + "/correct\"");
        assertThat(page("/entries/" + entry.id(), TestFamily.SOCIAL_WORKER)).doesNotContain(address + "/correct\"");
        assertThat(page("/entries/" + entry.id() + "/correct", TestFamily.PRACTITIONER)).contains("Correct this entry").containsPattern("<input[^>]*value=\"yes\"[^>]*checked");
        assertThat(after(post(address + "/correct").param("referNow", "yes").param("parentTold", "yes").param("done", "Rang the crisis team.").param("askedOf", "See them today.")))
                .contains("Change what is wrong, or leave the entry as it is");
        var changed = web.perform(post(address + "/correct").param("done", "Rang the duty team.").param("referNow", "no").param("whyNot", "The flag was read wrongly.").with(user(TestFamily.PRACTITIONER)).with(csrf())).andReturn().getResponse();
        assertThat(changed.getRedirectedUrl()).as(changed.getContentAsString()).isEqualTo(address + "/correct/check");
        assertThat(web.perform(post(address + "/correct/check").param("reason", " ").with(user(TestFamily.PRACTITIONER)).with(csrf())).andReturn().getResponse().getContentAsString())
                .contains("Say why you correct this entry");
        String now = web.perform(post(address + "/correct/check").param("reason", "Read wrongly.").with(user(TestFamily.PRACTITIONER)).with(csrf())).andReturn().getResponse().getRedirectedUrl();
        assertThat(web.perform(get(now).with(user(TestFamily.PRACTITIONER))).andReturn().getResponse().getContentAsString()).contains("This corrects an earlier entry: Read wrongly.", "The flag was read wrongly.");
        assertThat(page("/entries/" + entry.id(), TestFamily.PRACTITIONER)).contains("A later entry takes the place").doesNotContain(address + "/correct\"");
        assertThat(web.perform(get(address + "/correct").with(user(TestFamily.PRACTITIONER))).andReturn().getResponse().getStatus()).isEqualTo(409);
    }

    /** The page that the practitioner's browser shows once it has sent something: always one that can be loaded again. */
    private String after(MockHttpServletRequestBuilder sent) throws Exception {
        String next = web.perform(sent.with(user(TestFamily.PRACTITIONER)).with(csrf())).andReturn().getResponse().getRedirectedUrl();
        return web.perform(get(next).with(user(TestFamily.PRACTITIONER))).andReturn().getResponse().getContentAsString();
    }

    @Test
    @Requirement("S-198")
    void aNumberThatSomebodyHasAlreadyIsSaidToBeTakenAndNotWhose() throws Exception {
        jdbc.sql("update person set nhs_number = '9990000018' where id = ?").param(family.mother()).update();
        Entry accepted = file("adult-accepted", Map.of("firstName", "Una", "lastName", "Other", "nhsNumber", "9990000026"), null);
        String correct = "/families/" + family.ref() + "/entries/" + accepted.id() + "/correct";
        assertThat(after(post(correct).param("nhsNumber", "999 000 0018"))).as("a correction").contains("This NHS number belongs to somebody already in the record");
        assertThat(after(post(correct).param("nhsNumber", "999 000 0026"))).as("the number that stands in the entry").doesNotContain("This NHS number belongs to somebody already in the record");
        String start = "/start/identification";
        String wrong = web.perform(post(start).param("firstName", "Una").param("lastName", "Other").param("nhsNumber", "999 000 0018").with(user("dee.marsh")).with(csrf()))
                .andReturn().getResponse().getRedirectedUrl();
        String page = web.perform(get(wrong).with(user("dee.marsh"))).andReturn().getResponse().getContentAsString();
        assertThat(page).contains("This NHS number belongs to somebody already in the record").doesNotContain(family.ref(), "Rosa");
        assertThat(web.perform(get("/start").with(user("dee.marsh"))).andReturn().getResponse().getContentAsString()).contains("Started and not sent", "For a new family, saved");
        web.perform(post(start + "/discard").with(user("dee.marsh")).with(csrf()));
        assertThat(web.perform(get("/start").with(user("dee.marsh"))).andReturn().getResponse().getContentAsString()).doesNotContain("Started and not sent");
    }

    @Test
    void whatIsBegunAndWhatIsFiledIsSaidToWhoDidIt() throws Exception {
        String task = family.showTask(jdbc, "screening-effect");
        String kept = web.perform(post(task).param("finish-later", "true").with(user(TestFamily.PRACTITIONER)).with(csrf())).andReturn().getResponse().getRedirectedUrl();
        assertThat(kept).isEqualTo("/work");
        jdbc.sql("update work_item set sort_at = now() - interval '2000 days' where '/work/' || id = ?").param(task).update();
        assertThat(web.perform(get("/work").with(user(TestFamily.PRACTITIONER))).andReturn().getResponse().getContentAsString()).containsPattern("(?s)" + task + "\".{0,900}Draft saved ");
        Entry entry = effect("Filed.", "yes", null);
        jdbc.sql("update work_item set done_at = now(), done_by = 'asha.patel', entry_id = ? where '/work/' || id = ?").param(entry.id()).param(task).update();
        assertThat(web.perform(post(task).param("again", "true").with(user(TestFamily.PRACTITIONER)).with(csrf())).andReturn().getResponse().getContentAsString())
                .contains("You filed this on ", "/entries/" + entry.id()).doesNotContain("no longer yours");
    }
}
