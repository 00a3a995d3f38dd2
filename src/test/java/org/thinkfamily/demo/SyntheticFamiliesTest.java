package org.thinkfamily.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.Requirement;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.assessment.Assessments;
import org.thinkfamily.challenge.Challenges;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.contact.Contacts;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.Person;
import org.thinkfamily.forms.NhsNumber;
import org.thinkfamily.record.Entries;
import org.thinkfamily.record.Entry;
import org.thinkfamily.referral.Referral;
import org.thinkfamily.referral.Referrals;
import org.thinkfamily.review.Reviews;
import org.thinkfamily.worklist.WorkItem;

/** A few families of the synthetic authority, led through the real processes: where they stand, that they can be made again, and that nobody real is among them. */
@ThinkFamilyTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyntheticFamiliesTest {

    private static final int MOST = 200;

    @Autowired
    private SyntheticFamilies authority;
    @Autowired
    private Colleagues colleagues;
    @Autowired
    private Entries entries;
    @Autowired
    private Families families;
    @Autowired
    private Referrals referrals;
    @Autowired
    private Assessments assessments;
    @Autowired
    private Challenges challenges;
    @Autowired
    private Reviews reviews;
    @Autowired
    private Contacts contacts;
    @Autowired
    private Clock time;
    @Autowired
    private JdbcClient jdbc;

    private static final Map<String, String> built = new HashMap<>();

    private String family(String storyline) {
        return built.computeIfAbsent(storyline, name -> authority.build(name, 0));
    }

    private List<String> open(String family) {
        return colleagues.open(family).stream().map(WorkItem::step).toList();
    }

    private LocalDate today() {
        return WorkingDays.dayOf(time.instant());
    }

    private Person firstChild(String family) {
        return families.people(family).stream().filter(Person::child).findFirst().orElseThrow();
    }

    /** Who waits for the families, such as StartBench, is told that there is nothing to wait for. */
    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void aStartThatHasNothingToBuildSaysSo(CapturedOutput said) {
        authority.begin();
        assertThat(said).contains("All 0 synthetic families are there");
        assertThat(authority.progress()).isNull();
    }

    @Test
    void aReferralWaitsPastItsTimeAndSomebodyHasSaidWhy() {
        String family = family("referral-late");

        assertThat(open(family)).containsExactly("decide");
        assertThat(colleagues.open(family).get(0).dueOn()).isBefore(today());
        Referral referral = referrals.of(family).get(0);
        assertThat(referral.decision()).isNull();
        assertThat(referral.lateReason()).isEqualTo("contact");
        assertThat(entries.of(family, null, MOST)).extracting(Entry::formKey).contains("referral-late", "referral-follow-up");
    }

    @Test
    @Requirement("S-051")
    void aSecondReferralWithinAYearGetsASecondLook() {
        String family = family("second-look");

        assertThat(open(family)).contains("second-look");
        assertThat(referrals.of(family)).hasSize(2).first().satisfies(again -> assertThat(again.earlierInTwelveMonths()).isEqualTo(1));
    }

    @Test
    void assessmentsAreAllocatedByMoreThanOneManager() {
        assertThat(List.of(family("assessment-disagreement"), family("assessed-in-need"))).map(family -> entries.newest(family, "assessment-allocate", null).orElseThrow().author())
                .doesNotHaveDuplicates();
    }

    @Test
    void aDisagreementIsOpenAtItsFirstStage() {
        String family = family("challenge-open");

        assertThat(open(family)).contains("answer");
        assertThat(challenges.of(family)).singleElement().satisfies(challenge -> assertThat(challenge.outcome()).isNull());
    }

    @Test
    void bothViewsOfAnAssessmentStandSideBySide() {
        String family = family("assessment-disagreement");

        assertThat(open(family)).containsExactly("signAdult", "signChildren");
        assertThat(assessments.of(family)).singleElement().satisfies(assessment -> {
            assertThat(assessment.agreed()).isFalse();
            assertThat(assessment.children()).allSatisfy(child -> assertThat(child.adultBand()).isEqualTo("in-need"));
        });
        assertThat(entries.of(family, null, MOST)).extracting(Entry::formKey).contains("assessment-differ");
    }

    @Test
    void aReviewWasHeldAndItsDecisionsWaitForAnAnswer() {
        String family = family("decisions-waiting");

        assertThat(open(family)).contains("answer-decisions", "write-record");
        long child = firstChild(family).id();
        assertThat(reviews.lookedAfter(family)).extracting(Reviews.LookedAfter::child).containsExactly(child);
        var held = reviews.of(child).stream().filter(review -> review.heldOn() != null).findFirst().orElseThrow();
        assertThat(held.late(today())).isFalse();
        assertThat(reviews.decisions(held.id())).hasSize(3);
    }

    @Test
    void contactThatWasAgreedIsStoppedInAnEmergency() {
        String family = family("contact-stopped");

        assertThat(open(family)).contains("end-refusal");
        assertThat(contacts.inForce(firstChild(family).id())).isPresent();
        assertThat(contacts.today(family).stops()).singleElement().satisfies(stop -> {
            assertThat(contacts.judgement(stop.child(), stop.parent()).orElseThrow().basis()).as("only contact of a child in care is refused").isEqualTo("in-care");
            assertThat(stop.until()).isNotNull();
        });
        assertThat(entries.of(family, null, MOST)).extracting(Entry::formKey).contains("contact-emergency-stop", "contact-stop-decision").hasSizeGreaterThan(30);
    }

    @Test
    void everythingHappenedInWorkingHoursOfThePast() {
        String family = family("second-look");

        List<Instant> filed = entries.of(family, null, MOST).stream().map(Entry::filedAt).toList();
        assertThat(filed).isSortedAccordingTo((one, other) -> other.compareTo(one)).allSatisfy(at -> assertThat(at).isBefore(Instant.now()));
        assertThat(filed.get(filed.size() - 1)).isBefore(Instant.now().minus(Duration.ofDays(150)));
        assertThat(Duration.between(time.instant(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void theSameStorylineMakesTheSameFamilyWithTheSameAnswers() {
        assertThat(authority.household("assessment-late", 1)).isEqualTo(authority.household("assessment-late", 1)).isNotEqualTo(authority.household("assessment-late", 0));

        String first = family("assessment-disagreement");
        jdbc.sql("update person set nhs_number = null where id in (select person_id from family_member where family_ref = :family)").param("family", first).update();
        assertThat(told(authority.build("assessment-disagreement", 0))).isEqualTo(told(first));
    }

    @Test
    void theRecordKnowsTheFamilyAsItIs() {
        for (String storyline : List.of("decisions-waiting", "contact-stopped")) {
            Household household = authority.household(storyline, 0);
            List<Person> people = families.people(family(storyline));

            assertThat(people).filteredOn(Person::child).extracting(Person::name, Person::dateOfBirth)
                    .containsExactlyElementsOf(household.children().stream().map(child -> tuple(child.name(), child.dateOfBirth())).toList());
            assertThat(people).filteredOn(person -> !person.child()).extracting(Person::name, Person::dateOfBirth, Person::relationship)
                    .containsExactlyInAnyOrderElementsOf(household.adults().stream().map(adult -> tuple(adult.name(), adult.dateOfBirth(), adult.relationship())).toList());
        }
    }

    /** What was answered, with people by their place in the family. */
    private List<String> told(String family) {
        List<Long> people = families.people(family).stream().map(Person::id).sorted().toList();
        return entries.of(family, null, MOST).stream().map(entry -> {
            String said = entry.formKey() + " " + WorkingDays.dayOf(entry.filedAt()) + " " + entry.author() + " " + entry.answers();
            for (int place = 0; place < people.size(); place++) {
                said = said.replaceAll("=" + people.get(place) + "\\b", "=person " + place);
            }
            return said;
        }).toList();
    }

    @Test
    void everyNhsNumberIsOneThatNobodyHas() {
        List<String> numbers = IntStream.range(0, 300).mapToObj(NameBook::nhsNumber).toList();
        assertThat(numbers).doesNotHaveDuplicates().allMatch(number -> number.startsWith("999") && NhsNumber.isValid(number));

        family("referral-late");
        assertThat(jdbc.sql("select p.nhs_number from person p join family_member m on m.person_id = p.id where m.family_ref in (:families) and p.nhs_number is not null")
                .param("families", built.values()).query(String.class).list()).isNotEmpty().isSubsetOf(numbers);
    }

    @Test
    void nothingPersonalIsInTheEngine() {
        List<String> told = Stream.of("decisions-waiting", "contact-stopped", "challenge-open").map(this::family).toList();
        Set<String> personal = told.stream().flatMap(family -> families.people(family).stream()).flatMap(person -> Stream.of(person.firstName(), person.lastName(), person.nhsNumber()))
                .filter(word -> word != null && !word.isBlank()).collect(Collectors.toCollection(HashSet::new));
        assertThat(personal).hasSizeGreaterThan(6);

        List<String> values = jdbc.sql("""
                select distinct text_ from (select text_ from act_ru_variable union all select text2_ from act_ru_variable
                                            union all select text_ from act_hi_varinst union all select text2_ from act_hi_varinst) value where text_ is not null
                """).query(String.class).list();
        assertThat(values).hasSizeGreaterThan(10).allSatisfy(value -> {
            assertThat(personal).noneMatch(word -> List.of(value.split("\\W+")).contains(word));
            assertThat(value).as("a value of a routing fact").hasSizeLessThan(60);
        });
    }
}
