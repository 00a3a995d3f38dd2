package org.thinkfamily.pathway;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/**
 * The clocks that diagrams name, against the table of timescales. A limit is people's: a step, a message or a mail meets it. A mark is the program's own: only
 * timers name it, and nobody is reminded of it or told that it is late.
 */
class ClockCheck {

    private static final String TABLE = "timescales.dmn";
    private static final List<String> MET_BY = List.of("clock", "meets", "starts");
    private static final Pattern TIMER = Pattern.compile("clock\\.(?:limit|early)\\(execution, (?:'([\\w.-]+)'|(\\w+))");

    /** By name, whether it is a mark. */
    private final Map<String, Boolean> marks = new HashMap<>();
    private final Set<String> met = new HashSet<>();
    /** By name, the last diagram in which a timer waits for it. */
    private final Map<String, String> timed = new TreeMap<>();

    /** By name of the output, what the rules of all tables say there. */
    private final Map<String, Set<String>> said = new HashMap<>();

    /**
     * @param tables by file name, that of timescales among them
     * @throws BrokenModel when a mark would remind or alarm somebody
     */
    ClockCheck(Map<String, DmnModelInstance> tables) {
        tables.values().forEach(table -> rules(table, (values, row) -> values.forEach((output, value) -> said.computeIfAbsent(output, name -> new HashSet<>()).add(value))));
        if (tables.containsKey(TABLE)) {
            rules(tables.get(TABLE), this::add);
        }
    }

    private static void rules(DmnModelInstance table, BiConsumer<Map<String, String>, Rule> each) {
        table.getModelElementsByType(DecisionTable.class).forEach(rows -> rows.getRules().forEach(row -> each.accept(values(rows, row), row)));
    }

    private static Map<String, String> values(DecisionTable rows, Rule row) {
        List<Output> outputs = List.copyOf(rows.getOutputs());
        List<OutputEntry> entries = List.copyOf(row.getOutputEntries());
        Map<String, String> values = new HashMap<>();
        for (int at = 0; at < outputs.size(); at++) {
            values.put(outputs.get(at).getName(), bare(entries.get(at).getText().getTextContent()));
        }
        return values;
    }

    private void add(Map<String, String> values, Rule row) {
        String name = bare(row.getInputEntries().iterator().next().getText().getTextContent());
        boolean mark = "mark".equals(values.get("kind"));
        if (mark && !(values.get("remindBefore").isEmpty() && values.get("lateRole").isEmpty())) {
            throw new BrokenModel(TABLE, "\"" + name + "\" is a mark; nobody is reminded of a mark or told that it is late.");
        }
        marks.put(name, mark);
    }

    private static String bare(String text) {
        return text.strip().replace("\"", "");
    }

    /** Takes in what an element of a diagram says of clocks. */
    void element(String file, FlowNode element) {
        Map<String, String> properties = ModelProperties.of(element);
        for (String property : MET_BY) {
            for (String clock : clocks(properties.get(property))) {
                if (known(file, clock)) {
                    throw new BrokenModel(file, "\"" + element.getName() + "\" names \"" + clock + "\", which " + TABLE + " has as a mark; only timers can.");
                }
                met.add(clock);
            }
        }
        ModelProperties.list(properties.get("limit")).forEach(clock -> known(file, clock));
        element.getChildElementsByType(TimerEventDefinition.class).stream().map(ModelElementInstance::getRawTextContent).map(TIMER::matcher).filter(Matcher::find)
                .flatMap(timer -> clocks(timer.group(1) == null ? "${" + timer.group(2) + "}" : timer.group(1)).stream()).forEach(clock -> {
                    known(file, clock);
                    timed.put(clock, file);
                });
    }

    /** The clocks that a property or a timer names; where it names a fact, all that tables of rules can set it to. */
    private Set<String> clocks(String property) {
        String fact = ModelProperties.fact(property);
        return fact == null ? Set.copyOf(ModelProperties.list(property)) : said.getOrDefault(fact, Set.of(property));
    }

    private boolean known(String file, String clock) {
        if (!marks.containsKey(clock)) {
            throw new BrokenModel(file, "it names the clock \"" + clock + "\", which " + TABLE + " does not have.");
        }
        return marks.get(clock);
    }

    /** @throws BrokenModel when timers wait for a limit that no step can meet: people would be asked why it is late */
    void finish() {
        timed.forEach((clock, file) -> {
            if (!marks.get(clock) && !met.contains(clock)) {
                throw new BrokenModel(file, "only timers name the clock \"" + clock + "\": make it a mark in " + TABLE + ", or name it on the step that it is the limit of.");
            }
        });
    }
}
