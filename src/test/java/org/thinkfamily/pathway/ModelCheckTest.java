package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.Requirement;

@ProcessTest
@DisplayName("Models are checked before any is released")
class ModelCheckTest {

    @Autowired
    private ModelCheck check;
    @Autowired
    private Models models;
    @Autowired
    private JdbcClient jdbc;

    private final Map<String, String> files = new TreeMap<>();

    @BeforeEach
    void installed() throws IOException {
        for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath:models/*")) {
            files.put(file.getFilename(), file.getContentAsString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void theInstalledModelsPass() {
        assertThat(check.units(files)).hasSizeGreaterThan(10);
    }

    /** Each breaks one thing in a diagram; the sentence says which file and what. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            camunda:formRef="screening-chase";  camunda:formRef="no-such-form";        asks for the form "no-such-form", which does not exist
            ${sendMail};                        ${noSuchStep};                         uses the step ${noSuchStep}, which does not exist
            camunda:decisionRef="red-flag-response"; camunda:decisionRef="no-such-rule"; asks the decision "no-such-rule", which does not exist
            camunda:historyTimeToLive="P730D";  isClosed="false";                      no history time to live
            ${nextStep == 'ask-again'};         ${''.getClass().forName('x')};         may only name or compare variables
            ${clock.limit(execution, 'identification.screen')}; ${clock.getClass()};   may only name or compare variables
            camunda:delegateExpression="${sendMail}"; camunda:class="java.lang.Runtime"; names a class
            name="clock" value="adult-plan.review"; name="person" value="adult";       only the start of an event sub-process can
            id="identification" name;           id="other" name;                       the file must have the same name
            id="wait" name="Waiting for the next review of the adult's plan"; id="wait"; "wait" has no name
            name="clock" value="identification.screen"; name="clock" value="identification.ask-again"; which timescales.dmn has as a mark; only timers can
            name="clock" value="identification.chase"; name="clock" value="no.such-clock"; the clock "no.such-clock", which timescales.dmn does not have
            clock.limit(execution, 'identification.screen'); clock.limit(execution, 'contact.notice'); only timers name the clock "contact.notice"
            name="without" value="nextStep=nothing-now"; name="without" value="nextStep=no-such"; does not offer the choice "nextStep=no-such", which its form does not have
            name="to" value="childrens-social-worker"; name="to" value="unanswered";   it must follow the timer on the border
            """)
    void aBrokenDiagramIsNamedInWords(String right, String wrong, String sentence) {
        assertThat(files.get("identification.bpmn")).contains(right);
        files.put("identification.bpmn", files.get("identification.bpmn").replace(right, wrong));
        assertThatThrownBy(() -> check.units(files)).isInstanceOf(BrokenModel.class).hasMessageContaining("identification").hasMessageContaining(sentence);
    }

    @Test
    void aDayThatIsShownIsOneThatAFormAsksFor() {
        files.computeIfPresent("child-protection-conference.bpmn", (name, content) -> content.replace("name=\"day\" value=\"conferenceOn\"", "name=\"day\" value=\"sitting\""));
        assertThatThrownBy(() -> check.units(files)).isInstanceOf(BrokenModel.class).hasMessageContaining("shows the day \"sitting\", which no form asks for");
    }

    @Test
    void forWhomAStepIsRepeatedIsAnAnswerThatTheFormHas() {
        for (String wrong : new String[] {"'no-such-form', 'enquiryOutcome', 'in-need'", "'section-47-enquiry', 'noSuchQuestion', 'in-need'", "'section-47-enquiry', 'enquiryOutcome', 'no-such'"}) {
            Map<String, String> broken = new TreeMap<>(files);
            broken.computeIfPresent("child-protection.bpmn", (name, content) -> content.replace("'section-47-enquiry', 'enquiryOutcome', 'in-need'", wrong));
            assertThatThrownBy(() -> check.units(broken)).as(wrong).isInstanceOf(BrokenModel.class).hasMessageContaining("asks for an answer that no list of that form has");
        }
    }

    @Test
    @Requirement("S-184")
    void noReviewFormLosesTheParentsHealth() {
        String form = files.get("review-sitting.form");
        assertThat(form).contains("\"key\": \"parentHealth\"");
        files.put("review-sitting.form", form.replace("\"key\": \"parentHealth\"", "\"key\": \"somethingElse\""));
        assertThatThrownBy(() -> check.units(files)).isInstanceOf(BrokenModel.class).hasMessageContaining("review-sitting.form").hasMessageContaining("it must ask \"parentHealth\"");
        files.put("review-sitting.form", form.replaceAll("(?s)(\"key\": \"parentHealth\".*?)\"required\": true", "$1\"required\": false"));
        assertThatThrownBy(() -> check.units(files)).as("asked, but nobody has to answer").isInstanceOf(BrokenModel.class).hasMessageContaining("it must ask \"parentHealth\"");
    }

    /** The start message of a process is no sign that it runs. */
    @ParameterizedTest
    @CsvSource({"care-began", "work-closed"})
    void aProcessOfWhichThereIsOneWaitsForWhatShowsThatItRuns(String message) {
        String diagram = files.get("care-planning.bpmn");
        String once = "name=\"once\" value=\"care-ended\"";
        assertThat(diagram).contains(once);
        files.put("care-planning.bpmn", diagram.replace(once, once.replace("care-ended", message)));
        assertThatThrownBy(() -> check.units(files)).isInstanceOf(BrokenModel.class).hasMessageContaining("care-planning.bpmn").hasMessageContaining("\"" + message + "\", for which it never waits");
    }

    /** The engine goes on from here by itself, so a process may be seen to stand here. */
    @Test
    void anEndThatTheEngineTakesUpLaterHasAName() {
        files.put("joint-assessment.bpmn", files.get("joint-assessment.bpmn").replace("id=\"gatherEnded\" name=\"Parts gathered\"", "id=\"gatherEnded\""));
        assertThatThrownBy(() -> check.units(files)).isInstanceOf(BrokenModel.class).hasMessageContaining("\"gatherEnded\" has no name");
    }

    @Test
    void nobodyIsToldThatAMarkIsLate() {
        String table = files.get("timescales.dmn");
        String late = "rule-assessment-late-1-lateRole\">\n          <text>";
        assertThat(table).contains(late);
        files.put("timescales.dmn", table.replace(late, late + "\"service-manager\""));
        assertThatThrownBy(() -> check.units(files)).isInstanceOf(BrokenModel.class).hasMessageContaining("\"assessment.late-1\" is a mark");
    }

    /** A timer may take the name of its clock from a table of rules. */
    @Test
    void aTableOfRulesNamesOnlyClocksThatThereAre() {
        String table = files.get("screening-repeat.dmn");
        assertThat(table).contains("\"screening.declined\"");
        files.put("screening-repeat.dmn", table.replace("\"screening.declined\"", "\"no.such-clock\""));
        assertThatThrownBy(() -> check.units(files)).isInstanceOf(BrokenModel.class).hasMessageContaining("the clock \"no.such-clock\", which timescales.dmn does not have");
    }

    @Test
    void whatIsNoDiagramAtAllIsNamedInWords() {
        files.put("identification.bpmn", "<html>");
        assertThatThrownBy(() -> check.units(files)).isInstanceOf(BrokenModel.class).hasMessageContaining("identification.bpmn").hasMessageContaining("not a BPMN diagram");
    }

    @Test
    void aModelTheEngineRefusesReleasesNothingAtAll() {
        int before = releases();
        files.put("referral.bpmn", files.get("referral.bpmn").replace("versionTag=\"", "versionTag=\"2-"));
        files.put("identification.bpmn", files.get("identification.bpmn").replace("targetRef=\"screen\"", "targetRef=\"nowhere\""));
        assertThatThrownBy(() -> models.release(check.units(files))).isInstanceOf(RuntimeException.class).hasMessageContaining("identification");
        assertThat(releases()).isEqualTo(before);
    }

    @Test
    void aVersionMadeAtRunTimeIsNeverReplaced() {
        jdbc.sql("insert into model_release (unit, digest, origin, released_at, released_by) values ('referral', 'made here', 'studio', now(), 'somebody')").update();
        int before = releases();
        files.put("referral.bpmn", files.get("referral.bpmn").replace("versionTag=\"", "versionTag=\"2-"));
        try {
            models.release(check.units(files));
            assertThat(releases()).isEqualTo(before);
        } finally {
            jdbc.sql("delete from model_release where digest = 'made here'").update();
        }
    }

    private int releases() {
        return jdbc.sql("select count(*) from model_release").query(Integer.class).single();
    }
}
