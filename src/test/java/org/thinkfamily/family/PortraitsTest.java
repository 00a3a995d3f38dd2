package org.thinkfamily.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.HashMap;
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
import org.thinkfamily.access.NotFound;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.record.Entries;
import org.thinkfamily.worklist.Corrections;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;

/** What is known of a person, with source, date and status, said through the form that corrects and adds facts. */
@ThinkFamilyTest
class PortraitsTest {

    @Autowired
    private Portraits people;
    @Autowired
    private Fillings fillings;
    @Autowired
    private Corrections corrections;
    @Autowired
    private Entries entries;
    @Autowired
    private Families families;
    @Autowired
    private Actors actors;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private MockMvc web;

    private TestFamily family;
    private Actor asha;
    private Actor maria;

    @BeforeEach
    void aFamily() {
        family = TestFamily.open(families, jdbc, "Testerby");
        asha = actors.find(TestFamily.PRACTITIONER).orElseThrow();
        maria = actors.find(TestFamily.SOCIAL_WORKER).orElseThrow();
    }

    /** Files the form; what is not given is "seen in a document, right before and changed". */
    private long says(Actor actor, long person, String sections, Map<String, Object> answers) {
        Filling filling = fillings.start(actor, "person-facts", family.ref());
        Map<String, Object> all = new HashMap<>(Map.of("person", String.valueOf(person), "sections", List.of(sections.split(",")), "instead", "changed", "source", "document", "status", "seen"));
        all.putAll(answers);
        CheckedForm checked = fillings.check(filling, fillings.context(filling), all);
        assertThat(checked.problems()).isEmpty();
        return fillings.file(filling, checked, actor, null).entry();
    }

    private Portraits.Known known(long person, String fact) {
        return people.of(maria, family.ref(), person).facts().stream().filter(one -> one.fact().equals(fact)).findFirst().orElseThrow();
    }

    private String page(String who, String path) throws Exception {
        var answer = web.perform(get(path).with(user(who))).andReturn().getResponse();
        assertThat(answer.getStatus()).isEqualTo(200);
        return answer.getContentAsString();
    }

    @Test
    @Requirement("S-024")
    void characteristicsOfEveryMemberHaveSourceDateAndStatus() throws Exception {
        says(maria, family.mia(), "about,language,disability,numbers", Map.of("ethnicity", "MWBC", "religion", "declined", "immigration", "citizen", "firstLanguage", "Polish", "interpreter", "no",
                "communication", List.of("easy-read", "large-print"), "disability", List.of("HEAR", "AUT"), "upn", "V201200001001", "childId", "WB12345"));
        says(maria, family.father(), "language", Map.of("interpreter", "yes", "source", "relative", "status", "said"));
        assertThat(known(family.mia(), "ethnicity")).matches(fact -> fact.value().equals("MWBC") && fact.status().equals("seen") && fact.source().equals("Seen in a document")
                && fact.saidBy().equals("Maria Santos") && fact.saidOn().equals(families.today()));
        assertThat(known(family.father(), "interpreter")).matches(fact -> fact.source().equals("Said by somebody in the family") && fact.status().equals("said"));
        assertThat(page(maria.username(), "/families/" + family.ref() + "/people/" + family.mia())).contains("White and Black Caribbean", "Asked, and would rather not say", "British or Irish citizen", "Polish",
                "Easy read or plain pictures, Large print", "Hearing, Autism", "V201200001001", "WB12345", "Seen in a document, Maria Santos");
        assertThat(jdbc.sql("select count(*) from family_member where family_ref = ?").param(family.ref()).query(Integer.class).single()).as("nobody was added").isEqualTo(4);
    }

    @Test
    @Requirement("S-103")
    void aCorrectionKeepsWhatStoodThereAndMarksWhereItWasCopiedTo() throws Exception {
        long first = says(maria, family.mia(), "names", Map.of("dateOfBirth", "2018-03-04", "status", "said"));
        says(maria, family.mia(), "names", Map.of("dateOfBirth", "2018-03-05", "instead", "wrong"));
        Portraits.Known born = known(family.mia(), "dateOfBirth");
        assertThat(born.value()).isEqualTo("2018-03-05");
        assertThat(born.before()).singleElement().matches(before -> before.value().equals("2018-03-04") && before.replacedAs().equals("wrong"));
        assertThat(page(maria.username(), "/families/" + family.ref() + "/people/" + family.mia())).contains("/entries/" + first, "Where something wrong was copied to", "wrong, corrected on");
        assertThat(page(maria.username(), "/families/" + family.ref() + "/entries/" + first)).contains("Something in this entry was corrected later", "Date of birth of Mia Testerby", "2018-03-04");
        says(maria, family.mia(), "names", Map.of("dateOfBirth", "2018-03-05", "status", "in-doubt"));
        assertThat(known(family.mia(), "dateOfBirth")).matches(fact -> fact.status().equals("in-doubt") && fact.before().get(0).replacedAs().equals("confirmed"));
    }

    @Test
    void whatChangedIsNotMarkedAsWrong() throws Exception {
        long first = says(maria, family.mother(), "names", Map.of("lastName", "Formerly"));
        says(maria, family.mother(), "names", Map.of("lastName", "Nowadays", "earlierLastName", "Formerly"));
        assertThat(page(maria.username(), "/families/" + family.ref() + "/entries/" + first)).doesNotContain("corrected later");
        assertThat(people.of(maria, family.ref(), family.mother()).otherNames()).singleElement().matches(name -> name.firstName().equals("Rosa") && name.lastName().equals("Formerly"));
    }

    /** Until somebody may see withheld addresses, nobody does: not on a page, in the search, in the API, not even that there is one. */
    @Test
    void aWithheldAddressIsAbsent() throws Exception {
        says(maria, family.father(), "language", Map.of("withheld", "no", "address", "1 Open Road, Westerby ZZ1 1AA"));
        says(maria, family.father(), "language", Map.of("withheld", "yes", "withheldAddress", "9 Hidden Close, Westerby ZZ8 8HH"));
        String ref = family.ref();
        for (String path : List.of("/families/" + ref, "/families/" + ref + "/people/" + family.father(), "/families/" + ref + "/summary", "/families/" + ref + "/story", "/api/v1/families/" + ref,
                "/api/v1/families/" + ref + "/entries")) {
            assertThat(page(asha.username(), path)).as(path).doesNotContain("Hidden Close", "ithheld", "where they live now");
        }
        assertThat(page(asha.username(), "/families/" + ref + "/people/" + family.father())).contains("1 Open Road");
        assertThat(web.perform(post("/find").with(user(asha.username())).with(csrf()).param("q", "Hidden Close")).andReturn().getResponse().getContentAsString()).doesNotContain(ref);
    }

    @Test
    void onlyFamiliesTheReaderMaySeeAreNamed() throws Exception {
        TestFamily other = TestFamily.open(families, jdbc, "Elsewhere");
        jdbc.sql("insert into family_member (family_ref, person_id, position) values (?, ?, 'adult')").params(List.of(other.ref(), family.father())).update();
        jdbc.sql("delete from involvement where family_ref = ? and username = ?").params(List.of(other.ref(), asha.username())).update();
        assertThat(people.of(maria, family.ref(), family.father()).families()).containsExactlyInAnyOrder(family.ref(), other.ref());
        assertThat(people.of(asha, family.ref(), family.father()).families()).containsExactly(family.ref());
        assertThatThrownBy(() -> people.of(asha, other.ref(), family.father())).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> people.of(asha, family.ref(), other.mia())).isInstanceOf(NotFound.class);
    }

    @Test
    void theOwnNhsNumberMayBeSaidAgainAndSomebodyElsesNot() {
        jdbc.sql("update person set nhs_number = null where nhs_number in ('9990000034', '9990000042')").update();
        says(maria, family.mia(), "numbers", Map.of("nhsNumber", "999 000 0034"));
        says(maria, family.mia(), "numbers", Map.of("nhsNumber", "9990000034"));
        Filling filling = fillings.start(maria, "person-facts", family.ref());
        assertThat(fillings.check(filling, fillings.context(filling), Map.of("person", String.valueOf(family.leo()), "sections", List.of("numbers"), "nhsNumber", "9990000034", "instead", "changed",
                "source", "own", "status", "said")).problems()).hasSize(1);
    }

    /** The unborn child becomes the child that is born: one person, with everything that was recorded before. */
    @Test
    @Requirement("S-024")
    void aBirthIsRecordedOnceAndStandsEverywhere() throws Exception {
        long baby = jdbc.sql("""
                with added as (insert into person (first_name, last_name, expected_on) values ('Unborn baby', 'Testerby', current_date + 3) returning id)
                insert into family_member (family_ref, person_id, position) select :family, id, 'child' from added returning person_id
                """).param("family", family.ref()).query(Long.class).single();
        long before = says(maria, baby, "about", Map.of("sex", "U"));
        assertThat(page(maria.username(), "/start/birth?family=" + family.ref())).contains("Unborn baby").doesNotContain("Mia Testerby, 8");
        Filling filling = fillings.start(maria, "birth", family.ref());
        String born = families.today().minusDays(1).toString();
        Map<String, Object> answers = Map.of("person", String.valueOf(baby), "dateOfBirth", born, "firstName", "Ida", "lastName", "Testerby", "sex", "F", "nhsNumber", "9990001774", "source", "hospital", "died", "no", "others", "no");
        CheckedForm checked = fillings.check(filling, fillings.context(filling), answers);
        assertThat(checked.problems()).isEmpty();
        long entry = fillings.file(filling, checked, maria, null).entry();

        Person child = families.people(family.ref()).stream().filter(one -> one.id() == baby).findFirst().orElseThrow();
        assertThat(child).returns("Ida Testerby", Person::name).returns(families.today().minusDays(1), Person::dateOfBirth).returns("9990001774", Person::nhsNumber).returns(null, Person::expectedOn);
        for (String path : List.of("/families/" + family.ref(), "/families/" + family.ref() + "/summary", "/families/" + family.ref() + "/people/" + baby, "/families/" + family.ref() + "/entries/" + before,
                "/api/v1/families/" + family.ref())) {
            assertThat(page(maria.username(), path)).as(path).contains("Ida").doesNotContain("Unborn baby Testerby");
        }
        assertThat(page(maria.username(), "/families/" + family.ref() + "/people/" + baby)).contains("From the hospital or the midwife");
        assertThat(families.find(maria, "9990001774")).extracting(Families.Found::person).containsExactly(baby);
        assertThat(known(baby, "sex").before()).as("nothing is lost").extracting(Portraits.Before::value).containsExactly("U");
        assertThat(jdbc.sql("select :baby = any(about) from entry where id = :entry").param("baby", baby).param("entry", entry).query(Boolean.class).single()).isTrue();
        assertThat(fillings.context(fillings.start(maria, "birth", family.ref())).options().get("family.unborn")).as("nobody is unborn any more").isEmpty();
    }

    @Test
    @Requirement("S-024")
    void babiesBornTogetherAreChildrenOfTheirOwnAndRelatedAsTheOneWhoWasExpected() throws Exception {
        long baby = jdbc.sql("""
                with added as (insert into person (first_name, last_name, expected_on) values ('Unborn baby', 'Testerby', current_date + 3) returning id)
                insert into family_member (family_ref, person_id, position) select :family, id, 'child' from added returning person_id
                """).param("family", family.ref()).query(Long.class).single();
        Filling related = fillings.start(maria, "family-relationships", family.ref());
        fillings.file(related, fillings.check(related, fillings.context(related), Map.of("relationships", List.of(Map.of("who", String.valueOf(family.father()), "kind", "parental-responsibility", "whose", String.valueOf(baby), "ended", "now")),
                "homes", List.of(Map.of("resident", String.valueOf(baby), "home", "second")))), maria, null);
        Map<String, Object> birth = new HashMap<>(Map.of("person", String.valueOf(baby), "dateOfBirth", families.today().minusDays(1).toString(), "firstName", "Ida", "lastName", "Testerby", "sex", "F",
                "source", "hospital", "died", "no", "others", "yes"));
        Filling filling = fillings.start(maria, "birth", family.ref());
        assertThat(fillings.check(filling, fillings.context(filling), birth).problems()).as("at least one other").isNotEmpty();
        birth.put("babies", List.of(Map.of("firstName", "Ivo", "lastName", "Testerby", "dateOfBirth", families.today().toString(), "sex", "M", "nhsNumber", "9990005001")));
        CheckedForm checked = fillings.check(filling, fillings.context(filling), birth);
        assertThat(checked.problems()).isEmpty();
        long entry = fillings.file(filling, checked, maria, null).entry();

        Person twin = families.people(family.ref()).stream().filter(one -> one.firstName().equals("Ivo")).findFirst().orElseThrow();
        assertThat(twin).returns(families.today(), Person::dateOfBirth).returns("9990005001", Person::nhsNumber).returns(true, Person::child);
        assertThat(jdbc.sql("select kind from relationship where person_id = ? and other_id = ?").params(List.of(family.father(), twin.id())).query(String.class).list()).containsExactly("parental-responsibility");
        assertThat(jdbc.sql("select home from home_stay where person_id = ?").param(twin.id()).query(String.class).list()).containsExactly("second");
        assertThat(jdbc.sql("select about from entry where id = ?").param(entry).query((row, n) -> List.of((Long[]) row.getArray(1).getArray())).single()).contains(baby, twin.id());
        assertThat(page(maria.username(), "/families/" + family.ref())).contains("Ida Testerby", "Ivo Testerby");
        Map<String, Object> more = new HashMap<>(entries.one(family.ref(), entry).orElseThrow().answers());
        more.put("more", "Both are well.");
        assertThat(corrections.correct(maria, family.ref(), entry, more, "Something was left out").checked().problems()).isEmpty();
        assertThat(families.people(family.ref())).as("nobody is added twice").filteredOn(one -> one.firstName().equals("Ivo")).hasSize(1);
    }
}
