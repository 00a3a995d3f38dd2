package org.thinkfamily.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.family.Families;
import org.thinkfamily.notify.Outbox;
import org.thinkfamily.pathway.Pathway;

/** Whatever names a family leaves one row in the audit: who, in which roles, what, and which families were shown. */
@ThinkFamilyTest
class ReadsAreAuditedTest {

    private static final String MANAGER = "ruth.okafor";

    @Autowired
    private MockMvc web;
    @Autowired
    private Families families;
    @Autowired
    private Pathway pathway;
    @Autowired
    private Outbox outbox;
    @Autowired
    private JdbcClient jdbc;

    private TestFamily family;
    private String lastName;

    @BeforeEach
    void aFamilyWithATask() {
        lastName = "Seen" + UUID.randomUUID().toString().replaceAll("[^a-z]", "");
        family = TestFamily.open(families, jdbc, lastName);
    }

    private record Row(String username, String roles, String action, String familyRef, Set<String> families, Set<Long> people, String subject) { }

    /** The rows that one request writes. */
    private List<Row> rows(String who, MockHttpServletRequestBuilder request) throws Exception {
        long before = jdbc.sql("select coalesce(max(id), 0) from audit_event").query(Long.class).single();
        assertThat(web.perform(request.with(user(who)).with(csrf())).andReturn().getResponse().getStatus()).isEqualTo(200);
        return jdbc.sql("select username, roles, action, family_ref, families, people, subject from audit_event where id > ? order by id").param(before)
                .query((row, n) -> new Row(row.getString(1), row.getString(2), row.getString(3), row.getString(4),
                        row.getArray(5) == null ? null : Set.of((String[]) row.getArray(5).getArray()),
                        row.getArray(6) == null ? null : Set.of((Long[]) row.getArray(6).getArray()), row.getString(7))).list();
    }

    private Row row(String who, MockHttpServletRequestBuilder request) throws Exception {
        List<Row> rows = rows(who, request);
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).username()).isEqualTo(who);
        assertThat(rows.get(0).roles()).isNotBlank();
        return rows.get(0);
    }

    @Test
    void listsOfTasks() throws Exception {
        // Due before everything else, so that it is on the first page whatever other tests have left.
        String task = family.showTask(jdbc, "adult-accepted");
        jdbc.sql("update work_item set sort_at = '2000-01-01' where id = ?").param(task.substring("/work/".length())).update();
        for (MockHttpServletRequestBuilder request : List.of(get("/work"), get("/api/v1/work"))) {
            Row mine = row(TestFamily.PRACTITIONER, request);
            assertThat(mine.action()).isEqualTo("work.mine");
            assertThat(mine.families()).contains(family.ref());
            assertThat(mine.people()).contains(family.mia());
        }
        for (MockHttpServletRequestBuilder request : List.of(get("/work/team"), get("/api/v1/work").param("scope", "team"))) {
            Row team = row(MANAGER, request);
            assertThat(team.action()).isEqualTo("work.team");
            assertThat(team.families()).contains(family.ref());
        }
        assertThat(row(TestFamily.PRACTITIONER, get("/api/v1/work").param("scope", "family").param("family", family.ref())))
                .extracting(Row::action, Row::familyRef).containsExactly("work.family", family.ref());
        assertThat(row(TestFamily.PRACTITIONER, get("/api/v1" + task))).extracting(Row::action, Row::familyRef).containsExactly("task.read", family.ref());
        jdbc.sql("update work_item set done_at = now() where id = ?").param(task.substring("/work/".length())).update();
        assertThat(row(TestFamily.PRACTITIONER, get(task))).extracting(Row::action, Row::familyRef).containsExactly("task.read", family.ref());
    }

    /** A page of a list names no more than it shows. */
    @Test
    void aPageNamesWhatItShows() throws Exception {
        TestFamily.open(families, jdbc, lastName);
        Row page = row(TestFamily.PRACTITIONER, get("/api/v1/families").param("query", lastName).param("limit", "1"));
        assertThat(page.action()).isEqualTo("family.find");
        assertThat(page.families()).hasSize(1);
        assertThat(row(TestFamily.PRACTITIONER, get("/api/v1/work").param("limit", "1")).families()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void listsOfFamilies() throws Exception {
        assertThat(row(TestFamily.PRACTITIONER, get("/cases"))).matches(row -> row.action().equals("cases.list") && row.families().contains(family.ref()));
        assertThat(row(TestFamily.PRACTITIONER, get("/api/v1/families"))).matches(row -> row.action().equals("families.list") && row.families().contains(family.ref()));
        Row found = row(TestFamily.PRACTITIONER, post("/find").param("q", lastName));
        assertThat(found.action()).isEqualTo("family.find");
        assertThat(found.families()).containsExactly(family.ref());
        assertThat(found.people()).containsExactlyInAnyOrder(family.mother(), family.father(), family.mia(), family.leo());
        assertThat(found.subject()).as("what was searched for is a name").isNull();
        assertThat(row("dee.marsh", post("/find").param("q", lastName)).families()).isEmpty();
    }

    @Test
    void diagramsAndMessages() throws Exception {
        pathway.send("referral-made", family.ref(), Map.of("adult", family.mother(), "adultRole", "adult-mental-health-practitioner"));
        String definition = pathway.running(family.ref()).get(0).definitionId();
        assertThat(row(TestFamily.PRACTITIONER, get("/families/" + family.ref() + "/diagrams/" + definition)))
                .extracting(Row::action, Row::familyRef, Row::subject).containsExactly("diagram.read", family.ref(), definition);
        outbox.queue("clock-late", Outbox.To.role("adult-mental-health-practitioner"), family.ref(), null, "/work");
        assertThat(row(MANAGER, get("/messages"))).matches(row -> row.action().equals("messages.list") && row.families().contains(family.ref()));
    }
}
