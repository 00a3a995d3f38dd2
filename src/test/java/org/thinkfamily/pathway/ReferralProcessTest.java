package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.thinkfamily.pathway.Walk.AMH;
import static org.thinkfamily.pathway.Walk.with;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.Requirement;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Actors;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.challenge.Challenges;
import org.thinkfamily.clock.Clocks;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;
import org.thinkfamily.record.Decisions;
import org.thinkfamily.referral.Referral;
import org.thinkfamily.referral.Referrals;
import org.thinkfamily.worklist.BeforeAnswering;
import org.thinkfamily.worklist.Fillings;
import org.thinkfamily.worklist.WorkItem;

@ProcessTest
@DisplayName("Referral")
class ReferralProcessTest {

    private static final Map<String, Object> POINTS = Map.of("answerSeen", "Seen.", "answerEffect", "Noted.", "answerRisk", "Low.", "answerAsk", "Not now.");
    private static final Map<String, Object> NFA = with(POINTS, "levelView", "agree", "decision", "nfa", "reason", "No need found.", "nfaReason", "no-need", "advice", "Ring again.");
    private static final Map<String, Object> ASSESS = Map.of("levelView", "agree", "decision", "assess", "reason", "The child is affected.");

    @Autowired
    private Walk walk;
    @Autowired
    private Referrals referrals;
    @Autowired
    private Challenges challenges;
    @Autowired
    private Decisions decisions;
    @Autowired
    private Clocks clocks;
    @Autowired
    private Families families;
    @Autowired
    private WorkingDays workingDays;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private Fillings fillings;
    @Autowired
    private BeforeAnswering beforeAnswering;
    @Autowired
    private Actors actors;

    private String family;

    @BeforeEach
    void aFamilyIsKnown() {
        walk.settle();
        family = families.open(AMH);
        person("Rosa", "1990-05-01", "adult", "mother");
        person("Mia", "2018-03-02", "child", null);
        jdbc.sql("insert into involvement (family_ref, role, team_id, username, began_on) values (:family, :role, 'mental-health-team', :role, current_date)")
                .param("family", family).param("role", AMH).update();
    }

    private void person(String name, String born, String position, String relationship) {
        jdbc.sql("""
                with added as (insert into person (first_name, last_name, date_of_birth) values (:name, 'Example', cast(:born as date)) returning id)
                insert into family_member (family_ref, person_id, position, relationship) select :family, id, :position, :relationship from added
                """).param("name", name).param("born", born).param("family", family).param("position", position).param("relationship", relationship).update();
    }

    @AfterAll
    static void everyFlowWasTaken() {
        assertThat(FlowsTaken.never("referral")).isEmpty();
    }

    private Map<String, Object> worry(String effect, String mentalHealth) {
        Map<String, Object> worry = new HashMap<>(Map.of("adult", String.valueOf(walk.adult(family).id()), "adultRole", AMH, "referredOn", families.today().toString(), "seen", "Not at school.",
                "mentalHealth", mentalHealth, "substances", "none", "engagement", "good", "suicide", "none", "youngCarers", "no", "risk", "It gets worse."));
        List.of("domesticAbuse", "delusionsInvolveChild", "hostileToChild", "threatToKill").forEach(question -> worry.put(question, "no"));
        worry.putAll(Map.of("askedOf", "An assessment.", "parentTold", "yes",
                "children", walk.eachChild(family, Map.of("effect", effect, "effectText", "Tired.", "carerIfUnwell", "named", "strengths", "Likes school."))));
        return worry;
    }

    private void refer(String effect, String mentalHealth) {
        walk.start(AMH, "referral", family, worry(effect, mentalHealth));
    }

    private Referral referral() {
        return referrals.of(family).get(0);
    }

    @Test
    @Requirement({"S-049", "S-055", "S-056"})
    void aReferralIsDecidedAndTheReferrerReadsWhy() {
        refer("affected", "severe");
        assertThat(walk.task(family, "decide").role()).isEqualTo("front-door-screener");
        assertThat(walk.task(family, "decide").dueOn()).isEqualTo(workingDays.plus(families.today(), 1));
        assertThat(referral().familyLevel()).isEqualTo(3);
        assertThat(referral().sourceCode()).isEqualTo("3F");
        walk.complete(family, "decide", ASSESS);

        assertThat(walk.steps(family)).as("the assessment does not wait for the referrer").doesNotContain("read", "decide");
        assertThat(walk.clocks(family, "referral.tell")).as("it runs from the decision").containsExactly("running");
        walk.fire(family, "mail-decision");
        assertThat(walk.mail(family)).containsExactly("referral-decided to " + AMH);
        assertThat(walk.task(family, "read").assignee()).isEqualTo(AMH);
        assertThat(walk.clocks(family, "referral.tell")).as("a message that waits for a mail server has told nobody").containsExactly("running");
        walk.complete(family, "read", Map.of("answer", "agree"));
        assertThat(walk.clocks(family, "referral.tell")).as("who has read it has been told").containsExactly("met");
        assertThat(referral().decision()).isEqualTo("assess");
        assertThat(referral().referrerAnswer()).isEqualTo("agree");
        assertThat(walk.ended(family, "referral")).containsExactly("assess", "heard");
    }

    @Test
    @Requirement({"S-071", "S-074", "S-079"})
    void theThresholdIsAppliedToEachChildAndKeptWithItsReasons() {
        person("Leo", "2020-01-01", "child", null);
        Map<String, Object> worry = worry("none", "severe");
        List<Map<String, Object>> children = walk.eachChild(family, Map.of("effect", "none", "effectText", "Well.", "carerIfUnwell", "named", "strengths", "Football."));
        children.get(1).put("effect", "harm");
        worry.put("children", children);
        walk.start(AMH, "referral", family, worry);

        assertThat(referral().familyLevel()).isEqualTo(4);
        assertThat(walk.fact(family, "referral", "thresholdMet")).isEqualTo(true);
        assertThat(walk.fact(family, "referral", "child")).isNull();
        var levels = decisions.of(family, null, 50).stream().filter(kept -> kept.taken().decision().equals("child-level")).toList();
        assertThat(levels).extracting(kept -> kept.taken().person()).containsExactlyInAnyOrderElementsOf(walk.children(family).stream().map(child -> (Object) child.id()).map(Long.class::cast).toList());
        assertThat(levels).anySatisfy(kept -> assertThat(kept.taken().rules()).contains("child-level-harm")).anySatisfy(kept -> assertThat(kept.taken().rules()).containsExactly("child-level-universal"));
    }

    @Test
    @Requirement({"S-066"})
    void aLateDecisionIsExplainedByTheManager() {
        refer("routines", "mild");
        walk.fire(family, "decision-late");
        walk.fire(family, "mail-late");
        assertThat(walk.words(family, "referral-late")).as("the limit of the table").contains("was not decided within 1 working day.");

        assertThat(walk.mail(family)).containsExactly("referral-late to front-door-manager");
        walk.complete(family, "say-why-late", Map.of("why", "workload", "effect", "None known.", "plan", "Today."));
        assertThat(walk.steps(family)).containsExactly("decide");
        assertThat(referral().lateReason()).isEqualTo("workload");
    }

    @Test
    @Requirement({"S-056", "S-070"})
    void aReferrerWhoHeardNothingAsks() {
        refer("routines", "mild");
        walk.fire(family, "not-heard");

        assertThat(walk.task(family, "follow-up").assignee()).isEqualTo(AMH);
        walk.complete(family, "follow-up", Map.of("asked", "spoke", "answer", "Tomorrow."));
        assertThat(walk.steps(family)).containsExactly("decide");
    }

    @Test
    @Requirement("S-053")
    void whoDecidedFirstDoesNotTakeTheSecondLook() {
        refer("affected", "severe");
        Actor manager = walk.user("front-door-manager");
        walk.file(fillings.of(walk.task(family, "decide")), manager, NFA);
        assertThat(fillings.barred(manager, walk.task(family, "second-look"))).as("nobody else holds the role").isEmpty();

        jdbc.sql("insert into app_user (username, name, team_id) select 'other-manager', 'Other Manager', team_id from app_user where username = 'front-door-manager'").update();
        jdbc.sql("insert into user_role (username, role) values ('other-manager', 'front-door-manager')").update();
        WorkItem look = walk.task(family, "second-look");
        assertThat(fillings.barred(manager, look)).contains("Decide on the referral");
        assertThatThrownBy(() -> fillings.claim(manager, look.id())).isInstanceOf(NotAllowed.class);
        Map<String, Object> answers = Map.of("decision", "early-help", "reason", "Help is needed.", "leftOut", "no");
        assertThatThrownBy(() -> walk.file(fillings.of(look), manager, answers)).isInstanceOf(NotAllowed.class);
        assertThat(fillings.colleagues(look)).extracting(Actors.Colleague::username).containsExactly("other-manager");
        assertThat(beforeAnswering.ruled(fillings.of(look))).extracting(BeforeAnswering.Ruled::name).contains("Family threshold");
        walk.file(fillings.of(look), actors.find("other-manager").orElseThrow(), answers);
        assertThat(walk.steps(family)).doesNotContain("second-look");
    }

    @Test
    @Requirement({"S-053", "S-054"})
    void noFurtherActionWithTheThresholdMetNeedsASecondLook() {
        refer("affected", "severe");
        walk.complete(family, "decide", NFA);

        assertThat(walk.task(family, "second-look").role()).isEqualTo("front-door-manager");
        assertThat(walk.waiting(family)).isEmpty();
        walk.complete(family, "second-look", Map.of("decision", "early-help", "reason", "Help is needed.", "leftOut", "no"));
        walk.complete(family, "early-help", Map.of("agreed", "no", "otherwise", "School helps."));
        assertThat(referral().decision()).isEqualTo("early-help");
        assertThat(referral().firstDecision()).isEqualTo("nfa");
        assertThat(walk.waiting(family)).containsExactly("mail-decision");
    }

    @Test
    void noFurtherActionBelowTheThresholdIsFinal() {
        refer("none", "severe");
        walk.complete(family, "decide", NFA);

        assertThat(walk.steps(family)).isEmpty();
        walk.fire(family, "mail-decision");
        walk.complete(family, "read", Map.of("answer", "agree"));
        assertThat(walk.ended(family, "referral")).containsExactly("heard", "no-further-action");
    }

    @Test
    @Requirement("S-051")
    void aSecondReferralWithinAYearNeedsASecondLook() {
        refer("none", "severe");
        walk.complete(family, "decide", NFA);
        walk.fire(family, "mail-decision");
        walk.complete(family, "read", Map.of("answer", "agree"));
        refer("none", "severe");

        assertThat(referral().earlierInTwelveMonths()).isEqualTo(1);
        walk.complete(family, "decide", NFA);
        assertThat(walk.steps(family)).containsExactly("second-look");
        assertThat(whyLookedAtAgain()).as("in words, to the manager who looks").containsExactly("No further action was decided, but the family was referred before in the last 12 months.");
    }

    /** The sentences of the rules above the questions of the second look. */
    private List<String> whyLookedAtAgain() {
        return beforeAnswering.ruled(fillings.of(walk.task(family, "second-look"))).stream().filter(ruled -> ruled.name().equals("Why a manager looks again")).flatMap(ruled -> ruled.because().stream()).toList();
    }

    @Test
    void aReferralThirteenMonthsAgoIsNoRepeat() {
        LocalDate longAgo = families.today().minusMonths(13);
        walk.start(AMH, "referral", family, with(worry("none", "severe"), "referredOn", longAgo.toString()));
        assertThat(walk.task(family, "decide").dueOn()).as("counted from the day of the referral").isEqualTo(workingDays.plus(longAgo, 1));
        walk.complete(family, "decide", NFA);
        refer("none", "severe");

        assertThat(walk.task(family, "decide").processKey()).isEqualTo("referral");
        assertThat(referral().earlierInTwelveMonths()).isZero();
    }

    @Test
    @Requirement({"S-062", "S-075"})
    void whoWouldBeLeftWithNothingGoesToThePanel() {
        refer("none", "moderate");
        assertThat(referral().belowEveryBar()).isTrue();
        walk.complete(family, "decide", NFA);
        walk.complete(family, "second-look", Map.of("decision", "nfa", "reason", "Not ours.", "leftOut", "yes", "panelOwner", "A manager", "panelOn", "2099-01-01"));

        assertThat(referral().decision()).isEqualTo("nfa");
        assertThat(referral().leftOut()).isEqualTo("parent");
    }

    @Test
    @Requirement({"S-025", "S-027", "S-028"})
    void anImmediateRiskEndsInAManagersDecisionWithTheAdultSidesView() {
        walk.start(AMH, "referral", family, with(worry("none", "severe"), "threatToKill", "yes"));

        assertThat(walk.steps(family)).containsExactly("strategy");
        assertThat(walk.task(family, "strategy").role()).isEqualTo("front-door-manager");
        walk.complete(family, "strategy", Map.of("takenPart", List.of("police", "health", "consultant"), "missingPart", "The social worker, by telephone today.", "consultantView", "High risk.", "adultView", "Agrees.",
                "children", walk.eachChild(family, Map.of("safety", "With her aunt.")), "enquiry", "joint", "decision", "assess", "reason", "Threats."));
        assertThat(referral().decision()).isEqualTo("assess");
        assertThat(walk.waiting(family)).contains("mail-decision");
        assertThat(walk.task(family, "enquire")).as("the enquiry begins by itself, and counts from the discussion").satisfies(enquiry -> {
            assertThat(enquiry.processKey()).isEqualTo("child-protection");
            assertThat(enquiry.dueOn()).isEqualTo(workingDays.plus(families.today(), 10));
        });
        assertThat(walk.shown(family, "enquire")).contains("strategy-discussion");
    }

    @Test
    @Requirement({"S-052", "S-057", "S-058"})
    void aDisagreementIsAnsweredAndTheDecisionStands() {
        refer("none", "severe");
        walk.complete(family, "decide", NFA);
        walk.fire(family, "mail-decision");
        walk.complete(family, "read", Map.of("answer", "disagree", "whyDisagree", "She is afraid.", "wanted", "An assessment.", "atRiskNow", "no"));

        assertThat(challenges.of(family)).singleElement().satisfies(challenge -> {
            assertThat(challenge.stage()).isEqualTo(1);
            assertThat(challenge.raisedBy()).isEqualTo(AMH);
            assertThat(challenge.outcome()).isNull();
        });
        assertThat(walk.task(family, "answer").role()).isEqualTo("childrens-team-manager");
        assertThat(walk.task(family, "answer").dueOn()).isEqualTo(workingDays.plus(families.today(), 5));
        walk.complete(family, "answer", Map.of("spoke", "yes", "answerText", "Heard.", "outcome", "stands", "reason", "No need found.", "whoNext", "A service manager."));
        walk.fire(family, "mail-answer");
        assertThat(walk.mail(family)).endsWith("challenge-answered to " + AMH);
        assertThat(challenges.of(family).get(0).outcome()).isEqualTo("stands");
        assertThat(referral().decision()).isEqualTo("nfa");
        assertThat(walk.task(family, "read-answer").assignee()).as("the answer is for who disagreed").isEqualTo(AMH);
        walk.complete(family, "read-answer", Map.of("answer", "agree"));
        assertThat(challenges.of(family)).as("nothing further").hasSize(1);
        assertThat(walk.ended(family, "referral")).containsExactly("no-further-action", "stands");
    }

    private void theReferrerStillDisagrees() {
        refer("none", "severe");
        walk.complete(family, "decide", NFA);
        walk.fire(family, "mail-decision");
        walk.complete(family, "read", Map.of("answer", "disagree", "whyDisagree", "She is afraid.", "wanted", "An assessment.", "atRiskNow", "no"));
        walk.complete(family, "answer", Map.of("spoke", "yes", "answerText", "Heard.", "outcome", "stands", "reason", "No need found.", "whoNext", "A service manager."));
        walk.fire(family, "mail-answer");
        walk.complete(family, "read-answer", Map.of("answer", "disagree", "whyDisagree", "The nights.", "wanted", "See her alone.", "atRiskNow", "no"));
    }

    @Test
    @Requirement({"S-052", "S-058"})
    void whoStillDisagreesIsAnsweredStageByStageAndToldWhereToGoNext() {
        theReferrerStillDisagrees();

        assertThat(challenges.of(family)).extracting(challenge -> challenge.stage() + " " + challenge.outcome()).containsExactly("2 null", "1 stands");
        assertThat(walk.task(family, "answer").role()).isEqualTo("service-manager");
        assertThat(walk.task(family, "answer").dueOn()).isEqualTo(workingDays.plus(families.today(), 5));
        walk.complete(family, "answer", Map.of("spoke", "yes", "answerText", "Heard.", "outcome", "stands", "reason", "She was seen.", "whoNext", "The director."));
        walk.fire(family, "mail-answer");
        assertThat(challenges.of(family)).extracting(challenge -> challenge.stage() + " " + challenge.outcome()).containsExactly("2 stands", "1 stands");
        walk.complete(family, "read-answer", Map.of("answer", "disagree", "whyDisagree", "The nights.", "wanted", "See her alone.", "atRiskNow", "no"));
        assertThat(walk.task(family, "answer").role()).isEqualTo("director");
        assertThat(walk.task(family, "answer").dueOn()).isEqualTo(workingDays.plus(families.today(), 10));
        walk.complete(family, "answer", Map.of("spoke", "yes", "answerText", "Heard.", "outcome", "stands", "reason", "She was seen.", "whoNext", "The named nurse."));
        walk.fire(family, "mail-answer");
        assertThat(challenges.of(family)).extracting(challenge -> challenge.stage() + " " + challenge.outcome()).containsExactly("3 stands", "2 stands", "1 stands");
        assertThat(walk.task(family, "read-last").assignee()).isEqualTo(AMH);
        walk.complete(family, "read-last", Map.of("next", "safeguarding-lead", "nextWhy", "Read the answers."));
        assertThat(walk.ended(family, "referral")).containsExactly("no-further-action", "stands");
    }

    @Test
    @Requirement({"S-052", "S-058"})
    void theServiceManagerCanChangeTheDecision() {
        theReferrerStillDisagrees();
        walk.complete(family, "answer", Map.of("spoke", "yes", "answerText", "You are right.", "outcome", "changed", "decision", "early-help", "reason", "New facts."));

        assertThat(referral().decision()).isEqualTo("early-help");
        assertThat(challenges.of(family).get(0).outcome()).isEqualTo("changed");
        assertThat(walk.steps(family)).containsExactly("early-help");
        assertThat(walk.waiting(family)).containsExactly("mail-decision");
    }

    @Test
    @Requirement("S-053")
    void noFurtherActionAfterAStrategyDiscussionNeedsASecondLook() {
        walk.start(AMH, "referral", family, with(worry("none", "severe"), "threatToKill", "yes"));
        walk.complete(family, "strategy", with(POINTS, "takenPart", List.of("police", "health"), "missingPart", "The social worker rings later.", "noConsultant", "not-needed", "adultView", "Agrees.",
                "children", walk.eachChild(family, Map.of("safety", "With her aunt.")), "enquiry", "no", "decision", "nfa", "reason", "It was not said."));

        assertThat(walk.waiting(family)).as("nobody is told before").isEmpty();
        walk.complete(family, "second-look", Map.of("decision", "assess", "reason", "A threat is enough.", "leftOut", "no"));
        assertThat(referral().decision()).isEqualTo("assess");
        assertThat(referral().firstDecision()).isEqualTo("nfa");
        walk.fire(family, "mail-decision");
        assertThat(walk.shown(family, "read")).contains("strategy-discussion", "referral-second-look");
    }

    @Test
    @Requirement({"S-052", "S-058"})
    void aDisagreementCanChangeTheDecision() {
        refer("none", "severe");
        walk.complete(family, "decide", NFA);
        walk.fire(family, "mail-decision");
        walk.complete(family, "read", Map.of("answer", "disagree", "whyDisagree", "She is afraid.", "wanted", "An assessment.", "atRiskNow", "no"));
        walk.complete(family, "answer", Map.of("spoke", "yes", "answerText", "You are right.", "outcome", "changed", "decision", "assess", "reason", "New facts."));

        assertThat(referral().decision()).isEqualTo("assess");
        assertThat(walk.clocks(family, "referral.tell-change")).as("it counts from the change").containsExactly("running");
        assertThat(clocks.ofFamily(family)).filteredOn(clock -> clock.name().equals("referral.tell-change")).singleElement()
                .satisfies(clock -> assertThat(clock.dueOn()).isEqualTo(workingDays.plus(families.today(), 1)));
        walk.fire(family, "mail-decision");
        walk.complete(family, "read", Map.of("answer", "agree"));
        assertThat(walk.clocks(family, "referral.tell-change")).containsExactly("met");
        assertThat(walk.clocks(family, "referral.tell")).as("the first decision's is not started again").containsExactly("met");
        assertThat(walk.ended(family, "referral")).containsExactly("assess", "heard", "no-further-action");
    }

    @Test
    void anotherSystemCanReferWithoutAReferrer() {
        walk.send(family, "referral-made", Map.of("adult", walk.adult(family).id(), "adultRole", AMH));

        assertThat(referral().referrer()).isNull();
        assertThat(referral().sourceCode()).isEqualTo("10");
        assertThat(referral().familyLevel()).isEqualTo(1);
        walk.complete(family, "decide", ASSESS);
        walk.fire(family, "mail-decision");
        assertThat(walk.task(family, "read").role()).isEqualTo(AMH);
    }
}
