package org.thinkfamily.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestDatabase;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Actors;
import org.thinkfamily.access.Policy;
import org.thinkfamily.family.Families;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.forms.Component;
import org.thinkfamily.forms.Form;
import org.thinkfamily.forms.Option;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two worlds that differ in one restricted answer: whatever somebody who may not read it fetches is the same in both, apart from ids and times. For every
 * restricted question of every form, so that a new one is tested by being there.
 */
@ThinkFamilyTest
@Requirement({"S-104", "S-178"})
class NonInterferenceTest {

    /** Who is involved by name and may not read one thing or another: both adult services' sides, a GP, a school, a health visitor, a young carers worker. */
    private final List<String> readers = new ArrayList<>(List.of("asha.patel", "ruth.okafor", "anil.gupta", "jane.tully", "bea.coombes", "zoe.finch", "ben.adeyemi"));
    private static final String CANARY = "Quokkaberry";

    @Autowired
    private MockMvc web;
    @Autowired
    private Families families;
    @Autowired
    private Actors actors;
    @Autowired
    private Policy policy;
    @Autowired
    private Fillings fillings;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private JsonMapper json;

    /** Numbers of the same length in both worlds, since what happened at the same moment is ordered by them. */
    @BeforeAll
    static void numbersAreLong(@Autowired DataSource database) throws SQLException {
        try (Connection owner = TestDatabase.owner(database); Statement statement = owner.createStatement()) {
            for (String table : List.of("involvement", "entry", "attachment")) {
                statement.execute("alter table " + table + " alter column id restart with 1000000");
            }
        }
    }

    private record Question(Form form, Component list, Component question) {

        String restriction() {
            return question.property("restricted").orElseThrow();
        }
    }

    /** @param file an attachment that is restricted as the answer is; 0: there is none */
    private record World(TestFamily family, long entry, String task, long file) { }

    private static List<Question> restricted() {
        List<Question> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("forms"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".form")).sorted().toList()) {
                Form form = Form.read(Files.readString(file));
                collect(form, form.components(), null, found);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return found;
    }

    private static void collect(Form form, List<Component> components, Component list, List<Question> found) {
        for (Component component : components) {
            if (component.property("restricted").isPresent()) {
                found.add(new Question(form, list, component));
            }
            collect(form, component.components(), component.type() == Component.Type.LIST ? component : list, found);
        }
    }

    @Test
    void thereIsSomethingToKeepFromSomebody() {
        Set<String> restrictions = new TreeSet<>();
        restricted().forEach(question -> restrictions.add(question.restriction()));
        assertThat(restrictions).containsExactlyInAnyOrder("advance-statement", "anonymous-referrer", "child-view", "information-governance", "third-party-history", "withheld-address");
        assertThat(restricted()).hasSizeGreaterThan(12);
    }

    @TestFactory
    Stream<DynamicTest> whoMayNotReadAnAnswerCannotTellThatItIsThere() {
        return restricted().stream().map(question -> DynamicTest.dynamicTest(question.form().id() + "." + question.question().key(), () -> compare(question)));
    }

    private void compare(Question question) throws Exception {
        String name = "Twin" + question.form().id().replaceAll("\\W", "") + question.question().key();
        World with = world(question, name, true);
        compare(name, question.restriction(), world(question, name, false), with);
        String may = question.restriction().equals("information-governance") ? "edith.quill" : TestFamily.SOCIAL_WORKER;
        involve(with, may);
        assertThat(body(get("/api/v1/families/" + with.family().ref() + "/entries"), may)).as("who may, does").contains('"' + question.question().key() + '"');
        boolean shown = body(get("/families/" + with.family().ref() + "/entries/" + with.entry()), may).contains(CANARY + " in confidence"); // some are asked only after another answer
        assertThat(body(document(with, "file"), may)).as("on paper too").contains(shown ? CANARY + " in confidence" : "Shown for comparing");
        end(with, may);
    }

    /** As one who may not read it, another one each time. */
    private void compare(String name, String restriction, World without, World with) throws Exception {
        Collections.rotate(readers, 1);
        end(without, TestFamily.PRACTITIONER);
        end(with, TestFamily.PRACTITIONER);
        int forbidden = 0;
        for (String reader : readers) {
            involve(without, reader); // in one world at a time, so that lists show no other
            Actor actor = actors.find(reader).orElseThrow();
            boolean compared = !policy.mayRead(actor, without.family().ref(), restriction) && ++forbidden == 1;
            List<String> told = policy.seesOwnPart(actor, without.family().ref()) ? List.of() : List.of("story", "chronology", "paper"); // else no entry of others is there at all
            Map<String, String> one = compared ? everything(without, name, reader) : Map.of();
            end(without, reader);
            involve(with, reader);
            Map<String, String> other = compared ? everything(with, name, reader) : Map.of();
            end(with, reader);
            one.forEach((what, body) -> assertThat(other.get(what)).as(what + " as " + reader).isEqualTo(body).doesNotContain(CANARY + " in confidence", CANARY + ".pdf"));
            String title = jdbc.sql("select title from entry where id = ?").param(with.entry()).query(String.class).single();
            told.forEach(shown -> assertThat(one.getOrDefault(shown, title)).as(shown).contains(title));
        }
        assertThat(forbidden).as("readers who may not read " + restriction).isGreaterThanOrEqualTo(3);
    }

    /** Where a child lives that must not be known: said in one world and not in the other, by the form and with all that follows from it. */
    @Test
    void whoMayNotKnowAWithheldAddressCannotTellThatThereIsOne() throws Exception {
        String name = "Twinaddress";
        World with = moved(name, Map.of("withheld", "yes", "withheldAddress", CANARY + " in confidence"));
        World without = moved(name, Map.of());
        compare(name, "withheld-address", without, with);
        assertThat(body(get("/families/" + with.family().ref() + "/people/" + with.family().mia()), TestFamily.SOCIAL_WORKER)).as("who may, does").contains(CANARY + " in confidence");
        assertThat(mails(with)).isEqualTo(mails(without));
    }

    private List<String> mails(World world) {
        return jdbc.sql("select recipient || subject || body from outgoing_mail where family_ref = ? order by id").param(world.family().ref()).query(String.class).list().stream().map(NonInterferenceTest::plain).toList();
    }

    /** Her address is known to all at first. */
    private World moved(String name, Map<String, Object> said) {
        TestFamily family = TestFamily.open(families, jdbc, name);
        say(family, Map.of("withheld", "no", "address", "4 Market Street, Northmoor"));
        long entry = say(family, said);
        return new World(family, entry, family.showTask(jdbc, "person-facts"), 0);
    }

    private long say(TestFamily family, Map<String, Object> said) {
        Map<String, Object> answers = new LinkedHashMap<>(Map.of("person", String.valueOf(family.mia()), "instead", "changed", "source", "own", "status", "seen"));
        answers.putAll(said);
        Actor maria = actors.find(TestFamily.SOCIAL_WORKER).orElseThrow();
        return file(fillings.start(maria, "person-facts", family.ref()), maria, answers);
    }

    /** A request that is kept, refused and told, with its entries, tasks, time limits and place in the chronology. */
    @Test
    @Requirement({"S-194", "S-178"})
    void whomARequestIsKeptFromCannotTellThatItWasMade() throws Exception {
        String name = "Twinkept";
        World without = sharing(name, false);
        World with = sharing(name, true);
        end(without, TestFamily.PRACTITIONER);
        end(with, TestFamily.PRACTITIONER);
        for (String reader : List.of("asha.patel", "ruth.okafor")) {
            involve(without, reader);
            Map<String, String> one = everythingOfSharing(without, name, reader);
            end(without, reader);
            involve(with, reader);
            Map<String, String> other = everythingOfSharing(with, name, reader);
            one.forEach((what, body) -> assertThat(other.get(what)).as(what + " as " + reader).isEqualTo(body));
            assertThat(body(get("/families/" + with.family().ref() + "/entries/" + kept(with)), reader)).contains("Page not found");
            end(with, reader);
        }
        assertThat(body(get("/families/" + with.family().ref() + "/sharing"), TestFamily.SOCIAL_WORKER)).as("who may, does").contains("Nothing is shared");
        assertThat(body(get("/families/" + with.family().ref() + "/entries/" + kept(with)), "nina.farrow")).as("the reviewing officer").doesNotContain("Page not found").contains(CANARY + " in confidence");
    }

    private long kept(World world) {
        return jdbc.sql("select max(id) from entry where family_ref = ? and form_key = 'sharing-decision'").param(world.family().ref()).query(Long.class).single();
    }

    private World sharing(String name, boolean asked) {
        TestFamily family = TestFamily.open(families, jdbc, name);
        if (asked) {
            Actor maria = actors.find(TestFamily.SOCIAL_WORKER).orElseThrow();
            file(fillings.start(maria, "sharing-decision", family.ref()), maria, Map.of("direction", "asked-of-me", "askedBy", "Police", "person", String.valueOf(family.mother()), "recipient", "police",
                    "recipientWho", CANARY + " in confidence", "items", List.of("risk-to-child"), "purpose", CANARY + " in confidence", "kept", "yes"));
            file(fillings.task(maria, task(family, "decide-own")), maria, Map.of("decision", "refused", "reason", CANARY + " in confidence", "consentState", "not-sought", "told", "not-yet"));
        }
        return new World(family, 0, family.showTask(jdbc, "adult-accepted"), 0);
    }

    private String task(TestFamily family, String step) {
        return jdbc.sql("select id from work_item where family_ref = ? and step_key = ? and done_at is null").param(family.ref()).param(step).query(String.class).single();
    }

    private long file(Filling filling, Actor actor, Map<String, Object> answers) {
        CheckedForm checked = fillings.check(filling, fillings.context(filling), answers);
        assertThat(checked.problems()).isEmpty();
        return fillings.file(filling, checked, actor, null).entry();
    }

    private Map<String, String> everythingOfSharing(World world, String name, String reader) throws Exception {
        Map<String, String> got = new LinkedHashMap<>(everything(world, name, reader));
        String family = "/families/" + world.family().ref();
        for (String page : List.of("/sharing", "/chronology", "/documents", "/people/" + world.family().mother(), "/people/" + world.family().mother() + "/own-copy")) {
            got.put(page.replaceAll("\\d+", "#"), body(get(family + page), reader));
        }
        got.put("API chronology", body(get("/api/v1" + family + "/chronology"), reader));
        return got;
    }

    private World world(Question question, String name, boolean told) {
        TestFamily family = TestFamily.open(families, jdbc, name);
        Map<String, Object> answers = new LinkedHashMap<>();
        Map<String, Object> row = new LinkedHashMap<>();
        if (question.list() != null) {
            row.put("person", "parent".equals(question.list().property("about").or(() -> question.list().property("people")).orElse("")) ? family.mother() : family.mia());
            answers.put(question.list().key(), List.of(row));
        }
        if (told) {
            (question.list() == null ? answers : row).put(question.question().key(), value(question.question()));
        }
        long entry = jdbc.sql("""
                insert into entry (family_ref, title, process_key, step_key, form_key, form_version, deployment_id, about, answers, author, author_name, role, service, filed_at)
                select :family, 'Shown for comparing', 'shown', 'shown', key_, 1, deployment_id_, array[:mia], cast(:answers as jsonb), 'lucy.hart', 'Lucy Hart', 'childrens-social-worker', 'Westerby', now()
                  from act_re_camformdef where key_ = :form order by version_ desc limit 1 returning id
                """).param("family", family.ref()).param("mia", family.mia()).param("answers", json.writeValueAsString(answers)).param("form", question.form().id())
                .query(Long.class).single();
        return new World(family, entry, family.showTask(jdbc, question.form().id()), told ? attached(family, entry, question.restriction()) : 0);
    }

    private long attached(TestFamily family, long entry, String restriction) {
        return jdbc.sql("""
                insert into attachment (family_ref, entry_id, name, media_type, bytes, restricted, scan, added_by, added_by_name, added_at)
                values (:family, :entry, :name, 'application/pdf', 3, :restriction, 'none', 'lucy.hart', 'Lucy Hart', now()) returning id
                """).param("family", family.ref()).param("entry", entry).param("name", CANARY + ".pdf").param("restriction", restriction).query(Long.class).single();
    }

    private static Object value(Component question) {
        return switch (question.type()) {
            case RADIO, SELECT -> question.options().get(0).value();
            case CHECKLIST -> question.options().stream().map(Option::value).limit(1).toList();
            case CHECKBOX -> true;
            case NUMBER -> 3;
            case DATE -> "2026-01-02";
            default -> CANARY + " in confidence";
        };
    }

    private void involve(World world, String reader) {
        jdbc.sql("""
                insert into involvement (family_ref, role, team_id, username, began_on)
                select ?, (select min(role) from user_role r where r.username = u.username), team_id, username, current_date from app_user u where username = ? on conflict do nothing
                """).params(world.family().ref(), reader).update();
        jdbc.sql("update work_item set assignee = ?, done_at = null where '/work/' || id = ?").params(reader, world.task()).update();
    }

    private void end(World world, String reader) {
        jdbc.sql("update involvement set ended_on = current_date where family_ref = ? and username = ? and ended_on is null").params(world.family().ref(), reader).update();
        jdbc.sql("update work_item set done_at = now() where '/work/' || id = ?").param(world.task()).update(); // a manager sees each open task of the team
    }

    /** Every address that can say something of the family, by what it is, without ids and times. */
    private Map<String, String> everything(World world, String name, String reader) throws Exception {
        String family = "/families/" + world.family().ref();
        Map<String, MockHttpServletRequestBuilder> asked = new LinkedHashMap<>();
        asked.put("family", get(family));
        asked.put("summary", get(family + "/summary"));
        asked.put("story", get(family + "/story"));
        asked.put("whole story", get(family + "/story").param("whole", "true"));
        asked.put("entry", get(family + "/entries/" + world.entry()));
        asked.put("correction", get(family + "/entries/" + world.entry() + "/correct"));
        asked.put("chronology", get(family + "/chronology"));
        asked.put("chronology, oldest first", get(family + "/chronology").param("order", "oldest").param("person", String.valueOf(world.family().mia())));
        asked.put("item of the chronology", get(family + "/chronology/items/entry-" + world.entry()));
        asked.put("person", get(family + "/people/" + world.family().mia()));
        asked.put("file", get(family + "/entries/" + world.entry() + "/files/" + world.file()));
        asked.put("paper", document(world, "file"));
        asked.put("paper of the entry", document(world, "entry").param("entry", String.valueOf(world.entry())));
        asked.put("API chronology", get("/api/v1" + family + "/chronology"));
        asked.put("task", get(world.task()));
        asked.put("blank", get(world.task() + "/blank"));
        asked.put("my work", get("/work"));
        asked.put("team work", get("/work/team"));
        asked.put("cases", get("/cases"));
        asked.put("messages", get("/messages"));
        asked.put("find the name", post("/find").param("q", name).with(csrf()));
        asked.put("find the address", post("/find").param("q", "4 Market Street").with(csrf()));
        asked.put("find the word", post("/find").param("q", CANARY).with(csrf()));
        asked.put("API family", get("/api/v1" + family));
        asked.put("API entries", get("/api/v1" + family + "/entries"));
        asked.put("API clocks", get("/api/v1" + family + "/clocks"));
        asked.put("API decisions", get("/api/v1" + family + "/decisions"));
        asked.put("API work of the family", get("/api/v1/work").param("scope", "family").param("family", world.family().ref()));
        asked.put("API my work", get("/api/v1/work").param("limit", "200"));
        asked.put("API form", get("/api/v1" + world.task() + "/form"));
        asked.put("API list", get("/api/v1/families").param("query", name));
        asked.put("API list by the word", get("/api/v1/families").param("query", CANARY));
        asked.put("API search", post("/api/v1/families/search").contentType(MediaType.APPLICATION_JSON).content("{\"query\":\"" + CANARY + "\"}"));
        Map<String, String> got = new LinkedHashMap<>();
        for (Map.Entry<String, MockHttpServletRequestBuilder> each : asked.entrySet()) {
            got.put(each.getKey(), body(each.getValue(), reader));
        }
        return got;
    }

    private MockHttpServletRequestBuilder document(World world, String what) {
        return post("/families/" + world.family().ref() + "/documents").param("what", what).param("recipient", "self").param("purpose", "Conference").with(csrf());
    }

    private String body(MockHttpServletRequestBuilder request, String who) throws Exception {
        MockHttpServletResponse answer = web.perform(request.with(user(who))).andReturn().getResponse();
        if (MediaType.APPLICATION_PDF_VALUE.equals(answer.getContentType())) {
            try (PDDocument document = Loader.loadPDF(answer.getContentAsByteArray())) {
                return plain(document.getNumberOfPages() + " pages " + new PDFTextStripper().getText(document).replaceAll("\\s+", " "));
            }
        }
        return plain(answer.getStatus() + " " + answer.getHeaderNames().stream().filter(name -> !name.equals("Set-Cookie")).sorted().map(name -> name + answer.getHeaders(name)).toList() + answer.getContentAsString());
    }

    private static String plain(String text) {
        return text
                .replaceAll("(name=\"(?:_csrf|csrf-token)\"[^>]*(?:value|content)=)\"[^\"]*\"", "$1")
                .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "#").replaceAll("\\d+", "#");
    }
}
