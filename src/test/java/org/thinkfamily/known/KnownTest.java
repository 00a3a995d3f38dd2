package org.thinkfamily.known;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Actors;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.family.Families;

/** Whether somebody is known to services, asked by somebody who may not see the family. */
@ThinkFamilyTest
class KnownTest {

    @Autowired
    private Known known;
    @Autowired
    private Families families;
    @Autowired
    private Actors actors;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private MockMvc web;

    private TestFamily family;
    private String lastName;
    private LocalDate born;
    private Actor dee;
    private Actor maria;

    @BeforeEach
    void aFamily() {
        lastName = "Zwq" + UUID.randomUUID().toString().replaceAll("[^a-f]", "");
        family = TestFamily.open(families, jdbc, lastName);
        born = LocalDate.of(2000, 1, 1).plusDays(family.mia() % 5000);
        jdbc.sql("update person set date_of_birth = :born where id = :id").param("born", born).param("id", family.mia()).update();
        jdbc.sql("insert into person_address (person_id, address, family_ref, said_by, source, from_on) values (?, '7 Quince Row, Westerby ZZ4 9QT', ?, 'asha.patel', 'Test', current_date)")
                .params(List.of(family.mia(), family.ref())).update();
        dee = actors.find("dee.marsh").orElseThrow();
        maria = actors.find(TestFamily.SOCIAL_WORKER).orElseThrow();
    }

    private Known.Check ask(Known.Question question) {
        return known.one(dee, known.ask(dee, question));
    }

    private Known.Question typed(String number, String first, String last, LocalDate on, String postcode) {
        return new Known.Question(number, first, last, on, postcode, "child-worry", null);
    }

    private static String number() {
        // Nobody else in the tests has it; the check digit is the form's business.
        return "999" + String.format("%07d", Math.abs(UUID.randomUUID().hashCode()) % 10_000_000);
    }

    @Test
    @Requirement("S-023")
    void theNumberWithNameOrBirthdayNamesTheTeamsAndNothingElse() {
        String number = number();
        jdbc.sql("update person set nhs_number = ? where id = ?").param(number).param(family.mia()).update();
        Known.Check check = ask(typed(number, null, null, born, null));
        assertThat(check.answer()).isEqualTo("known");
        assertThat(known.named(dee, check.id())).extracting(Known.Contact::teamName).containsExactlyInAnyOrder("Community mental health", "Family support east", "Independent reviewing");
        assertThat(known.named(dee, check.id())).allMatch(each -> each.email() != null && each.phone() != null);
        assertThat(ask(typed(number, null, lastName, null, null)).answer()).isEqualTo("known");
    }

    @Test
    void theNumberAloneOrWithSomebodyElsesNameIsOnlyAPossibleMatch() {
        String number = number();
        jdbc.sql("update person set nhs_number = ? where id = ?").param(number).param(family.mia()).update();
        for (Known.Check check : List.of(ask(typed(number, null, null, null, null)), ask(typed(number, "Bob", "Unrelated", LocalDate.of(1950, 5, 5), null)))) {
            assertThat(check.answer()).isEqualTo("cannot-say");
            assertThat(known.named(dee, check.id())).isEmpty();
        }
    }

    @Test
    void nameDateAndPostcodeAllTheSameLeaveNoDoubt() {
        assertThat(ask(typed(null, "mia", lastName.toUpperCase(), born, "ZZ49QT")).answer()).isEqualTo("known");
        assertThat(ask(typed("9999999999", "Mia", lastName, born.plusDays(3), "ZZ49QT")).answer()).as("another number and day").isNotEqualTo("known");
    }

    @Test
    void aNearMatchIsNotNamedAndSaysHowNear() {
        Known.Check near = ask(typed(null, "Mya", lastName, born, null));
        assertThat(near.answer()).isEqualTo("cannot-say");
        assertThat(near.band()).isEqualTo("strong");
        assertThat(known.named(dee, near.id())).isEmpty();
        assertThat(ask(typed(null, lastName, "Mia", born, null)).band()).as("names the wrong way round").isNotNull();
        assertThat(ask(typed(null, "Mia", lastName, born.plusYears(1), "ZZ49QT")).band()).as("another year, the same postcode").isNotNull();
        assertThat(ask(typed(null, "Mia", lastName, null, "ZZ49QT")).band()).as("no date").isEqualTo("fair");
    }

    @Test
    void anEarlierNameCounts() {
        jdbc.sql("insert into person_other_name (person_id, first_name, last_name, family_ref, said_by, said_on, source) values (?, 'Amelia', 'Beforehand', ?, 'asha.patel', current_date, 'Test')")
                .params(List.of(family.mia(), family.ref())).update();
        assertThat(ask(typed(null, "Amelia", "Beforehand", born, "ZZ49QT")).answer()).isEqualTo("known");
    }

    @Test
    void nobodyLikeItIsNotKnownAndTooLittleCannotSay() {
        assertThat(ask(typed(null, "Mia", "Xylograph", LocalDate.of(1931, 7, 7), null)).answer()).isEqualTo("not-known");
        assertThat(ask(typed(null, "Mia", "Xylograph", null, "QX99QX")).answer()).isEqualTo("cannot-say");
        assertThatThrownBy(() -> known.ask(dee, typed(null, "Mia", lastName, null, null))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Requirement("S-201")
    void theServiceConfirmsAndTakesBack() {
        Known.Check near = ask(typed(null, "Mya", lastName, born, null));
        assertThat(open(maria, near)).as("nothing is asked yet").isEmpty();
        known.askServices(dee, near.id());
        assertThat(open(actors.find("lucy.hart").orElseThrow(), near)).as("another team").isEmpty();
        assertThat(open(dee, near)).as("who asks").isEmpty();
        Known.Asked asked = open(maria, near).get(0);
        assertThat(asked).matches(one -> one.personName().equals("Mia " + lastName) && one.askedBy().equals("Dee Marsh") && one.firstName().equals("Mya") && one.family().equals(family.ref()));

        assertThatThrownBy(() -> known.decide(dee, asked.id(), "confirm", null)).isInstanceOf(NotFound.class);
        known.decide(maria, asked.id(), "confirm", null);
        assertThat(known.one(dee, near.id()).answer()).isEqualTo("known");
        assertThat(known.named(dee, near.id())).isNotEmpty();
        assertThatThrownBy(() -> known.decide(maria, asked.id(), "refuse", null)).as("it is said already").isInstanceOf(NotFound.class);

        known.decide(maria, asked.id(), "undo", "A cousin of the same age");
        assertThat(known.one(dee, near.id()).answer()).isEqualTo("cannot-say");
        assertThat(known.named(dee, near.id())).isEmpty();
        assertThat(known.said(dee, near.id()).orElseThrow().state()).isEqualTo("undone");
        assertThat(jdbc.sql("select action from audit_event where family_ref = ? and username = ? order by id").param(family.ref()).param(maria.username()).query(String.class).list())
                .containsExactly("known.confirm", "known.undo");
    }

    private List<Known.Asked> open(Actor actor, Known.Check check) {
        return known.asked(actor, true, 500).stream().filter(one -> lastName.equals(one.lastName()) && one.askedAt().equals(check.askedAt())).toList();
    }

    @Test
    void aRefusedMatchIsNotKnown() {
        Known.Check near = ask(typed(null, "Mya", lastName, born, null));
        known.askServices(dee, near.id());
        known.decide(maria, open(maria, near).get(0).id(), "refuse", null);
        assertThat(known.one(dee, near.id()).answer()).isEqualTo("not-known");
    }

    /** Otherwise a check would do for looking up who lives where. */
    @Test
    void theApplicationCannotReadWhomACheckMeant() {
        for (String sql : List.of("select * from known_match", "select * from known_decision", "update known_check set answer = 'known'", "select known_teams(1)", "delete from known_check")) {
            assertThatThrownBy(() -> jdbc.sql(sql).query(Object.class).list()).as(sql).hasStackTraceContaining("permission denied");
        }
    }

    @Test
    void everyCheckIsKeptWithItsReasonAndOnlyItsAskerReadsIt() throws Exception {
        Known.Check check = ask(new Known.Question(null, "Mya", lastName, born, null, "other", "Somebody rang"));
        assertThat(jdbc.sql("select count(*) from audit_event where action = 'known.check' and username = 'dee.marsh' and reason = 'other' and subject = ?").param(String.valueOf(check.id())).query(Integer.class).single()).isOne();
        assertThat(known.mine(dee, null, 1)).singleElement().matches(one -> one.reason().equals("other") && one.reasonWords().equals("Somebody rang"));
        assertThatThrownBy(() -> known.one(maria, check.id())).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> known.askServices(maria, check.id())).isInstanceOf(NotFound.class);
        assertThat(known.named(maria, check.id())).isEmpty();
        String page = web.perform(get("/known/" + check.id()).with(user("dee.marsh"))).andReturn().getResponse().getContentAsString();
        assertThat(page).contains("Possible match", "Somebody rang").doesNotContain(family.ref(), "Community mental health", "Mia");
    }

    @Test
    void aReasonIsRequiredAndTooManyChecksAreRefused() throws Exception {
        Actor zoe = actors.find("zoe.finch").orElseThrow();
        String body = "{\"firstName\":\"Mya\",\"lastName\":\"" + lastName + "\",\"dateOfBirth\":\"" + born + "\",\"reason\":\"assessment\"}";
        assertThat(web.perform(post("/api/v1/known-checks").with(user("zoe.finch")).contentType(MediaType.APPLICATION_JSON).content(body.replace(",\"reason\":\"assessment\"", "")))
                .andReturn().getResponse()).matches(answer -> answer.getStatus() == 422);
        String answer = web.perform(post("/api/v1/known-checks").with(user("zoe.finch")).contentType(MediaType.APPLICATION_JSON).content(body)).andReturn().getResponse().getContentAsString();
        assertThat(answer).contains("\"answer\":\"cannot-say\"", "\"band\":\"strong\"", "\"services\":[]").doesNotContain(lastName);
        for (int i = 1; i < 60; i++) {
            known.ask(zoe, typed(null, "Mya", lastName, born, null));
        }
        assertThatThrownBy(() -> known.ask(zoe, typed(null, "Mya", lastName, born, null))).isInstanceOf(Known.TooOften.class);
        assertThat(web.perform(post("/api/v1/known-checks").with(user("zoe.finch")).contentType(MediaType.APPLICATION_JSON).content(body)).andReturn().getResponse().getStatus()).isEqualTo(429);
        assertThat(web.perform(post("/known").with(user("zoe.finch")).with(csrf()).param("nhsNumber", "9990000018").param("reason", "assessment")).andReturn().getResponse().getContentAsString())
                .contains("as many checks as are allowed");
        assertThat(jdbc.sql("select count(*) from audit_event where action = 'known.too-often' and username = 'zoe.finch'").query(Integer.class).single()).isEqualTo(3);
        assertThatThrownBy(() -> known.mine(actors.find("alex.morgan").orElseThrow(), null, 1)).as("no work with families").isInstanceOf(NotAllowed.class);
    }
}
