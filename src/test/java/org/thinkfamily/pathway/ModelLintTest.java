package org.thinkfamily.pathway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

@DisplayName("Diagrams keep to the rules that bpmnlint recommends")
class ModelLintTest {

    private static final Path LINT = Path.of("src", "test", "resources", "lint", "lint-models.cjs");

    /** A small model that keeps to every rule; the examples below each break one thing in it. */
    private static final String GOOD = """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="t">
              <process id="p" name="P" isExecutable="true" camunda:historyTimeToLive="P1D">
                <startEvent id="start" name="Asked"><outgoing>f1</outgoing></startEvent>
                <userTask id="look" name="Look"><incoming>f1</incoming><outgoing>f2</outgoing></userTask>
                <exclusiveGateway id="which" name="Which?" default="f4"><incoming>f2</incoming><outgoing>f3</outgoing><outgoing>f4</outgoing></exclusiveGateway>
                <subProcess id="part" name="Part"><incoming>f3</incoming><outgoing>f5</outgoing>
                  <startEvent id="inner-start" name="Begins"><outgoing>g1</outgoing></startEvent>
                  <endEvent id="inner-end" name="Done"><incoming>g1</incoming></endEvent>
                  <sequenceFlow id="g1" sourceRef="inner-start" targetRef="inner-end" />
                </subProcess>
                <endEvent id="end" name="Over"><incoming>f4</incoming></endEvent>
                <endEvent id="other-end" name="Done"><incoming>f5</incoming></endEvent>
                <sequenceFlow id="f1" sourceRef="start" targetRef="look" />
                <sequenceFlow id="f2" sourceRef="look" targetRef="which" />
                <sequenceFlow id="f3" name="yes" sourceRef="which" targetRef="part"><conditionExpression xsi:type="tFormalExpression">${yes}</conditionExpression></sequenceFlow>
                <sequenceFlow id="f4" sourceRef="which" targetRef="end" />
                <sequenceFlow id="f5" sourceRef="part" targetRef="other-end" />
              </process>
            </definitions>
            """;

    @ParameterizedTest
    @MethodSource("models")
    void everyModelKeepsThem(Path model) throws IOException {
        assertThat(wrong(Files.readString(model))).as(model.toString()).isEmpty();
    }

    @Test
    void theToolItselfFindsNoError() throws IOException, InterruptedException {
        List<Path> models = models();
        assertThat(models).hasSizeGreaterThan(50);
        assertThat(lint(models)).noneMatch(line -> !line.startsWith("warn: "));
    }

    @Test
    void theToolSaysWhatIsWrong() throws IOException, InterruptedException {
        Path broken = Files.createTempFile("broken", ".bpmn");
        try {
            Files.writeString(broken, GOOD.replace(" name=\"Asked\"", ""));
            assertThat(lint(List.of(broken))).anyMatch(line -> line.startsWith("error: ") && line.contains(" start: Element is missing label/name"));
        } finally {
            Files.delete(broken);
        }
    }

    @Test
    void nothingIsWrongWithTheSmallModel() {
        assertThat(wrong(GOOD)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
             name="Asked";                     ;                                                           start has no name
             name="Over";                      ;                                                           end has no name
             name="Begins";                    ;                                                           inner-start has no name
             name="Which?";                    ;                                                           which splits and has no name
            targetRef="other-end";             targetRef="which";                                          which joins and splits
             default="f4";                     ;                                                           f4 has no condition and is not the default
            <exclusiveGateway id="which" name="Which?" default="f4"><incoming>f2</incoming><outgoing>f3</outgoing><outgoing>f4</outgoing></exclusiveGateway>; <inclusiveGateway id="which" name="Which?"></inclusiveGateway>; f4 has no condition and is not the default
            <endEvent id="inner-end" name="Done"><incoming>g1</incoming></endEvent>; <task id="inner-end" name="Done"><incoming>g1</incoming></task>; part has no end event
            sourceRef="part";                  sourceRef="look";                                           look splits without a gateway
            sourceRef="part";                  sourceRef="start";                                          start splits without a gateway
            sourceRef="part";                  sourceRef="which";                                          part ends without an end event
             isExecutable="true";              ;                                                           p cannot be executed
             camunda:historyTimeToLive="P1D";  ;                                                           p says no history time to live
            id="inner-end" name;               id="end" name;                                              end stands twice
            """)
    void eachRuleIsKept(String right, String broken, String says) {
        String model = GOOD.replace(right.startsWith("<") || right.startsWith("id=") || right.contains("Ref=") ? right : " " + right, broken == null ? "" : broken);
        assertThat(model).isNotEqualTo(GOOD);
        assertThat(wrong(tidied(model))).contains(says);
    }

    @Test
    void aProcessWithoutEndIsFound() {
        assertThat(wrong(tidied(GOOD.replaceAll("<endEvent (id=\"(?:other-)?end\".*?)</endEvent>", "<task $1</task>")))).contains("p has no end event");
    }

    private static List<String> wrong(String xml) {
        List<String> wrong = new ArrayList<>(twice(xml));
        if (!wrong.isEmpty()) {
            return wrong; // no model holds both elements
        }
        BpmnModelInstance model = Bpmn.readModelFromStream(new ByteArrayInputStream(xml.getBytes(UTF_8)));
        for (FlowNode node : model.getModelElementsByType(FlowNode.class)) {
            Collection<SequenceFlow> out = node.getOutgoing();
            boolean splits = out.size() > 1;
            if (node instanceof StartEvent || node instanceof EndEvent) {
                check(named(node), node.getId() + " has no name", wrong);
            }
            if (node instanceof Gateway gateway) {
                check(!splits || named(node) || gateway instanceof ParallelGateway || gateway instanceof EventBasedGateway, node.getId() + " splits and has no name", wrong);
                check(!splits || node.getIncoming().size() < 2, node.getId() + " joins and splits", wrong);
            }
            if (splits && (node instanceof ExclusiveGateway || node instanceof InclusiveGateway)) {
                SequenceFlow otherwise = node instanceof ExclusiveGateway one ? one.getDefault() : ((InclusiveGateway) node).getDefault();
                out.forEach(flow -> check(flow.getConditionExpression() != null || flow.equals(otherwise), flow.getId() + " has no condition and is not the default", wrong));
            }
            if (node instanceof Activity || node instanceof Event) {
                check(!splits, node.getId() + " splits without a gateway", wrong);
            }
            boolean beside = node instanceof SubProcess part && part.triggeredByEvent();
            check(!out.isEmpty() || node instanceof EndEvent || beside, node.getId() + " ends without an end event", wrong);
        }
        for (SubProcess part : model.getModelElementsByType(SubProcess.class)) {
            check(!part.getChildElementsByType(EndEvent.class).isEmpty(), part.getId() + " has no end event", wrong);
        }
        for (Process process : model.getModelElementsByType(Process.class)) {
            check(!process.getChildElementsByType(EndEvent.class).isEmpty(), process.getId() + " has no end event", wrong);
            check(process.isExecutable(), process.getId() + " cannot be executed", wrong);
            check(process.getCamundaHistoryTimeToLiveString() != null, process.getId() + " says no history time to live", wrong);
        }
        return wrong;
    }

    private static void check(boolean holds, String otherwise, List<String> wrong) {
        if (!holds) {
            wrong.add(otherwise);
        }
    }

    private static boolean named(FlowNode node) {
        return node.getName() != null && !node.getName().isBlank();
    }

    private static List<String> twice(String xml) {
        Set<String> seen = new HashSet<>();
        List<String> twice = new ArrayList<>();
        NodeList all = elements(xml);
        for (int at = 0; at < all.getLength(); at++) {
            String id = ((Element) all.item(at)).getAttribute("id");
            if (!id.isEmpty() && !seen.add(id)) {
                twice.add(id + " stands twice");
            }
        }
        return twice;
    }

    private static NodeList elements(String xml) {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(UTF_8))).getElementsByTagName("*");
        } catch (ParserConfigurationException | SAXException | IOException unreadable) {
            throw new IllegalArgumentException(unreadable);
        }
    }

    /** The same model with the references to sequence flows that these themselves say. */
    private static String tidied(String xml) {
        String bare = xml.replaceAll("<(incoming|outgoing)>\\w+</\\1>", "");
        return referred(referred(bare, "sourceRef", "outgoing"), "targetRef", "incoming"); // a later one stands before it
    }

    private static String referred(String xml, String end, String reference) {
        String referred = xml;
        NodeList all = elements(xml);
        for (int at = 0; at < all.getLength(); at++) {
            Element flow = (Element) all.item(at);
            if (flow.getTagName().equals("sequenceFlow")) {
                referred = referred.replaceAll("(<\\w+ id=\"" + flow.getAttribute(end) + "\"[^>]*[^/]>)", "$1<" + reference + ">" + flow.getAttribute("id") + "</" + reference + ">");
            }
        }
        return referred;
    }

    private static List<Path> models() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("bpmn"))) {
            return files.filter(file -> file.toString().endsWith(".bpmn")).sorted().toList();
        }
    }

    private static List<String> lint(List<Path> models) throws IOException, InterruptedException {
        boolean node = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
        assumeTrue(node, "no node on the PATH");
        List<String> command = new ArrayList<>(List.of("node", LINT.toString()));
        models.forEach(model -> command.add(model.toString()));
        java.lang.Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new String(tool.getInputStream().readAllBytes(), UTF_8).lines().toList();
        tool.waitFor();
        return lines;
    }
}
