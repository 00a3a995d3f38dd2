package org.thinkfamily.worklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.family.Families;

/** What a manager sees and does for a team: what is late with others, a worker who is away, a red flag in every list. */
@ThinkFamilyTest
class ManagersWorkTest {

    private static final String MANAGER = "ruth.okafor";
    private static final String COLLEAGUE = "tom.ellery";

    @Autowired
    private MockMvc web;
    @Autowired
    private Families families;
    @Autowired
    private JdbcClient jdbc;

    private TestFamily family;
    private String task;

    @BeforeEach
    void aFamily() {
        family = TestFamily.open(families, jdbc, "Managed");
        task = family.showTask(jdbc, "screening-effect");
        first(task);
    }

    /** Where a list begins, however many tasks other tests have left. */
    private void first(String path) {
        jdbc.sql("update work_item set sort_at = now() - interval '4000 days' where '/work/' || id = ?").param(path).update();
    }

    private String id(String path) {
        return path.substring("/work/".length());
    }

    private String page(String path, String who) throws Exception {
        return web.perform(get(path).with(user(who))).andReturn().getResponse().getContentAsString();
    }

    private String holder(String path) {
        return jdbc.sql("select assignee from work_item where id = ?").param(id(path)).query(String.class).single();
    }

    private MockHttpServletResponse give(String who, String to, String... paths) throws Exception {
        var request = post("/work/team/hand-over").param("to", to).with(user(who)).with(csrf());
        for (String path : paths) {
            request.param("task", id(path));
        }
        return web.perform(request).andReturn().getResponse();
    }

    @Test
    @Requirement("U21")
    void whatIsLateWithAnotherServiceIsAListOfItsOwn() throws Exception {
        String list = "/work/team/late-elsewhere";
        jdbc.sql("update work_item set team_id = 'family-support-east', role = 'childrens-social-worker', assignee = 'maria.santos' where id = ?").param(id(task)).update();
        assertThat(page(list, MANAGER)).as("not late yet").doesNotContain(task);
        jdbc.sql("update work_item set due_on = current_date - 3 where id = ?").param(id(task)).update();
        assertThat(page(list, MANAGER)).contains(task + "\"", "Maria Santos", "overdue");
        assertThat(page(list, TestFamily.PRACTITIONER)).as("manages nobody").doesNotContain(task);
        jdbc.sql("update involvement set ended_on = current_date where family_ref = ? and team_id = 'adult-mental-health'").param(family.ref()).update();
        assertThat(page(list, MANAGER)).as("no longer a family of this team").doesNotContain(task);
    }

    @Test
    @Requirement("S-137")
    void servicesAreComparedByHowTheirManagersLookWithoutNamingAFamily() throws Exception {
        String list = "/work/team/oversight";
        jdbc.sql("update work_item set process_key = 'management-oversight', form_key = 'management-oversight', role = 'adult-team-manager', due_on = current_date - 3, created_at = now() where id = ?")
                .param(id(task)).update();
        String team = jdbc.sql("select t.name from team t where t.id = 'adult-mental-health'").query(String.class).single();
        List<Integer> one = counted(page(list, MANAGER), team);
        assertThat(one.get(0)).as("asked").isPositive();
        assertThat(one.get(3)).as("not yet").isPositive();
        String inTime = family.showTask(jdbc, "screening-effect");
        String late = family.showTask(jdbc, "screening-effect");
        for (String done : new String[] {inTime, late}) {
            jdbc.sql("update work_item set process_key = 'management-oversight', form_key = 'management-oversight', created_at = now(), done_at = now(), entry_id = 1, due_on = current_date + ? where id = ?")
                    .params(done.equals(inTime) ? 1 : -1, id(done)).update();
        }
        List<Integer> three = counted(page(list, MANAGER), team);
        assertThat(IntStream.range(0, 4).mapToObj(at -> three.get(at) - one.get(at))).as("more asked, in time, late, not yet").containsExactly(2, 1, 1, 0);
        assertThat(page(list, MANAGER)).as("numbers only").doesNotContain(family.ref(), "Managed");
        assertThat(web.perform(get(list).with(user(TestFamily.PRACTITIONER))).andReturn().getResponse().getStatus()).isEqualTo(403);
    }

    /** The numbers in the row of a team. */
    private static List<Integer> counted(String page, String team) {
        int row = page.indexOf(">" + team + "</td>");
        assertThat(row).as("row of " + team).isPositive();
        return Pattern.compile(">(\\d+)</td>").matcher(page.substring(row, page.indexOf("</tr>", row))).results().map(found -> Integer.valueOf(found.group(1))).toList();
    }

    @Test
    @Requirement("S-240")
    void whatEachServiceHasNotAnsweredStandsUnderItsName() throws Exception {
        String other = family.showTask(jdbc, "screening-risks");
        first(other);
        jdbc.sql("update work_item set team_id = 'family-support-east', role = 'childrens-social-worker', assignee = 'maria.santos', due_on = current_date - 3 where id = ?").param(id(task)).update();
        jdbc.sql("update work_item set team_id = 'mill-lane-surgery', role = 'gp', assignee = null, due_on = current_date - 3 where id = ?").param(id(other)).update();
        String page = page("/work/team/late-elsewhere?by=service", MANAGER);
        for (String asked : new String[] {task, other}) {
            String team = jdbc.sql("select t.name from work_item w join team t on t.id = w.team_id where w.id = ?").param(id(asked)).query(String.class).single();
            assertThat(page).containsPattern("(?s)<h2[^>]*>\\s*" + team + ": [^<]*</h2>.*?" + id(asked));
        }
        assertThat(page("/work/team?by=service", MANAGER)).as("one list alone offers it").doesNotContain("by=service\"");
    }

    @Test
    @Requirement("U21")
    void theOwnTeamsLateTasksAreNotThere() throws Exception {
        jdbc.sql("update work_item set due_on = current_date - 3 where id = ?").param(id(task)).update();
        assertThat(page("/work/team/late-elsewhere", MANAGER)).doesNotContain(task);
        assertThat(page("/work/team", MANAGER)).contains(task + "\"");
    }

    @Test
    void aManagerGivesTheTickedTasksOfAWorkerWhoIsAwayToAColleague() throws Exception {
        String other = family.showTask(jdbc, "screening-chase");
        String elsewhere = family.showTask(jdbc, "screening-risks");
        jdbc.sql("update work_item set team_id = 'family-support-east', role = 'childrens-social-worker', assignee = 'maria.santos' where id = ?").param(id(elsewhere)).update();
        assertThat(page("/work/team", MANAGER)).contains("form=\"give\" name=\"task\" id=\"give-" + id(task) + "\"", "<option value=\"" + COLLEAGUE + "\">");
        assertThat(page("/work/team", TestFamily.PRACTITIONER)).doesNotContain("id=\"give\"");

        MockHttpServletResponse answer = give(MANAGER, COLLEAGUE, task, other, elsewhere);

        assertThat(answer.getRedirectedUrl()).isEqualTo("/work/team?by=worker");
        assertThat(holder(task)).isEqualTo(COLLEAGUE);
        assertThat(holder(other)).isEqualTo(COLLEAGUE);
        assertThat(holder(elsewhere)).as("another service’s").isEqualTo("maria.santos");
        assertThat(page("/families/" + family.ref(), COLLEAGUE)).as("who takes over sees the family").contains(family.ref());
        assertThat(jdbc.sql("select count(*) from audit_event where action = 'task.hand-over' and family_ref = ?").param(family.ref()).query(Long.class).single()).isEqualTo(2);
    }

    @Test
    void nobodyGivesAwayTasksThatAreNotTheirs() throws Exception {
        give("dee.marsh", COLLEAGUE, task);
        give(MANAGER, "dee.marsh", task);
        assertThat(holder(task)).isEqualTo(TestFamily.PRACTITIONER);
    }

    @Test
    @Requirement("U21")
    void anOpenRedFlagIsSaidInEveryListAndOnTheFamilysPage() throws Exception {
        String words = "Red flag: act the same day";
        String page = "/families/" + family.ref();
        assertThat(page(page, TestFamily.PRACTITIONER)).doesNotContain(words);
        jdbc.sql("""
                insert into clock (family_ref, process_instance_id, name, title, amount, unit, source, status, started_on, due_on, due_at)
                values (:family, :family, 'referral.red-flag', 'Act on a red flag', 0, 'days', 'Local', 'local default', current_date, current_date, now())
                """).param("family", family.ref()).update();

        assertThat(page(page, TestFamily.PRACTITIONER)).contains(words);
        assertThat(page("/work", TestFamily.PRACTITIONER)).containsPattern("(?s)" + family.ref() + "</span>\\s*<strong class=\"govuk-tag govuk-tag--red\">" + words);
        assertThat(page("/work/team", MANAGER)).containsPattern("(?s)" + family.ref() + "</span>\\s*<strong class=\"govuk-tag govuk-tag--red\">" + words);
        assertThat(page("/cases", TestFamily.PRACTITIONER)).containsPattern("(?s)" + family.ref() + "</span> <strong class=\"govuk-tag govuk-tag--red\">" + words);

        jdbc.sql("update work_item set due_on = current_date where '/work/' || id = ?").param(task).update();
        assertThat(page("/work", TestFamily.PRACTITIONER)).as("before what is late").containsSubsequence("Red flag: act today", family.ref());

        jdbc.sql("update clock set met_at = now() where family_ref = ?").param(family.ref()).update();
        assertThat(page(page, TestFamily.PRACTITIONER)).as("somebody has acted").doesNotContain(words);
        assertThat(page("/work", TestFamily.PRACTITIONER)).doesNotContainPattern("(?s)" + family.ref() + "</span>\\s*<strong class=\"govuk-tag govuk-tag--red\">");
    }

    @Test
    @Requirement("U18")
    void whatIsWrongHasAnAddressThatCanBeLoadedAgain() throws Exception {
        MockHttpServletResponse sent = web.perform(post(task).param("children[0].person", "" + family.mia()).param("children[0].worry", "They are up late.")
                .with(user(TestFamily.PRACTITIONER)).with(csrf())).andReturn().getResponse();
        assertThat(sent.getStatus()).isEqualTo(302);
        assertThat(sent.getRedirectedUrl()).isEqualTo(task + "?wrong=true");
        for (int time = 0; time < 2; time++) {
            assertThat(page(task + "?wrong=true", TestFamily.PRACTITIONER)).contains("<title>Error:", "There is a problem", "They are up late.");
        }
        assertThat(page(task, TestFamily.PRACTITIONER)).as("nobody is told before they try").doesNotContain("There is a problem").contains("They are up late.");
        assertThat(page(task + "?wrong=true", MANAGER)).as("who cannot answer it").doesNotContain("There is a problem");
    }
}
