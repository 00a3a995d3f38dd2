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
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Actors;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;

/** A person who was recorded twice: joined without loss, and taken apart as if nothing had been. */
@ThinkFamilyTest
class MergesTest {

    @Autowired
    private Merges merges;
    @Autowired
    private Portraits portraits;
    @Autowired
    private Fillings fillings;
    @Autowired
    private Families families;
    @Autowired
    private Actors actors;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private MockMvc web;

    private String name;
    private TestFamily one;
    private TestFamily other;
    private Actor asha;
    private Actor maria;

    @BeforeEach
    void aFatherInTwoFamilies() {
        name = "Tw" + UUID.randomUUID().toString().replaceAll("[^a-f]", "");
        one = TestFamily.open(families, jdbc, name);
        other = TestFamily.open(families, jdbc, name + "ey");
        asha = actors.find(TestFamily.PRACTITIONER).orElseThrow();
        maria = actors.find(TestFamily.SOCIAL_WORKER).orElseThrow();
        jdbc.sql("update person set date_of_birth = '1988-11-02', sex = 'M', gp_practice_id = null where id = ?").param(other.father()).update();
        says(one, one.father(), Map.of("firstLanguage", "Polish", "interpreter", "no"));
        says(other, other.father(), Map.of("firstLanguage", "German", "withheld", "no", "address", "4 Second Street, Westerby ZZ2 2BB"));
    }

    private long says(TestFamily family, long person, Map<String, Object> said) {
        Filling filling = fillings.start(maria, "person-facts", family.ref());
        Map<String, Object> all = new HashMap<>(Map.of("person", String.valueOf(person), "sections", List.of("language"), "instead", "changed", "source", "self", "status", "said"));
        all.putAll(said);
        var checked = fillings.check(filling, fillings.context(filling), all);
        assertThat(checked.problems()).isEmpty();
        return fillings.file(filling, checked, maria, null).entry();
    }

    /** Every row that says something of the two, as the database has it. */
    private List<String> rows() {
        return jdbc.sql("""
                select 'person ' || to_jsonb(t)::text from person t where id in (:a, :b)
                union all select 'member ' || to_jsonb(t)::text from family_member t where family_ref in (:f, :g)
                union all select 'fact ' || to_jsonb(t)::text from person_fact t where person_id in (:a, :b)
                union all select 'source ' || to_jsonb(t)::text from fact_source t where person_id in (:a, :b)
                union all select 'address ' || to_jsonb(t)::text from person_address t where person_id in (:a, :b)
                union all select 'name ' || to_jsonb(t)::text from person_other_name t where person_id in (:a, :b)
                union all select 'entry ' || to_jsonb(t)::text from entry t where family_ref in (:f, :g)
                order by 1
                """).param("a", one.father()).param("b", other.father()).param("f", one.ref()).param("g", other.ref()).query(String.class).list();
    }

    private List<Long> people(TestFamily family) {
        return families.people(family.ref()).stream().map(Person::id).toList();
    }

    @Test
    void joiningAndTakingApartLeavesEveryRowAsItWas() {
        List<String> before = rows();
        long merge = merges.propose(maria, one.ref(), one.father(), other.father());
        assertThat(rows()).as("a proposal changes nothing").isEqualTo(before);
        merges.join(maria, one.ref(), merge, List.of("dateOfBirth", "firstLanguage", "lastName"), "Same birthday and address");
        assertThat(rows()).isNotEqualTo(before);
        merges.undo(maria, one.ref(), merge, "A cousin");
        assertThat(rows()).isEqualTo(before);
        assertThat(merges.of(one.ref(), one.father())).singleElement().matches(each -> each.state().equals("undone") && each.reason().equals("Same birthday and address") && each.undoReason().equals("A cousin"));
    }

    @Test
    void theOneInUseHasWhatBothHadAndWhatWasChosen() throws Exception {
        long entry = jdbc.sql("select max(id) from entry where family_ref = ?").param(other.ref()).query(Long.class).single();
        long merge = merges.propose(maria, one.ref(), one.father(), other.father());
        Merges.Preview preview = merges.preview(maria, one.ref(), merge);
        assertThat(preview.facts().stream().filter(Merges.Compared::differs).map(Merges.Compared::fact)).containsExactlyInAnyOrder("lastName", "dateOfBirth", "firstLanguage");
        assertThat(preview.mayJoin()).isTrue();
        merges.join(maria, one.ref(), merge, List.of("dateOfBirth", "firstLanguage"), "Same man");

        assertThat(people(one)).contains(one.father()).doesNotContain(other.father());
        assertThat(people(other)).contains(one.father()).doesNotContain(other.father());
        Portraits.Portrait father = portraits.of(maria, other.ref(), one.father());
        assertThat(father.person()).matches(person -> person.lastName().equals(name) && person.dateOfBirth().toString().equals("1988-11-02") && person.sex().equals("M")
                && "harbour-practice".equals(person.gpPractice()));
        assertThat(father.facts()).anyMatch(fact -> fact.fact().equals("firstLanguage") && fact.value().equals("German")).anyMatch(fact -> fact.fact().equals("interpreter") && fact.value().equals("no"));
        assertThat(father.addresses()).anyMatch(address -> address.address().startsWith("4 Second Street"));
        assertThat(father.otherNames()).anyMatch(called -> called.lastName().equals(name + "ey"));
        assertThat(father.families()).containsExactlyInAnyOrder(one.ref(), other.ref());
        assertThat(families.find(maria, "Paul " + name + "ey")).filteredOn(found -> found.family().equals(other.ref()) && found.position().equals("adult") && found.name().startsWith("Paul"))
                .singleElement().matches(found -> found.person() == one.father());
        assertThat(page("/families/" + other.ref() + "/entries/" + entry)).as("an entry about the other is about the one in use").contains("Paul " + name);
        assertThat(jdbc.sql("select count(*) from audit_event where action = 'person.join' and family_ref in (?, ?)").params(List.of(one.ref(), other.ref())).query(Integer.class).single()).isEqualTo(2);
    }

    @Test
    void whatWasSaidSinceTheJoiningStays() {
        long merge = merges.propose(maria, one.ref(), one.father(), other.father());
        merges.join(maria, one.ref(), merge, List.of("dateOfBirth"), "Same man");
        says(other, one.father(), Map.of("sections", List.of("names"), "dateOfBirth", "1988-11-03"));
        merges.undo(maria, one.ref(), merge, "Not the same");
        assertThat(portraits.of(maria, one.ref(), one.father()).person().dateOfBirth()).hasToString("1988-11-03");
        assertThat(people(other)).as("an entry of that family is about both").contains(one.father(), other.father());
    }

    @Test
    void whoHasSomethingUnderWayStaysInUse() {
        jdbc.sql("""
                insert into clock (family_ref, person_id, process_instance_id, name, title, amount, unit, source, status, started_on, due_on, due_at)
                values (?, ?, 'none', 'test', 'Test', 1, 'days', 'Test', 'guidance', current_date, current_date, now())
                """).params(List.of(other.ref(), other.father())).update();
        long merge = merges.propose(maria, one.ref(), one.father(), other.father());
        assertThat(merges.of(one.ref(), one.father()).get(0)).matches(each -> each.person() == other.father() && each.merged() == one.father());
        jdbc.sql("update clock set person_id = ? where family_ref = ?").params(List.of(one.father(), other.ref())).update();
        assertThat(merges.preview(maria, one.ref(), merge).mayJoin()).isFalse();
        assertThatThrownBy(() -> merges.join(maria, one.ref(), merge, List.of(), "Same man")).isInstanceOf(Merges.Refused.class);
    }

    @Test
    void aJoinedPersonIsNotJoinedAgainAndTheNewestJoiningIsUndoneFirst() {
        long first = merges.propose(maria, one.ref(), one.father(), other.father());
        merges.join(maria, one.ref(), first, List.of(), "Same man");
        assertThatThrownBy(() -> merges.propose(maria, one.ref(), one.mia(), other.father())).isInstanceOf(Merges.Refused.class);
        assertThatThrownBy(() -> merges.propose(maria, other.ref(), other.father(), one.mia())).as("nobody sees who is not in use").isInstanceOf(NotFound.class);
        TestFamily third = TestFamily.open(families, jdbc, name + "ie");
        long second = merges.propose(maria, one.ref(), one.father(), third.father());
        merges.join(maria, one.ref(), second, List.of(), "Him again");
        assertThatThrownBy(() -> merges.undo(maria, one.ref(), first, "Wrong")).isInstanceOf(Merges.Refused.class);
        merges.undo(maria, one.ref(), second, "Wrong");
        merges.undo(maria, one.ref(), first, "Wrong");
        assertThat(people(other)).contains(other.father()).doesNotContain(one.father());
    }

    @Test
    void whoSeesOnlyOneOfTheTwoCanDoNothing() throws Exception {
        jdbc.sql("delete from involvement where family_ref = ? and username = ?").params(List.of(other.ref(), asha.username())).update();
        assertThat(merges.twins(asha, one.ref(), one.father())).noneMatch(twin -> twin.person() == other.father());
        assertThat(merges.twins(maria, one.ref(), one.father())).anyMatch(twin -> twin.person() == other.father());
        assertThatThrownBy(() -> merges.propose(asha, one.ref(), one.father(), other.father())).isInstanceOf(NotFound.class);
        long merge = merges.propose(maria, one.ref(), one.father(), other.father());
        assertThatThrownBy(() -> merges.preview(asha, one.ref(), merge)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> merges.join(asha, one.ref(), merge, List.of(), "Same")).isInstanceOf(NotFound.class);
        assertThat(web.perform(post("/families/" + one.ref() + "/merges/" + merge + "/join").with(user(maria.username())).with(csrf())).andReturn().getResponse().getContentAsString())
                .contains("Error:", "Say why");
    }

    private String page(String path) throws Exception {
        return web.perform(get(path).with(user(maria.username()))).andReturn().getResponse().getContentAsString();
    }
}
