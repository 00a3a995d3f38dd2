package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.Requirement;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Actors;
import org.thinkfamily.assessment.Assessment;
import org.thinkfamily.assessment.Assessments;
import org.thinkfamily.clock.Clocks;
import org.thinkfamily.family.Families;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.record.Entries;
import org.thinkfamily.record.Entry;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;
import org.thinkfamily.worklist.ReleasedForms;
import org.thinkfamily.worklist.WorkItems;

/** The joint assessment on the real engine and database, each step done by the right person with its real form. */
@DisplayName("Joint assessment")
@ProcessTest
@Import(JointAssessmentTest.Time.class)
class JointAssessmentTest {

    /** A Friday; 45 working days later is Monday 2 November. */
    private static final Instant NOW = Instant.parse("2026-08-28T09:00:00Z");

    @TestConfiguration(proxyBeanMethods = false)
    static class Time {
        @Bean
        @Primary
        Clock fixedTime() {
            return Clock.fixed(NOW, ZoneOffset.UTC);
        }
    }

    private static final String WORKER = "childrens-social-worker";
    private static final String MANAGER = "childrens-team-manager";
    private static final String ADULT_MANAGER = "adult-team-manager";

    @Autowired
    private Walk walk;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private ProcessEngine engine;
    @Autowired
    private RuntimeService runtime;
    @Autowired
    private ManagementService management;
    @Autowired
    private Pathway pathway;
    @Autowired
    private Fillings fillings;
    @Autowired
    private WorkItems items;
    @Autowired
    private Actors actors;
    @Autowired
    private Families families;
    @Autowired
    private Assessments assessments;
    @Autowired
    private Clocks clocks;
    @Autowired
    private Entries entries;
    @Autowired
    private ReleasedForms forms;

    private String family;
    private long mother;
    private long father;
    private long ann;
    private long ben;
    private ProcessInstance process;

    @BeforeEach
    void aFamilyKnownToBothSides() {
        BpmnAwareTests.init(engine);
        walk.settle();
        family = families.open(WORKER);
        mother = person("Mia", "adult", "mother", Walk.GP, null);
        father = person("Finn", "adult", "father", null, null);
        ann = person("Ann", "child", null, null, LocalDate.of(2019, 5, 1));
        ben = person("Ben", "child", null, null, LocalDate.of(2022, 5, 1));
        involve(WORKER, "children-team", WORKER);
        involve(Walk.AMH, "mental-health-team", Walk.AMH);
        involve(Walk.DA, "drug-alcohol-team", Walk.DA);
    }

    @AfterAll
    static void everyFlowWasReached() {
        assertThat(FlowsTaken.never("joint-assessment")).isEmpty();
    }

    @Test
    @Requirement({"S-084", "S-085", "S-086", "S-088", "S-099"})
    void bothSidesAssessAgreeAndSignTogether() {
        needed(Walk.AMH);
        done("allocate", MANAGER, Map.of("childrensWorker", WORKER, "mentalHealthWorker", Walk.AMH));
        done("plan", WORKER);
        assertThat(open()).containsExactlyInAnyOrder("askGp", "askGp", "adultSide", "childrensSide", "childViews");
        contribute();
        assertThat(open()).containsExactly("analyse");
        done("analyse", WORKER, Map.of("children", Map.of("outcome", "early-help", "band", "low"), "factors", List.of("4B", "7A")));
        done("agree", Walk.AMH, Map.of("agreed", "yes", "children", Map.of("band", "in-need")));
        assertThat(open()).containsExactlyInAnyOrder("signAdult", "signChildren");
        signed();
        done("authorise", MANAGER, Map.of("authorisation", "authorise"));
        done("tell", WORKER);

        BpmnAwareTests.assertThat(process).isEnded().hasPassed("earlyHelp").hasNotPassed("lookedAfter", "explainMissing", "setOutViews", "explainLate");
        Assessment assessment = only();
        assertThat(assessment.factors()).containsExactly("4B", "7A");
        assertThat(assessment.agreed()).isTrue();
        assertThat(assessment.signedAlone()).isNull();
        assertThat(assessment.authorisedBy()).isEqualTo(MANAGER);
        assertThat(assessment.completedOn()).isEqualTo("2026-08-28");
        assertThat(assessment.children()).containsExactlyInAnyOrder(
                new Assessment.ForChild(ann, "low", "in-need", "yes", "early-help"), new Assessment.ForChild(ben, "low", "in-need", "yes", "early-help"));
        assertThat(signatures()).containsExactlyInAnyOrder("childrens childrens-social-worker", "adult adult-mental-health-practitioner", "adult-manager adult-team-manager");
    }

    @Test
    @Requirement("S-091")
    void theLimitCountsFromTheReferralAndIsMetWhenTheFamilyHasBeenTold() {
        needed(Walk.AMH);
        assertThat(clock("assessment.complete").dueOn()).isEqualTo("2026-11-02");
        assertThat(clocks.ofFamily(family)).as("the program's own marks are nobody's limits").extracting(org.thinkfamily.clock.Clock::name).noneMatch(name -> name.matches("assessment\\.(review|late)-.*"));
        walkTo("authorise");
        done("authorise", MANAGER, Map.of("authorisation", "authorise"));
        assertThat(clock("assessment.complete").metAt()).isNull();
        done("tell", WORKER);
        assertThat(clock("assessment.complete").metAt()).isEqualTo(NOW);
    }

    @Test
    @Requirement({"S-008", "S-009"})
    void eachParentsOwnGpIsAskedAndWhereNoneIsKnownTheSocialWorkerTriesToFindOut() {
        needed(Walk.AMH);
        done("allocate", MANAGER);
        done("plan", WORKER);
        assertThat(jdbc.sql("select subjects->>'person' || ' ' || role || ' ' || coalesce(assignee, team_id) from work_item where process_id = :p and step_key = 'askGp'")
                .param("p", process.getId()).query(String.class).list())
                .containsExactlyInAnyOrder(mother + " gp " + Walk.GP, father + " childrens-social-worker childrens-social-worker");
    }

    @Test
    @Requirement("S-195")
    void theReplyOfEachGpHasAClockOfItsOwn() {
        needed(Walk.AMH);
        done("allocate", MANAGER);
        done("plan", WORKER);
        assertThat(gpReplies()).hasSize(2).allMatch(reply -> reply.metAt() == null && reply.dueOn().equals(java.time.LocalDate.of(2026, 9, 14)));
        done("askGp", "gp", mother, Map.of("obtained", "yes"));
        assertThat(gpReplies()).extracting(reply -> reply.metAt() != null).containsExactlyInAnyOrder(true, false);
    }

    private List<org.thinkfamily.clock.Clock> gpReplies() {
        return clocks.ofFamily(family).stream().filter(clock -> clock.name().equals("assessment.gp-reply")).toList();
    }

    @Test
    @Requirement({"S-009", "S-089", "S-111"})
    void whatCouldNotBeHadIsShownAndExplainedBeforeAnybodySigns() {
        needed(Walk.AMH);
        done("allocate", MANAGER);
        done("plan", WORKER);
        done("askGp", "gp", mother, Map.of("obtained", "yes"));
        done("askGp", WORKER, father, Map.of("obtained", "no"));
        done("adultSide", Walk.AMH);
        done("childrensSide", WORKER);
        done("childViews", WORKER, Map.of("children", Map.of(ann, Map.of("seen", "yes", "alone", "yes"), ben, Map.of("seen", "yes", "alone", "no"))));
        runJobs("gatherEnded");
        assertThat(open()).containsExactly("explainMissing");
        assertThat(assessments.missing(process.getId(), List.of(mother, father), List.of(ann, ben)))
                .containsExactly(new Assessments.Missing("child-alone", ben), new Assessments.Missing("gp", father));
        done("explainMissing", WORKER);
        assertThat(open()).containsExactly("analyse");
    }

    @Test
    @Requirement({"S-084", "S-089"})
    void theAssessmentGoesOnWithoutThoseWhoDoNotAnswerAndOneSideSignsAloneWithAReason() {
        needed(Walk.AMH);
        done("allocate", MANAGER);
        done("plan", WORKER);
        done("childrensSide", WORKER);
        done("childViews", WORKER, Map.of("children", Map.of("seen", "yes", "alone", "yes")));
        report("assessment-go-on", WORKER, Map.of("notHere", List.of("adult-side", "gp")));
        assertThat(open()).containsExactly("explainMissing");
        assertThat(assessments.missing(process.getId(), List.of(mother, father), List.of(ann, ben))).extracting(Assessments.Missing::part).containsExactly("adult-side", "gp", "gp");
        done("explainMissing", WORKER);
        done("analyse", WORKER);
        assertThat(open()).containsExactly("agree");
        report("assessment-sign-alone", WORKER, Map.of("side", "childrens", "cause", "no-answer"));
        assertThat(open()).containsExactly("authorise");
        assertThat(only().signedAlone()).isEqualTo("childrens");
        assertThat(signatures()).containsExactly("childrens childrens-social-worker");
        done("authorise", MANAGER, Map.of("authorisation", "authorise"));
        done("tell", WORKER);
        BpmnAwareTests.assertThat(process).isEnded();
    }

    @Test
    void aReasonForSigningAloneCannotBeLeftOut() {
        needed(Walk.AMH);
        walkTo("agree");
        Actor worker = actor(WORKER);
        Filling filling = fillings.change(worker, family, "assessment-sign-alone");
        CheckedForm checked = fillings.check(filling, fillings.context(filling), Map.of("side", "childrens", "cause", "refuses", "signed", true));
        assertThat(checked.problems()).extracting("pointer").containsExactly("/reason");
    }

    @Test
    @Requirement({"S-093", "S-098"})
    void whereTheSidesDifferBothViewsStandSideBySideBeforeTheySign() {
        needed(Walk.AMH);
        walkTo("agree");
        done("agree", Walk.AMH, Map.of("agreed", "no", "children", Map.of("band", "significant-harm")));
        assertThat(open()).containsExactly("setOutViews");
        done("setOutViews", WORKER, Map.of("differRoute", "both-managers"));
        assertThat(open()).containsExactlyInAnyOrder("signAdult", "signChildren");
        assertThat(only().agreed()).isFalse();
        assertThat(only().children()).extracting(Assessment.ForChild::adultBand).containsOnly("significant-harm");
    }

    @Test
    void whatTheManagerReturnsIsPutRightAndSignedAgain() {
        needed(Walk.AMH);
        walkTo("authorise");
        assertThat(signatures()).hasSize(3);
        done("authorise", MANAGER, Map.of("authorisation", "return"));
        assertThat(open()).containsExactly("analyse");
        assertThat(signatures()).isEmpty();
        assertThat(only().authorisedOn()).isNull();
        done("analyse", WORKER);
        done("agree", Walk.AMH, Map.of("agreed", "yes"));
        signed();
        done("authorise", MANAGER, Map.of("authorisation", "authorise"));
        assertThat(open()).containsExactly("tell");
    }

    @ParameterizedTest
    @CsvSource({"looked-after, lookedAfter", "child-protection, protection", "child-in-need, inNeed", "early-help, earlyHelp", "close, closed"})
    @Requirement({"S-041", "S-082"})
    void eachChildHasAnOutcomeOfTheirOwn(String outcome, String end) {
        needed(Walk.AMH);
        walkTo("analyse");
        done("analyse", WORKER, Map.of("children", Map.of(ann, Map.of("outcome", outcome), ben, Map.of("outcome", "close"))));
        done("agree", Walk.AMH, Map.of("agreed", "yes"));
        signed();
        done("authorise", MANAGER, Map.of("authorisation", "authorise"));
        done("tell", WORKER);
        BpmnAwareTests.assertThat(process).isEnded().hasPassed(end, "closed");
        assertThat(assessments.outcome(process.getId(), ann)).contains(outcome);
        assertThat(assessments.outcome(process.getId(), ben)).contains("close");
        for (String begins : List.of("child-protection", "child-in-need")) {
            assertThat(walk.running(family).contains(begins)).as(begins + " after the outcome " + outcome).isEqualTo(begins.equals(outcome));
        }
    }

    @Test
    void theReviewOfAChildWhoBecomesLookedAfterBeginsForThatChildAlone() {
        needed(Walk.DA);
        done("allocate", MANAGER);
        done("plan", WORKER);
        contribute();
        done("analyse", WORKER, Map.of("children", Map.of(ann, Map.of("outcome", "looked-after"), ben, Map.of("outcome", "child-in-need"))));
        done("agree", Walk.DA, Map.of("agreed", "yes"));
        signed();
        done("authorise", MANAGER, Map.of("authorisation", "authorise"));
        assertThat(runtime.createProcessInstanceQuery().processInstanceBusinessKey(family).processDefinitionKey("cla-review").count()).isZero();
        done("tell", WORKER);
        assertThat(runtime.createProcessInstanceQuery().processInstanceBusinessKey(family).processDefinitionKey("cla-review").count()).isOne();
        assertThat(walk.fact(family, "cla-review", "child")).isEqualTo(ann);
        assertThat(walk.fact(family, "cla-review", "adult")).isEqualTo(mother);
        assertThat(walk.fact(family, "cla-review", "adultRole")).isEqualTo(Walk.DA);
    }

    @Test
    void aCorrectedAnalysisChangesTheOutcomeAndACorrectedSignatureDoesNotSignAgain() {
        needed(Walk.AMH);
        walkTo("authorise");
        done("authorise", MANAGER, Map.of("authorisation", "return"));
        correct("assessment-analysis", Map.of("children", List.of(Map.of("person", ann, "band", "in-need", "outcome", "child-in-need"))));
        correct("assessment-sign", Map.of("read", true, "signed", true));
        assertThat(assessments.outcome(process.getId(), ann)).contains("child-in-need");
        assertThat(assessments.outcome(process.getId(), ben)).contains("early-help");
        assertThat(signatures()).isEmpty();
    }

    @Test
    void aChildWhoJoinsTheFamilyAfterTheAnalysisHasNoOutcomeMadeUpForThem() {
        needed(Walk.AMH);
        walkTo("authorise");
        person("Cal", "child", null, null, LocalDate.of(2026, 8, 1));
        done("authorise", MANAGER, Map.of("authorisation", "authorise"));
        done("tell", WORKER);
        BpmnAwareTests.assertThat(process).isEnded().hasPassed("notAssessed");
    }

    @Test
    @Requirement("S-091")
    void atEachReviewPointThoseWhomTheTableNamesAreTold() {
        needed(Walk.DA);
        fire("review1");
        assertThat(mail("assessment-review-point")).containsExactlyInAnyOrder(WORKER, Walk.DA);
        assertThat(clocks.ofFamily(family)).as("nobody is asked why a mark is late").noneMatch(org.thinkfamily.clock.Clock::metLate);
        fire("review2");
        assertThat(mail("assessment-review-point")).containsExactlyInAnyOrder(WORKER, Walk.DA, ADULT_MANAGER);
        fire("review3");
        assertThat(mail("assessment-review-point")).containsExactlyInAnyOrder(WORKER, Walk.DA, ADULT_MANAGER, MANAGER);
        assertThat(mail("assessment-late")).isEmpty();
        BpmnAwareTests.assertThat(process).isWaitingAt("allocate");
    }

    @Test
    @Requirement("S-091")
    void aLateAssessmentGoesUpAndTheManagerSaysOnceWhy() {
        involve("service-manager", "children-team", "service-manager");
        needed(Walk.AMH);
        walkTo("analyse");
        fire("limit");
        assertThat(mail("assessment-late")).containsExactlyInAnyOrder(WORKER, MANAGER);
        assertThat(jdbc.sql("select distinct body from outgoing_mail where family_ref = :f and kind = 'assessment-late'").param("f", family).query(String.class).single())
                .contains("its limit of 45 working days");
        assertThat(open()).containsExactlyInAnyOrder("analyse", "explainLate");
        fire("late5");
        assertThat(mail("assessment-late")).containsExactlyInAnyOrder(MANAGER, "service-manager");
        fire("late10");
        assertThat(mail("assessment-late")).containsExactlyInAnyOrder(MANAGER, "service-manager", ADULT_MANAGER);
        assertThat(open()).containsExactlyInAnyOrder("analyse", "explainLate");
        done("explainLate", MANAGER, Map.of("lateWhy", "The father was abroad until last week."));
        assertThat(clock("assessment.complete").lateReason()).isEqualTo("The father was abroad until last week.");
        assertThat(clock("assessment.complete").metAt()).isNull();
        assertThat(jdbc.sql("select rules->>0 from decision_taken where process_id = :p and decision = 'assessment-delay' order by id").param("p", process.getId()).query(String.class).list())
                .containsExactly("limit", "late5", "late10");
    }

    @Test
    void twoPointsThatAreReachedTogetherAreToldEachForItself() {
        needed(Walk.AMH);
        management.executeJob(timer("review1"));
        management.executeJob(timer("limit"));
        runJobs("remind");
        runJobs("sayLate");
        assertThat(mail("assessment-review-point")).containsExactlyInAnyOrder(WORKER, Walk.AMH);
        assertThat(mail("assessment-late")).containsExactlyInAnyOrder(WORKER, Walk.AMH, MANAGER, ADULT_MANAGER);
    }

    @Test
    void somebodyStartsItForAFamilyThatIsKnown() {
        Actor worker = actor(WORKER);
        Filling start = fillings.start(worker, "joint-assessment", family);
        CheckedForm checked = Answering.of(start.form(), fillings.context(start),
                Map.of("adult", String.valueOf(mother), "adultRole", Walk.AMH, "referredOn", "2026-08-24"));
        process = instance(fillings.file(start, checked, worker, null).process());
        assertThat(open()).containsExactly("allocate");
        assertThat(clock("assessment.complete").startedOn()).isEqualTo("2026-08-24");
        assertThat(runtime.getVariables(process.getId())).containsEntry("adult", mother);
        assertThatThrownBy(() -> fillings.start(worker, "joint-assessment", null)).isInstanceOf(org.thinkfamily.access.NotFound.class);
    }

    @Test
    void noWordOfTheRecordBecomesAVariable() {
        needed(Walk.AMH);
        walkTo("authorise");
        assertThat(runtime.getVariables(process.getId()).values()).filteredOn(String.class::isInstance)
                .allMatch(value -> value.toString().matches("[A-Za-z0-9-]*"));
    }

    // ------------------------------------------------------------------------------------------------------------------

    /** A second referral that needs an assessment joins the one that runs: there are never two. */
    @Test
    @Requirement("S-089")
    void anotherConcernJoinsTheAssessmentThatRuns() {
        needed(Walk.AMH);
        pathway.send("assessment-needed", family, Map.of("adult", father, "adultRole", Walk.DA, "referredOn", "2026-08-20"));

        assertThat(running()).hasSize(1);
        assertThat(runtime.getVariable(running().get(0).getId(), "adult")).as("what the assessment is about stays").isEqualTo(mother);
        assertThat(runtime.getVariable(running().get(0).getId(), "adultRole")).isEqualTo(Walk.AMH);
        assertThat(open()).containsExactlyInAnyOrder("allocate", "takeIn");
        assertThat(items.ofFamily(family, null, 50)).filteredOn(item -> item.step().equals("takeIn")).singleElement()
                .satisfies(task -> assertThat(task.subjects()).containsEntry("adult", father));
        done("takeIn", WORKER);
        assertThat(entries.newest(family, "assessment-concern", null)).isPresent();
        assertThat(open()).containsExactly("allocate");
    }

    @Test
    void aPersonWhoStartsASecondAssessmentJoinsTheFirst() {
        needed(Walk.AMH);
        Actor manager = actors.find("childrens-team-manager").orElseThrow();
        Filling start = fillings.start(manager, "joint-assessment", family);
        Fillings.Filed filed = fillings.file(start, Answering.of(start.form(), fillings.context(start), Map.of("adult", String.valueOf(father))), manager, null);

        assertThat(running()).hasSize(1);
        assertThat(filed.process()).isEqualTo(running().get(0).getId());
        assertThat(entries.newest(family, "assessment-start", null)).as("what the second person said is kept").isPresent();
        assertThat(open()).containsExactlyInAnyOrder("allocate", "takeIn");
    }

    private List<ProcessInstance> running() {
        return runtime.createProcessInstanceQuery().processInstanceBusinessKey(family).processDefinitionKey("joint-assessment").list();
    }

    private void needed(String adultRole) {
        pathway.send("assessment-needed", family, Map.of("adult", mother, "adultRole", adultRole, "referredOn", "2026-08-28"));
        process = runtime.createProcessInstanceQuery().processDefinitionKey("joint-assessment").processInstanceBusinessKey(family).singleResult();
    }

    private ProcessInstance instance(String id) {
        return runtime.createProcessInstanceQuery().processInstanceId(id).singleResult();
    }

    private void contribute() {
        done("askGp", "gp", mother, Map.of("obtained", "yes"));
        done("askGp", WORKER, father, Map.of("obtained", "yes"));
        done("adultSide", adultSide(), Map.of("diagnosis", "none"));
        done("childrensSide", WORKER);
        done("childViews", WORKER, Map.of("children", Map.of("seen", "yes", "alone", "yes")));
        runJobs("gatherEnded");
    }

    private String adultSide() {
        return runtime.getVariable(process.getId(), "adultRole").toString();
    }

    private void signed() {
        done("signAdult", adultSide());
        done("countersign", ADULT_MANAGER);
        done("signChildren", WORKER);
        runJobs("signEnded");
    }

    private void walkTo(String step) {
        done("allocate", MANAGER);
        done("plan", WORKER);
        contribute();
        if (step.equals("analyse")) {
            return;
        }
        done("analyse", WORKER, Map.of("children", Map.of("outcome", "early-help")));
        if (step.equals("agree")) {
            return;
        }
        done("agree", Walk.AMH, Map.of("agreed", "yes"));
        signed();
    }

    private void done(String step, String by) {
        done(step, by, null, Map.of());
    }

    private void done(String step, String by, Map<String, ?> wanted) {
        done(step, by, null, wanted);
    }

    private void done(String step, String by, Long person, Map<String, ?> wanted) {
        String id = jdbc.sql("""
                select id from work_item where process_id = :p and step_key = :step and done_at is null
                   and (cast(:person as bigint) is null or (subjects->>'person')::bigint = :person)
                """).param("p", process.getId()).param("step", step).param("person", person).query(String.class).single();
        Actor actor = actor(by);
        Filling filling = fillings.of(items.one(actor, id).orElseThrow());
        fillings.file(filling, Answering.of(filling.form(), fillings.context(filling), wanted), actor, null);
    }

    private void report(String message, String by, Map<String, ?> wanted) {
        Actor actor = actor(by);
        Filling filling = fillings.change(actor, family, message);
        fillings.file(filling, Answering.of(filling.form(), fillings.context(filling), wanted), actor, null);
    }

    private void correct(String form, Map<String, Object> answers) {
        Entry wrong = entries.newest(family, form, null).orElseThrow();
        Entries.Step step = new Entries.Step(family, wrong.title(), wrong.processKey(), wrong.processId(), wrong.stepKey(), null, wrong.deploymentId(), wrong.formVersion(), wrong.role(), Map.of());
        entries.correct(wrong, step, forms.get(wrong.deploymentId(), form).form(), answers, actor(WORKER), "It was about the wrong day.");
    }

    private List<String> open() {
        return jdbc.sql("select step_key from work_item where process_id = :p and done_at is null").param("p", process.getId()).query(String.class).list();
    }

    /** Runs one timer and the messages it leads to. */
    private void fire(String event) {
        jdbc.sql("delete from outgoing_mail where family_ref = :f").param("f", family).update();
        management.executeJob(timer(event));
        runJobs("remind");
        runJobs("sayLate");
    }

    private String timer(String event) {
        return management.createJobQuery().processInstanceId(process.getId()).activityId(event).singleResult().getId();
    }

    private void runJobs(String element) {
        for (Job job : management.createJobQuery().processInstanceId(process.getId()).activityId(element).list()) {
            management.executeJob(job.getId());
        }
    }

    /** The people to whom a mail was queued. */
    private List<String> mail(String kind) {
        return jdbc.sql("select username from outgoing_mail join app_user on username = recipient where family_ref = :f and kind = :kind").param("f", family).param("kind", kind).query(String.class).list();
    }

    private List<String> signatures() {
        return jdbc.sql("select side || ' ' || username from assessment_signature where process_id = :p").param("p", process.getId()).query(String.class).list();
    }

    private Assessment only() {
        return assessments.of(family).stream().reduce((one, other) -> {
            throw new AssertionError("more than one");
        }).orElseThrow();
    }

    private org.thinkfamily.clock.Clock clock(String name) {
        return clocks.ofFamily(family).stream().filter(clock -> clock.name().equals(name)).findFirst().orElseThrow();
    }

    private Actor actor(String username) {
        return actors.find(username).orElseThrow();
    }

    private void involve(String role, String team, String username) {
        jdbc.sql("insert into involvement (family_ref, role, team_id, username, began_on) values (:f, :role, :team, :user, '2026-08-01')")
                .param("f", family).param("role", role).param("team", team).param("user", username).update();
    }

    private long person(String name, String position, String relationship, String gp, LocalDate born) {
        return jdbc.sql("""
                with p as (insert into person (first_name, last_name, date_of_birth, gp_practice_id) values (:name, 'Example', :born, :gp) returning id)
                insert into family_member (family_ref, person_id, position, relationship) select :f, id, :position, :relationship from p returning person_id
                """).param("name", name).param("born", born).param("gp", gp).param("f", family).param("position", position).param("relationship", relationship)
                .query(Long.class).single();
    }
}
