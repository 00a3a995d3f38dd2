package org.thinkfamily.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.access.Actors;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.FamilyQuestions;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.forms.Form;
import org.thinkfamily.forms.FormCheck;
import org.thinkfamily.record.Entries;
import org.thinkfamily.record.Entry;
import org.thinkfamily.worklist.ReleasedForms;

/** An answer copied to a sibling is marked until somebody says that it is right for that child. */
@ThinkFamilyTest
class CopyTest {

    @Autowired
    private MockMvc web;
    @Autowired
    private Families families;
    @Autowired
    private FamilyQuestions questions;
    @Autowired
    private Entries entries;
    @Autowired
    private ReleasedForms forms;
    @Autowired
    private Actors actors;
    @Autowired
    private JdbcClient jdbc;

    private TestFamily family;
    private String deployment;
    private Form form;
    private String list;

    @BeforeEach
    void aFamily() {
        family = TestFamily.open(families, jdbc, "Alike");
        deployment = deployment("screening-effect");
        form = forms.get(deployment, "screening-effect").form();
        list = form.questions().stream().filter(question -> question.property("about").isPresent()).findFirst().orElseThrow().key();
    }

    private String deployment(String key) {
        return jdbc.sql("select deployment_id_ from act_re_camformdef where key_ = ? order by version_ desc limit 1").param(key).query(String.class).single();
    }

    private Form parents() {
        return forms.get(deployment("review-view-parent"), "review-view-parent").form();
    }

    private CheckedForm check(Map<String, Object> leo) {
        return FormCheck.check(form, Map.of(list, List.of(Map.of("person", family.mia(), "worry", "They are up late."), leo)), questions.context(form, family.ref(), Map.of()));
    }

    private Map<String, Object> leo(Object copied) {
        return Map.of("person", family.leo(), "worry", "They are up late.", "copied", copied);
    }

    private Entry file() {
        Entries.Step step = new Entries.Step(family.ref(), "Screen the effect", "shown", null, "shown", null, deployment, 1, "adult-mental-health-practitioner", Map.of());
        return entries.file(step, form, check(leo(Map.of("worry", family.mia()))).answers(), actors.find(TestFamily.PRACTITIONER).orElseThrow()).entry();
    }

    private String page(String path, String who) throws Exception {
        return web.perform(get(path).with(user(who))).andReturn().getResponse().getContentAsString();
    }

    private int confirm(Entry entry, long person, String who) throws Exception {
        return web.perform(post("/families/" + family.ref() + "/entries/" + entry.id() + "/copies").param("list", list).param("question", "worry").param("person", String.valueOf(person))
                .with(user(who)).with(csrf())).andReturn().getResponse().getStatus();
    }

    @Test
    @Requirement("U02")
    void theMarkIsPartOfTheAnswers() {
        assertThat(check(leo(Map.of("worry", family.mia()))).answers().get(list)).asInstanceOf(InstanceOfAssertFactories.LIST).last()
                .isEqualTo(leo(Map.of("worry", family.mia())));
        assertThat(check(leo(Map.of("worry", 0))).answers().get(list).toString()).as("copied from nobody of the family").doesNotContain("copied");
        assertThat(check(leo(Map.of("effect", family.mia()))).problems()).as("not a question to copy").anyMatch(problem -> problem.pointer().equals("/" + list + "/1/copied"));
        assertThat(check(leo("yes")).problems()).anyMatch(problem -> problem.pointer().equals("/" + list + "/1/copied"));
    }

    @Test
    @Requirement("U02")
    void theMarkGoesWhenTheTextIsWrittenAnew() {
        Map<String, Object> own = Map.of("person", family.leo(), "worry", "Leo sleeps well.", "copied", Map.of("worry", family.mia()));
        assertThat(check(own).answers().get(list).toString()).contains("Leo sleeps well.").doesNotContain("copied");
    }

    private MockHttpServletRequestBuilder copied(String task) {
        return post(task).with(user(TestFamily.PRACTITIONER)).with(csrf()).param(list + "[0].person", "" + family.leo()).param(list + "[0].worry", "Up late.")
                .param(list + "[1].person", "" + family.mia()).param(list + "[1].worry", "Up late.").param(list + "[1].copied.worry", "" + family.leo());
    }

    @Test
    @Requirement("U02")
    void theMarkStaysInTheDraftUntilSomebodySaysItIsRight() throws Exception {
        String task = family.showTask(jdbc, "screening-effect");
        web.perform(copied(task).param("again", "true"));
        assertThat(page(task, TestFamily.PRACTITIONER)).contains("Copied from Leo Alike", "name=\"" + list + "[1].copied.worry\" value=\"" + family.leo() + "\"");
        web.perform(copied(task).param("right", list + "[1].worry"));
        assertThat(page(task, TestFamily.PRACTITIONER)).contains("Up late.").doesNotContain("Copied from Leo Alike");
    }

    @Test
    @Requirement("U02")
    void aFiledCopyIsMarkedForAllUntilConfirmedForThatChild() throws Exception {
        Entry entry = file();
        String path = "/families/" + family.ref() + "/entries/" + entry.id();
        assertThat(page(path, TestFamily.PRACTITIONER)).containsOnlyOnce("Copied from Mia Alike, not yet confirmed for this child.").contains("action=\"" + path + "/copies\"");
        assertThat(page(path, TestFamily.SOCIAL_WORKER)).contains("not yet confirmed for this child").doesNotContain("/copies\"");
        assertThat(page("/families/" + family.ref() + "/story", TestFamily.SOCIAL_WORKER)).contains("not yet confirmed for this child");

        assertThat(confirm(entry, family.leo(), TestFamily.SOCIAL_WORKER)).isEqualTo(403);
        assertThat(confirm(entry, family.mia(), TestFamily.PRACTITIONER)).as("hers is no copy").isEqualTo(404);
        assertThat(confirm(entry, family.leo(), TestFamily.PRACTITIONER)).isEqualTo(302);
        assertThat(confirm(entry, family.leo(), TestFamily.PRACTITIONER)).as("nothing is left to confirm").isEqualTo(404);

        assertThat(page(path, TestFamily.SOCIAL_WORKER)).contains("They are up late.").doesNotContain("not yet confirmed");
        assertThat(jdbc.sql("select answers::text from entry where id = ?").param(entry.id()).query(String.class).single()).as("the entry is as it was filed").contains("copied");
        assertThat(jdbc.sql("select count(*) from audit_event where action = 'copy.confirm' and family_ref = ?").param(family.ref()).query(Long.class).single()).isEqualTo(1);
    }

    private Entry saidOfLeo(long parent) {
        Map<String, Object> answers = Map.of("views", "They want to come home.", "contact", "Saturdays are good.");
        return filed(answers, Map.of("child", family.leo(), "person", parent));
    }

    private Entry filed(Map<String, Object> answers, Map<String, Long> subjects) {
        Form parents = parents();
        Entries.Step step = new Entries.Step(family.ref(), "Ask the parent", "shown", null, "shown", null, deployment("review-view-parent"), 1, "adult-mental-health-practitioner", subjects);
        return entries.file(step, parents, answers, actors.find(TestFamily.PRACTITIONER).orElseThrow()).entry();
    }

    private MockHttpServletRequestBuilder typed(String task) {
        return post(task).with(user(TestFamily.PRACTITIONER)).with(csrf()).param("asked", "yes").param("contact", "Mia wants Sundays.");
    }

    @Test
    @Requirement("U02")
    void theSameStepForABrotherOrSisterCanBeCopiedAndIsMarkedUntilConfirmed() throws Exception {
        String task = family.showTask(jdbc, "review-view-parent");
        Entry father = saidOfLeo(family.father());
        assertThat(page(task, TestFamily.PRACTITIONER)).as("what the other parent says is not hers").doesNotContain("name=\"copy-from\"");
        Entry leo = saidOfLeo(family.mother());
        assertThat(page(task, TestFamily.PRACTITIONER)).contains("Copy from the entry about Leo Alike", "name=\"copy-from\" value=\"" + leo.id() + "\"");
        assertThat(web.perform(typed(task).param("copy-from", "" + father.id())).andReturn().getResponse().getStatus()).isEqualTo(404);

        assertThat(web.perform(typed(task).param("copy-from", "" + leo.id())).andReturn().getResponse().getRedirectedUrl()).isEqualTo(task + "#questions");
        assertThat(page(task, TestFamily.PRACTITIONER)).contains("They want to come home.", "name=\"copied.views\" value=\"" + family.leo() + "\"", "Copied from Leo Alike")
                .contains("Mia wants Sundays.").doesNotContain("name=\"copied.contact\"");
        web.perform(typed(task).param("views", "They want to come home.").param("copied.views", "" + family.leo()).param("right", "views"));
        assertThat(page(task, TestFamily.PRACTITIONER)).contains("They want to come home.").doesNotContain("Copied from Leo Alike");
    }

    @Test
    @Requirement("U02")
    void aCopyBetweenEntriesIsMarkedInTheRecordUntilConfirmed() throws Exception {
        Form parents = parents();
        CheckedForm checked = FormCheck.check(parents, Map.of("asked", "yes", "views", "They want to come home.", "copied", Map.of("views", family.leo())),
                questions.context(parents, family.ref(), Map.of()));
        assertThat(checked.problems()).noneMatch(problem -> problem.pointer().equals("/copied"));
        assertThat(FormCheck.check(parents, Map.of("copied", Map.of("asked", family.leo())), questions.context(parents, family.ref(), Map.of())).problems())
                .as("not a question to copy").anyMatch(problem -> problem.pointer().equals("/copied"));
        Entry entry = filed(checked.answers(), Map.of("child", family.mia(), "person", family.mother()));
        String path = "/families/" + family.ref() + "/entries/" + entry.id();
        assertThat(page(path, TestFamily.PRACTITIONER)).containsOnlyOnce("Copied from Leo Alike, not yet confirmed for this child.");
        assertThat(web.perform(post(path + "/copies").param("list", "").param("question", "views").param("person", "" + family.leo()).with(user(TestFamily.PRACTITIONER)).with(csrf()))
                .andReturn().getResponse().getStatus()).isEqualTo(302);
        assertThat(page(path, TestFamily.SOCIAL_WORKER)).contains("They want to come home.").doesNotContain("not yet confirmed");
    }

    @Test
    @Requirement("U48")
    void aDayToComeInsideAnAnswerSaysTheWorkingDaysLeft() throws Exception {
        String chased = deployment("screening-chase");
        Form chase = forms.get(chased, "screening-chase").form();
        Entries.Step step = new Entries.Step(family.ref(), "Chase", "shown", null, "shown", null, chased, 1, "adult-mental-health-practitioner", Map.of());
        Entry entry = entries.file(step, chase, Map.of("by", families.today().plusDays(21).toString()), actors.find(TestFamily.PRACTITIONER).orElseThrow()).entry();
        assertThat(page("/families/" + family.ref() + "/entries/" + entry.id(), TestFamily.PRACTITIONER)).containsPattern("\\d{4} \\(1\\d working days\\)");
    }
}
