package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.thinkfamily.pathway.Walk.AMH;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.Requirement;
import org.thinkfamily.access.Actor;
import org.thinkfamily.contact.Arrangement;
import org.thinkfamily.contact.Condition;
import org.thinkfamily.contact.ContactDecision;
import org.thinkfamily.contact.Contacts;
import org.thinkfamily.contact.Plan;
import org.thinkfamily.contact.Suggestion;
import org.thinkfamily.family.Families;
import org.thinkfamily.forms.Problem;
import org.thinkfamily.record.Decisions;
import org.thinkfamily.record.Entries;
import org.thinkfamily.record.Entry;
import org.thinkfamily.record.NotCorrectable;
import org.thinkfamily.worklist.BeforeAnswering;
import org.thinkfamily.worklist.Corrections;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;
import org.thinkfamily.worklist.IncomingMessages;
import org.thinkfamily.worklist.ReadFirst;
import org.thinkfamily.worklist.WorkItem;

@ProcessTest
@Import(Typical.class)
@DisplayName("Contact planning")
class ContactPlanningProcessTest {

    private static final String SOCIAL_WORKER = "childrens-social-worker";

    @Autowired
    private Walk walk;
    @Autowired
    private Typical typical;
    @Autowired
    private Contacts contacts;
    @Autowired
    private Decisions decisions;
    @Autowired
    private Fillings fillings;
    @Autowired
    private BeforeAnswering beforeAnswering;
    @Autowired
    private Corrections corrections;
    @Autowired
    private IncomingMessages incoming;
    @Autowired
    private Entries entries;
    @Autowired
    private Families families;
    @Autowired
    private JdbcClient jdbc;

    private LookedAfterFamily family;

    @BeforeEach
    void aChildIsLookedAfter() {
        family = new LookedAfterFamily(walk, families, jdbc);
    }

    @AfterAll
    static void everyFlowWasTaken() {
        assertThat(FlowsTaken.never("contact-planning")).isEmpty();
        assertThat(FlowsTaken.never("parent-condition")).isEmpty();
    }

    private void started() {
        typical.start(SOCIAL_WORKER, "contact-planning", family.ref, "child", String.valueOf(family.mia));
    }

    private void proposed() {
        typical.complete(family.ref, "describe-contact", "basis", "in-care", "people.risk", "some", "people.wish", "does-not-want");
        typical.complete(family.ref, "propose-plan");
    }

    private void inForce() {
        started();
        proposed();
        viewed();
        typical.complete(family.ref, "agree-plan");
        typical.complete(family.ref, "confirm-plan");
        assertThat(walk.steps(family.ref)).isEmpty();
    }

    /** Three people give their views; each arrives at the join by a job of its own. */
    private void viewed() {
        List.of("view-adult", "view-iro", "view-carer").forEach(this::view);
    }

    private void view(String step) {
        typical.complete(family.ref, step);
        walk.fire(family.ref, "views-in");
    }

    @Test
    @Requirement({"S-149", "S-169", "S-182", "S-166"})
    void aPlanIsProposedByTheRuleAndAgreedByPeople() {
        started();
        assertThat(walk.steps(family.ref)).containsExactly("describe-contact");
        proposed();

        assertThat(contacts.suggestions(family.mia)).hasSize(8);
        assertThat(contacts.suggestions(family.mia)).filteredOn(each -> each.parent() == family.mother).extracting(Suggestion::condition, Suggestion::kind)
                .containsExactly(tuple("well", "supervised"), tuple("unsettled", "supervised"),
                        tuple("unwell", "indirect"), tuple("in-hospital", "ward-visit"));
        assertThat(walk.steps(family.ref)).containsExactly("view-adult", "view-carer", "view-iro");

        view("view-iro");
        view("view-carer");
        assertThat(walk.steps(family.ref)).as("the view of the adult service is awaited").containsExactly("view-adult");
        view("view-adult");
        typical.complete(family.ref, "agree-plan");
        assertThat(contacts.inForce(family.mia)).isEmpty();
        typical.complete(family.ref, "confirm-plan");

        Plan plan = contacts.inForce(family.mia).orElseThrow();
        assertThat(plan.confirmedBy()).isEqualTo("childrens-team-manager");
        assertThat(plan.arrangements()).as("what the rule suggested stood in the form and was left as it was").hasSize(8)
                .filteredOn(each -> each.parent() == family.father).extracting(Arrangement::condition, Arrangement::kind, Arrangement::supervision)
                .containsExactly(tuple("well", "supervised", "trained-supervisor"), tuple("unsettled", "supervised", "trained-supervisor"),
                        tuple("unwell", "indirect", "known-adult"), tuple("in-hospital", "ward-visit", "trained-supervisor"));
        assertThat(walk.running(family.ref)).containsExactly("contact-planning");
    }

    @Test
    @Requirement("S-178")
    void whatTheChildWishesIsNeverInADecisionOrAFactOfTheProcess() {
        started();
        proposed();

        assertThat(decisions.of(family.ref, null, 50)).hasSize(8).allSatisfy(kept -> {
            assertThat(kept.taken().inputs()).hasSize(4);
            assertThat(kept.taken().toString()).doesNotContain("does-not-want");
        });
        assertThat(jdbc.sql("select count(*) from act_ru_variable where text_ = 'does-not-want'").query(Long.class).single()).isZero();
    }

    @Test
    @Requirement("S-182")
    void aMissingViewOfTheAdultServiceReachesItsManager() {
        started();
        proposed();

        walk.fire(family.ref, "view-adult-late");
        walk.fire(family.ref, "chase-adult");

        assertThat(walk.mail(family.ref)).contains("contact-view-late to adult-team-manager");
        assertThat(walk.steps(family.ref)).contains("view-adult");
    }

    @Test
    void aPlanThatIsNotConfirmedIsProposedAgain() {
        started();
        proposed();
        viewed();
        typical.complete(family.ref, "agree-plan");
        typical.complete(family.ref, "confirm-plan", "planConfirmed", "no");

        assertThat(walk.steps(family.ref)).containsExactly("propose-plan");
        assertThat(contacts.inForce(family.mia)).isEmpty();
    }

    @Test
    void aPlanHoldsUntilTheNewOneIsConfirmed() {
        inForce();
        long first = contacts.inForce(family.mia).orElseThrow().id();
        typical.report(SOCIAL_WORKER, family.ref, "contact-review", "child", String.valueOf(family.mia));
        proposed();
        assertThat(contacts.inForce(family.mia).orElseThrow().id()).isEqualTo(first);
        viewed();
        typical.complete(family.ref, "agree-plan");
        typical.complete(family.ref, "confirm-plan");

        assertThat(contacts.plans(family.mia)).extracting(Plan::state).containsExactly("in-force", "replaced");
    }

    @Test
    @Requirement({"S-169", "S-182", "S-166", "S-181"})
    void aChangeInTheParentsConditionOpensContactAgain() {
        inForce();

        typical.report(AMH, family.ref, "parent-condition-changed", "parent", String.valueOf(family.mother), "condition", "in-hospital");

        assertThat(contacts.condition(family.mother).orElseThrow().condition()).isEqualTo("in-hospital");
        assertThat(walk.steps(family.ref)).containsExactly("adult-on-condition", "iro-on-condition");
        walk.fire(family.ref, "tell-carer");
        assertThat(walk.mail(family.ref)).contains("parent-condition-changed to childrens-social-worker", "contact-condition-changed to supervising-social-worker", "contact-condition-changed to iro");
        assertThat(shown("adult-on-condition")).containsExactly("parent-condition", "contact-proposal");
        assertThat(shown("iro-on-condition")).containsExactly("parent-condition", "contact-proposal", "contact-agreement");
        List.of("adult-on-condition", "iro-on-condition").forEach(this::seeChange);
        assertThat(shown("decide-contact")).contains("parent-condition", "contact-proposal", "contact-condition-view-iro");
        typical.complete(family.ref, "decide-contact", "kind", "ward-visit");

        ContactDecision now = contacts.decisions(family.mia).get(0);
        assertThat(now.kind()).isEqualTo("ward-visit");
        assertThat(now.condition()).isEqualTo("in-hospital");
        assertThat(now.role()).isEqualTo(SOCIAL_WORKER);
        assertThat(walk.steps(family.ref)).isEmpty();
    }

    @Test
    @Requirement("S-169")
    void theAdultsWorkerReportsAChangeAlsoWhereNobodyPlansContact() {
        assertThat(walk.running(family.ref)).isEmpty();
        assertThat(fillings.changes(walk.user(AMH), family.ref)).extracting(change -> change.message()).contains("parent-condition-changed").doesNotContain("contact-condition-changed");
        assertThat(fillings.changes(walk.user(SOCIAL_WORKER), family.ref)).extracting(change -> change.message()).doesNotContain("parent-condition-changed");

        typical.report(AMH, family.ref, "parent-condition-changed", "parent", String.valueOf(family.mother), "condition", "unwell");

        assertThat(contacts.condition(family.mother).orElseThrow().condition()).isEqualTo("unwell");
        assertThat(entries.newest(family.ref, "parent-condition", null)).isPresent();
        assertThat(walk.mail(family.ref)).containsExactly("parent-condition-changed to childrens-social-worker");
        assertThat(walk.running(family.ref)).as("nothing waits for it").isEmpty();
    }

    @Test
    @Requirement("S-169")
    void whatIsDecidedForNowIsLookedAtAgainOnTheDayThatWasNamed() {
        inForce();
        typical.report(AMH, family.ref, "parent-condition-changed", "parent", String.valueOf(family.mother), "condition", "unwell");
        List.of("adult-on-condition", "iro-on-condition").forEach(this::seeChange);
        LocalDate day = families.today().plusDays(20);

        typical.complete(family.ref, "decide-contact", "follow", "changed", "lookAgainOn", day.toString());

        assertThat(walk.steps(family.ref)).isEmpty();
        assertThat(walk.timer(family.ref, "look-again")).isEqualTo(day);
        assertThat(jdbc.sql("select due_on from clock where family_ref = ? and name = 'contact.look-again' and met_at is null and stopped_at is null and remind_on < due_on")
                .param(family.ref).query(LocalDate.class).single()).as("shown on the family's page, with a reminder").isEqualTo(day);
        walk.fire(family.ref, "look-again");
        assertThat(walk.steps(family.ref)).containsExactly("decide-contact");
        typical.complete(family.ref, "decide-contact", "follow", "as-planned");
        assertThat(walk.steps(family.ref)).isEmpty();
    }

    @Test
    void aChangeThatThePlanDoesNotFitMakesANewPlan() {
        inForce();
        typical.report(AMH, family.ref, "parent-condition-changed", "parent", String.valueOf(family.father), "condition", "unwell");
        List.of("iro-on-condition", "adult-on-condition").forEach(this::seeChange);
        typical.complete(family.ref, "decide-contact", "follow", "new-plan");

        assertThat(walk.steps(family.ref)).containsExactly("describe-contact");
    }

    @Test
    void theConditionOfAParentReachesThePlanOfEveryChild() {
        inForce();
        typical.start(SOCIAL_WORKER, "contact-planning", family.ref, "child", String.valueOf(family.leo));

        typical.report(AMH, family.ref, "parent-condition-changed", "parent", String.valueOf(family.mother), "condition", "unwell");

        assertThat(walk.steps(family.ref)).containsExactly("adult-on-condition", "adult-on-condition", "describe-contact", "iro-on-condition", "iro-on-condition");
    }

    @Test
    @Requirement("S-181")
    void contactStoppedInAnEmergencyIsDecidedByASocialWorker() {
        inForce();
        stopped();
        assertThat(walk.steps(family.ref)).containsExactly("decide-stop");
        assertThat(shown("decide-stop")).as("what the carer reports").containsExactly("contact-emergency-stop", "contact-proposal");
        typical.complete(family.ref, "decide-stop");

        assertThat(walk.steps(family.ref)).isEmpty();
        assertThat(contacts.decisions(family.mia)).extracting(ContactDecision::what).containsExactly("resume", "stopped");
        assertThat(contacts.inForce(family.mia)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Requirement({"S-169", "S-182"})
    void eachDecisionIsAboutTheParentWhoChanged(boolean motherFirst) {
        inForce();
        typical.report(AMH, family.ref, "parent-condition-changed", "parent", String.valueOf(family.mother), "condition", "in-hospital");
        typical.report(AMH, family.ref, "parent-condition-changed", "parent", String.valueOf(family.father), "condition", "unwell");
        List<Long> order = motherFirst ? List.of(family.mother, family.father) : List.of(family.father, family.mother);
        for (long parent : order) {
            List.of("adult-on-condition", "iro-on-condition").forEach(step -> {
                typical.complete(of(step, parent));
                walk.fireOne(family.ref, "both-in");
            });
        }

        typical.complete(of("decide-contact", order.get(0)), "kind", "ward-visit");
        assertThat(walk.clocks(family.ref, "contact.condition-change")).as("each runs until its own decision").containsExactlyInAnyOrder("met", "running");
        typical.complete(of("decide-contact", order.get(1)), "kind", "indirect");

        assertThat(contacts.decisions(family.mia)).extracting(ContactDecision::parent, ContactDecision::kind, ContactDecision::condition).containsExactly(
                tuple(order.get(1), "indirect", condition(order.get(1))), tuple(order.get(0), "ward-visit", condition(order.get(0))));
    }

    private String condition(long parent) {
        return parent == family.mother ? "in-hospital" : "unwell";
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Requirement("S-181")
    void whatFollowsAStopIsAboutTheParentWithWhomContactWasStopped(boolean motherFirst) {
        inForce();
        stopped();
        stopped(family.father);
        List<Long> order = motherFirst ? List.of(family.mother, family.father) : List.of(family.father, family.mother);

        typical.complete(of("decide-stop", order.get(0)), "stopDecision", "refuse");
        assertThat(walk.clocks(family.ref, "contact.emergency-tell")).containsExactlyInAnyOrder("met", "running");
        typical.complete(of("decide-stop", order.get(1)), "stopDecision", "refuse");
        typical.complete(of("end-refusal", order.get(0)), "afterRefusal", "court");
        typical.complete(of("end-refusal", order.get(1)), "afterRefusal", "resume");

        assertThat(contacts.decisions(family.mia)).extracting(ContactDecision::parent, ContactDecision::what).startsWith(
                tuple(order.get(1), "resume"), tuple(order.get(0), "court"), tuple(order.get(1), "refuse"), tuple(order.get(0), "refuse"));
    }

    @Test
    void aCorrectionTakesThePlaceOfWhatItCorrects() {
        inForce();
        typical.report(AMH, family.ref, "parent-condition-changed", "parent", String.valueOf(family.mother), "condition", "unwell");
        List.of("adult-on-condition", "iro-on-condition").forEach(this::seeChange);
        typical.complete(family.ref, "decide-contact", "kind", "indirect");
        assertThat(contacts.today(family.ref).forNow()).extracting(Contacts.ForNow::parent, Contacts.ForNow::condition, Contacts.ForNow::kind)
                .containsExactly(tuple(family.mother, "unwell", "indirect"));
        typical.report(AMH, family.ref, "parent-condition-changed", "parent", String.valueOf(family.mother), "condition", "well");
        stopped();
        typical.complete(family.ref, "decide-stop", "stopDecision", "refuse");

        Entry unwell = entries.of(family.ref, null, 50).stream().filter(entry -> "unwell".equals(entry.answers().get("condition"))).findFirst().orElseThrow();
        Corrections.Outcome outcome = corrections.correct(walk.user(AMH), family.ref, unwell.id(), Walk.with(unwell.answers(), "condition", "in-hospital", "discharge", "no"), "Wrong");
        assertThat(outcome.notices()).as("the steps went on with unwell").hasSize(1);
        assertThat(contacts.conditions(family.mother)).extracting(Condition::condition).as("what was said later still holds").containsExactly("well", "in-hospital");
        assertThat(contacts.conditions(family.mother).get(1).entry()).isEqualTo(outcome.entry().id());

        walk.correct(SOCIAL_WORKER, family.ref, "contact-condition-decision", family.mia, "kind", "ward-visit");
        walk.correct("supervising-social-worker", family.ref, "contact-emergency-stop", null, "parent", String.valueOf(family.father));
        walk.correct(SOCIAL_WORKER, family.ref, "contact-stop-decision", family.mia, "refusedUntil", families.today().plusDays(2).toString());
        assertThat(contacts.decisions(family.mia)).extracting(ContactDecision::parent, ContactDecision::what, ContactDecision::kind, ContactDecision::until).containsExactly(
                tuple(family.mother, "refuse", null, families.today().plusDays(2)), tuple(family.father, "stopped", null, null), tuple(family.mother, "condition", "ward-visit", null));
        assertThat(entries.of(family.ref, null, 50)).as("the history is kept").filteredOn(entry -> entry.supersededBy() != null).hasSize(4);
    }

    @Test
    void aPlanEndsOnTheDayThatIsRight() {
        inForce();
        typical.report(SOCIAL_WORKER, family.ref, "care-ended", "child", String.valueOf(family.mia));
        LocalDate day = families.today().minusDays(3);

        walk.correct(SOCIAL_WORKER, family.ref, "care-ended", null, "careEndedOn", day.toString());
        assertThat(contacts.plans(family.mia)).extracting(Plan::endedOn).containsExactly(day);
        assertThatThrownBy(() -> walk.correct(SOCIAL_WORKER, family.ref, "care-ended", null, "child", String.valueOf(family.leo))).isInstanceOf(NotCorrectable.class);
    }

    @Test
    void aConfirmationIsNotUndoneByACorrection() {
        inForce();
        assertThatThrownBy(() -> walk.correct("childrens-team-manager", family.ref, "contact-confirmation", family.mia, "planConfirmed", "no", "changeWhat", "Shorter visits"))
                .isInstanceOf(NotCorrectable.class);
        assertThat(contacts.inForce(family.mia)).isPresent();
    }

    @Test
    void contactOfAChildIsPlannedOnce() {
        started();
        walk.send(family.ref, "contact-plan-needed", Map.of("child", family.mia, "adult", family.mother, "adultRole", AMH));
        assertThatThrownBy(this::started).isInstanceOf(Pathway.RunsAlready.class);
        assertThat(walk.running(family.ref)).containsExactly("contact-planning");
    }

    /** The open task of that step which is about this parent. */
    private WorkItem of(String step, long parent) {
        return walk.tasks(family.ref).stream().filter(task -> task.step().equals(step) && Long.valueOf(parent).equals(task.subjects().get("person"))).findFirst().orElseThrow();
    }

    /** The forms whose entries stand above the questions of a step. */
    private List<String> shown(String step) {
        return beforeAnswering.shown(fillings.of(walk.task(family.ref, step))).stream().map(ReadFirst::entry).filter(Objects::nonNull).map(Entry::formKey).toList();
    }

    @Test
    void whenTheChildMovesContactIsPlannedAgain() {
        inForce();
        walk.send(family.ref, "placement-moved", Map.of("child", family.mia, "placement", "K2", "placedOn", families.today().toString(), "moveKind", "unplanned"));
        assertThat(walk.steps(family.ref)).contains("describe-contact");
    }

    private void seeChange(String step) {
        typical.complete(family.ref, step);
        walk.fire(family.ref, "both-in");
    }

    private void stopped() {
        stopped(family.mother);
    }

    private void stopped(long parent) {
        typical.report("supervising-social-worker", family.ref, "contact-emergency-stop", "child", String.valueOf(family.mia), "parent", String.valueOf(parent),
                "stoppedAt", "0:00");
    }

    @Test
    void theManagerHearsOfAStopThatNobodyHasDecided() {
        inForce();
        stopped();
        walk.fire(family.ref, "stop-undecided");
        walk.fire(family.ref, "tell-team-manager");

        assertThat(walk.mail(family.ref)).contains("contact-stop-undecided to childrens-team-manager");
        assertThat(walk.words(family.ref, "contact-stop-undecided")).contains("due within 24 hours");
        assertThat(walk.steps(family.ref)).containsExactly("decide-stop");
        assertThat(jdbc.sql("select amount || ' ' || unit from clock where family_ref = :family and name = 'contact.emergency-tell'").param("family", family.ref).query(String.class).single())
                .isEqualTo("24 hours");
    }

    @Test
    void aRefusalLastsSevenDaysAtMost() {
        inForce();
        stopped();
        typical.complete(family.ref, "decide-stop", "stopDecision", "refuse");
        assertThat(walk.task(family.ref, "end-refusal").dueOn()).isEqualTo(families.today().plusDays(7));
        typical.complete(family.ref, "end-refusal", "afterRefusal", "court");

        assertThat(contacts.decisions(family.mia)).extracting(ContactDecision::what).containsExactly("court", "refuse", "stopped");
        assertThat(walk.steps(family.ref)).isEmpty();
    }

    @Test
    @Requirement("S-181")
    void whileContactIsStoppedThePlanDoesNotApply() {
        inForce();
        typical.report(AMH, family.ref, "parent-condition-changed", "parent", String.valueOf(family.mother), "condition", "in-hospital");
        assertThat(contacts.today(family.ref).lines()).filteredOn(Contacts.InForce::now).extracting(Contacts.InForce::kind).containsExactly("ward-visit");
        assertThat(contacts.today(family.ref).stops()).isEmpty();

        stopped();
        assertThat(contacts.today(family.ref).stops()).extracting(Contacts.Stop::child, Contacts.Stop::parent, Contacts.Stop::until)
                .containsExactly(tuple(family.mia, family.mother, null));
        assertThat(contacts.today(family.ref).lines()).filteredOn(Contacts.InForce::now).isEmpty();
        assertThat(contacts.today(family.ref).lines()).allSatisfy(line -> assertThat(line.stopped()).isEqualTo(line.parent() == family.mother));
        walk.fire(family.ref, "tell-of-stop");
        assertThat(walk.mail(family.ref)).contains("contact-stopped to iro", "contact-stopped to supervising-social-worker");

        LocalDate until = families.today().plusDays(5);
        typical.complete(family.ref, "decide-stop", "stopDecision", "refuse", "refusedUntil", until.toString());
        assertThat(contacts.today(family.ref).stops()).extracting(Contacts.Stop::until).containsExactly(until);
        walk.fire(family.ref, "tell-of-refusal");
        assertThat(walk.mail(family.ref)).contains("contact-refused to iro", "contact-refused to childrens-team-manager");

        assertThat(contacts.today(family.ref).stops()).extracting(Contacts.Stop::ranOut).containsExactly(false);
        jdbc.sql("update contact_decision set until_day = :yesterday where what = 'refuse' and child_id = :child").param("yesterday", families.today().minusDays(1))
                .param("child", family.mia).update();
        assertThat(contacts.today(family.ref).stops()).as("nobody has decided since the refusal ran out").extracting(Contacts.Stop::ranOut).containsExactly(true);
        assertThat(contacts.today(family.ref).lines()).filteredOn(Contacts.InForce::now).hasSize(1);

        typical.complete(family.ref, "end-refusal", "afterRefusal", "resume");
        assertThat(contacts.today(family.ref).stops()).isEmpty();
        assertThat(contacts.today(family.ref).lines()).filteredOn(Contacts.InForce::now).hasSize(1);
    }

    @Test
    @Requirement("S-181")
    void contactIsRefusedOnlyForAChildInCareAndForSevenDays() {
        inForce();
        stopped();
        assertThat(refused(families.today().plusDays(7))).isEmpty();
        assertThat(refused(families.today().plusDays(8))).containsExactly("/refusedUntil");

        typical.report(SOCIAL_WORKER, family.ref, "contact-review", "child", String.valueOf(family.mia));
        typical.complete(family.ref, "describe-contact", "basis", "accommodated");
        assertThat(refused(families.today().plusDays(7))).as("there is no power to refuse").containsExactly("/stopDecision");
    }

    /** What is wrong with a refusal until that day. */
    private List<String> refused(LocalDate until) {
        Filling filling = fillings.of(walk.task(family.ref, "decide-stop"));
        return fillings.check(filling, fillings.context(filling), Map.of("stopDecision", "refuse", "reason", "To keep her safe", "refusedUntil", until.toString(),
                "noticeTo", List.of("mother"), "manager", "yes", "carerSupport", "nothing")).problems().stream().map(Problem::pointer).toList();
    }

    @Test
    void theTimeOfAStopIsATimeThatHasBeen() {
        inForce();
        Filling filling = fillings.change(walk.user("supervising-social-worker"), family.ref, "contact-emergency-stop");
        List.of("sometime", "25:00", "4.75pm", "13pm").forEach(at -> assertThat(stopAt(filling, families.today(), at)).as(at).containsExactly("/stoppedAt"));
        List.of("4.30pm", "4 pm", "16:30", "16.30", "0:05").forEach(at -> assertThat(stopAt(filling, families.today().minusDays(1), at)).as(at).isEmpty());
        assertThat(stopAt(filling, families.today(), "0:00")).isEmpty();
        assertThat(stopAt(filling, families.today(), "11.59pm")).as("still to come").containsExactly("/stoppedAt");
    }

    private List<String> stopAt(Filling filling, LocalDate day, String at) {
        return fillings.check(filling, fillings.context(filling), Map.of("child", String.valueOf(family.mia), "parent", String.valueOf(family.mother), "stoppedOn", day.toString(),
                "stoppedAt", at, "stoppedBy", "carer", "what", "Shouting", "childSafe", "yes")).problems().stream().map(Problem::pointer).toList();
    }

    @Test
    void whetherGoingHomeIsPlannedIsAskedOnlyOfAParentInHospital() {
        inForce();
        Filling filling = fillings.change(walk.user(AMH), family.ref, "parent-condition-changed");
        Map<String, Object> answers = Map.of("parent", String.valueOf(family.mother), "conditionSince", families.today().toString(), "decidedBy", "me", "seen", "Not sleeping",
                "howLong", "weeks");
        assertThat(fillings.check(filling, fillings.context(filling), Walk.with(answers, "condition", "unwell")).problems()).isEmpty();
        assertThat(fillings.check(filling, fillings.context(filling), Walk.with(answers, "condition", "in-hospital")).problems()).extracting(Problem::pointer)
                .containsExactly("/discharge");
    }

    @Test
    void contactIsPlannedAgainAfterAStop() {
        inForce();
        stopped();
        typical.complete(family.ref, "decide-stop", "stopDecision", "plan-again");
        assertThat(walk.steps(family.ref)).containsExactly("describe-contact");
    }

    @Test
    void contactIsPlannedAgainAfterARefusal() {
        inForce();
        stopped();
        typical.complete(family.ref, "decide-stop", "stopDecision", "refuse");
        typical.complete(family.ref, "end-refusal", "afterRefusal", "plan-again");
        assertThat(walk.steps(family.ref)).containsExactly("describe-contact");
    }

    @Test
    void planningEndsWithCare() {
        inForce();
        typical.report(SOCIAL_WORKER, family.ref, "care-ended", "child", String.valueOf(family.mia));

        assertThat(walk.running(family.ref)).isEmpty();
        assertThat(contacts.plans(family.mia)).extracting(Plan::state).containsExactly("ended");
    }

    /** A message of another system is in the record as one from the page is. */
    @Test
    void anotherSystemSaysThatCareHasEnded() {
        inForce();
        LocalDate day = families.today().minusDays(2);
        Actor worker = walk.user(SOCIAL_WORKER);
        assertThatThrownBy(() -> incoming.send(worker, "care-ended", family.ref, family.mia, Map.of("careEndedOn", day.toString()), null))
                .isInstanceOfSatisfying(IncomingMessages.RefusedAnswers.class, refused -> assertThat(refused.problems()).extracting(Problem::pointer).containsExactly("/facts/careEndedReason"));

        IncomingMessages.Sent sent = incoming.send(worker, "care-ended", family.ref, family.mia, Map.of("careEndedOn", day.toString(), "careEndedReason", "E4A"), null);

        assertThat(sent.reached()).isEqualTo(1);
        assertThat(entries.one(family.ref, sent.entry()).orElseThrow().answers()).containsEntry("careEndedReason", "E4A");
        assertThat(contacts.plans(family.mia)).extracting(Plan::state, Plan::endedOn).containsExactly(tuple("ended", day));
        assertThat(walk.running(family.ref)).isEmpty();
    }

    @Test
    void anotherSystemSaysHowTheParentIs() {
        inForce();
        Map<String, Object> facts = Map.of("condition", "unwell", "conditionSince", families.today().toString(), "decidedBy", "team");
        assertThatThrownBy(() -> incoming.send(walk.user(AMH), "parent-condition-changed", family.ref, family.mother, facts, Map.of("howLong", "for ever")))
                .as("answers that are given are checked as on the page").isInstanceOf(IncomingMessages.RefusedAnswers.class);

        incoming.send(walk.user(AMH), "parent-condition-changed", family.ref, family.mother, facts, null);
        assertThat(contacts.condition(family.mother)).get().extracting(Condition::condition, Condition::decidedBy).containsExactly("unwell", "team");
        assertThat(walk.steps(family.ref)).containsExactly("adult-on-condition", "iro-on-condition");
    }

    @Test
    void aReviewAsksForThePlan() {
        walk.send(family.ref, "contact-plan-needed", Map.of("child", family.mia, "adult", family.mother, "adultRole", AMH));
        assertThat(walk.steps(family.ref)).containsExactly("describe-contact");
    }
}
