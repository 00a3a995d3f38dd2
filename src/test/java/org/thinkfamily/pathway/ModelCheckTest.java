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
            """)
    void aBrokenDiagramIsNamedInWords(String right, String wrong, String sentence) {
        assertThat(files.get("identification.bpmn")).contains(right);
        files.put("identification.bpmn", files.get("identification.bpmn").replace(right, wrong));
        assertThatThrownBy(() -> check.units(files)).isInstanceOf(BrokenModel.class).hasMessageContaining("identification").hasMessageContaining(sentence);
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
