package org.thinkfamily.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Actors;
import org.thinkfamily.documents.PdfUa;
import org.thinkfamily.family.Families;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.pathway.Pathway;
import org.thinkfamily.record.Entries;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;
import org.thinkfamily.worklist.ReleasedForms;

/** What people read of sharing, consent and what a parent has said in advance. */
@ThinkFamilyTest
class SharingPagesTest {

    @Autowired
    private MockMvc web;
    @Autowired
    private Fillings fillings;
    @Autowired
    private Families families;
    @Autowired
    private Actors actors;
    @Autowired
    private Pathway pathway;
    @Autowired
    private Entries entries;
    @Autowired
    private ReleasedForms forms;
    @Autowired
    private JdbcClient jdbc;

    private TestFamily family;

    @BeforeEach
    void aFamily() {
        family = TestFamily.open(families, jdbc, "Sharer");
    }

    private void file(String who, Filling filling, Map<String, Object> answers) {
        CheckedForm checked = fillings.check(filling, fillings.context(filling), answers);
        assertThat(checked.problems()).isEmpty();
        fillings.file(filling, checked, actors.find(who).orElseThrow(), null);
    }

    private void start(String who, String process, Map<String, Object> answers) {
        Actor actor = actors.find(who).orElseThrow();
        file(who, fillings.start(actor, process, family.ref()), answers);
    }

    private String page(String path, String who) throws Exception {
        MockHttpServletResponse answer = web.perform(get("/families/" + family.ref() + path).with(user(who))).andReturn().getResponse();
        assertThat(answer.getStatus()).isEqualTo(200);
        return answer.getContentAsString();
    }

    private void consent(String to, String state) {
        Map<String, Object> answers = new HashMap<>(Map.of("person", String.valueOf(family.mother()), "consentTo", to, "scope", "Scope of " + to, "consentState", state, "saidOn", families.today().toString(),
                "source", "signed"));
        if (to.equals("sharing")) {
            answers.put("recipient", "everybody");
        }
        if (state.equals("withdrawn")) {
            answers.put("saidWhy", "She changed her mind.");
        }
        start(TestFamily.SOCIAL_WORKER, "consent", answers);
    }

    private void share(Map<String, Object> changes) {
        start(TestFamily.SOCIAL_WORKER, "sharing-decision", Map.of("direction", "asked-of-me", "askedBy", "Jo Hill", "person", String.valueOf(family.mother()), "recipient", "school", "recipientWho", "Jo Hill, Hill School",
                "items", List.of("risk-to-child"), "purpose", "To keep Mia safe.", "kept", "no"));
        Actor maria = actors.find(TestFamily.SOCIAL_WORKER).orElseThrow();
        String task = jdbc.sql("select id from work_item where family_ref = ? and step_key = 'decide-own' and done_at is null").param(family.ref()).query(String.class).single();
        Map<String, Object> answers = new HashMap<>(Map.of("decision", "shared", "reason", "She needs help.", "shared", List.of("risk-to-child"), "exception", "no", "basis", "public-task", "special", "safeguarding",
                "consentState", "given", "told", "yes", "channel", "pack"));
        answers.put("sharedUntil", families.today().plusDays(30).toString());
        answers.putAll(changes);
        file(maria.username(), fillings.task(maria, task), answers);
    }

    @Test
    @Requirement("S-194")
    void threeConsentsAreThreeFactsWithTheirHistory() throws Exception {
        consent("service", "given");
        consent("treatment", "given");
        consent("treatment", "withdrawn");
        String page = page("/people/" + family.mother(), TestFamily.PRACTITIONER);
        assertThat(page).contains("It was given on", "Scope of service", "It was taken back on", "Why: She changed her mind.", "Nothing is said yet", "What was said before");
    }

    @Test
    @Requirement("S-194")
    void sharingThatRestsOnConsentSaysThatItWasTakenBack() throws Exception {
        consent("sharing", "given");
        share(Map.of("basis", "consent"));
        assertThat(page("/sharing", TestFamily.PRACTITIONER)).contains("Jo Hill, Hill School", "Shared as asked").doesNotContain("It rests on agreement");
        consent("sharing", "withdrawn");
        assertThat(page("/sharing", TestFamily.PRACTITIONER)).contains("It rests on agreement, and consent to sharing was taken back on");
        assertThat(page("", TestFamily.PRACTITIONER)).contains("Sharing decisions", "Jo Hill, Hill School");
        assertThat(page("/chronology", TestFamily.PRACTITIONER)).contains("Information was shared as asked");
    }

    @Test
    @Requirement("S-199")
    void whatAParentSaidWhileWellStandsFirstWhenTheyAreUnwell() throws Exception {
        start(TestFamily.PRACTITIONER, "advance-statement", Map.of("person", String.valueOf(family.mother()), "madeOn", families.today().toString(), "wellThen", "yes", "helps", "A quiet room with the door open.",
                "whoCares", "Her sister Ines.", "mayShare", "With the school.", "copy", "yes"));
        pathway.send("contact-plan-needed", family.ref(), Map.of("child", family.mia(), "adult", family.mother(), "adultRole", "adult-mental-health-practitioner"));
        String relapse = page("/changes/parent-condition-changed", TestFamily.PRACTITIONER);
        assertThat(relapse.indexOf("A quiet room with the door open.")).isBetween(0, relapse.indexOf("How is the parent now?"));
        String task = "/work/" + jdbc.sql("select id from work_item where family_ref = ? and step_key = 'describe-contact'").param(family.ref()).query(String.class).single();
        assertThat(web.perform(get(task).with(user(TestFamily.SOCIAL_WORKER))).andReturn().getResponse().getContentAsString()).contains("A quiet room with the door open.");
        assertThat(page("/summary", TestFamily.PRACTITIONER)).contains("A quiet room with the door open.", "Her sister Ines.");
        jdbc.sql("insert into involvement (family_ref, role, team_id, username, began_on) select ?, 'health-visitor', team_id, username, current_date from app_user where username = (select min(username) from user_role where role = 'health-visitor')")
                .param(family.ref()).update();
        String visitor = jdbc.sql("select min(username) from user_role where role = 'health-visitor'").query(String.class).single();
        assertThat(page("/summary", visitor)).as("a person tells them what they need").doesNotContain("A quiet room");
        assertThat(page("/people/" + family.mother(), visitor)).doesNotContain("A quiet room");
    }

    @Test
    @Requirement("S-205")
    void theParentsOwnCopyHoldsWhatIsTheirsAndNothingElse() throws Exception {
        share(Map.of("childView", "I am afraid at night."));
        share(Map.of("told", "not-yet", "channel", "letter"));
        jdbc.sql("insert into person_address (person_id, family_ref, address, withheld, source, said_by, from_on) values (?, ?, '9 Hidden Lane', true, 'Test', 'maria.santos', current_date)").params(List.of(family.mother(), family.ref())).update();
        String copy = page("/people/" + family.mother() + "/own-copy", TestFamily.SOCIAL_WORKER);
        assertThat(copy).contains("What we record about Rosa Sharer", "Who reads it", "What you can do", "to the school, outside this record: how your children are affected").doesNotContain("I am afraid", "Hidden Lane", "Paul");
        assertThat(copy.split("outside this record", -1)).as("only what she was told of").hasSize(2);
        assertThat(web.perform(get("/families/" + family.ref() + "/people/" + family.mia() + "/own-copy").with(user(TestFamily.SOCIAL_WORKER))).andReturn().getResponse().getStatus()).as("a child is told by a person").isEqualTo(404);
    }

    @Test
    @Requirement("S-192")
    void theRuleStandsBesideEachItem() throws Exception {
        Actor maria = actors.find(TestFamily.SOCIAL_WORKER).orElseThrow();
        Filling filling = fillings.start(maria, "sharing-decision", family.ref());
        fillings.saveDraft(filling, maria, Map.of("recipient", "school"));
        String page = web.perform(get("/start/sharing-decision?family=" + family.ref()).with(user(maria.username()))).andReturn().getResponse().getContentAsString();
        assertThat(page).contains("The table says: nothing. It can be shared only with a reason, and a manager decides.", "The table says: a part", "aria-describedby=\"q-items-rule\"");
    }

    private MockHttpServletResponse pack(String who) throws Exception {
        long id = jdbc.sql("select max(id) from sharing where family_ref = ?").param(family.ref()).query(Long.class).single();
        return web.perform(post("/families/" + family.ref() + "/sharing/" + id + "/document").with(user(who)).with(csrf())).andReturn().getResponse();
    }

    private String packText(String who) throws Exception {
        MockHttpServletResponse answer = pack(who);
        assertThat(answer.getContentType()).isEqualTo("application/pdf");
        assertThat(PdfUa.failures(answer.getContentAsByteArray())).isEmpty();
        try (PDDocument document = Loader.loadPDF(answer.getContentAsByteArray())) {
            return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
        }
    }

    /** What both workers filed about the children, and what they may not see of each other. */
    private void assessed() {
        Actor maria = actors.find(TestFamily.SOCIAL_WORKER).orElseThrow();
        TestFamily.Filing filing = new TestFamily.Filing(entries, forms, jdbc);
        family.file(filing, maria, "assessment-childrens-side", "joint-assessment", Map.of("children", List.of(Map.of("person", family.mia(), "worries", "Mia misses school.", "dailyLife", "Mia plays the drums."),
                Map.of("person", family.leo(), "worries", "Leo hides food.")), "parents", List.of(Map.of("person", family.mother(), "background", "Rosa was in care."))));
        family.file(filing, maria, "assessment-child-views", "joint-assessment", Map.of("children", List.of(Map.of("person", family.mia(), "seen", "yes", "goodThings", "Mia likes the garden.", "private", "Mia is afraid at night."))));
    }

    private void shareMia(String recipient, List<String> items, Map<String, Object> changes) {
        Map<String, Object> asked = new HashMap<>(Map.of("direction", "asked-of-me", "askedBy", "Jo Hill", "person", String.valueOf(family.mia()), "recipient", recipient, "recipientWho", "Jo Hill, for the hearing",
                "items", items, "purpose", "To plan where Mia sleeps.", "kept", changes.getOrDefault("kept", "no")));
        if (recipient.equals("parent")) {
            asked.put("recipientPerson", String.valueOf(family.father()));
        }
        start(TestFamily.SOCIAL_WORKER, "sharing-decision", asked);
        Actor maria = actors.find(TestFamily.SOCIAL_WORKER).orElseThrow();
        String task = jdbc.sql("select id from work_item where family_ref = ? and step_key = 'decide-own' and done_at is null").param(family.ref()).query(String.class).single();
        Map<String, Object> answers = new HashMap<>(Map.of("decision", "shared", "reason", "A reason of ours.", "shared", items, "exception", "no", "basis", "legal-obligation", "special", "safeguarding",
                "consentState", "not-sought", "told", "yes", "channel", "pack"));
        answers.put("sharedUntil", families.today().plusDays(30).toString());
        answers.put("childView", "Do not tell my father.");
        answers.putAll(changes);
        answers.remove("kept");
        file(maria.username(), fillings.task(maria, task), answers);
    }

    @Test
    @Requirement({"S-193", "S-178"})
    void noPackIsThereForWhomARequestIsKeptFrom() throws Exception {
        assessed();
        shareMia("court", List.of("risk-to-child"), Map.of("kept", "yes", "told", "no", "notTold", "Unsafe."));
        assertThat(packText(TestFamily.SOCIAL_WORKER)).contains("Mia misses school.");
        assertThat(pack(TestFamily.PRACTITIONER).getStatus()).isEqualTo(404);
    }

    @Test
    @Requirement({"S-193", "S-192"})
    void aPackForACourtHoldsTheItemsDecidedAndNothingElse() throws Exception {
        assessed();
        shareMia("court", List.of("risk-to-child"), Map.of());
        assertThat(page("/sharing", TestFamily.SOCIAL_WORKER)).contains("Make the document for them (PDF)");
        String text = packText(TestFamily.SOCIAL_WORKER);
        assertThat(text).contains("Information shared about Mia", "court: Jo Hill, for the hearing", "To plan where Mia sleeps.", "The law says that we must", "Maria Santos", "Do not pass this document on", "You may use it until",
                "Mia misses school.").as("another child, what was not asked for, restricted answers, and what was written for the record alone")
                .doesNotContain("Leo", "Rosa", "drums", "garden", "afraid", "in care", "A reason of ours", "Do not tell");
        assertThat(jdbc.sql("select count(*) from audit_event where family_ref = ? and action = 'document.export' and username = 'maria.santos'").param(family.ref()).query(Long.class).single()).isOne();
        assertThat(packText(TestFamily.PRACTITIONER)).contains("Mia misses school.");
        assertThat(pack("tom.ellery").getStatus()).as("who does not see the family").isEqualTo(404);
    }

    @Test
    @Requirement({"S-176", "S-193", "S-192"})
    void aPackForACarerAndASchoolHoldsAPartOnlyInTheWordsOfTheDecision() throws Exception {
        assessed();
        shareMia("carer", List.of("risk-to-child", "child-view-open"), Map.of("parts", "She sleeps badly: leave a light on."));
        assertThat(packText(TestFamily.SOCIAL_WORKER)).contains("Mia likes the garden.", "In the words of the decision", "She sleeps badly: leave a light on.").doesNotContain("misses school", "afraid", "Leo");
        shareMia("school", List.of("risk-to-child", "child-view-open"), Map.of("parts", "She may come late."));
        assertThat(packText(TestFamily.SOCIAL_WORKER)).contains("She may come late.").doesNotContain("misses school", "garden", "leave a light on");
    }

    @Test
    @Requirement({"S-193", "S-104"})
    void whatTheTableRulesOutIsInNoPackEvenIfAManagerAllowedToTellIt() throws Exception {
        assessed();
        shareMia("court", List.of("risk-to-child", "child-view"), Map.of("exception", "yes", "exceptionWhy", "The judge asks."));
        assertThat(pack(TestFamily.SOCIAL_WORKER).getStatus()).as("a manager has not decided").isEqualTo(404);
        jdbc.sql("update sharing set allowed = true where family_ref = ?").param(family.ref()).update();
        assertThat(packText(TestFamily.SOCIAL_WORKER)).contains("Mia misses school.").doesNotContain("afraid", "said in confidence", "The judge asks");
    }

    @Test
    @Requirement({"S-193", "S-194"})
    void noPackIsMadeOnceSharingHasEndedOrWhatItRestsOnIsGone() throws Exception {
        consent("sharing", "given");
        share(Map.of("basis", "consent"));
        assertThat(pack(TestFamily.SOCIAL_WORKER).getStatus()).isEqualTo(200);
        consent("sharing", "withdrawn");
        assertThat(pack(TestFamily.SOCIAL_WORKER).getStatus()).isEqualTo(404);
        assertThat(page("/sharing", TestFamily.SOCIAL_WORKER)).doesNotContain("Make the document for them");
        shareMia("court", List.of("risk-to-child"), Map.of());
        jdbc.sql("update sharing set shared_until = ? where family_ref = ?").params(families.today().minusDays(1), family.ref()).update();
        assertThat(pack(TestFamily.SOCIAL_WORKER).getStatus()).as("its last day is past").isEqualTo(404);
    }

    @Test
    @Requirement("S-197")
    void aDiagnosisIsNotReadWithoutWhatItMeansAndWhomToAsk() throws Exception {
        assertThat(entry("{\"diagnosis\": \"confirmed\", \"diagnosisName\": \"Bipolar disorder\", \"functioning\": \"Gets the children to school.\"}")).contains("Bipolar disorder", "Gets the children to school.", "mailto:");
        assertThat(entry("{\"diagnosis\": \"confirmed\", \"diagnosisName\": \"Bipolar disorder\"}")).doesNotContain("Bipolar disorder");
    }

    private String entry(String answers) throws Exception {
        long id = jdbc.sql("""
                insert into entry (family_ref, title, process_key, step_key, form_key, form_version, deployment_id, about, answers, author, author_name, role, service, filed_at)
                select ?, 'Adult side', 'shown', 'shown', key_, 1, deployment_id_, '{}', cast(? as jsonb), 'asha.patel', 'Asha Patel', 'adult-mental-health-practitioner', 'Northmoor', now()
                  from act_re_camformdef where key_ = 'assessment-adult-side' order by version_ desc limit 1 returning id
                """).params(List.of(family.ref(), answers)).query(Long.class).single();
        return page("/entries/" + id, TestFamily.SOCIAL_WORKER);
    }
}
