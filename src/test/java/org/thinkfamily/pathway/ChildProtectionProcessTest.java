package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.thinkfamily.pathway.Walk.AMH;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.thinkfamily.Requirement;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;
import org.thinkfamily.record.Entries;
import org.thinkfamily.worklist.BeforeAnswering;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;
import org.thinkfamily.worklist.WorkItem;
import org.thinkfamily.worklist.WorkItems;

@ProcessTest
@Import(Typical.class)
@DisplayName("Child protection")
class ChildProtectionProcessTest {

    private static final Object[] EVERYBODY = {"parentService", "invited", "otherParentService", "invited", "consultant", "invited", "gps", "invited", "childHealth", "invited",
            "midwife", "invited", "school", "invited", "police", "invited"};

    @Autowired
    private Walk walk;
    @Autowired
    private Typical typical;
    @Autowired
    private Families families;
    @Autowired
    private WorkItems items;
    @Autowired
    private Fillings fillings;
    @Autowired
    private BeforeAnswering beforeAnswering;
    @Autowired
    private WorkingDays workingDays;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private WebApplicationContext application;
    @Autowired
    private Entries entries;

    private LookedAfterFamily family;

    @BeforeEach
    void aFamilyIsKnown() {
        family = new LookedAfterFamily(walk, families, jdbc);
    }

    @AfterAll
    static void everyFlowWasTaken() {
        for (String process : List.of("child-protection", "child-protection-conference", "child-protection-plan", "concern-closing")) {
            assertThat(FlowsTaken.never(process)).as(process).isEmpty();
        }
    }

    private void call(String flag) {
        typical.start(AMH, "child-protection", family.ref, "adult", String.valueOf(family.mother), "adultRole", AMH, "immediateFlag", flag);
    }

    private void discuss(Object... said) {
        Map<String, Object> answers = new HashMap<>(Map.of("takenPart", List.of("social-care", "police", "health", "adult-service"), "lifeEvents", List.of("none"), "unborn", "no", "enquiry", "single"));
        for (int i = 0; i < said.length; i += 2) {
            answers.put(said[i].toString(), said[i + 1]);
        }
        typical.complete(family.ref, "discuss", flat(answers));
    }

    private static Object[] flat(Map<String, Object> answers) {
        return answers.entrySet().stream().flatMap(answer -> Stream.of(answer.getKey(), answer.getValue())).toArray();
    }

    private static Object[] everybodyBut(String... said) {
        Map<String, Object> answers = new HashMap<>();
        for (int i = 0; i < EVERYBODY.length; i += 2) {
            answers.put(EVERYBODY[i].toString(), EVERYBODY[i + 1]);
        }
        for (int i = 0; i < said.length; i += 2) {
            answers.put(said[i], said[i + 1]);
        }
        return flat(answers);
    }

    /** A conference is held from Monday to Friday. */
    private LocalDate lastWeekday() {
        LocalDate today = families.today();
        return today.minusDays(Math.max(0, today.getDayOfWeek().getValue() - DayOfWeek.FRIDAY.getValue()));
    }

    private String inTenDays() {
        return workingDays.plus(families.today(), 10).toString();
    }

    private void enquireForAConference() {
        typical.complete(family.ref, "enquire", "children.enquiryOutcome", "conference", "conferenceOn", inTenDays());
    }

    private void contribute() {
        for (String step : List.of("adult-contributes", "consultant-contributes", "health-contributes", "school-contributes", "report")) {
            typical.complete(family.ref, step);
        }
        all("gp-contributes").forEach(task -> typical.complete(task));
        while (walk.waiting(family.ref).contains("gathered")) {
            walk.fireOne(family.ref, "gathered");
        }
    }

    private List<WorkItem> all(String step) {
        return items.ofFamily(family.ref, null, 50).stream().filter(item -> item.step().equals(step)).toList();
    }

    private void toTheConference() {
        call("no");
        typical.complete(family.ref, "adult-view");
        discuss();
        enquireForAConference();
        typical.complete(family.ref, "invite", EVERYBODY);
    }

    private void held(String absent) {
        typical.complete(family.ref, "hold", "sitting", "held", "takenPart", List.of("social-care", "police", "health", "other-adult-service", "midwifery"), "absent", absent);
    }

    private void agreeToClose(String closing) {
        typical.complete(family.ref, "propose", "bornOut", "no", "changeSeen", "no", "cooperates", "yes");
        typical.complete(family.ref, "agree", "closing", closing);
    }

    @Test
    @Requirement({"S-025", "S-027"})
    void aStrategyDiscussionFollowsTheSameDayWithTheConsultantAsked() {
        call("yes");

        assertThat(walk.steps(family.ref)).containsExactlyInAnyOrder("discuss", "adult-view", "consultant-view");
        for (String step : List.of("discuss", "adult-view", "consultant-view")) {
            assertThat(walk.task(family.ref, step).dueOn()).as(step + " is due the same day").isEqualTo(families.today());
        }
        assertThat(walk.task(family.ref, "consultant-view").role()).isEqualTo("consultant-psychiatrist");
        typical.complete(family.ref, "consultant-view");
        typical.complete(family.ref, "adult-view");
        assertThat(walk.shown(family.ref, "discuss")).as("what they said is there to read").contains("protection-adult-view", "protection-consultant-view");
    }

    @Test
    @Requirement("S-026")
    void aChildIsNeverWhatProtectsAParentAgainstSuicide() {
        call("yes");
        Filling filling = fillings.of(walk.task(family.ref, "adult-view"));
        for (String refused : List.of("The child protects her.", "She lives for her daughter", "Her sister.\nThe CHILDREN: she loves her children.")) {
            assertThat(fillings.check(filling, fillings.context(filling), Map.of("protects", refused)).problems()).as(refused)
                    .anySatisfy(problem -> assertThat(problem.message()).contains("A child is never a protective factor against suicide"));
        }
        assertThat(fillings.check(filling, fillings.context(filling), Map.of("protects", "Her sister, who knows the plan.")).problems())
                .noneMatch(problem -> problem.pointer().equals("/protects"));
    }

    @Test
    void nobodyHasToSayThatAFlagIsRaisedForTheConsultantToBeAsked() {
        walk.send(family.ref, "strategy-discussion-needed", Map.of("adult", family.mother, "adultRole", AMH));
        assertThat(walk.steps(family.ref)).contains("consultant-view");
        call("no");
        assertThat(walk.running(family.ref)).as("a discussion that is to be held is told").containsExactly("child-protection");
        typical.complete(family.ref, "take-in");
        assertThat(walk.ended(family.ref, "child-protection")).contains("taken-in");
        discuss();
        call("no");
        assertThat(walk.running(family.ref)).as("later it is a discussion of its own, whatever else runs").containsExactly("child-protection", "child-protection");
    }

    @Test
    @Requirement({"S-028", "S-039"})
    void thatParentsCooperateNeverClosesAConcern() {
        call("no");
        discuss("enquiry", "no");
        typical.complete(family.ref, "propose", "bornOut", "yes", "changeSeen", "promised", "cooperates", "yes");
        assertThat(walk.steps(family.ref)).as("talked about again; nobody is even asked to agree").contains("discuss").doesNotContain("agree");

        discuss("enquiry", "no");
        typical.complete(family.ref, "propose", "bornOut", "yes", "changeSeen", "yes", "cooperates", "no", "threat", "yes");
        assertThat(walk.running(family.ref)).contains("child-protection");
        assertThat(walk.task(family.ref, "agree").role()).as("a second person closes it").isEqualTo("childrens-team-manager");
        typical.complete(family.ref, "agree", "closing", "reopened");
        assertThat(walk.steps(family.ref)).contains("discuss");
        discuss("enquiry", "no");
        agreeToClose("agreed");
        assertThat(walk.ended(family.ref, "child-protection")).contains("no-enquiry");
    }

    @Test
    @Requirement("S-060")
    void theEnquiryRestsOnWhatTheParentsServiceSays() {
        call("no");
        typical.complete(family.ref, "adult-view");
        discuss();
        assertThat(walk.shown(family.ref, "enquire")).contains("protection-adult-view");
        assertThat(walk.task(family.ref, "enquire").dueOn()).isEqualTo(workingDays.plus(families.today(), 10));
        typical.complete(family.ref, "enquire", "jointVisit", "no", "children.enquiryOutcome", "closed");
        agreeToClose("reopened");
        typical.complete(family.ref, "enquire", "jointVisit", "adult-service", "children.enquiryOutcome", "closed");
        agreeToClose("agreed");
        assertThat(walk.ended(family.ref, "child-protection")).contains("not-confirmed");
    }

    @Test
    void aChildWhoIsSafeNowHasAPlanAsAChildInNeed() {
        call("no");
        discuss();
        typical.complete(family.ref, "enquire", "children.enquiryOutcome", "in-need");
        assertThat(walk.running(family.ref)).as("one for each child").contains("child-in-need", "child-in-need");
    }

    private void enquire(String mia, String leo, Object... said) {
        typical.complete(family.ref, "enquire", Stream.concat(Stream.of("children", List.of(new HashMap<>(Map.of("person", family.mia, "enquiryOutcome", mia)),
                new HashMap<>(Map.of("person", family.leo, "enquiryOutcome", leo)))), Stream.of(said)).toArray());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> answers(Object row) {
        return (Map<String, Object>) row;
    }

    private List<Long> childrenInNeed() {
        return jdbc.sql("""
                select v.long_ from act_ru_variable v join act_ru_execution e on e.id_ = v.execution_id_
                 where v.name_ = 'child' and e.parent_id_ is null and e.business_key_ = :family and e.proc_def_id_ like 'child-in-need:%' order by 1
                """).param("family", family.ref).query(Long.class).list();
    }

    @Test
    void theConferenceDecidesForTheChildrenWhoseEnquiryAskedForIt() {
        call("no");
        discuss();
        enquire("in-need", "conference", "conferenceOn", inTenDays());
        List<Object> rows = new ArrayList<>((List<?>) entries.newest(family.ref, "section-47-enquiry", null).orElseThrow().answers().get("children"));
        rows.replaceAll(row -> ((Map<?, ?>) row).get("enquiryOutcome").equals("in-need") ? Walk.with(answers(row), "enquiryOutcome", "closed") : row);
        assertThat(walk.correct("childrens-social-worker", family.ref, "section-47-enquiry", null, "children", rows).notices())
                .as("the plan was begun, and the conference is called for the other child all the same").singleElement().asString().contains("What comes of it for this child?");
        rows.replaceAll(row -> ((Map<?, ?>) row).get("enquiryOutcome").equals("closed") ? Walk.with(answers(row), "enquiryOutcome", "in-need") : row);
        walk.correct("childrens-social-worker", family.ref, "section-47-enquiry", null, "children", rows);
        assertThat(childrenInNeed()).as("help for the child who is safe does not wait for the conference").containsExactly(family.mia);
        typical.complete(family.ref, "invite", EVERYBODY);
        contribute();
        held("no");
        assertThat(all("decide")).as("the other child has a plan already").singleElement().satisfies(decide -> assertThat(decide.subjects()).containsEntry("child", family.leo));
        assertThat(walk.shown(family.ref, "decide")).as("what the enquiry found for this child").contains("section-47-enquiry");
        typical.complete(family.ref, "decide", "decision", "none");
    }

    @Test
    void aConcernNotConfirmedIsDecidedByMoreThanOnePersonWhateverComesOfTheOtherChild() {
        call("no");
        typical.complete(family.ref, "adult-view");
        discuss();
        enquire("closed", "in-need");
        assertThat(childrenInNeed()).containsExactly(family.leo);
        assertThat(walk.steps(family.ref)).as("two people close it").contains("propose");
        agreeToClose("agreed");
        assertThat(walk.running(family.ref)).containsExactly("child-in-need");

        call("no");
        discuss();
        enquire("conference", "closed", "conferenceOn", inTenDays());
        assertThat(walk.steps(family.ref)).doesNotContain("propose");
        typical.complete(family.ref, "invite", EVERYBODY);
        contribute();
        held("no");
        assertThat(all("decide")).as("the conference decides for both").hasSize(2);
    }

    @Test
    void ofEachChildTheEnquirySaysWhenTheyWereSeenOrWhyNotAndWhatIsDone() {
        FormFile enquiry = FormFile.of("section-47-enquiry");
        assertThat(enquiry.missing(Map.of("children", List.of(Map.of("person", 1, "seenAlone", "no"))))).contains("/children/0/whyNotSeen", "/children/0/unseenNext")
                .doesNotContain("/children/0/seenOn", "/children/0/whyNotAlone");
        assertThat(enquiry.missing(Map.of("children", List.of(Map.of("person", 1, "seenAlone", "with-others"))))).contains("/children/0/seenOn", "/children/0/whyNotAlone")
                .doesNotContain("/children/0/whyNotSeen", "/children/0/unseenNext");
        assertThat(enquiry.missing(Map.of("children", List.of(Map.of("person", 1, "seenAlone", "yes"))))).contains("/children/0/seenOn", "/children/0/enquiryOutcome", "/children/0/reason")
                .doesNotContain("/children/0/whyNotAlone", "/children/0/whyNotSeen", "/conferenceOn");
        assertThat(enquiry.missing(Map.of("children", List.of(Map.of("person", 1, "enquiryOutcome", "conference"))))).as("when any child needs one").contains("/conferenceOn");
    }

    @Test
    @Requirement({"S-067", "S-247"})
    void theServicesOfBothParentsAndTheMidwifeAreAlwaysInvited() {
        call("no");
        long unborn = jdbc.sql("""
                with added as (insert into person (first_name, last_name, expected_on) values ('Unborn baby', 'Example', :on) returning id)
                insert into family_member (family_ref, person_id, position) select :family, id, 'child' from added returning person_id
                """).param("on", families.today().plusWeeks(20)).param("family", family.ref).query(Long.class).single();
        discuss("unborn", "yes", "person", String.valueOf(unborn), "expectedOn", families.today().plusWeeks(20).toString());
        assertThat(walk.task(family.ref, "pre-birth").dueOn()).as("the expected date says by when").isEqualTo(families.today().plusWeeks(14));
        typical.complete(family.ref, "pre-birth");
        enquireForAConference();

        typical.complete(family.ref, "invite", everybodyBut("otherParentService", "not-invited"));
        typical.complete(family.ref, "say-missing", "missingAnswer", "invite");
        typical.complete(family.ref, "invite", everybodyBut("midwife", "not-involved"));
        assertThat(walk.steps(family.ref)).contains("say-missing");
        typical.complete(family.ref, "say-missing", "missingAnswer", "reason");
        assertThat(walk.steps(family.ref)).contains("adult-contributes", "report");
    }

    @Test
    @Requirement("S-068")
    void aServiceThatDoesNotTakePartIsRecordedAndItsManagerAnswers() {
        toTheConference();
        typical.complete(family.ref, "school-contributes");
        walk.fire(family.ref, "gather-over");
        walk.fire(family.ref, "tell-unanswered");
        assertThat(walk.mail(family.ref)).contains("conference-unanswered to adult-team-manager");
        typical.complete(family.ref, "hold", "sitting", "adjourned", "takenPart", List.of("social-care"), "conferenceOn", inTenDays());
        typical.complete(family.ref, "invite", EVERYBODY);
        contribute();
        assertThatThrownBy(() -> typical.complete(family.ref, "hold", "sitting", "held", "takenPart", List.of("social-care", "health", "midwifery"), "absent", "no"))
                .as("nobody is passed over in silence").hasMessageContaining("the service of the other parent, the police").hasMessageNotContaining("midwife").hasMessageNotContaining("school");
        held("yes");
        assertThat(walk.task(family.ref, "explain-absence").role()).isEqualTo("adult-team-manager");
        typical.complete(family.ref, "explain-absence");
    }

    @Test
    void anEnquiryDecidedAtTheFrontDoorBeginsTheSameDayAndTheConferenceCountsFromIt() {
        walk.send(family.ref, "section-47-needed", Map.of("adult", family.mother, "adultRole", AMH, "strategyOn", families.today().toString()));
        assertThat(walk.steps(family.ref)).containsExactly("enquire");
        enquireForAConference();
        typical.complete(family.ref, "invite", EVERYBODY);
        contribute();
        assertThat(walk.task(family.ref, "hold").dueOn()).isEqualTo(workingDays.plus(families.today(), 15));
    }

    @Test
    @Requirement({"S-122", "S-123"})
    void theChairSeesTheGapsBeforeTheConferenceAndAsks() {
        toTheConference();
        typical.complete(family.ref, "school-contributes");
        typical.complete(family.ref, "health-contributes");
        walk.fire(family.ref, "gather-over");
        walk.fire(family.ref, "tell-unanswered");
        assertThat(walk.notAnswered(family.ref, "hold")).as("who has not written").contains("Contribute for the parent's service", "Contribute as consultant", "Report, and give it to the parents")
                .doesNotContain("Contribute for the school", "Contribute for the child's health");
        assertThat(beforeAnswering.shown(fillings.of(walk.task(family.ref, "hold")))).as("what each service wrote, not only the last")
                .filteredOn(read -> read.entry() != null && read.entry().formKey().equals("conference-contribution")).hasSize(2);
        typical.report("child-protection-chair", family.ref, "conference-contact-made", "with", List.of("consultant"));
        typical.report("child-protection-chair", family.ref, "conference-contact-made", "with", List.of("adult-service"));
        assertThat(walk.shown(family.ref, "hold")).as("whom the chair asked before").contains("conference-contact", "conference-contribution");
    }

    @Test
    @Requirement("S-159")
    void aVisitAloneSaysWhenTheNextIsTogether() {
        for (String form : List.of("protection-visit", "in-need-visit")) {
            assertThat(FormFile.of(form).missing(Map.of("together", "alone"))).as(form).contains("/whyAlone");
            assertThat(FormFile.of(form).missing(Map.of("together", "adult-service"))).as(form).doesNotContain("/whyAlone");
        }
        assertThat(FormFile.of("section-47-enquiry").missing(Map.of("jointVisit", "no"))).contains("/whyAlone");
    }

    @Test
    void theConferenceIsHeldIn15WorkingDaysAndEachChildHasADecision() {
        toTheConference();
        contribute();
        WorkItem hold = walk.task(family.ref, "hold");
        assertThat(hold.role()).isEqualTo("child-protection-chair");
        assertThat(hold.dueOn()).isEqualTo(workingDays.plus(families.today(), 15));
        held("no");
        List<WorkItem> decide = all("decide");
        assertThat(decide).hasSize(2);
        typical.complete(decide.get(0), "decision", "plan");
        typical.complete(decide.get(1), "decision", "in-need");
        typical.complete(family.ref, "send-decisions");
        typical.complete(family.ref, "send-record");
        assertThat(walk.running(family.ref)).containsExactlyInAnyOrder("child-protection-plan", "child-in-need");
        assertThat(walk.task(family.ref, "first-review").dueOn()).isEqualTo(workingDays.onOrBefore(families.today().plusMonths(3)));
        toTheConference();
        contribute();
        held("no");
        all("decide").forEach(task -> typical.complete(task, "decision", "none"));
    }

    @Test
    void whoHoldsTheConferenceSeesTheDayThatIsFixedAndWhereItIs() throws Exception {
        toTheConference();
        contribute();
        assertThat(fixed("hold")).as("not only until when it must be held").contains(LocalDate.parse(inTenDays())).isNotEqualTo(Optional.of(walk.task(family.ref, "hold").dueOn()));
        assertThat(beforeAnswering.shown(fillings.of(walk.task(family.ref, "hold"))).get(0).entry().answers()).as("the invitation is read first").containsEntry("where", "Told in words.");
        assertThat(page("hold")).contains("Fixed for " + Dates.day(LocalDate.parse(inTenDays())));
        String later = workingDays.plus(families.today(), 12).toString();
        typical.complete(family.ref, "hold", "sitting", "adjourned", "takenPart", List.of("social-care"), "conferenceOn", later);
        assertThat(fixed("invite")).as("adjourned to another day").contains(LocalDate.parse(later));
        assertThat(fixed("enquire")).isEmpty();
    }

    /** What the page of the task says; the same task, as a person sees it. */
    private String page(String step) throws Exception {
        return MockMvcBuilders.webAppContextSetup(application).apply(springSecurity()).build()
                .perform(get("/work/" + walk.task(family.ref, step).id()).with(user("child-protection-chair"))).andReturn().getResponse().getContentAsString();
    }

    @Test
    void whereNoAdultServiceIsKnownNobodyIsAskedAndTheGapIsWrittenDown() {
        for (String form : List.of("strategy-discussion-start", "referral-made", "life-event", "service-concern")) {
            assertThat(FormFile.of(form).missing(Map.of("adultRole", "none"))).as(form).contains("/noAdultService").doesNotContain("/adultRole");
            assertThat(FormFile.of(form).missing(Map.of("adultRole", AMH))).as(form).doesNotContain("/noAdultService");
        }
        typical.start("childrens-social-worker", "child-protection", family.ref, "adult", String.valueOf(family.mother), "adultRole", "none", "immediateFlag", "no");
        assertThat(walk.steps(family.ref)).as("the discussion is held without waiting for a service that does not exist").containsExactly("discuss");
        assertThat(walk.shown(family.ref, "discuss")).as("who should look at how the parent is").contains("strategy-discussion-start");
        discuss();
        enquireForAConference();
        typical.complete(family.ref, "invite", everybodyBut("parentService", "not-involved"));
        typical.complete(family.ref, "say-missing", "missingAnswer", "reason");
        assertThat(walk.steps(family.ref)).contains("report", "school-contributes").doesNotContain("adult-contributes");
    }

    @Test
    void aStepThatIsTakenAllTheSameGoesToTheAdultSideThatIsInvolved() {
        walk.send(family.ref, "assessment-needed", Map.of("adult", family.mother, "adultRole", "none", "referredOn", families.today().toString()));
        typical.complete(family.ref, "allocate");
        typical.complete(family.ref, "plan");
        assertThat(walk.task(family.ref, "adultSide").role()).isEqualTo(AMH);
    }

    private Optional<LocalDate> fixed(String step) {
        return all(step).stream().map(fillings::of).flatMap(filling -> beforeAnswering.fixed(filling).stream()).findFirst();
    }

    private void aPlan() {
        walk.send(family.ref, "protection-plan-needed", Map.of("child", family.mia, "adult", family.mother, "adultRole", AMH, "conferenceOn", families.today().toString()));
    }

    @Test
    @Requirement({"S-124", "S-128"})
    void aPlanThatLacksSomethingIsPutRightOrAReasonIsGiven() {
        aPlan();
        assertThat(walk.task(family.ref, "make-plan").dueOn()).isEqualTo(workingDays.plus(families.today(), 10));
        typical.complete(family.ref, "make-plan", "agencies", List.of("childrens", "school"));
        typical.complete(family.ref, "answer-checks", "planAnswer", "fix");
        typical.complete(family.ref, "make-plan", "agencies", List.of("childrens"));
        typical.complete(family.ref, "answer-checks", "planAnswer", "reason");
        assertThat(walk.waiting(family.ref)).contains("wait-core-group");
        walk.fire(family.ref, "wait-core-group");
        assertThat(walk.task(family.ref, "core-group").clock()).isEqualTo("protection.core-group-later");
        typical.complete(family.ref, "core-group");
        typical.complete(family.ref, "visit");
        walk.fire(family.ref, "wait-visit");
        assertThat(walk.steps(family.ref)).contains("visit");
    }

    @Test
    void aFullPlanPassesAndIsReviewedUntilItEnds() {
        aPlan();
        typical.complete(family.ref, "make-plan", "agencies", List.of("childrens"), "actions.change", "Fed every morning.", "actions.measured", "School sees it.", "actions.by", inTenDays());
        assertThat(walk.steps(family.ref)).doesNotContain("answer-checks");
        typical.complete(family.ref, "first-review", "reviewOutcome", "continue");
        walk.fire(family.ref, "wait-review");
        assertThat(walk.task(family.ref, "later-review").dueOn()).isEqualTo(workingDays.onOrBefore(lastWeekday().plusMonths(6)));
        typical.complete(family.ref, "later-review", "reviewOutcome", "end", "after", "none");
        agreeToClose("reopened");
        walk.fire(family.ref, "wait-review");
        typical.complete(family.ref, "later-review", "reviewOutcome", "end", "after", "none");
        agreeToClose("agreed");
        assertThat(walk.running(family.ref)).isEmpty();
    }

    @Test
    void aPlanThatEndsGoesOnAsAPlanForAChildInNeed() {
        aPlan();
        typical.complete(family.ref, "first-review", "reviewOutcome", "end", "after", "in-need");
        assertThat(walk.running(family.ref)).containsExactly("child-in-need");
    }

    @Test
    void theCoreGroupMeetsTenWorkingDaysBeforeEachReview() {
        aPlan();
        LocalDate lastDay = walk.task(family.ref, "first-review").dueOn();
        assertThat(walk.timer(family.ref, "before-first")).as("four weeks before").isBetween(lastDay.minusDays(29), lastDay.minusDays(27));
        walk.fire(family.ref, "before-first");
        assertThat(walk.task(family.ref, "last-core-group").dueOn()).as("two weeks from the call, two weeks before the review").isEqualTo(workingDays.plus(families.today(), 10));
        typical.complete(family.ref, "last-core-group");
        typical.complete(family.ref, "first-review", "reviewOutcome", "continue");
        walk.fire(family.ref, "wait-review");
        walk.fire(family.ref, "before-later");
        typical.complete(family.ref, "last-core-group");
        assertThat(walk.shown(family.ref, "later-review")).contains("core-group");
    }

    @Test
    @Requirement("S-247")
    void aBirthAndAnAdmissionChangeThePlanAtOnce() {
        aPlan();
        walk.send(family.ref, "child-born", Map.of("child", family.mia));
        assertThat(walk.task(family.ref, "meet-after-birth").dueOn()).isEqualTo(families.today().plusDays(10));
        typical.complete(family.ref, "meet-after-birth", "motherWell", "no");
        typical.complete(family.ref, "meet-later", "motherWell", "yes");
        walk.send(family.ref, "child-born", Map.of("child", family.mia));
        typical.complete(family.ref, "meet-after-birth", "motherWell", "yes");
        for (long parent : List.of(family.mother, family.father)) {
            walk.send(family.ref, "parent-admitted", Map.of("adult", parent, "adultRole", AMH, "admittedOn", families.today().toString(), "fostered", "no", "careNow", "yes"));
            assertThat(walk.task(family.ref, "meet-admitted").dueOn()).isEqualTo(families.today());
            typical.complete(family.ref, "meet-admitted");
        }
        assertThat(walk.ended(family.ref, "child-protection-plan")).contains("met", "looked-at");
    }
}
