package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.access.Acting;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.disclosure.AccessRequest;
import org.thinkfamily.disclosure.AccessRequests;
import org.thinkfamily.disclosure.AccessRequests.Choice;
import org.thinkfamily.disclosure.Answer;
import org.thinkfamily.disclosure.Held;
import org.thinkfamily.disclosure.Item;
import org.thinkfamily.documents.PdfUa;
import org.thinkfamily.family.Families;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.forms.Problem;
import org.thinkfamily.retention.Governance;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;

@ProcessTest
@DisplayName("A request for what is held")
class SubjectAccessProcessTest {

    private static final String OFFICER = "information-governance-officer";
    private static final String OTHER = "second-officer";

    @Autowired
    private Walk walk;
    @Autowired
    private Fillings fillings;
    @Autowired
    private Families families;
    @Autowired
    private AccessRequests requests;
    @Autowired
    private Answer answer;
    @Autowired
    private Governance governance;
    @Autowired
    private JdbcClient jdbc;

    private LookedAfterFamily family;

    @AfterAll
    static void everyFlowWasTaken() {
        assertThat(FlowsTaken.never("subject-access")).isEmpty();
    }

    @BeforeEach
    void aFamilyIsKnown() {
        family = new LookedAfterFamily(walk, families, jdbc);
        jdbc.sql("insert into app_user (username, name, team_id) values (?, ?, 'children-team') on conflict do nothing").params(OTHER, OTHER).update();
        jdbc.sql("insert into user_role (username, role) values (?, ?) on conflict do nothing").params(OTHER, OFFICER).update();
        governance.takeOn(walk.user(OFFICER), family.ref, "A request arrived");
    }

    private static String word() {
        return "canary" + UUID.randomUUID().toString().replace("-", "");
    }

    /** What was filed in an emergency about Mia and her mother: what was seen, open; what the child said, restricted (when she said anything). */
    private void stopped(String seen, String said) {
        jdbc.sql("""
                insert into entry (family_ref, title, process_key, step_key, form_key, form_version, deployment_id, about, answers, author, author_name, role, service, filed_at)
                select :family, 'Contact was stopped', 'shown', 'shown', key_, 1, deployment_id_, :about,
                       jsonb_strip_nulls(jsonb_build_object('child', :child, 'parent', :parent, 'what', cast(:seen as text), 'childSaid', cast(:said as text))), :by, 'Lucy', :by, 'children', now()
                  from act_re_camformdef where key_ = 'contact-emergency-stop' order by version_ desc limit 1
                """).param("family", family.ref).param("about", new Long[] {family.mother, family.mia}).param("child", String.valueOf(family.mia)).param("parent", String.valueOf(family.mother))
                .param("seen", seen).param("said", said).param("by", "childrens-social-worker").update();
    }

    private void asks(long person, String shown) {
        walk.start(OFFICER, "subject-access", family.ref, request(person, shown));
    }

    private Map<String, Object> request(long person, String shown) {
        Map<String, Object> answers = new HashMap<>(Map.of("person", String.valueOf(person), "askedBy", "self", "receivedOn", families.today().toString(), "identityShown", shown, "scope", "all"));
        if (shown.equals("yes")) {
            answers.put("identityHow", "document");
        }
        return answers;
    }

    private AccessRequest request(long person) {
        return requests.list(walk.user(OFFICER)).stream().filter(one -> one.person() == person && one.family().equals(family.ref)).findFirst().orElseThrow();
    }

    private List<Held> items(AccessRequest request, String which) {
        return requests.items(request, which, 0, Integer.MAX_VALUE);
    }

    private void releaseTheRest(AccessRequest request) {
        Map<Long, Choice> choices = new LinkedHashMap<>();
        items(request, "undecided").forEach(held -> choices.put(held.item().id(), new Choice("release", null, null)));
        assertThat(requests.decide(walk.user(OFFICER), family.ref, request.id(), choices)).isEmpty();
    }

    private void does(String officer, String step, Object... answers) {
        walk.file(fillings.of(walk.task(family.ref, step)), walk.user(officer), Walk.with(Map.of(), answers));
    }

    private byte[] answered(long person) {
        AccessRequest request = request(person);
        releaseTheRest(request);
        does(OFFICER, "redact", "redaction", "done");
        does(OTHER, "check", "checkOutcome", "agree");
        return answer.make(walk.user(OFFICER), family.ref, request.id()).orElseThrow();
    }

    private static String text(byte[] file) throws IOException {
        try (PDDocument document = Loader.loadPDF(file)) {
            return new PDFTextStripper().getText(document);
        }
    }

    /** Everything in the file, whether it is drawn or not: each stream unpacked, each string. */
    private static String whole(byte[] file) throws IOException {
        try (PDDocument document = Loader.loadPDF(file)) {
            StringBuilder all = new StringBuilder(new String(file, StandardCharsets.ISO_8859_1));
            all.append(new PDFTextStripper().getText(document)).append(document.getDocumentInformation().getCOSObject());
            document.getDocument().getXrefTable().keySet().forEach(key -> all.append(document.getDocument().getObjectFromPool(key).getObject()));
            return all.toString();
        }
    }

    @Test
    void whatIsReleasedIsInTheDocumentAndNothingElse() throws Exception {
        String seen = word();
        String said = word();
        stopped(seen, said);
        asks(family.mother, "yes");
        assertThat(walk.task(family.ref, "redact").dueOn()).isNotNull();
        assertThat(jdbc.sql("select due_on from clock where family_ref = ? and name = 'subject-access.answer'").param(family.ref).query(LocalDate.class).single())
                .as("the last working day in one calendar month, at the longest Christmas").isBetween(families.today().plusMonths(1).minusDays(5), families.today().plusMonths(1));
        AccessRequest request = request(family.mother);
        Held view = items(request, "all").stream().filter(held -> held.text().contains(said)).findFirst().orElseThrow();
        assertThat(view.item().decision()).as("what is restricted starts as withheld").isEqualTo("withhold");
        assertThat(view.item().reason()).isEqualTo("child-expectation");
        assertThat(view.item().restricted()).isEqualTo("child-view");
        assertThat(items(request, "undecided")).extracting(Held::text).anyMatch(text -> text.contains(seen)).noneMatch(text -> text.contains(said));
        long before = jdbc.sql("select count(*) from entry").query(Long.class).single();

        byte[] file = answered(family.mother);

        assertThat(text(file)).contains(seen, "What is held about Rosa Example").doesNotContain(said);
        assertThat(whole(file)).doesNotContain(said).doesNotContain("Some information was left out");
        assertThat(PdfUa.failures(file)).isEmpty();
        assertThat(jdbc.sql("select count(*) from entry where answers ->> 'childSaid' = ?").param(said).query(Long.class).single()).as("the original stays").isEqualTo(1);
        assertThat(jdbc.sql("select count(*) from entry").query(Long.class).single()).as("the two steps").isEqualTo(before + 2);
        does(OFFICER, "send", "sentOn", families.today().toString(), "sentHow", "post", "complaintTold", true);
        assertThat(request(family.mother).state()).isEqualTo("answered");
        assertThat(walk.ended(family.ref, "subject-access")).containsExactly("answered");
    }

    /** Two worlds: in one the child has said something in confidence. The documents cannot be told apart. */
    @Test
    void theDocumentDoesNotTellThatAChildHasSaidSomething() throws Exception {
        String seen = word();
        stopped(seen, word());
        asks(family.mother, "yes");
        String said = text(answered(family.mother));
        LookedAfterFamily first = family;
        aFamilyIsKnown();
        stopped(seen, null);
        asks(family.mother, "yes");
        String silent = text(answered(family.mother));
        assertThat(silent.replace(family.ref, first.ref).replaceAll("\\d\\d?[.:]\\d\\d( ?[ap]m)?", "now")).isEqualTo(said.replaceAll("\\d\\d?[.:]\\d\\d( ?[ap]m)?", "now"));
    }

    @Test
    void aPartIsReleasedInTheOfficersWordsAndAReasonThatMayBeToldIsTold() throws Exception {
        String seen = word();
        stopped(seen, null);
        asks(family.mia, "yes");
        AccessRequest request = request(family.mia);
        long item = items(request, "all").stream().filter(held -> held.text().contains(seen)).findFirst().orElseThrow().item().id();
        assertThat(requests.decide(walk.user(OFFICER), family.ref, request.id(), Map.of(item, new Choice("part", "privilege", " ")))).extracting(AccessRequests.Wrong::control).containsExactly("words");
        assertThat(requests.decide(walk.user(OFFICER), family.ref, request.id(), Map.of(item, new Choice("withhold", "no-such-reason", null)))).extracting(AccessRequests.Wrong::control).containsExactly("reason");
        assertThat(requests.decide(walk.user(OFFICER), family.ref, request.id(), Map.of(item, new Choice("part", "privilege", "Contact was stopped that day.")))).isEmpty();
        String text = text(answered(family.mia));
        assertThat(text).contains("Contact was stopped that day.", "Some information was left out", "Legal professional privilege").doesNotContain(seen);
    }

    @Test
    void everyItemIsDecidedAndCheckedBySomebodyElse() {
        stopped(word(), null);
        asks(family.mother, "yes");
        AccessRequest request = request(family.mother);
        Filling redact = fillings.of(walk.task(family.ref, "redact"));
        CheckedForm checked = fillings.check(redact, fillings.context(redact), Map.of("redaction", "done"));
        assertThat(checked.problems()).singleElement().satisfies(problem -> assertThat(problem.message()).contains("not decided yet"));
        Filling again = fillings.start(walk.user(OFFICER), "subject-access", family.ref);
        assertThat(fillings.check(again, fillings.context(again), request(family.mother, "yes")).problems()).anyMatch(problem -> problem.message().contains("has not ended"));
        releaseTheRest(request);
        does(OFFICER, "redact", "redaction", "done");
        assertThatThrownBy(() -> requests.decide(walk.user(OFFICER), family.ref, request.id(), Map.of())).isInstanceOf(NotAllowed.class);
        assertThatThrownBy(() -> answer.make(walk.user(OFFICER), family.ref, request.id())).as("before the second check").isInstanceOf(NotAllowed.class);
        assertThatThrownBy(() -> does(OFFICER, "check", "checkOutcome", "agree")).isInstanceOf(NotAllowed.class);
        does(OTHER, "check", "checkOutcome", "back", "checkNote", "Look at the second item again.");
        assertThat(request(family.mother).state()).isEqualTo("open");
        does(OFFICER, "redact", "redaction", "withdrawn");
        assertThat(request(family.mother).state()).isEqualTo("withdrawn");
        assertThat(walk.ended(family.ref, "subject-access")).containsExactly("taken-back");
    }

    @Test
    void whatIsAboutAnotherAdultAsWellIsKeptBackUntilSomebodyLooks() {
        stopped("Rosa shouted.", null);
        asks(family.mia, "yes");
        assertThat(items(request(family.mia), "all")).filteredOn(held -> held.item().kind().equals("answer")).isNotEmpty()
                .allSatisfy(held -> assertThat(held.item()).extracting(Item::decision, Item::reason).containsExactly("withhold", "third-party"));
    }

    @Test
    void whatTablesOfRulesSaidAndEMailsAreHeldAsWell() throws Exception {
        String definition = jdbc.sql("select max(id_) from act_re_decision_def where key_ = 'red-flags'").query(String.class).single();
        jdbc.sql("""
                insert into decision_taken (family_ref, process_id, person_id, decision, name, version, definition_id, decided_at, inputs, rules, outputs)
                select :family, 'none', one.person, 'red-flags', 'Red flags', 1, :definition, now(), '{}', '["red-flags-RF-01"]', '[]' from unnest(array[:mother, :father]) as one (person)
                """).param("family", family.ref).param("definition", definition).param("mother", family.mother).param("father", family.father).update();
        jdbc.sql("insert into outgoing_mail (kind, recipient, family_ref, subject, body, queued_at) values ('referral-decided', 'gp', :family, 'A referral was decided', 'Sign in.', now())").param("family", family.ref).update();
        asks(family.mother, "yes");
        AccessRequest request = request(family.mother);
        assertThat(items(request, "all")).filteredOn(held -> held.item().kind().equals("decision")).as("about the person, not about others").hasSize(1)
                .allSatisfy(held -> assertThat(held.text()).isNotBlank());
        assertThat(items(request, "all")).filteredOn(held -> held.item().kind().equals("mail")).extracting(Held::text).containsExactly("A referral was decided");
        assertThat(text(answered(family.mother))).contains("What tables of rules said", "Red flags", "A referral was decided");
    }

    @Test
    void theMonthIsExtendedOnceWithAReasonByTwoMonthsAtMost() {
        asks(family.mother, "yes");
        LocalDate due = jdbc.sql("select due_on from clock where family_ref = ? and name = 'subject-access.answer'").param(family.ref).query(LocalDate.class).single();
        assertThat(extended(family.mother, families.today().plusMonths(3).plusDays(1))).as("more than two months").singleElement().satisfies(said -> assertThat(said).contains("Choose a day after"));
        assertThat(extended(family.father, due.plusDays(20))).singleElement().satisfies(said -> assertThat(said).contains("No request of this person"));
        assertThat(extended(family.mother, due.plusDays(20))).isEmpty();
        walk.report(OFFICER, family.ref, "subject-access-extended", extension(family.mother, due.plusDays(20)));
        assertThat(jdbc.sql("select due_on from clock where family_ref = ? and name = 'subject-access.answer'").param(family.ref).query(LocalDate.class).single()).isEqualTo(due.plusDays(20));
        assertThat(jdbc.sql("select why from clock_change c join clock k on k.id = c.clock_id where k.family_ref = ?").param(family.ref).query(String.class).list()).containsExactly("There are 3,000 items.");
        assertThat(extended(family.mother, due.plusDays(25))).singleElement().satisfies(said -> assertThat(said).contains("It can be extended once"));
        assertThat(walk.steps(family.ref)).as("work goes on").containsExactly("redact");
    }

    private Map<String, Object> extension(long person, LocalDate until) {
        return Map.of("person", String.valueOf(person), "why", "There are 3,000 items.", "extendedUntil", until.toString(), "toldOn", families.today().toString(), "toldHow", "letter");
    }

    private List<String> extended(long person, LocalDate until) {
        Filling filling = fillings.change(walk.user(OFFICER), family.ref, "subject-access-extended");
        return fillings.check(filling, fillings.context(filling), extension(person, until)).problems().stream().map(Problem::message).toList();
    }

    @Test
    void nothingIsGivenToSomebodyOfWhomItIsNotShownWhoTheyAre() {
        asks(family.father, "no");
        does(OFFICER, "see-identity", "identityNow", "no", "identityNote", "No answer to two letters.");
        assertThat(request(family.father).state()).isEqualTo("withdrawn");
        asks(family.leo, "no");
        does(OFFICER, "see-identity", "identityNow", "yes", "identityHow", "known");
        assertThat(walk.steps(family.ref)).containsExactly("redact");
        assertThat(walk.ended(family.ref, "subject-access")).containsExactly("not-shown");
    }

    /** Who works with the family sees that there is a request, and neither who asks nor the items; for the database as well. */
    @Test
    void whoElseWorksWithTheFamilySeesNoItem() {
        stopped(word(), word());
        asks(family.mother, "yes");
        AccessRequest request = request(family.mother);
        assertThatThrownBy(() -> requests.one(walk.user(Walk.AMH), family.ref, request.id())).isInstanceOf(NotAllowed.class);
        try (Acting.Turn turn = Acting.as(Walk.AMH)) {
            assertThat(jdbc.sql("select count(*) from access_item").query(Long.class).single()).isZero();
            assertThat(jdbc.sql("select count(*) from access_request").query(Long.class).single()).isZero();
        }
        try (Acting.Turn turn = Acting.as(OTHER)) {
            assertThat(jdbc.sql("select count(*) from access_item where request_id = ?").param(request.id()).query(Long.class).single()).isEqualTo(request.items());
        }
        var entry = jdbc.sql("select id from entry where family_ref = ? and form_key = 'subject-access-request'").param(family.ref).query(Long.class).single();
        assertThat(jdbc.sql("select answers from entry where id = ?").param(entry).query(String.class).single()).contains("askedBy");
    }

    @Test
    void everyReasonOfTheTableIsHit() {
        DecisionFile table = new DecisionFile("withholding-reasons.dmn");
        assertThat(table.decide("withholding-reasons", Map.of("kind", "fact")).getResultList()).hasSize(8);
        assertThat(table.decide("withholding-reasons", Map.of("kind", "answer")).getResultList()).hasSize(9);
        assertThat(table.neverHit()).isEmpty();
        assertThat(table.decide("withholding-reasons", Map.of("kind", "answer")).getResultList().stream().flatMap(row -> row.get("starts") == null ? List.<String>of().stream()
                : List.of(row.get("starts").toString().split(",")).stream()).collect(Collectors.toSet())).as("each restriction that keeps something from readers has its reason")
                .contains("child-view", "withheld-address", "anonymous-referrer", "third-party-history", "information-governance");
    }
}
