package org.thinkfamily.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Actors;
import org.thinkfamily.forms.Form;
import org.thinkfamily.worklist.ReleasedForms;

/** Finding a person by whatever is known of them. */
@ThinkFamilyTest
class FindTest {

    @Autowired
    private Families families;
    @Autowired
    private Facts facts;
    @Autowired
    private ReleasedForms forms;
    @Autowired
    private Actors actors;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private MockMvc web;

    private TestFamily family;
    private Actor asha;

    @BeforeEach
    void aFamily() {
        family = TestFamily.open(families, jdbc, "Kowalczyk");
        jdbc.sql("update person set first_name = 'Catherine', date_of_birth = '1971-07-19', nhs_number = '9990000018' where id = ?").param(family.mother()).update();
        asha = actors.find(TestFamily.PRACTITIONER).orElseThrow();
        lives("7 Quince Row, Westerby ZZ4 9QT");
    }

    private void lives(String address) {
        String deployment = jdbc.sql("select deployment_id_ from act_re_camformdef where key_ = 'adult-accepted' order by version_ desc limit 1").query(String.class).single();
        Form form = forms.get(deployment, "adult-accepted").form();
        facts.take(form, Map.of("address", address), family.ref(), Map.of("adult", family.mother()), "Screening", TestFamily.PRACTITIONER);
    }

    private List<Long> found(String words) {
        return families.find(asha, words).stream().filter(one -> one.family().equals(family.ref())).map(Families.Found::person).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cathe", "Katharine", "Kathryn Kowalczik", "catherine kowalczyk", "19/7/1971", "19 July 1971", "1971-07-19", "999 000 0018", "7 quince", "zz49qt", "ZZ4 9QT", "Quince Row"})
    @Requirement("U22")
    void somebodyIsFoundByPartOfANameSoundDateNumberOrAddress(String words) {
        assertThat(found(words)).contains(family.mother());
    }

    @ParameterizedTest
    @ValueSource(strings = {"oneil", "oneill", "O'Neill", "o neill", "O’Neill", "Cathy oneill"})
    @Requirement("U22")
    void aNameIsFoundWithoutItsPunctuation(String words) {
        jdbc.sql("update person set first_name = 'Cathy', last_name = 'O''Neill' where id = ?").param(family.mother()).update();
        assertThat(found(words)).contains(family.mother());
        assertThat(families.visibleTo(asha, words, null, null, 200)).as("through the API").anyMatch(one -> one.ref().equals(family.ref()));
    }

    @Test
    @Requirement("U22")
    void aFamilyIsFoundByItsNumberAlone() {
        assertThat(found(family.ref().substring(2))).contains(family.mother(), family.mia());
        assertThat(found(family.ref().toLowerCase(Locale.UK))).contains(family.mother());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "_", "\\", "Zebedee", "31/2/1990", "8 quince", "ZZ4 9QX"})
    void whatIsNotTheirsFindsNobodyOfThem(String words) {
        assertThat(found(words)).isEmpty();
    }

    @Test
    @Requirement("S-221")
    void nobodyFindsAFamilyOfOthers() {
        Actor tom = actors.find("tom.ellery").orElseThrow();
        assertThat(families.find(tom, "Quince Row")).noneMatch(one -> one.family().equals(family.ref()));
    }

    @Test
    @Requirement("S-198")
    void anotherAddressEndsTheOneBeforeAndTheSameAgainChangesNothing() {
        lives("7 Quince Row, Westerby ZZ4 9QT");
        assertThat(jdbc.sql("select count(*) from person_address where person_id = ?").param(family.mother()).query(Long.class).single()).isEqualTo(1);
        lives("2 Tern Street, Westerby ZZ1 1AA");
        assertThat(jdbc.sql("select address from person_address where person_id = ? and until_on is not null and source = 'Screening'").param(family.mother()).query(String.class).list())
                .containsExactly("7 Quince Row, Westerby ZZ4 9QT");
        assertThat(families.people(family.ref())).filteredOn(person -> person.id() == family.mother()).extracting(Person::address).containsExactly("2 Tern Street, Westerby ZZ1 1AA");
        assertThat(found("Quince Row")).isEmpty();
    }

    @Test
    @Requirement("U22")
    void fromAnyPageInTwoActionsAndNobodyFoundOffersTheNextStep() throws Exception {
        assertThat(web.perform(get("/work").with(user(TestFamily.PRACTITIONER))).andReturn().getResponse().getContentAsString()).contains("id=\"find-anyone\"", "action=\"/find\"");
        String page = web.perform(post("/find").param("q", "Katharine").with(user(TestFamily.PRACTITIONER)).with(csrf())).andReturn().getResponse().getContentAsString();
        assertThat(page).contains("href=\"/families/" + family.ref() + "\"").doesNotContain("find-anyone");
        String nobody = web.perform(post("/find").param("q", "nobody" + UUID.randomUUID()).with(user(TestFamily.PRACTITIONER)).with(csrf())).andReturn().getResponse().getContentAsString();
        assertThat(nobody).contains("href=\"/start\"");
    }
}
