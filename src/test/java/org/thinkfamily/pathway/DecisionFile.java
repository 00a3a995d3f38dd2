package org.thinkfamily.pathway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionLogicEvaluationEvent;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Rule;

/** A file of decision tables in the engine's own rule engine, and which of its rules have been hit. */
final class DecisionFile {

    private final Path file;
    private final DmnEngine engine;
    private final Map<String, DmnDecision> parsed = new HashMap<>();
    private final Set<String> hit = new TreeSet<>();
    private final List<String> last = new ArrayList<>();

    DecisionFile(String name) {
        file = Path.of("dmn", name);
        DefaultDmnEngineConfiguration configuration = (DefaultDmnEngineConfiguration) DefaultDmnEngineConfiguration.createDefaultDmnEngineConfiguration();
        configuration.customPostDecisionEvaluationListeners(List.of(event -> {
            event.getRequiredDecisionResults().forEach(this::note);
            note(event.getDecisionResult());
        }));
        engine = configuration.buildEngine();
    }

    private void note(DmnDecisionLogicEvaluationEvent evaluated) {
        if (evaluated instanceof DmnDecisionTableEvaluationEvent table) {
            table.getMatchingRules().forEach(rule -> last.add(rule.getId()));
        }
    }

    /** Evaluates a decision of the file with everything it requires. */
    DmnDecisionResult decide(String decision, Map<String, ?> answers) {
        last.clear();
        DmnDecisionResult result = engine.evaluateDecision(parsed.computeIfAbsent(decision, this::parse), Variables.fromMap(Map.copyOf(answers)));
        hit.addAll(last);
        return result;
    }

    private DmnDecision parse(String decision) {
        try (InputStream in = Files.newInputStream(file)) {
            return engine.parseDecision(decision, in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The rules that the last evaluation hit, in all tables. */
    List<String> fired() {
        return List.copyOf(last);
    }

    /** The rules of all tables that nothing has hit yet. */
    Set<String> neverHit() {
        Set<String> rules = new TreeSet<>();
        DmnModelInstance model = Dmn.readModelFromFile(file.toFile());
        Collection<Rule> all = model.getModelElementsByType(Rule.class);
        all.forEach(rule -> rules.add(rule.getId()));
        rules.removeAll(hit);
        return rules;
    }
}
