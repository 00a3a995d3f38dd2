package org.thinkfamily.clock;

import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.InputStream;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class TimescalesTableTest {

    private static final DmnEngine ENGINE = DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
    private static final DmnDecision DECISION = ENGINE.parseDecision("timescales", table());
    private static final List<Rule> RULES =
            List.copyOf(Dmn.readModelFromStream(table()).getModelElementsByType(Rule.class));

    private static InputStream table() {
        return TimescalesTableTest.class.getResourceAsStream("/models/timescales.dmn");
    }

    static List<String> names() {
        return RULES.stream().map(TimescalesTableTest::name).toList();
    }

    private static String name(Rule rule) {
        return rule.getInputEntries().iterator().next().getText().getTextContent().replace("\"", "");
    }

    @Test
    void everyNameIsThereOnceAndEveryRowSaysWhy() {
        assertThat(names()).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z-]+\\.[a-z0-9-]+"));
        assertThat(RULES).allSatisfy(rule ->
                assertThat(rule.getDescription().getTextContent()).matches("[A-Z].+ .+\\."));
        assertThat(Dmn.readModelFromStream(table()).getModelElementsByType(DecisionTable.class))
                .singleElement().extracting(DecisionTable::getHitPolicy).isEqualTo(HitPolicy.UNIQUE);
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyRowIsHitByItsNameAndReadsAsATimescale(String name) {
        // UNIQUE: the engine refuses a name that two rows match
        Map<String, Object> row = evaluate(name).getSingleResult().getEntryMap();
        Timescale timescale = new Timescale(name, (String) row.get("title"), (Integer) row.get("amount"),
                Unit.ofCode((String) row.get("unit")), (String) row.get("countFrom"), (Integer) row.get("remindBefore"),
                (String) row.get("lateRole"), (String) row.get("reference"), (String) row.get("source"),
                Status.ofCode((String) row.get("status")), row.get("kind").equals("mark"));
        assertThat(row.get("kind")).isIn("limit", "mark");
        assertThat(timescale.title()).isNotBlank();
        assertThat(timescale.source()).isNotBlank();
        if (timescale.reference() != null) {
            assertThat(timescale.reference()).matches("T-\\d{2,3}");
        }
        if (timescale.lateRole() != null) {
            assertThat(timescale.lateRole()).matches("[a-z-]+");
        }
    }

    @Test
    void anUnknownNameHitsNothing() {
        assertThat(evaluate("no.such-clock").getResultList()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "referral.decide, 1, working-days, referredOn, T-01, guidance",
        "assessment.complete, 45, working-days, referredOn, T-05, guidance",
        "assessment.review-3, 35, working-days, , T-06, unconfirmed",
        "cla.first-review, 20, working-days, lookedAfterOn, T-50, statute",
        "cla.second-review, 3, months, lastReviewOn, T-51, statute",
        "cla.later-review, 6, months, lastReviewOn, T-52, statute",
        "cla.decisions, 5, working-days, reviewHeldOn, T-57, guidance",
        "cla.record, 15, working-days, reviewHeldOn, T-58, guidance",
        "cla.care-plan, 10, working-days, reviewHeldOn, T-59, guidance",
        "cla.distribute, 20, working-days, reviewHeldOn, T-60, guidance",
        "contact.emergency-tell, 24, hours, , T-86, local default",
        "adult-plan.review, 12, months, , T-90, guidance"
    })
    void nationalLimitsAreAsWritten(String name, int amount, String unit, String countFrom, String reference, String status) {
        Map<String, Object> row = evaluate(name).getSingleResult().getEntryMap();
        assertThat(row).containsEntry("amount", amount).containsEntry("unit", unit)
                .containsEntry("reference", reference).containsEntry("status", status);
        assertThat(row.get("countFrom")).isEqualTo(countFrom);
    }

    private static DmnDecisionTableResult evaluate(String name) {
        return ENGINE.evaluateDecisionTable(DECISION, Map.of("clock", name));
    }
}
