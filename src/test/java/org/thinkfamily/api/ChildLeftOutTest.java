package org.thinkfamily.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.api.ApiClient.Reply;
import org.thinkfamily.family.Families;
import org.thinkfamily.forms.Form;
import tools.jackson.databind.JsonNode;

/** In an entry about several children each is picked by ticking; who is left out is left out for a reason that stays in the entry. */
@ThinkFamilyTest
@Requirement("U03")
class ChildLeftOutTest {

    @LocalServerPort
    private int port;
    @Autowired
    private MockMvc web;
    @Autowired
    private Families families;
    @Autowired
    private JdbcClient jdbc;

    private TestFamily family;
    private String task;
    private ApiClient api;

    @BeforeEach
    void aFamily() {
        family = TestFamily.open(families, jdbc, "Several");
        task = family.showTask(jdbc, "young-carer-offer");
        api = new ApiClient(port);
    }

    private long unborn() {
        return jdbc.sql("""
                with added as (insert into person (first_name, last_name, expected_on) values ('Unborn baby', 'Several', current_date + 60) returning id)
                insert into family_member (family_ref, person_id, position) select :family, id, 'child' from added returning person_id
                """).param("family", family.ref()).query(Long.class).single();
    }

    private String page(String path) throws Exception {
        return web.perform(get(path).with(user(TestFamily.PRACTITIONER))).andReturn().getResponse().getContentAsString();
    }

    private MockHttpServletResponse send(Map<String, String> more) throws Exception {
        MockHttpServletRequestBuilder request = post(task).with(user(TestFamily.PRACTITIONER)).with(csrf()).param("next", "We ask again in May.")
                .param("children[0].person", "" + family.leo()).param("children[0].in", "", "true").param("children[0].offer", "accepted")
                .param("children[1].person", "" + family.mia()).param("children[1].in", "").param("children[1].offer", "declined");
        more.forEach(request::param);
        return web.perform(request).andReturn().getResponse();
    }

    @Test
    void everyFormWithAPartForEachChildCanLeaveAChildOut() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("forms"))) {
            List<Path> forms = files.filter(file -> file.toString().endsWith(".form")).toList();
            for (Path file : forms) {
                Form.read(Files.readString(file)).questions().stream().filter(list -> list.property("about").filter("child"::equals).isPresent())
                        .forEach(list -> assertThat(list.property("leaveOut")).as(file + ", " + list.key()).hasValue("reason"));
            }
        }
    }

    @Test
    void allAreOfferedTheUnbornToo() throws Exception {
        long baby = unborn();
        String page = page(task);
        assertThat(page).contains("Which children is this about?").contains("Unborn baby Several, expected");
        assertThat(page.split("id=\"q-children-\\d-in\"[^>]* checked", -1)).as("each is ticked").hasSize(4);
        assertThat(page).contains("value=\"" + baby + "\"");
    }

    @Test
    void aChildAloneCannotBeLeftOut() throws Exception {
        jdbc.sql("delete from family_member where person_id = ?").param(family.leo()).update();
        assertThat(page(task)).doesNotContain("Which children is this about?");
        Reply reply = complete(List.of(Map.of("person", family.mia(), "leftOut", "Nobody was there.")));
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.pointers()).containsExactly("/answers/children");
    }

    @Test
    void withoutAReasonNobodyIsLeftOutAndNothingTypedIsLost() throws Exception {
        String wrong = page(send(Map.of()).getRedirectedUrl());
        assertThat(wrong).contains("href=\"#q-children-1-leftOut\"", "Say why Mia Several is left out", "We ask again in May.");
        assertThat(wrong).as("she is not asked about").doesNotContain("id=\"q-children-1-offer\"");
        assertThat(wrong).as("what was answered before comes back when she is ticked again").contains("name=\"children[1].offer\" value=\"declined\"");

        assertThat(send(Map.of("children[1].leftOut", "  ")).getRedirectedUrl()).isNotEqualTo(task + "/check");
        assertThat(send(Map.of("children[1].leftOut", "Mia lives with her grandmother.")).getRedirectedUrl()).isEqualTo(task + "/check");
        assertThat(page(task + "/check")).contains("Left out, because", "Mia lives with her grandmother.").contains("The child wants an assessment").doesNotContain("The child does not want one now");
    }

    private Reply complete(List<Map<String, Object>> children) {
        return api.post(TestFamily.PRACTITIONER, "/api/v1" + task + "/complete", Map.of("answers", Map.of("next", "We ask again.", "children", children)));
    }

    @Test
    void anotherProgramLeavesOutTheSameWay() {
        assertThat(complete(List.of(Map.of("person", family.leo(), "offer", "accepted"), Map.of("person", family.mia(), "leftOut", ""))).pointers())
                .containsExactly("/answers/children/1/leftOut");
        assertThat(complete(List.of(Map.of("person", family.leo(), "offer", "accepted"))).pointers()).as("not being sent leaves nobody out").isNotEmpty();
        assertThat(complete(List.of(Map.of("person", family.leo(), "leftOut", "Away."), Map.of("person", family.mia(), "leftOut", "Away."))).pointers())
                .as("an entry about nobody").containsExactly("/answers/children");
    }

    @Test
    void theReasonIsInTheEntryAndTheEntryIsNotAboutThatChild() throws Exception {
        String path = "/api/v1/pathways/referral/form?family=" + family.ref();
        JsonNode form = api.get(TestFamily.PRACTITIONER, path).json();
        List<Map<String, Object>> children = List.of(new LinkedHashMap<>(Map.of("person", family.mia())), Map.of("person", family.leo(), "leftOut", "Leo has never been seen by us."));
        Reply started = new FormRobot(families.today(), Map.of("referral-made.children", children)).answer(form.get("form"), form.get("values"),
                answers -> api.post(TestFamily.PRACTITIONER, "/api/v1/pathways/referral", Map.of("family", family.ref(), "answers", answers)));
        assertThat(started.status()).as(started.text()).isEqualTo(201);

        JsonNode entry = api.get(TestFamily.PRACTITIONER, "/api/v1/families/" + family.ref() + "/entries").json().at("/items/0");
        assertThat(entry.at("/answers/children/1").toString()).contains("Leo has never been seen by us.");
        assertThat(entry.get("about").valueStream().map(JsonNode::asLong)).contains(family.mia()).doesNotContain(family.leo());
        assertThat(page("/families/" + family.ref() + "/entries/" + entry.get("id").asLong())).contains("Left out, because", "Leo has never been seen by us.");
    }
}
