package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.thinkfamily.challenge.Challenges;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.forms.Problem;
import org.thinkfamily.sharing.Consents;
import org.thinkfamily.sharing.Sharing;
import org.thinkfamily.sharing.Sharings;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;

@ProcessTest
@DisplayName("Sharing")
class SharingProcessTest {

    private static final String WORKER = "childrens-social-worker";
    private static final Map<String, Object> REFUSE = Map.of("decision", "refused", "reason", "It is not needed.", "consentState", "not-sought", "told", "yes");

    @Autowired
    private Walk walk;
    @Autowired
    private Fillings fillings;
    @Autowired
    private Sharings sharings;
    @Autowired
    private Consents consents;
    @Autowired
    private Challenges challenges;
    @Autowired
    private Families families;
    @Autowired
    private WorkingDays workingDays;
    @Autowired
    private JdbcClient jdbc;

    private String family;
    private LocalDate until;

    @BeforeEach
    void aFamilyIsKnown() {
        walk.settle();
        family = families.open(AMH);
        until = families.today().plusDays(60);
        person("Rosa", "1990-05-01", "adult", "mother");
        person("Mia", "2018-03-02", "child", null);
        for (String role : List.of(AMH, WORKER)) {
            jdbc.sql("insert into involvement (family_ref, role, team_id, username, began_on) select :family, :role, team_id, username, current_date from app_user where username = :role")
                    .param("family", family).param("role", role).update();
        }
    }

    private long person(String name, String born, String position, String relationship) {
        return jdbc.sql("""
                with added as (insert into person (first_name, last_name, date_of_birth) values (:name, 'Example', cast(:born as date)) returning id)
                insert into family_member (family_ref, person_id, position, relationship) select :family, id, :position, :relationship from added returning person_id
                """).param("name", name).param("born", born).param("family", family).param("position", position).param("relationship", relationship).query(Long.class).single();
    }

    @AfterAll
    static void everyFlowWasTaken() {
        assertThat(FlowsTaken.never("sharing-decision")).isEmpty();
        assertThat(FlowsTaken.never("consent")).isEmpty();
        assertThat(FlowsTaken.never("advance-statement")).isEmpty();
        assertThat(FlowsTaken.never("challenge")).filteredOn(flow -> flow.contains("sharing")).isEmpty();
    }

    private String rosa() {
        return String.valueOf(walk.adult(family).id());
    }

    private Map<String, Object> asked(Object... changes) {
        return with(Map.of("direction", "asked-of-me", "askedBy", "Head of Hill School", "person", rosa(), "recipient", "school", "recipientWho", "Jo Hill, head, Hill School",
                "items", List.of("risk-to-child"), "purpose", "To keep Mia safe at school.", "kept", "no"), changes);
    }

    private Map<String, Object> shares(String decision, Object... changes) {
        Map<String, Object> answers = new HashMap<>(REFUSE);
        answers.putAll(Map.of("decision", decision, "shared", List.of("risk-to-child"), "exception", "no", "basis", "public-task", "special", "safeguarding", "channel", "pack", "sharedUntil", until.toString()));
        return with(answers, changes);
    }

    private Sharing sharing() {
        return sharings.of(family).get(0);
    }

    private List<Problem> problems(String step, Map<String, Object> answers) {
        Filling filling = fillings.of(walk.task(family, step));
        CheckedForm checked = fillings.check(filling, fillings.context(filling), answers);
        return checked.problems();
    }

    @Test
    @Requirement({"S-194", "S-193"})
    void whatIsSharedComesBackOnItsDay() {
        walk.start(WORKER, "sharing-decision", family, asked());
        assertThat(sharing().decision()).isNull();
        assertThat(walk.task(family, "decide-own").assignee()).isEqualTo(WORKER);
        assertThat(walk.task(family, "decide-own").dueOn()).isEqualTo(workingDays.plus(families.today(), 2));
        walk.complete(family, "decide-own", shares("shared"));

        assertThat(sharing().running()).isTrue();
        assertThat(sharing().sharedUntil()).isEqualTo(until);
        assertThat(walk.clocks(family, "sharing.review")).containsExactly("running");
        walk.fire(family, "review-due");
        assertThat(walk.clocks(family, "sharing.review")).as("its time came, nobody was late").containsExactly("stopped");
        walk.complete(family, "look-again", Map.of("again", "yes", "sharedUntil", until.plusDays(30).toString(), "basis", "public-task", "why", "Still needed."));
        assertThat(sharing().sharedUntil()).isEqualTo(until.plusDays(30));
        walk.fire(family, "review-due");
        walk.complete(family, "look-again", Map.of("again", "no", "why", "Mia has changed schools.", "returned", "Destroyed, says the head."));
        assertThat(sharing().endedOn()).isEqualTo(families.today());
        assertThat(walk.ended(family, "sharing-decision")).containsExactly("over");
    }

    @Test
    @Requirement({"S-194", "S-058"})
    void aRefusalIsKeptWithItsReasonsAndWhoAskedMayDisagree() {
        walk.start(AMH, "sharing-decision", family, asked("direction", "ask-other", "askedBy", null, "decidingRole", WORKER, "recipient", AMH));
        assertThat(walk.task(family, "decide").role()).isEqualTo(WORKER);
        walk.complete(family, "decide", REFUSE);
        assertThat(sharing().decision()).isEqualTo("refused");
        assertThat(walk.task(family, "tell").assignee()).as("who asked").isEqualTo(AMH);
        assertThat(walk.shown(family, "tell")).contains("sharing-decision");
        walk.complete(family, "tell", Map.of("answer", "disagree", "whyDisagree", "Mia is not safe.", "wanted", "The risk.", "atRiskNow", "no"));

        assertThat(walk.running(family)).as("the one process for disagreements").containsExactly("challenge", "sharing-decision");
        assertThat(challenges.of(family)).singleElement().satisfies(challenge -> assertThat(challenge.raisedBy()).isEqualTo(AMH));
        assertThat(walk.task(family, "answer-sharing").role()).isEqualTo("childrens-team-manager");
        walk.complete(family, "answer-sharing", Map.of("spoke", "yes", "answerText", "Heard.", "outcome", "stands", "reason", "Enough is known.", "whoNext", "A service manager."));
        walk.fire(family, "mail-answer");
        walk.complete(family, "read-answer", Map.of("answer", "disagree", "whyDisagree", "No.", "wanted", "The risk.", "atRiskNow", "no"));
        assertThat(walk.task(family, "answer-sharing").role()).isEqualTo("service-manager");
        walk.complete(family, "answer-sharing", Map.of("spoke", "yes", "answerText", "Heard.", "outcome", "changed", "newDecision", "shared", "newParts", "The risk.", "sharedUntil", until.toString(), "reason", "New facts."));
        assertThat(challenges.of(family)).extracting(challenge -> challenge.stage() + " " + challenge.outcome()).containsExactly("2 changed", "1 stands");
        assertThat(sharing().decision()).isEqualTo("shared");
        assertThat(sharing().shared()).containsExactly("risk-to-child");
        assertThat(walk.waiting(family)).containsExactly("review-due");
    }

    @Test
    void aDisagreementThatStandsEndsWhenItIsAccepted() {
        walk.start(WORKER, "sharing-decision", family, asked());
        walk.complete(family, "decide-own", REFUSE);
        walk.complete(family, "tell", Map.of("answer", "disagree", "whyDisagree", "Unsafe.", "wanted", "The risk.", "atRiskNow", "no"));
        walk.complete(family, "answer-sharing", Map.of("spoke", "yes", "answerText", "Heard.", "outcome", "stands", "reason", "Enough is known.", "whoNext", "A service manager."));
        walk.fire(family, "mail-answer");
        walk.complete(family, "read-answer", Map.of("answer", "disagree", "whyDisagree", "No.", "wanted", "The risk.", "atRiskNow", "no"));
        walk.complete(family, "answer-sharing", Map.of("spoke", "yes", "answerText", "Heard.", "outcome", "stands", "whoNext", "The named nurse.", "reason", "Enough is known."));
        walk.fire(family, "mail-answer");
        walk.complete(family, "read-answer", Map.of("answer", "agree"));
        assertThat(walk.ended(family, "sharing-decision")).containsExactly("not-shared");
    }

    @Test
    void aPartIsToldAndThenRunsToItsDay() {
        walk.start(WORKER, "sharing-decision", family, asked("items", List.of("risk-to-child", "contact-plan")));
        assertThat(problems("decide-own", shares("shared"))).extracting(Problem::field).as("all that was asked for").containsExactly("q-shared");
        walk.complete(family, "decide-own", shares("part"));
        walk.complete(family, "tell", Map.of("answer", "agree"));
        assertThat(walk.waiting(family)).containsExactly("review-due");
        assertThat(sharing().running()).isTrue();
    }

    @Test
    @Requirement({"S-192", "S-193"})
    void whatTheTableRulesOutNeedsAReasonAndAManager() {
        walk.start(WORKER, "sharing-decision", family, asked("items", List.of("diagnosis-detail")));
        Map<String, Object> diagnosis = shares("shared", "shared", List.of("diagnosis-detail"));
        assertThat(problems("decide-own", diagnosis)).singleElement().satisfies(problem -> assertThat(problem.message()).contains("Diagnosis"));
        walk.complete(family, "decide-own", with(diagnosis, "exception", "yes", "exceptionWhy", "The school nurse gives the medicine."));
        assertThat(sharing().running()).as("nothing before the manager").isFalse();
        assertThat(walk.task(family, "allow").role()).isEqualTo("childrens-team-manager");
        walk.complete(family, "allow", Map.of("allowed", "no", "why", "The dose is enough."));
        assertThat(sharing().running()).isFalse();
        walk.complete(family, "decide-own", with(diagnosis, "exception", "yes", "exceptionWhy", "She asked for it."));
        assertThat(sharing().running()).as("the manager's word was on the decision before").isFalse();
        walk.complete(family, "allow", Map.of("allowed", "yes", "why", "Right."));
        assertThat(sharing().running()).isTrue();
    }

    @Test
    @Requirement("S-177")
    void aConflictLimitsWhatACarerIsGiven() {
        String rosa = rosa();
        long aunt = person("Ines", "1985-01-01", "adult", "carer");
        Map<String, Object> request = asked("person", String.valueOf(walk.children(family).get(0).id()), "recipient", "carer", "recipientPerson", String.valueOf(aunt), "items", List.of("diagnosis-detail", "risk-to-child"));
        Filling start = fillings.start(walk.user(WORKER), "sharing-decision", family);
        assertThat(fillings.context(start).advice().apply("sharing-rule", request).question()).as("no conflict").isNull();
        walk.start(WORKER, "family-relationships", family, Map.of("relationships", List.of(Map.of("who", String.valueOf(aunt), "kind", "conflict", "whose", rosa, "ended", "now")), "homes", List.of()));
        var advice = fillings.context(start).advice().apply("sharing-rule", request);
        assertThat(advice.question()).contains("Rosa Example");
        assertThat(advice.choices().get("diagnosis-detail")).contains("conflict");
        assertThat(advice.choices().get("risk-to-child")).contains("a part");

        walk.start(WORKER, "sharing-decision", family, request);
        Map<String, Object> both = shares("shared", "shared", List.of("diagnosis-detail", "risk-to-child"));
        assertThat(problems("decide-own", both)).extracting(Problem::field).containsExactly("q-shared");
        assertThat(problems("decide-own", shares("part"))).as("the risk to the child itself").isEmpty();
        assertThat(problems("decide-own", with(both, "exception", "yes", "exceptionWhy", "She gives the medicine."))).isEmpty();
    }

    private Map<String, Object> consent(String state, Object... changes) {
        return with(Map.of("person", rosa(), "consentTo", "sharing", "recipient", "everybody", "scope", "The school", "consentState", state, "saidOn", families.today().toString(), "source", "said-to-me"), changes);
    }

    @Test
    @Requirement("S-194")
    void consentThatIsTakenBackBringsBackWhatRestsOnIt() {
        walk.start(WORKER, "consent", family, consent("given"));
        walk.start(WORKER, "sharing-decision", family, asked());
        assertThat(fillings.context(fillings.of(walk.task(family, "decide-own"))).advice().apply("sharing-consent", Map.of()).question()).contains("was given", "The school");
        walk.complete(family, "decide-own", shares("shared", "basis", "consent", "consentState", "given"));
        walk.start(WORKER, "consent", family, consent("withdrawn", "saidWhy", "She changed her mind.", "consentTo", "treatment", "recipient", null));
        assertThat(walk.steps(family)).as("another consent").isEmpty();
        walk.start(WORKER, "consent", family, consent("withdrawn", "saidWhy", "She changed her mind."));
        assertThat(consents.toSharing(Long.parseLong(rosa()), "gp").orElseThrow().state()).isEqualTo("withdrawn");
        assertThat(consents.of(Long.parseLong(rosa()))).as("what was said before is kept").hasSize(3);
        assertThat(problems("look-again", Map.of("again", "yes", "sharedUntil", until.toString(), "basis", "consent", "why", "Needed."))).extracting(Problem::field).containsExactly("q-basis");
        walk.complete(family, "look-again", Map.of("again", "yes", "sharedUntil", until.toString(), "basis", "public-task", "why", "Mia is at risk."));
        assertThat(walk.clocks(family, "sharing.review")).containsExactly("met", "running");
        walk.start(WORKER, "consent", family, consent("refused", "saidWhy", "Not again."));
        assertThat(walk.steps(family)).as("it does not rest on agreement any more").isEmpty();
        assertThat(walk.waiting(family)).containsExactly("review-due");
        walk.start(WORKER, "sharing-decision", family, asked());
        assertThat(problems("decide-own", shares("shared", "basis", "consent"))).singleElement().satisfies(problem -> assertThat(problem.message()).contains("was refused"));
    }

    @Test
    @Requirement("S-194")
    void consentToOneRecipientSaysNothingOfAnother() {
        walk.start(WORKER, "consent", family, consent("given"));
        walk.start(WORKER, "consent", family, consent("given", "recipient", "gp", "scope", "The GP"));
        walk.start(WORKER, "sharing-decision", family, asked());
        walk.complete(family, "decide-own", shares("shared", "basis", "consent", "consentState", "given"));
        walk.start(WORKER, "consent", family, consent("withdrawn", "recipient", "gp", "scope", "The GP"));
        assertThat(walk.steps(family)).as("what the school gets does not rest on it").isEmpty();
        assertThat(consents.toSharing(Long.parseLong(rosa()), "gp").orElseThrow().state()).isEqualTo("withdrawn");
        assertThat(consents.toSharing(Long.parseLong(rosa()), "school").orElseThrow().state()).isEqualTo("given");
        walk.start(WORKER, "consent", family, consent("withdrawn", "recipient", "school"));
        assertThat(walk.steps(family)).containsExactly("look-again");
    }

    @Test
    void nobodyTakesBackWhatTheyGaveLaterAndOnlyOfAChildIsAskedWhetherTheyDecide() {
        Filling start = fillings.start(walk.user(WORKER), "consent", family);
        walk.start(WORKER, "consent", family, consent("given"));
        assertThat(said(start, consent("withdrawn", "saidOn", families.today().minusDays(1).toString()))).containsExactly("q-saidOn-day");
        assertThat(said(start, consent("withdrawn"))).isEmpty();
        assertThat(said(start, consent("given", "gillick", "yes", "gillickWhy", "She said so."))).containsExactly("q-gillick");
        assertThat(said(start, consent("given", "person", String.valueOf(walk.children(family).get(0).id())))).containsExactly("q-gillick");
        assertThat(said(start, consent("given", "person", String.valueOf(walk.children(family).get(0).id()), "gillick", "no", "gillickWhy", "She is eight."))).isEmpty();
    }

    private List<String> said(Filling start, Map<String, Object> answers) {
        return fillings.check(start, fillings.context(start), answers).problems().stream().map(Problem::field).toList();
    }

    @Test
    void consentUntilADayEndsOnIt() {
        walk.start(WORKER, "consent", family, consent("given", "consentUntil", families.today().plusDays(20).toString()));
        walk.fire(family, "runs");
        assertThat(walk.ended(family, "consent")).as("its day has not come: nobody says that it has ended").containsExactly("over");
        walk.start(WORKER, "consent", family, consent("given", "consentUntil", families.today().plusDays(20).toString()));
        jdbc.sql("update consent set until_on = current_date - 1, since_on = current_date - 30 where person_id = :rosa").param("rosa", Long.parseLong(rosa())).update();
        walk.fire(family, "runs");
        assertThat(walk.ended(family, "consent")).containsExactly("ended", "over");
    }

    @Test
    @Requirement("S-199")
    void anAdvanceStatementIsKept() {
        walk.start(AMH, "advance-statement", family, statement());
        assertThat(walk.ended(family, "advance-statement")).containsExactly("kept");
    }

    private Map<String, Object> statement() {
        return Map.of("person", rosa(), "madeOn", families.today().toString(), "wellThen", "yes", "helps", "A quiet room.", "whoCares", "Her sister.", "mayShare", "With the school.", "copy", "yes");
    }

    @Test
    @Requirement("S-178")
    void whatIsKeptStaysWithWhomTheTableNames() {
        Actor worker = walk.user(WORKER);
        Filling start = fillings.start(worker, "sharing-decision", family);
        assertThat(fillings.check(start, fillings.context(start), asked("direction", "ask-other", "askedBy", null, "decidingRole", AMH, "kept", "yes")).problems())
                .extracting(Problem::field).as("who could not see it cannot decide it").containsExactly("q-kept");
        walk.start(WORKER, "sharing-decision", family, asked("kept", "yes"));
        assertThat(jdbc.sql("select count(*) from kept where family_ref = :family").param("family", family).query(Integer.class).single()).isEqualTo(2);
        walk.complete(family, "decide-own", REFUSE);
        walk.complete(family, "tell", Map.of("answer", "agree"));
        assertThat(walk.ended(family, "sharing-decision")).containsExactly("not-shared");
    }
}
