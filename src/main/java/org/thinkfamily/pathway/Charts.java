package org.thinkfamily.pathway;

import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.impl.BpmnModelConstants;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.EscalationEventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SendTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.springframework.stereotype.Component;

/** The processes in force as somebody reads them: each a list of its steps, who takes them, by when, and what follows when they are late. */
@Component
public class Charts {

    private static final Pattern LIMIT = Pattern.compile("execution, (?:'([\\w.-]+)'|(\\w+))(?:, '(P\\w+)')?");
    /** Before the key of a process that another calls; no message is called so. */
    private static final String CALLS = "calls ";
    /** After so many steps it is told what a limit leads to. */
    private static final int FAR_ENOUGH = 3;

    private final RepositoryService repository;
    private final Map<String, Chart> known = new ConcurrentHashMap<>();

    Charts(RepositoryService repository) {
        this.repository = repository;
    }

    /** A process. {@code opens}: people start it for a family that is not known yet; {@code starts}: the messages it begins with; {@code sends}: those it sends, by name. */
    public record Chart(String key, String name, String description, int version, String definitionId, List<Section> sections, boolean opens, Set<String> starts, Set<String> sends) { }

    /** The steps of a process from left to right, as it is drawn. {@code name} is null for its main line, else the name of what may happen meanwhile. */
    public record Section(String name, List<Step> steps) { }

    /** What a step is: how it begins, something a person says, a task, a rule, an e-mail, the program's own work, a wait, or a part made of steps. */
    public enum Kind { START, EVENT, PERSON, RULE, MAIL, PROGRAM, WAIT, PART }

    /**
     * A step of a process.
     *
     * @param note what the diagram says about it, may be empty
     * @param who codes of roles; {@code ${…}} where a fact of the family says who. Of an e-mail: who gets it
     * @param otherwise the role that gets the task when nobody is known for the first; null: none
     * @param form the form it asks, or null
     * @param clock its time limit; {@code ${…}} where a table of rules says which; or null
     * @param rule the decision it asks, or null
     * @param timers what happens when time runs out; of a wait: how long it is
     */
    public record Step(String id, String name, Kind kind, String note, List<String> who, String otherwise, String form, String clock, String rule, List<Timer> timers) { }

    /** A limit on a step. {@code clock}: its name; {@code ${…}} where a table of rules says which. {@code daysBefore}: so long before the limit; {@code ends}: the step is over then; {@code then}: the names of the steps that follow. */
    public record Timer(String name, String clock, Integer daysBefore, boolean ends, List<String> then) { }

    /**
     * The processes in force, each after the one that hands over to it, and first those that open a family; those that stand alone come last. Of several that could stand
     * next, the one that hands over to most.
     */
    public List<Chart> all() {
        List<Chart> charts = repository.createProcessDefinitionQuery().latestVersion().list().stream().map(this::chart)
                .sorted(Comparator.comparing(Chart::opens).thenComparing(chart -> chart.sends().size()).reversed().thenComparing(Chart::name)).toList();
        Set<Chart> order = new LinkedHashSet<>();
        List<Chart> first = charts.stream().filter(chart -> charts.stream().noneMatch(other -> other != chart && leads(other, chart))).toList();
        first.stream().filter(chart -> charts.stream().anyMatch(other -> leads(chart, other))).forEach(chart -> follow(chart, charts, order));
        order.addAll(charts);
        return List.copyOf(order);
    }

    private static void follow(Chart chart, List<Chart> charts, Set<Chart> order) {
        if (order.add(chart)) {
            charts.stream().filter(next -> leads(chart, next)).forEach(next -> follow(next, charts, order));
        }
    }

    private static boolean leads(Chart from, Chart to) {
        return from.sends().stream().anyMatch(to.starts()::contains);
    }

    /** The process of that key that is in force; empty when there is none. */
    public Optional<Chart> of(String process) {
        return Optional.ofNullable(repository.createProcessDefinitionQuery().processDefinitionKey(process).latestVersion().singleResult()).map(this::chart);
    }

    /** A release never changes, so each is read once. */
    private Chart chart(ProcessDefinition definition) {
        return known.computeIfAbsent(definition.getId(), id -> {
            BpmnModelInstance model = repository.getBpmnModelInstance(id);
            Process process = model.getModelElementsByType(Process.class).iterator().next();
            Map<String, List<Step>> sections = new LinkedHashMap<>();
            sections.put("", new ArrayList<>());
            model.getModelElementsByType(FlowNode.class).stream().sorted(Comparator.comparingDouble(Charts::x).thenComparingDouble(Charts::y))
                    .forEach(node -> step(node).ifPresent(step -> sections.computeIfAbsent(meanwhile(node), name -> new ArrayList<>()).add(step)));
            Set<String> starts = new LinkedHashSet<>();
            Set<String> sends = new LinkedHashSet<>();
            model.getModelElementsByType(MessageEventDefinition.class).stream().filter(message -> message.getMessage() != null)
                    .forEach(message -> {
                        boolean begins = message.getParentElement() instanceof StartEvent start && start.getParentElement() instanceof Process;
                        (message.getParentElement() instanceof CatchEvent ? begins ? starts : new LinkedHashSet<String>() : sends).add(message.getMessage().getName());
                    });
            model.getModelElementsByType(CallActivity.class).forEach(call -> sends.add(CALLS + call.getCalledElement()));
            starts.add(CALLS + definition.getKey());
            List<Section> all = sections.entrySet().stream().filter(section -> !section.getValue().isEmpty())
                    .map(section -> new Section(section.getKey().isEmpty() ? null : section.getKey(), List.copyOf(section.getValue()))).toList();
            return new Chart(definition.getKey(), definition.getName(), note(process), definition.getVersion(), id, all, opensFamily(process), Set.copyOf(starts), Set.copyOf(sends));
        });
    }

    private static boolean opensFamily(Process process) {
        return process.getChildElementsByType(StartEvent.class).stream().anyMatch(start -> start.getCamundaFormRef() != null && !"family".equals(ModelProperties.of(start).get("needs")));
    }

    private static Optional<Step> step(FlowNode node) {
        if (node.getName() == null || node.getName().isBlank()) {
            return Optional.empty();
        }
        Map<String, String> properties = ModelProperties.of(node);
        List<Timer> timers = node.getModelInstance().getModelElementsByType(BoundaryEvent.class).stream()
                .filter(event -> event.getAttachedTo() == node).flatMap(event -> timer(event, event.cancelActivity()).stream())
                .toList();
        if (node instanceof UserTask task) {
            return Optional.of(step(node, Kind.PERSON, list(task.getCamundaCandidateGroups()), properties, timers));
        }
        if (node instanceof SendTask) {
            return Optional.of(step(node, Kind.MAIL, list(properties.get("to")), properties, timers));
        }
        if (node instanceof BusinessRuleTask || node instanceof ServiceTask) {
            return Optional.of(step(node, node instanceof ServiceTask ? Kind.PROGRAM : Kind.RULE, List.of(), properties, timers));
        }
        if (node instanceof CallActivity) {
            return Optional.of(step(node, Kind.PART, List.of(), properties, timers));
        }
        if (node instanceof SubProcess part) {
            return part.triggeredByEvent() || timers.isEmpty() && !properties.containsKey("clock") ? Optional.empty()
                    : Optional.of(step(node, Kind.PART, List.of(), properties, timers));
        }
        if (node instanceof StartEvent start && start.getParentElement() instanceof Process) {
            return Optional.of(step(node, Kind.START, list(properties.get("roles")), properties, List.of()));
        }
        if (node instanceof CatchEvent event) {
            if (properties.containsKey("form")) {
                return Optional.of(step(node, Kind.EVENT, list(properties.get("roles")), properties, List.of()));
            }
            return event instanceof BoundaryEvent ? Optional.empty() : timer(event, true).map(timer -> step(node, Kind.WAIT, List.of(), properties, List.of(timer)));
        }
        return Optional.empty();
    }

    private static Step step(FlowNode node, Kind kind, List<String> who, Map<String, String> properties, List<Timer> timers) {
        String form = node.getAttributeValueNs(BpmnModelConstants.CAMUNDA_NS, "formRef");
        return new Step(node.getId(), node.getName(), kind, note(node), who, properties.get("otherwise"), form == null ? properties.get("form") : form, properties.get("clock"),
                properties.getOrDefault("decision", node.getAttributeValueNs(BpmnModelConstants.CAMUNDA_NS, "decisionRef")), timers);
    }

    private static Optional<Timer> timer(CatchEvent event, boolean ends) {
        return event.getEventDefinitions().stream().filter(TimerEventDefinition.class::isInstance).map(TimerEventDefinition.class::cast)
                .filter(timer -> timer.getTimeDate() != null).map(timer -> LIMIT.matcher(timer.getTimeDate().getTextContent())).filter(Matcher::find).findFirst()
                .map(limit -> new Timer(event.getName(), limit.group(1) == null ? "${" + limit.group(2) + "}" : limit.group(1), limit.group(3) == null ? null : Period.parse(limit.group(3)).getDays(),
                        ends, following(event)));
    }

    /** The names of the next steps, up to the first that waits for somebody. */
    private static List<String> following(FlowNode from) {
        Set<String> names = new LinkedHashSet<>();
        Set<FlowNode> seen = new LinkedHashSet<>();
        List<FlowNode> ends = new ArrayList<>(next(from));
        while (!ends.isEmpty() && names.size() < FAR_ENOUGH) {
            FlowNode node = ends.remove(0);
            if (!seen.add(node)) {
                continue;
            }
            if (node instanceof Activity && node.getName() != null) {
                names.add(node.getName());
            }
            if (!(node instanceof UserTask || node instanceof SubProcess || node instanceof CallActivity)) {
                ends.addAll(next(node));
            }
        }
        return List.copyOf(names);
    }

    /** Where a flow goes on; the end of a part that raises an alarm goes on where the part's border takes it up. */
    private static List<FlowNode> next(FlowNode node) {
        if (node instanceof EndEvent end && end.getEventDefinitions().stream().anyMatch(EscalationEventDefinition.class::isInstance)) {
            return node.getModelInstance().getModelElementsByType(BoundaryEvent.class).stream()
                    .filter(event -> event.getAttachedTo() == node.getParentElement() && event.getEventDefinitions().stream().anyMatch(EscalationEventDefinition.class::isInstance))
                    .map(FlowNode.class::cast).toList();
        }
        Collection<SequenceFlow> out = node.getOutgoing();
        return out.stream().map(SequenceFlow::getTarget).toList();
    }

    /** The name of what may happen meanwhile that this step belongs to; empty on the main line. */
    private static String meanwhile(ModelElementInstance node) {
        return Stream.iterate(node.getParentElement(), each -> each != null, ModelElementInstance::getParentElement)
                .filter(each -> each instanceof SubProcess part && part.triggeredByEvent()).map(each -> ((SubProcess) each).getName()).findFirst().orElse("");
    }

    private static double x(FlowNode node) {
        return node.getDiagramElement() instanceof BpmnShape shape ? shape.getBounds().getX() : 0;
    }

    private static double y(FlowNode node) {
        return node.getDiagramElement() instanceof BpmnShape shape ? shape.getBounds().getY() : 0;
    }

    private static String note(BaseElement element) {
        return element.getDocumentations().stream().findFirst().map(ModelElementInstance::getTextContent).orElse("").strip();
    }

    private static List<String> list(String commaSeparated) {
        return commaSeparated == null || commaSeparated.isBlank() ? List.of() : Arrays.asList(commaSeparated.strip().split("\\s*,\\s*"));
    }
}
