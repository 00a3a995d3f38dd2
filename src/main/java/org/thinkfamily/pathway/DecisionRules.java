package org.thinkfamily.pathway;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.springframework.stereotype.Component;
import org.thinkfamily.record.Decisions;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A decision in words: the sentence beside each rule that fired, in the version of the table that was used, and what its codes mean. */
@Component
public class DecisionRules {

    private static final String DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/";

    private final Pathway pathway;
    private final Rulebook rulebook;
    private final RuleWords words;
    private final Map<String, Table> known = new ConcurrentHashMap<>();

    DecisionRules(Pathway pathway, Rulebook rulebook, RuleWords words) {
        this.pathway = pathway;
        this.rulebook = rulebook;
        this.words = words;
    }

    /** A table as released: the sentence of each rule by its id, and the name behind each label of a column. */
    private record Table(Map<String, String> sentences, Map<String, String> inputs, Map<String, String> outputs) { }

    /** A red flag that applies. {@code title}: the sentence of its rule. {@code action}: what to do. */
    public record Flag(String code, String title, String action) { }

    /** One value that went in or came out. {@code name}: of the column in the table. {@code code} is null where it is no code. */
    public record Value(String name, String label, String words, String code) {

        /** Whether the words say something else than the code. */
        public boolean coded() {
            return code != null && !words.equalsIgnoreCase(code);
        }
    }

    /** One sentence for each rule that fired; the rule's id where nobody wrote one. */
    public List<String> sentences(Decisions.Taken decision) {
        Table table = table(decision);
        return decision.rules().stream().map(rule -> table.sentences.getOrDefault(rule, rule)).toList();
    }

    /** The red flags among what came out, in the table's order. */
    public List<Flag> flags(Decisions.Taken decision) {
        Map<String, String> names = table(decision).outputs;
        List<String> sentences = sentences(decision);
        List<Flag> flags = new ArrayList<>();
        for (int at = 0; at < decision.outputs().size(); at++) {
            Map<String, Object> named = new LinkedHashMap<>();
            decision.outputs().get(at).forEach((label, value) -> named.put(names.getOrDefault(label, label), value));
            if (named.get("flag") != null) {
                String code = named.get("flag").toString();
                flags.add(new Flag(code, at < sentences.size() ? sentences.get(at) : code, named.get("action") == null ? "" : named.get("action").toString()));
            }
        }
        return flags;
    }

    /** What went in, in the table's order. */
    public List<Value> inputs(Decisions.Taken decision) {
        return values(decision.inputs(), table(decision).inputs);
    }

    /** What came out: one list for each rule that fired. */
    public List<List<Value>> outputs(Decisions.Taken decision) {
        return decision.outputs().stream().map(output -> values(output, table(decision).outputs)).toList();
    }

    /** A rule that fired: its sentence, what came out of it, and where the line stands in the table in force; null when it is there no more. */
    public record Reason(String sentence, List<Value> outputs, String line) { }

    /** Why it was decided so: one reason for each rule that fired. */
    public List<Reason> reasons(Decisions.Taken decision) {
        List<String> sentences = sentences(decision);
        List<List<Value>> outputs = outputs(decision);
        Set<String> lines = inForce(decision).stream().flatMap(table -> table.lines().stream()).map(Rulebook.Line::id).collect(Collectors.toSet());
        return IntStream.range(0, sentences.size()).mapToObj(at -> {
            String rule = decision.rules().get(at);
            return new Reason(sentences.get(at), at < outputs.size() ? outputs.get(at) : List.of(),
                    lines.contains(rule) ? "/pathway/rules/" + decision.decision() + "#" + rule : null);
        }).toList();
    }

    /** The table in force that has followed the one of the decision; empty when there is none. */
    public Optional<Rulebook.Table> inForce(Decisions.Taken decision) {
        return rulebook.of(decision.decision()).flatMap(rules -> rules.tables().stream().filter(table -> table.key().equals(decision.decision())).findFirst());
    }

    private List<Value> values(Map<String, Object> given, Map<String, String> names) {
        return given.entrySet().stream().map(each -> {
            String name = names.getOrDefault(each.getKey(), each.getKey());
            return new Value(name, each.getKey(), words.value(name, each.getValue()), each.getValue() instanceof String code ? code : null);
        }).toList();
    }

    private Table table(Decisions.Taken decision) {
        return known.computeIfAbsent(decision.definition(), id -> pathway.decision(id).map(xml -> read(xml, decision.decision())).orElse(new Table(Map.of(), Map.of(), Map.of())));
    }

    private static Table read(String xml, String key) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            NodeList decisions = factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))).getElementsByTagNameNS(DMN, "decision");
            Map<String, String> sentences = new LinkedHashMap<>();
            Map<String, String> inputs = new LinkedHashMap<>();
            Map<String, String> outputs = new LinkedHashMap<>();
            for (Element decision : elements(decisions)) {
                if (!decision.getAttribute("id").equals(key)) {
                    continue;
                }
                elements(decision.getElementsByTagNameNS(DMN, "rule")).forEach(rule -> elements(rule.getElementsByTagNameNS(DMN, "description")).stream().findFirst()
                        .ifPresent(description -> sentences.put(rule.getAttribute("id"), description.getTextContent().strip())));
                elements(decision.getElementsByTagNameNS(DMN, "input")).forEach(input -> elements(input.getElementsByTagNameNS(DMN, "text")).stream().findFirst()
                        .ifPresent(expression -> inputs.put(input.getAttribute("label"), expression.getTextContent().strip())));
                elements(decision.getElementsByTagNameNS(DMN, "output")).forEach(output -> outputs.put(output.getAttribute("label"), output.getAttribute("name")));
            }
            return new Table(sentences, inputs, outputs);
        } catch (Exception unreadable) {
            throw new IllegalStateException("a released decision cannot be read", unreadable);
        }
    }

    private static List<Element> elements(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int at = 0; at < nodes.getLength(); at++) {
            elements.add((Element) nodes.item(at));
        }
        return elements;
    }
}
