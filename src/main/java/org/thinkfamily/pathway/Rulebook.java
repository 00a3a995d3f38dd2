package org.thinkfamily.pathway;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.DmnElement;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.Timescale;

/** The rules in force as they are written: each file of decisions with its tables, and the time limits with the sentence of each. */
@Component
public class Rulebook {

    private static final String LIMITS = "timescales";
    /** Where the description of a decision says where its rules come from (docs/models.md). */
    private static final String SOURCE = "Source:";

    private static final Pattern LITERAL = Pattern.compile("\"([^\"\\\\]|\\\\\")*\"|-?\\d+");

    private final RepositoryService repository;
    private final TimescaleTable timescales;
    private final Map<String, DmnModelInstance> known = new ConcurrentHashMap<>();
    /** By release of the table, which never changes. */
    private final Map<String, List<Limit>> limits = new ConcurrentHashMap<>();

    Rulebook(RepositoryService repository, TimescaleTable timescales) {
        this.repository = repository;
        this.timescales = timescales;
    }

    /** Decisions that build on one another, in the order of their file: the answer first. {@code key}: of the first. */
    public record Rules(String key, String name, List<Table> tables) { }

    /**
     * One decision.
     *
     * @param source where its rules come from, as its description says; null when it does not
     * @param version the number of its release, from 1
     * @param hitPolicy which of the lines that fit count, in small letters, with what is made of their answers: {@code first}, {@code collect-max}; null for a decision that is no table
     */
    public record Table(String key, String name, String description, String source, int version, String hitPolicy, List<Column> inputs, List<Column> outputs, List<Line> lines) { }

    /** {@code name}: of the answer, or the expression that is looked at. */
    public record Column(String label, String name) { }

    /** A line: what it asks and answers, in FEEL, a cell for each column; an empty cell fits anything. {@code sentence} may be empty. */
    public record Line(String id, String sentence, List<String> inputs, List<String> outputs) { }

    /** A time limit and the sentence that goes with it, which may be empty. */
    public record Limit(Timescale timescale, String sentence) { }

    /** All but the time limits, by name. */
    public List<Rules> all() {
        Map<String, List<DecisionDefinition>> files = new LinkedHashMap<>();
        repository.createDecisionDefinitionQuery().latestVersion().list().stream().filter(definition -> !definition.getKey().equals(LIMITS))
                .forEach(definition -> files.computeIfAbsent(definition.getDeploymentId() + definition.getResourceName(), file -> new ArrayList<>()).add(definition));
        return files.values().stream().map(this::rules).sorted(Comparator.comparing(Rules::name)).toList();
    }

    /** The rules that this decision belongs to; empty when there is none in force. */
    public Optional<Rules> of(String decision) {
        return all().stream().filter(rules -> rules.tables().stream().anyMatch(table -> table.key().equals(decision))).findFirst();
    }

    /** What the tables in force can answer in the column of that name. */
    public List<String> answers(String column) {
        return all().stream().flatMap(rules -> rules.tables().stream()).flatMap(table -> table.lines().stream().flatMap(line -> IntStream.range(0, table.outputs().size())
                .filter(at -> table.outputs().get(at).name().equals(column)).mapToObj(at -> line.outputs().get(at).replace("\"", "")))).distinct().toList();
    }

    /** The time limits in force, in the table's order. */
    public List<Limit> limits() {
        DecisionDefinition definition = repository.createDecisionDefinitionQuery().decisionDefinitionKey(LIMITS).latestVersion().singleResult();
        return limits.computeIfAbsent(definition.getId(), id -> {
            Table table = table(definition, model(definition).getModelElementById(LIMITS));
            return table.lines().stream().map(line -> new Limit(timescale(table, line), line.sentence())).toList();
        });
    }

    /** As it is written, which costs nothing; the engine works out a line that holds more than texts and numbers. */
    private Timescale timescale(Table table, Line line) {
        String clock = literal(line.inputs().get(0)).toString();
        Map<String, Object> row = new HashMap<>();
        for (int at = 0; at < table.outputs().size(); at++) {
            String written = line.outputs().get(at);
            if (!written.isEmpty() && !LITERAL.matcher(written).matches()) {
                return timescales.of(clock);
            }
            row.put(table.outputs().get(at).name(), written.isEmpty() ? null : literal(written));
        }
        return TimescaleTable.read(clock, row::get);
    }

    private static Object literal(String written) {
        return written.startsWith("\"") ? written.substring(1, written.length() - 1).replace("\\\"", "\"") : Integer.valueOf(written);
    }

    private DmnModelInstance model(DecisionDefinition definition) {
        return known.computeIfAbsent(definition.getId(), repository::getDmnModelInstance);
    }

    private Rules rules(List<DecisionDefinition> definitions) {
        DmnModelInstance model = model(definitions.get(0));
        List<Table> tables = model.getModelElementsByType(Decision.class).stream()
                .flatMap(decision -> definitions.stream().filter(definition -> definition.getKey().equals(decision.getId())).map(definition -> table(definition, decision))).toList();
        return new Rules(tables.get(0).key(), model.getDefinitions().getName(), tables);
    }

    private static Table table(DecisionDefinition definition, Decision decision) {
        String description = description(decision);
        int at = description.indexOf(SOURCE);
        String said = at < 0 ? description : description.substring(0, at).strip();
        String source = at < 0 ? null : description.substring(at + SOURCE.length()).strip();
        if (!(decision.getExpression() instanceof DecisionTable table)) {
            return new Table(decision.getId(), decision.getName(), said, source, definition.getVersion(), null, List.of(), List.of(), List.of());
        }
        String hitPolicy = (table.getHitPolicy().name() + (table.getAggregation() == null ? "" : "-" + table.getAggregation().name())).toLowerCase(Locale.ROOT).replace('_', '-');
        return new Table(decision.getId(), decision.getName(), said, source, definition.getVersion(), hitPolicy,
                table.getInputs().stream().map(input -> new Column(input.getLabel(), input.getInputExpression().getText().getTextContent().strip())).toList(),
                table.getOutputs().stream().map(output -> new Column(output.getLabel(), output.getName())).toList(),
                table.getRules().stream().map(Rulebook::line).toList());
    }

    private static Line line(Rule rule) {
        return new Line(rule.getId(), description(rule), texts(rule.getInputEntries().stream().map(entry -> entry.getText().getTextContent()).toList()),
                texts(rule.getOutputEntries().stream().map(entry -> entry.getText().getTextContent()).toList()));
    }

    private static List<String> texts(Collection<String> texts) {
        return texts.stream().map(String::strip).toList();
    }

    private static String description(DmnElement element) {
        return element.getDescription() == null ? "" : element.getDescription().getTextContent().strip().replaceAll("\\s+", " ");
    }
}
