package org.thinkfamily.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.thinkfamily.family.Families;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.pathway.Pathway;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;

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
                "gillick", "not-asked", "source", "signed"));
        if (state.equals("withdrawn")) {
            answers.put("why", "She changed her mind.");
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
