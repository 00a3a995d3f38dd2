package org.thinkfamily.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.family.Families;

/** Two people on one task: the second keeps a copy on the page, and nothing of it in the database. */
@ThinkFamilyTest
class WhoComesSecondTest {

    private static final String MANAGER = "ruth.okafor";

    @Autowired
    private MockMvc web;
    @Autowired
    private Families families;
    @Autowired
    private JdbcClient jdbc;

    private String task;

    @BeforeEach
    void aTask() {
        task = TestFamily.open(families, jdbc, "Example").showTask(jdbc, "adult-accepted");
    }

    private MockHttpServletResponse ask(String who, MockHttpServletRequestBuilder request) throws Exception {
        return web.perform(request.with(user(who)).with(csrf())).andReturn().getResponse();
    }

    private List<String> drafts() {
        return jdbc.sql("select username from draft where subject = 'task:' || ?").param(task.substring("/work/".length())).query(String.class).list();
    }

    @Test
    void answersToATaskOfSomebodyElseAreShownAndNotKept() throws Exception {
        for (MockHttpServletRequestBuilder request : List.of(post(task), post(task + "/draft"), put(task + "/draft"))) {
            MockHttpServletResponse refused = ask(MANAGER, request.param("firstName", "Rosalind"));
            assertThat(refused.getStatus()).isEqualTo(409);
            assertThat(refused.getContentAsString()).contains("Rosalind");
            assertThat(drafts()).isEmpty();
        }
        assertThat(ask(TestFamily.PRACTITIONER, post(task).param("firstName", "Rosalind")).getStatus()).isEqualTo(302);
        assertThat(drafts()).containsExactly(TestFamily.PRACTITIONER);
    }

    @Test
    void answersToATaskThatWaitsForAnotherRoleAreRefused() throws Exception {
        jdbc.sql("update work_item set assignee = null, role = 'iro', team_id = 'reviewing' where '/work/' || id = ?").param(task).update();
        assertThat(ask(TestFamily.PRACTITIONER, post(task).param("firstName", "Rosalind")).getStatus()).isEqualTo(403);
        assertThat(ask(TestFamily.PRACTITIONER, put(task + "/draft").param("firstName", "Rosalind")).getStatus()).isEqualTo(403);
        assertThat(drafts()).isEmpty();
    }

    @Test
    void theOwnAnswersStandBesideWhatWasFiled() throws Exception {
        ask(TestFamily.PRACTITIONER, put(task + "/draft").param("firstName", "Rosalind"));
        jdbc.sql("""
                with filed as (
                  insert into entry (family_ref, title, process_key, step_key, form_key, form_version, deployment_id, about, answers, author, author_name, role, service, filed_at)
                  select family_ref, name, process_key, step_key, form_key, 1, deployment_id, '{}', '{"firstName": "Rosamund"}', 'tom.ellery', 'Tom Ellery', role, 'Northmoor', now()
                    from work_item where '/work/' || id = :task returning id)
                update work_item set done_at = now(), done_by = 'tom.ellery', entry_id = filed.id from filed where '/work/' || work_item.id = :task
                """).param("task", task).update();
        MockHttpServletResponse refused = ask(TestFamily.PRACTITIONER, get(task + "/check"));
        assertThat(refused.getStatus()).isEqualTo(409);
        assertThat(refused.getContentAsString()).contains("Tom Ellery", "What was filed", "Rosamund", "Your own answers", "Rosalind");
        String own = refused.getContentAsString().substring(refused.getContentAsString().indexOf("Your own answers"));
        assertThat(own).as("neither what is known nor what was left blank").doesNotContain("Rosa<", "1 May 1990", "Not answered", "Rosamund");
    }
}
