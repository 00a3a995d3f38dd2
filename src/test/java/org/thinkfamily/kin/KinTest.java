package org.thinkfamily.kin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Actors;
import org.thinkfamily.family.Families;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.worklist.Corrections;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;

/** How a family is related, said through its form and shown as a picture and in words. */
@ThinkFamilyTest
class KinTest {

    @Autowired
    private Kin kin;
    @Autowired
    private Fillings fillings;
    @Autowired
    private Corrections corrections;
    @Autowired
    private Families families;
    @Autowired
    private Actors actors;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private MockMvc web;

    private TestFamily family;
    private Actor maria;

    @BeforeEach
    void aFamily() {
        family = TestFamily.open(families, jdbc, "Kindred");
        maria = actors.find(TestFamily.SOCIAL_WORKER).orElseThrow();
    }

    private static Map<String, Object> row(long who, String kind, long whose, String ended) {
        return Map.of("who", String.valueOf(who), "kind", kind, "whose", String.valueOf(whose), "ended", ended);
    }

    private static Map<String, Object> dated(long who, String kind, long whose, String since, String until) {
        return Map.of("who", String.valueOf(who), "kind", kind, "whose", String.valueOf(whose), "ended", "ended", "since", since, "until", until);
    }

    private static Map<String, Object> home(long who, String home) {
        return Map.of("resident", String.valueOf(who), "home", home);
    }

    private long says(List<Map<String, Object>> relationships, List<Map<String, Object>> homes) {
        Filling filling = fillings.start(maria, "family-relationships", family.ref());
        CheckedForm checked = fillings.check(filling, fillings.context(filling), Map.of("relationships", relationships, "homes", homes));
        assertThat(checked.problems()).isEmpty();
        return fillings.file(filling, checked, maria, null).entry();
    }

    private Kin.Web web() {
        return kin.of(family.ref(), families.people(family.ref()));
    }

    private String page(String query) throws Exception {
        return web.perform(get("/families/" + family.ref() + query).with(user(maria.username()))).andReturn().getResponse().getContentAsString();
    }

    @Test
    void whatTheScreeningKnewIsThereAndWhatIsSaidLaterTakesItsPlace() {
        assertThat(web().ties()).extracting(Kin.Tie::who, Kin.Tie::kind, Kin.Tie::whose).containsExactlyInAnyOrder(
                org.assertj.core.groups.Tuple.tuple(family.mother(), "parent", family.mia()), org.assertj.core.groups.Tuple.tuple(family.mother(), "parent", family.leo()),
                org.assertj.core.groups.Tuple.tuple(family.father(), "parent", family.mia()), org.assertj.core.groups.Tuple.tuple(family.father(), "parent", family.leo()));
        says(List.of(row(family.father(), "parent", family.leo(), "never"), dated(family.mother(), "partner", family.father(), "2012-05-01", "2019-01-31")), List.of());
        assertThat(web().ties()).noneMatch(tie -> tie.who() == family.father() && tie.whose() == family.leo());
        assertThat(web().ties()).anyMatch(tie -> tie.kind().equals("partner") && tie.ended() && tie.since().equals(LocalDate.of(2012, 5, 1)) && tie.until().equals(LocalDate.of(2019, 1, 31)));
        says(List.of(row(family.father(), "partner", family.mother(), "now")), List.of());
        assertThat(web().ties().stream().filter(tie -> tie.kind().equals("partner"))).as("the same two, named the other way round").singleElement().matches(tie -> !tie.ended());
    }

    @Test
    @Requirement("S-177")
    void conflictIsDrawnAndSaid() throws Exception {
        assertThat(page("")).doesNotContain("tf-picture-line--conflict", "are in conflict");
        says(List.of(row(family.father(), "conflict", family.mother(), "now")), List.of());
        assertThat(page("")).contains("tf-picture-line--conflict", "Paul Kindred and Rosa Kindred are in conflict. Think before you pass on");
        assertThat(page("?view=" + family.mother())).contains("Paul Kindred: ", "in conflict");
    }

    @Test
    @Requirement("U05")
    void homesGenerationsUnbornAndDeathsAreDrawnAndSaid() throws Exception {
        jdbc.sql("update person set date_of_birth = null, expected_on = current_date + 60 where id = ?").param(family.mia()).update();
        jdbc.sql("insert into person_fact (person_id, family_ref, fact, value, status, said_by, said_on, said_at, source) values (?, ?, 'diedOn', '2024-02-03', 'seen', 'maria.santos', current_date, now(), 'Test')")
                .params(List.of(family.father(), family.ref())).update();
        says(List.of(), List.of(home(family.mother(), "first"), home(family.leo(), "second"), home(family.mia(), "first"), home(family.father(), "away")));
        String page = page("");
        assertThat(page).contains("In one home: Rosa Kindred, Mia Kindred.", "In another home: Leo Kindred.", "Somewhere else: Paul Kindred.", "Paul Kindred died on 3 February 2024.",
                "Rosa Kindred is a parent of ", "tf-picture-box--unborn", "died 3 February 2024");
        assertThat(page.split("tf-picture-home", -1)).as("two homes have a line round them").hasSize(3);
    }

    @Test
    void aCorrectedEntryTakesThePlaceOfTheOneBefore() {
        long entry = says(List.of(row(family.father(), "conflict", family.mother(), "now")), List.of(home(family.leo(), "second")));
        assertThat(corrections.correct(maria, family.ref(), entry, Map.of("relationships", List.of(row(family.father(), "partner", family.mother(), "now")), "homes", List.of()), "Wrong line").entry()).isNotNull();
        assertThat(web().ties()).anyMatch(tie -> tie.kind().equals("partner")).noneMatch(tie -> tie.kind().equals("conflict"));
        assertThat(web().stays()).isEmpty();
    }

    @Test
    void nobodyIsAnythingToThemselves() {
        says(List.of(row(family.leo(), "sibling", family.leo(), "now")), List.of());
        assertThat(web().ties()).noneMatch(tie -> tie.kind().equals("sibling"));
    }
}
