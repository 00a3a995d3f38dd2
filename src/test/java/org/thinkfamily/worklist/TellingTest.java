package org.thinkfamily.worklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.list;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.family.Families;
import org.thinkfamily.pathway.Pathway;

@ThinkFamilyTest
@DisplayName("People are told what is late, and what they have opened")
class TellingTest {

    @Autowired
    private MockMvc web;
    @Autowired
    private ClockWatch watch;
    @Autowired
    private Pathway pathway;
    @Autowired
    private Families families;
    @Autowired
    private JdbcClient jdbc;

    private TestFamily family;

    @BeforeEach
    void aFamily() {
        family = TestFamily.open(families, jdbc, "Example");
    }

    private void late(String process, String remindOn) {
        jdbc.sql("""
                insert into clock (family_ref, process_instance_id, name, title, amount, unit, source, status, started_on, due_on, due_at, remind_on, late_role)
                values (:family, :process, 'challenge.stage-1', 'Answer the disagreement at its first stage', 5, 'working-days', 'Agreed', 'local default', current_date - 9, current_date + :days,
                        now() + make_interval(days => :days), cast(:remind as date), 'front-door-manager')
                """).param("family", family.ref()).param("process", process).param("days", remindOn == null ? -2 : 2).param("remind", remindOn).update();
    }

    private List<String> mail(String what) {
        return jdbc.sql("select " + what + " from outgoing_mail where family_ref = ? order by 1").param(family.ref()).query(String.class).list();
    }

    @Test
    void whatIsLateIsNamedToTheRoleOfTheTableAndToTheManagersWithWhoseTeamItWaits() {
        String task = family.showTask(jdbc, "screening-effect");
        jdbc.sql("update work_item set process_id = ?, clock = 'challenge.stage-1' where '/work/' || id = ?").param(family.ref()).param(task).update();
        late(family.ref(), null);
        watch.tell();

        assertThat(mail("kind")).containsOnly("clock-late");
        assertThat(mail("recipient")).as("ruth.okafor manages the team that has the task").contains("ruth.okafor").doesNotHaveDuplicates().hasSizeGreaterThan(1);
        assertThat(mail("subject")).containsOnly("Think Family: late for " + family.ref() + ": Answer the disagreement at its first stage");
        assertThat(mail("body")).allSatisfy(body -> assertThat(body).contains("Answer the disagreement at its first stage", "see to it that it is done", task).doesNotContain("Example", "Mia"));
    }

    @Test
    void aReminderNamesWhatIsDue() {
        String task = family.showTask(jdbc, "screening-effect");
        jdbc.sql("update work_item set process_id = ?, clock = 'challenge.stage-1' where '/work/' || id = ?").param(family.ref()).param(task).update();
        late(family.ref(), "2020-01-01");
        watch.tell();

        assertThat(mail("kind || ' to ' || recipient")).containsExactly("clock-reminder to " + TestFamily.PRACTITIONER);
        assertThat(mail("body")).singleElement().asString().contains("Answer the disagreement at its first stage", task);
    }

    @Test
    void reportingAChangeSaysWhatItOpenedWithWhomAndByWhen() throws Exception {
        pathway.send("child-looked-after", family.ref(), Map.of("child", family.mia(), "adult", family.mother(), "adultRole", "adult-mental-health-practitioner",
                "lookedAfterOn", families.today().toString()));
        String change = "/families/" + family.ref() + "/changes/review-brought-forward";
        assertThat(web.perform(get("/families/" + family.ref()).with(user(TestFamily.PRACTITIONER))).andReturn().getResponse().getContentAsString())
                .contains("Ask to bring the review forward").doesNotContain("Asked to bring it forward");
        web.perform(post(change).param("child", String.valueOf(family.mia())).param("earlyTrigger", "plan-change").param("what", "She moves.").param("howSoon", "days")
                .with(user(TestFamily.PRACTITIONER)).with(csrf()));
        MvcResult filed = web.perform(post(change + "/check").with(user(TestFamily.PRACTITIONER)).with(csrf())).andReturn();

        assertThat(filed.getFlashMap().get("noticeMore")).asInstanceOf(list(String.class)).singleElement().asString()
                .matches("Opened: Decide on an earlier review, with Nina Farrow, due \\d+ \\w+ \\d{4}");
    }
}
