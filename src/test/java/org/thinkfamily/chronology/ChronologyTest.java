package org.thinkfamily.chronology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Actors;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.family.Families;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.forms.Form;
import org.thinkfamily.record.Entries;
import org.thinkfamily.record.Entry;
import org.thinkfamily.worklist.Corrections;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;
import org.thinkfamily.worklist.ReleasedForms;

/** One line of time for all services. */
@ThinkFamilyTest
class ChronologyTest {

    @Autowired
    private MockMvc web;
    @Autowired
    private Chronology chronology;
    @Autowired
    private Families families;
    @Autowired
    private Entries entries;
    @Autowired
    private ReleasedForms forms;
    @Autowired
    private Fillings fillings;
    @Autowired
    private Corrections corrections;
    @Autowired
    private Actors actors;
    @Autowired
    private JdbcClient jdbc;

    private TestFamily family;
    private Actor asha;

    @BeforeEach
    void aFamily() {
        family = TestFamily.open(families, jdbc, "Line");
        asha = actors.find(TestFamily.PRACTITIONER).orElseThrow();
    }

    private Entry file(Actor author, String key, Map<String, Object> answers, Entry corrects) {
        String deployment = jdbc.sql("select deployment_id_ from act_re_camformdef where key_ = ? order by version_ desc limit 1").param(key).query(String.class).single();
        Form form = forms.get(deployment, key).form();
        Entries.Step step = new Entries.Step(family.ref(), "Step " + key, "shown", null, "shown", null, deployment, 1, "adult-mental-health-practitioner", Map.of());
        return (corrects == null ? entries.file(step, form, answers, author) : entries.correct(corrects, step, form, answers, author, "It was wrong.")).entry();
    }

    private List<Happening> read(Chronology.Filter filter) {
        return chronology.read(asha, family.ref(), filter, null, 1000);
    }

    private List<Happening> of(String kind) {
        return read(new Chronology.Filter(null, null, Set.of(kind), false, false));
    }

    private String page(String path, String who) throws Exception {
        return web.perform(get("/families/" + family.ref() + "/chronology" + path).with(user(who))).andReturn().getResponse().getContentAsString();
    }

    private Map<String, Object> event(Object... more) {
        Map<String, Object> answers = new HashMap<>(Map.of("title", "Admitted to hospital", "precision", "month", "month", "03", "year", 2014, "origin", "health",
                "source", "Paper file of 2014", "confidence", "likely"));
        for (int i = 0; i < more.length; i += 2) {
            answers.put(more[i].toString(), more[i + 1]);
        }
        return answers;
    }

    private Entry add(Map<String, Object> answers) {
        Filling filling = fillings.start(asha, "history-event", family.ref());
        CheckedForm checked = fillings.check(filling, fillings.context(filling), answers);
        assertThat(checked.problems()).isEmpty();
        fillings.file(filling, checked, asha, null);
        return entries.newest(family.ref(), "history-event", null).orElseThrow();
    }

    private MockHttpServletResponse upload(String csv, Charset charset) throws Exception {
        return web.perform(multipart("/families/" + family.ref() + "/chronology/import").file(new MockMultipartFile("file", "events.csv", "text/csv", csv.getBytes(charset)))
                .with(user(TestFamily.PRACTITIONER)).with(csrf())).andReturn().getResponse();
    }

    @Test
    @Requirement({"U06", "S-047", "S-094"})
    void itIsBuiltFromWhatEveryServiceHasDone() {
        Entry entry = file(asha, "early-help", Map.of("agreed", "yes", "plan", "Help."), null);
        file(actors.find(TestFamily.SOCIAL_WORKER).orElseThrow(), "early-help", Map.of("agreed", "no"), null);
        jdbc.sql("insert into care_period (family_ref, child_id, from_on, legal_status, placement, entry_id, ended_on, end_reason, ended_entry_id) values (?, ?, date '2024-01-10', 'V2', 'U6', ?, date '2024-05-01', 'E4A', ?)")
                .params(List.of(family.ref(), family.mia(), entry.id(), entry.id())).update();
        jdbc.sql("insert into review (care_period_id, number, kind, due_on, held_on, participation, held_entry_id) select id, 1, 'first', date '2024-02-07', date '2024-02-06', 'PN1', ? from care_period where family_ref = ?")
                .params(List.of(entry.id(), family.ref())).update();
        jdbc.sql("insert into contact_decision (child_id, parent_id, what, on_day, role, decided_by, entry_id) values (?, ?, 'stopped', date '2024-03-01', 'childrens-social-worker', 'maria.santos', ?)")
                .params(List.of(family.mia(), family.mother(), entry.id())).update();
        jdbc.sql("insert into parent_condition (family_ref, parent_id, condition, since_on, decided_by, role, entry_id) values (?, ?, 'unwell', date '2024-03-01', 'asha.patel', 'adult-mental-health-practitioner', ?)")
                .params(List.of(family.ref(), family.mother(), entry.id())).update();
        for (String times : List.of("now() - interval '3 days', null", "now() - interval '3 days', now() - interval '4 days'", "now() - interval '3 days', now() - interval '1 day'", "now() + interval '3 days', null")) {
            jdbc.sql("""
                    insert into clock (family_ref, process_instance_id, name, title, amount, unit, source, status, started_on, due_on, due_at, met_at)
                    values (?, gen_random_uuid(), 'screening', 'Screening', 5, 'working-days', 'Agreed', 'local default', current_date - 9, current_date - 3,
                    """ + times + ")").param(family.ref()).update();
        }
        jdbc.sql("update involvement set began_on = current_date - 30, ended_on = current_date - 1 where family_ref = ? and username = 'nina.farrow'").param(family.ref()).update();
        for (String name : List.of("What led to it", "Red flags")) {
            jdbc.sql("insert into decision_taken (family_ref, person_id, decision, name, version, definition_id, decided_at, inputs, rules, outputs) values (?, ?, 'red-flags', ?, 1, 'x', current_date, '{}', '[]', '[]')")
                    .params(List.of(family.ref(), family.mia(), name)).update();
        }
        add(event());

        assertThat(of("entry")).extracting(Happening::title, Happening::service).hasSize(2).doesNotHaveDuplicates();
        assertThat(of("care")).extracting(Happening::title).containsExactly("No longer looked after", "Review of care number 1 held",
                "Became looked after: Accommodated, one period, section 20 (V2). Foster care, other (U6).");
        assertThat(of("contact")).extracting(Happening::title).containsExactlyInAnyOrder("Contact with Rosa Line stopped in an emergency", "Rosa Line is now: Unwell");
        assertThat(of("clock")).extracting(Happening::title).hasSize(3).anyMatch(title -> title.contains("not done by")).anyMatch(title -> title.contains("done late")).anyMatch(title -> title.contains("done in time"));
        assertThat(of("involvement")).extracting(Happening::title).hasSize(4).anyMatch(title -> title.equals("Nina Farrow is no longer involved (Independent reviewing officer)"));
        assertThat(of("decision")).singleElement().satisfies(decision -> assertThat(decision).extracting(Happening::title, Happening::about).containsExactly("Red flags", Set.of(family.mia())));
        assertThat(of("entry")).allSatisfy(filed -> assertThat(filed.day()).as("with the time of day").isEqualTo(Dates.moment(filed.at())));
        assertThat(of("contact")).allSatisfy(contact -> assertThat(contact.day()).as("of a day").isEqualTo(Dates.day(contact.at())));
        assertThat(of("history")).singleElement().satisfies(before -> {
            assertThat(before.title()).isEqualTo("Admitted to hospital");
            assertThat(before.day()).isEqualTo("March 2014");
            assertThat(before.source()).isEqualTo("Paper file of 2014");
            assertThat(before.confidence()).isEqualTo("likely");
        });
        List<Happening> all = read(Chronology.Filter.ALL);
        assertThat(all).hasSize(2 + 3 + 2 + 3 + 4 + 1 + 1).isSortedAccordingTo((one, two) -> two.at().compareTo(one.at()));
        assertThat(all.get(all.size() - 1).kind()).isEqualTo("history");
    }

    @Test
    @Requirement("U06")
    void itIsFilteredByPersonServiceKindAndSignificance() throws Exception {
        Entry entry = file(asha, "early-help", Map.of("agreed", "yes", "plan", "Help."), null);
        jdbc.sql("insert into care_period (family_ref, child_id, from_on, legal_status, placement, entry_id) values (?, ?, date '2024-01-10', 'V2', 'U6', ?)")
                .params(List.of(family.ref(), family.mia(), entry.id())).update();
        add(event("whom", List.of(String.valueOf(family.leo()))));
        assertThat(read(new Chronology.Filter(family.mia(), null, Set.of(), false, false))).extracting(Happening::kind).contains("care", "involvement", "entry").doesNotContain("history");
        assertThat(read(new Chronology.Filter(family.leo(), null, Set.of(), false, false))).extracting(Happening::kind).contains("history", "involvement").doesNotContain("care");
        assertThat(page("?kind=history", TestFamily.PRACTITIONER).replaceAll("\\s+", " ")).contains("From before. Asha Patel, GP, hospital or health visitor. About Leo Line.");
        assertThat(read(new Chronology.Filter(null, "origin:health", Set.of(), false, false))).extracting(Happening::kind).containsExactly("history");
        assertThat(read(new Chronology.Filter(null, entry.service(), Set.of(), false, false))).extracting(Happening::kind).containsOnly("entry", "involvement");
        assertThat(read(new Chronology.Filter(null, null, Set.of(), true, false))).extracting(Happening::kind).containsExactly("care");
        assertThat(chronology.services(family.ref())).extracting(Chronology.Choice::key).contains(entry.service(), "origin:health").doesNotHaveDuplicates();
    }

    @Test
    void pagesGoOnWhereTheLastEndedInBothOrders() {
        for (int i = 0; i < 25; i++) {
            add(event("title", "Event " + i, "precision", "year", "year", 2000 + i % 5));
        }
        for (boolean oldest : List.of(true, false)) {
            Chronology.Filter filter = new Chronology.Filter(null, null, Set.of(), false, oldest);
            assertThat(inParts(filter)).hasSize(28).containsExactlyElementsOf(read(filter).stream().map(Happening::item).toList());
        }
        assertThat(Chronology.After.of("1.entry-1; drop")).isEmpty();
    }

    /** The items as somebody meets them who goes from page to page. */
    private List<String> inParts(Chronology.Filter filter) {
        List<String> parts = new ArrayList<>();
        Chronology.After after = null;
        for (List<Happening> part = chronology.read(asha, family.ref(), filter, null, 7); !part.isEmpty(); part = chronology.read(asha, family.ref(), filter, after, 7)) {
            part.forEach(item -> parts.add(item.item()));
            Happening last = part.get(part.size() - 1);
            after = Chronology.After.of(new Chronology.After(last.at(), last.item()).key()).orElseThrow();
        }
        return parts;
    }

    @Test
    void noPageLosesAnEntryWhenManyWereFiledAtTheSameMoment() {
        Entry wrong = file(asha, "early-help", Map.of("agreed", "yes", "plan", "Help."), null);
        jdbc.sql("""
                insert into entry (family_ref, title, process_key, step_key, form_key, form_version, deployment_id, about, answers, author, author_name, role, service, filed_at)
                select e.family_ref, 'Same moment', e.process_key, e.step_key, e.form_key, e.form_version, e.deployment_id, case when n % 2 = 0 then '{}' else array[:mia] end, e.answers,
                       e.author, e.author_name, e.role, case when n % 3 = 0 then 'Another service' else e.service end, e.filed_at - n / 20 * interval '1 day'
                  from entry e, generate_series(1, 60) n where e.id = :like
                """).param("mia", family.mia()).param("like", wrong.id()).update();
        Entry right = file(asha, "early-help", Map.of("agreed", "no"), wrong);
        for (boolean oldest : List.of(true, false)) {
            for (Chronology.Filter filter : List.of(new Chronology.Filter(null, null, Set.of(), false, oldest), new Chronology.Filter(family.mia(), "Another service", Set.of("entry"), false, oldest))) {
                assertThat(inParts(filter)).doesNotHaveDuplicates().containsExactlyElementsOf(read(filter).stream().map(Happening::item).toList());
            }
            assertThat(inParts(new Chronology.Filter(null, null, Set.of("entry"), false, oldest))).hasSize(61).contains("entry-" + right.id()).doesNotContain("entry-" + wrong.id());
        }
        assertThat(chronology.count(family.ref(), new Chronology.Filter(null, null, Set.of("entry"), false, false))).isEqualTo(61);
    }

    @Test
    @Requirement("U06")
    void whatWasFiledAtOneMomentStandsAsItWasWrittenDown() {
        Entry like = file(asha, "early-help", Map.of("agreed", "yes", "plan", "Help."), null);
        // Far from the numbers the sequence gives, which other tests will draw from it.
        long first = jdbc.sql("select 9 * cast(power(10, 6 + length(cast(max(id) as text))) as bigint) + 9 from entry").query(Long.class).single();
        for (long id : List.of(first * 10 + 9, first * 10 + 10, first)) {
            jdbc.sql("""
                    insert into entry (id, family_ref, title, process_key, step_key, form_key, form_version, deployment_id, about, answers, author, author_name, role, service, filed_at)
                    overriding system value
                    select :id, family_ref, title, process_key, step_key, form_key, form_version, deployment_id, about, answers, author, author_name, role, service, filed_at - interval '1 hour' from entry where id = :like
                    """).param("id", id).param("like", like.id()).update();
        }
        List<String> newest = List.of("entry-" + like.id(), "entry-" + (first * 10 + 10), "entry-" + (first * 10 + 9), "entry-" + first);
        Chronology.Filter filter = new Chronology.Filter(null, null, Set.of("entry"), false, false);
        assertThat(read(filter)).extracting(Happening::item).containsExactlyElementsOf(newest);
        assertThat(inParts(filter)).containsExactlyElementsOf(newest);
        assertThat(read(new Chronology.Filter(null, null, Set.of("entry"), false, true))).extracting(Happening::item).containsExactly("entry-" + first, "entry-" + (first * 10 + 9), "entry-" + (first * 10 + 10), "entry-" + like.id());
    }

    @Test
    @Requirement("U06")
    void whatIsSignificantIsSaidWithAReasonAndCanBeTakenBack() throws Exception {
        Entry entry = file(asha, "early-help", Map.of("agreed", "yes", "plan", "Help."), null);
        String item = "entry-" + entry.id();
        String path = "/families/" + family.ref() + "/chronology/items/" + item;
        String wrong = web.perform(post(path).param("significant", "true").param("reason", " ").with(user(TestFamily.PRACTITIONER)).with(csrf())).andReturn().getResponse().getContentAsString();
        assertThat(wrong).contains("govuk-error-summary", "Say why", "Error:");
        assertThat(read(new Chronology.Filter(null, null, Set.of(), true, false))).isEmpty();
        web.perform(post(path).param("significant", "true").param("reason", "First help offered.").with(user(TestFamily.PRACTITIONER)).with(csrf()));
        assertThat(read(new Chronology.Filter(null, null, Set.of(), true, false))).singleElement().satisfies(found -> {
            assertThat(found.item()).isEqualTo(item);
            assertThat(found.mark().reason()).isEqualTo("First help offered.");
            assertThat(found.mark().by()).isEqualTo("Asha Patel");
        });
        assertThat(page("", TestFamily.SOCIAL_WORKER)).contains(">Significant</strong>", "First help offered.", "Marked as significant by Asha Patel");
        web.perform(post(path).param("significant", "false").param("reason", "It came to nothing.").with(user(TestFamily.SOCIAL_WORKER)).with(csrf()));
        assertThat(read(new Chronology.Filter(null, null, Set.of(), true, false))).isEmpty();
        assertThat(page("/items/" + item, TestFamily.PRACTITIONER)).contains("First help offered.", "It came to nothing.");
        assertThat(jdbc.sql("select count(*) from audit_event where action = 'chronology.mark' and family_ref = ? and subject = ?").params(List.of(family.ref(), item)).query(Long.class).single()).isEqualTo(2);
        assertThat(web.perform(post("/families/" + family.ref() + "/chronology/items/entry-0").param("significant", "true").param("reason", "x").with(user(TestFamily.PRACTITIONER)).with(csrf()))
                .andReturn().getResponse().getStatus()).isEqualTo(404);
    }

    @Test
    void aCorrectionStandsWhereWhatItCorrectsStood() {
        Entry first = file(asha, "early-help", Map.of("agreed", "yes", "plan", "Help."), null);
        Entry second = file(asha, "early-help", Map.of("agreed", "no"), first);
        Entry third = file(asha, "early-help", Map.of("agreed", "yes", "plan", "More."), second);
        assertThat(of("entry")).singleElement().satisfies(item -> {
            assertThat(item.item()).isEqualTo("entry-" + third.id());
            assertThat(item.corrected()).isTrue();
            assertThat(item.at()).isCloseTo(first.filedAt(), within(1, ChronoUnit.MICROS));
            assertThat(item.at()).isBefore(second.filedAt());
        });
        Entry wrong = add(event());
        corrections.correct(asha, family.ref(), wrong.id(), event("title", "Discharged from hospital"), "It was the other way round.");
        assertThat(of("history")).extracting(Happening::title).containsExactly("Discharged from hospital");
    }

    @Test
    void aMonthToComeIsRefused() {
        Filling filling = fillings.start(asha, "history-event", family.ref());
        assertThat(fillings.check(filling, fillings.context(filling), event("year", families.today().getYear() + 1)).problems()).singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("future"));
    }

    @Test
    void aFileIsShownFirstAndThenTakenWhole() throws Exception {
        String csv = "Date,Title,Detail,About,Origin,Source,Confidence\r\n2011,Moved to Northmoor,,,family,Told by Rosa,likely\r\n03/2012,\"Called by the school, twice\",\"Late.\nHungry.\",Mia; leo line,education,School log,confirmed\r\n"
                + "2013-04-30,Café closed,,,other,Paper,unverified\r\n";
        String preview = upload(csv, StandardCharsets.UTF_8).getContentAsString();
        assertThat(preview).contains("Moved to Northmoor", "Called by the school, twice", "Mia Line, Leo Line", "3 events will be added together");
        assertThat(of("history")).isEmpty();
        assertThat(upload(csv, Charset.forName("windows-1252")).getContentAsString()).contains("Café closed");
        web.perform(post("/families/" + family.ref() + "/chronology/import/confirm").param("csv", csv).with(user(TestFamily.PRACTITIONER)).with(csrf()));
        assertThat(of("history")).extracting(Happening::day, Happening::title).containsExactly(tuple("30 April 2013", "Café closed"),
                tuple("March 2012", "Called by the school, twice"), tuple("2011", "Moved to Northmoor"));
        assertThat(upload(csv, StandardCharsets.UTF_8).getContentAsString()).contains("Line 2: this event is in the chronology already");
        long id = jdbc.sql("select id from history_import where family_ref = ?").param(family.ref()).query(Long.class).single();
        String withdraw = "/families/" + family.ref() + "/chronology/imports/" + id + "/withdraw";
        assertThat(web.perform(post(withdraw).with(user(TestFamily.PRACTITIONER)).with(csrf())).andReturn().getResponse().getContentAsString()).contains("Say why it is withdrawn");
        web.perform(post(withdraw).param("reason", "Another family's file.").with(user(TestFamily.PRACTITIONER)).with(csrf()));
        assertThat(of("history")).isEmpty();
        assertThat(page("/import", TestFamily.PRACTITIONER)).contains("Another family&#39;s file.");
    }

    @Test
    void aFileWithOneWrongLineIsRefusedWholeAndSaysWhichLinesAreWrong() throws Exception {
        String csv = "date,title,about,origin,source,confidence\n2011,Fine,,family,Told,likely\nyesterday,,Nobody,martians,,sure\n2999,Too late,,family,Told,likely\n31/02/2010,No such day,,family,Told,likely\n";
        for (int i = 0; i < 2; i++) {
            String page = i == 0 ? upload(csv, StandardCharsets.UTF_8).getContentAsString()
                    : web.perform(post("/families/" + family.ref() + "/chronology/import/confirm").param("csv", csv).with(user(TestFamily.PRACTITIONER)).with(csrf())).andReturn().getResponse().getContentAsString();
            assertThat(page).contains("Line 3: “yesterday” is not a date", "Line 3: title is blank", "Line 3: nobody in this family is called “Nobody”", "Line 3: origin cannot be “martians”", "Line 3: source is blank",
                    "Line 3: confidence cannot be “sure”", "Line 4: 2999 is in the future", "Line 5: “31/02/2010” is not a date").doesNotContain("Line 2:");
        }
        assertThat(upload("one,two\n1,2\n", StandardCharsets.UTF_8).getContentAsString()).contains("must name these columns too: date, title, origin, source, confidence");
        assertThat(upload("date,title,origin,source,confidence\n\"2011,never closed", StandardCharsets.UTF_8).getContentAsString()).contains("cannot be read as comma separated values");
        assertThat(upload("date,title,origin,source,confidence\n", StandardCharsets.UTF_8).getContentAsString()).contains("holds no events");
        assertThat(upload("", StandardCharsets.UTF_8).getContentAsString()).contains("Choose a file");
        assertThat(upload("x".repeat(HistoryImports.MOST_BYTES + 1), StandardCharsets.UTF_8).getContentAsString()).contains("must be smaller than 500 KB");
        assertThat(jdbc.sql("select count(*) from history_event where family_ref = ?").param(family.ref()).query(Long.class).single()).isZero();
    }

    @Test
    void theApiTellsTheSameInParts() throws Exception {
        add(event());
        String first = web.perform(get("/api/v1/families/" + family.ref() + "/chronology?limit=2&order=oldest&count=true").with(user(TestFamily.PRACTITIONER)))
                .andReturn().getResponse().getContentAsString();
        assertThat(first).contains("\"id\":\"history-", "\"precision\":\"month\"", "\"on\":\"2014-03-01\"", "\"source\":\"Paper file of 2014\"", "\"count\":4", "\"next\":\"/api/v1/families/" + family.ref() + "/chronology?");
        String next = first.replaceAll("(?s).*\"next\":\"([^\"]+)\".*", "$1");
        assertThat(web.perform(get(URI.create(next)).with(user(TestFamily.PRACTITIONER))).andReturn().getResponse().getContentAsString()).contains("\"next\":null", "\"kind\":\"involvement\"").doesNotContain("history-");
        for (String wrong : List.of("after=1", "kind=gossip", "order=sideways")) {
            assertThat(web.perform(get("/api/v1/families/" + family.ref() + "/chronology?" + wrong).with(user(TestFamily.PRACTITIONER))).andReturn().getResponse().getStatus()).as(wrong).isEqualTo(422);
        }
    }

    @Test
    void readingItIsAudited() throws Exception {
        page("", TestFamily.PRACTITIONER);
        assertThat(jdbc.sql("select count(*) from audit_event where action = 'chronology.read' and family_ref = ? and username = ?").param(family.ref()).param(TestFamily.PRACTITIONER)
                .query(Long.class).single()).isEqualTo(1);
    }
}
