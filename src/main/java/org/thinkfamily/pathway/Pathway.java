package org.thinkfamily.pathway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.impl.BpmnModelConstants;
import org.camunda.bpm.model.bpmn.instance.Documentation;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.clock.WorkingDays;

/** The pathway as the rest of the product sees it: what can be started, where a family stands, which messages are awaited. */
@Component
public class Pathway {

    private static final long FRESH = 5_000_000_000L;

    private final RepositoryService repository;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final Messages messages;
    private final Once once;
    private final AdultSide adultSide;
    private final JdbcClient jdbc;
    private final Map<String, Definition> known = new ConcurrentHashMap<>();
    /** What of released models is asked for on every page, by where it stands. A model never changes, and reading it takes longer than a query. */
    private final Map<String, Optional<Startable>> starts = new ConcurrentHashMap<>();
    private final Map<List<String>, Optional<Awaited>> awaited = new ConcurrentHashMap<>();
    private final Map<List<String>, List<String>> listed = new ConcurrentHashMap<>();
    private volatile InForce inForce;

    Pathway(RepositoryService repository, RuntimeService runtime, TaskService tasks, Messages messages, Once once, AdultSide adultSide, JdbcClient jdbc) {
        this.repository = repository;
        this.runtime = runtime;
        this.tasks = tasks;
        this.messages = messages;
        this.once = once;
        this.adultSide = adultSide;
        this.jdbc = jdbc;
    }

    /**
     * A process people may start.
     *
     * @param roles who may start it
     * @param needsFamily whether it can only be started for a family that exists
     * @param protects whether it protects somebody who may be at risk now (docs/models.md, {@code protects})
     */
    public record Startable(String key, String name, int version, String versionTag, String description, String definitionId, String deploymentId, String stepKey, String form,
            Set<String> roles, boolean needsFamily, boolean protects) { }

    /**
     * A message that a process of a family waits for, or that starts one, with the form a person fills in to send it. {@code name} says what a person does who sends it;
     * {@code protects} as above.
     */
    public record Awaited(String message, String name, String form, String deploymentId, String definitionId, String stepKey, String processKey, Set<String> roles, Set<String> facts,
            boolean protects) { }

    /**
     * A running process of a family: the ids and names of the elements where its tokens stand, and those that wait for help.
     *
     * @param child whom it is about; null where it is about the whole family or an adult
     */
    public record Running(String processId, String key, String name, String definitionId, Long child, List<Standing> standing) { }

    /**
     * One token. {@code type} is the engine's activity type, such as {@code userTask}; {@code stuck}: a step failed and waits for help; {@code until}: the day on which
     * it goes on by itself, null where nothing but people and messages moves it.
     */
    public record Standing(String element, String name, String type, boolean stuck, LocalDate until) { }

    /** A released process. It never changes, so each is read once. */
    private record Definition(String id, String key, String name, int version, String versionTag, String deploymentId, BpmnModelInstance model) { }

    private Definition known(String definitionId) {
        return known.computeIfAbsent(definitionId, id -> {
            ProcessDefinition definition = repository.getProcessDefinition(id);
            return new Definition(id, definition.getKey(), definition.getName(), definition.getVersion(), definition.getVersionTag(), definition.getDeploymentId(),
                    repository.getBpmnModelInstance(id));
        });
    }

    /** The processes in force, read anew after a few seconds: a release reaches every node's pages by then. */
    private List<Definition> inForce() {
        InForce read = inForce;
        if (read == null || System.nanoTime() - read.at() > FRESH) {
            read = new InForce(System.nanoTime(), repository.createProcessDefinitionQuery().latestVersion().list().stream().map(definition -> known(definition.getId())).toList());
            inForce = read;
        }
        return read.definitions();
    }

    private record InForce(long at, List<Definition> definitions) { }

    /** What people in these roles may start, by name. */
    public List<Startable> startable(Set<String> roles) {
        return inForce().stream()
                .flatMap(definition -> startable(definition).stream())
                .filter(start -> start.roles().stream().anyMatch(roles::contains))
                .sorted(Comparator.comparing(Startable::name)).toList();
    }

    private Optional<Startable> startable(Definition definition) {
        return starts.computeIfAbsent(definition.id(), id -> start(definition));
    }

    private static Optional<Startable> start(Definition definition) {
        return definition.model().getModelElementsByType(StartEvent.class).stream()
                .filter(start -> form(start) != null && start.getEventDefinitions().isEmpty())
                .map(start -> {
                    Map<String, String> properties = ModelProperties.of(start);
                    return new Startable(definition.key(), definition.name(), definition.version(), definition.versionTag(), text(start.getParentElement()),
                            definition.id(), definition.deploymentId(), start.getId(), form(start), list(properties.get("roles")), "family".equals(properties.get("needs")),
                            protects(properties));
                })
                .findFirst();
    }

    /**
     * Starts a process, or tells the one that runs already where there is one at a time. {@code facts} hold routing facts only. Returns the id of the instance.
     *
     * @throws RunsAlready when one runs that takes in nothing
     */
    @Transactional
    public String start(Startable start, String family, Map<String, Object> facts) {
        Optional<Once.Running> running = once.running(start.definitionId(), start.stepKey(), family, facts);
        if (running.isPresent()) {
            if (!running.get().told()) {
                throw new RunsAlready();
            }
            return running.get().process();
        }
        return runtime.startProcessInstanceById(start.definitionId(), family, adultSide.startOf(family, facts)).getId();
    }

    /** The entry with which somebody started this process; empty when a message started it. */
    public Optional<Long> startedWith(String process) {
        return Optional.ofNullable(runtime.createVariableInstanceQuery().executionIdIn(process).variableName("startedWith").singleResult()).map(found -> ((Number) found.getValue()).longValue());
    }

    /** There is one such process at a time, and one runs. */
    public static class RunsAlready extends RuntimeException {
        RunsAlready() {
            super("one runs already", null, false, false);
        }
    }

    /**
     * Completes a step with its routing facts.
     *
     * @throws Gone when the step was done or cancelled meanwhile
     */
    @Transactional
    public void complete(String task, Map<String, Object> facts) {
        try {
            tasks.complete(task, facts);
        } catch (OptimisticLockingException done) {
            throw new Gone(done);
        } catch (NullValueException missing) {
            // The engine says the same of anything else that is missing on the way: that is a fault, and not a step somebody has done.
            if (tasks.createTaskQuery().taskId(task).count() > 0) {
                throw missing;
            }
            throw new Gone(missing);
        }
    }

    /** The step is no longer there to be done. */
    public static class Gone extends RuntimeException {
        Gone(Throwable cause) {
            super("the step is gone", cause, false, false);
        }
    }

    /**
     * Sends a message to the family's processes; how many were started or reached.
     *
     * @throws Gone when what waited went on at the same moment
     * @throws Stopped when a process could not go on with these facts
     */
    @Transactional
    public int send(String message, String family, Map<String, Object> facts) {
        try {
            return messages.send(message, family, facts);
        } catch (OptimisticLockingException done) {
            throw new Gone(done);
        } catch (ProcessEngineException failed) {
            throw new Stopped(failed);
        }
    }

    /** A process could not go on with the facts it was given. */
    public static class Stopped extends RuntimeException {
        Stopped(Throwable cause) {
            super("the process could not go on", cause);
        }
    }

    /** Whether a message of this name starts a process. */
    public boolean startsWith(String message) {
        return messages.starts(message);
    }

    /** Whether any model that is in force knows a message of this name. */
    public boolean knowsMessage(String message) {
        return repository.createProcessDefinitionQuery().latestVersion().list().stream()
                .map(definition -> known(definition.getId()).model())
                .flatMap(model -> model.getModelElementsByType(MessageEventDefinition.class).stream())
                .anyMatch(definition -> definition.getMessage() != null && message.equals(definition.getMessage().getName()));
    }

    /** The messages that reach this family now, with those that start a process; only events that carry a form or facts. */
    public List<Awaited> awaited(String family) {
        return jdbc.sql("""
                select distinct s.event_name_, s.activity_id_, coalesce(e.proc_def_id_, s.configuration_) as definition
                  from act_ru_event_subscr s
                  left join act_ru_execution e on e.id_ = s.execution_id_
                  left join act_ru_execution i on i.id_ = e.proc_inst_id_
                 where s.event_type_ = 'message' and (s.execution_id_ is null or i.business_key_ = :family)
                 order by s.event_name_
                """)
                .param("family", family)
                .query((row, n) -> List.of(row.getString("event_name_"), row.getString("definition"), row.getString("activity_id_")))
                .list().stream().flatMap(key -> awaited.computeIfAbsent(key, read -> awaited(read.get(0), read.get(1), read.get(2))).stream()).toList();
    }

    private Optional<Awaited> awaited(String message, String definitionId, String element) {
        Definition definition = known(definitionId);
        FlowElement event = definition.model().getModelElementById(element);
        Map<String, String> properties = event == null ? Map.of() : ModelProperties.of(event);
        if (!properties.containsKey("form") && !properties.containsKey("facts")) {
            return Optional.empty();
        }
        // A message that starts a process and names nobody may be sent by those who may start the process with its form.
        Set<String> roles = properties.containsKey("roles") ? list(properties.get("roles")) : event instanceof StartEvent && event.getParentElement() instanceof Process
                ? startable(definition).map(Startable::roles).orElse(Set.of()) : Set.of();
        return Optional.of(new Awaited(message, properties.getOrDefault("action", event.getName()), properties.get("form"), definition.deploymentId(), definitionId, element,
                definition.key(), roles, list(properties.get("facts")), protects(properties)));
    }

    private static boolean protects(Map<String, String> properties) {
        return "true".equals(properties.get("protects"));
    }

    private record Row(String process, String definition, Long child, String element, boolean stuck, LocalDateTime timer) { }

    /** The running processes of a family and where their tokens stand, those that one calls as well; none that is kept from who asks. One query. */
    public List<Running> running(String family) {
        List<Row> rows = jdbc.sql("""
                select i.id_ as process, i.proc_def_id_ as definition, (select v.long_ from act_ru_variable v where v.execution_id_ = i.id_ and v.name_ = 'child') as child, e.act_id_ as element,
                       exists (select 1 from act_ru_incident x where x.execution_id_ = e.id_) as stuck,
                       (select min(j.duedate_) from act_ru_job j where j.execution_id_ = e.id_ and j.handler_type_ = 'timer-intermediate-transition') as timer
                  from act_ru_execution i
                  left join act_ru_execution e on e.proc_inst_id_ = i.id_ and e.is_active_ and e.act_id_ is not null
                 where i.business_key_ = :family and i.parent_id_ is null and i.root_proc_inst_id_ <> all((select kept_processes())::text[])
                 order by i.id_, e.act_id_
                """).param("family", family).query(Row.class).list();
        return rows.stream().map(Row::process).distinct().map(process -> {
            List<Row> tokens = rows.stream().filter(row -> row.process().equals(process)).toList();
            String definitionId = tokens.get(0).definition();
            Definition definition = known(definitionId);
            List<Standing> standing = tokens.stream().filter(token -> token.element() != null).map(token -> standing(definition, token)).toList();
            return new Running(process, definition.key(), definition.name(), definitionId, tokens.get(0).child(), standing);
        }).toList();
    }

    /** The process that steps and entries of a running process belong to: itself, or the one that called it. */
    public String whole(String process) {
        return jdbc.sql("select root_proc_inst_id_ from act_ru_execution where id_ = :process").param("process", process).query(String.class).optional().orElse(process);
    }

    private static Standing standing(Definition definition, Row token) {
        String element = token.element().replace("#multiInstanceBody", "");
        FlowElement found = definition.model().getModelElementById(element);
        return new Standing(element, named(found, definition.name()), found == null ? "" : found.getElementType().getTypeName(), token.stuck(),
                token.timer() == null ? null : WorkingDays.dayOf(token.timer().atZone(ZoneId.systemDefault()).toInstant()));
    }

    /** The name of an element, or of what it stands in where an earlier release gave it none: nobody is shown an id. */
    private static String named(ModelElementInstance element, String process) {
        for (ModelElementInstance at = element; at instanceof FlowElement within; at = within.getParentElement()) {
            if (within.getName() != null) {
                return within.getName();
            }
        }
        return process;
    }

    /** The forms whose newest entries are shown above the questions of a step (docs/models.md, {@code shows}). */
    public List<String> shows(String definitionId, String element) {
        return listed(definitionId, element, "shows");
    }

    /** The forms about a parent whose newest entries are shown before everything else (docs/models.md, {@code showsFirst}). */
    public List<String> showsFirst(String definitionId, String element) {
        return listed(definitionId, element, "showsFirst");
    }

    /** The decisions of tables of rules that are shown above the questions of a step (docs/models.md, {@code decisions}). */
    public List<String> decisions(String definitionId, String element) {
        return listed(definitionId, element, "decisions");
    }

    /** The day that people have fixed for what a step is about (docs/models.md, {@code day}); empty when the model names none, or it is not fixed. */
    public Optional<LocalDate> fixed(String definitionId, String element, String task) {
        return listed(definitionId, element, "day").stream().findFirst().filter(fact -> tasks.createTaskQuery().taskId(task).count() > 0)
                .map(fact -> tasks.getVariable(task, fact)).map(day -> LocalDate.parse(day.toString()));
    }

    /** The forms whose authors in the same process may not do a step (docs/models.md, {@code notBy}). */
    public List<String> notBy(String definitionId, String element) {
        return listed(definitionId, element, "notBy");
    }

    /** Choices of its form that a step does not offer, as {@code question=code} (docs/models.md, {@code without}). */
    public List<String> without(String definitionId, String element) {
        return listed(definitionId, element, "without");
    }

    private List<String> listed(String definitionId, String element, String property) {
        return listed.computeIfAbsent(List.of(definitionId, element, property), key -> known(definitionId).model().getModelElementById(element) instanceof FlowElement step
                ? ModelProperties.listed(step, property) : List.of());
    }

    /**
     * Whether a fact of that name says how a process goes on: an expression of the diagram reads it, or another process is told it.
     *
     * @param deploymentId the release the process was started with
     */
    public boolean steers(String deploymentId, String process, String fact) {
        Pattern named = Pattern.compile("\\$\\{[^}]*\\b" + fact + "\\b|name=\"(facts|person)\" value=\"([^\"]*,)?" + fact + "[,\"]");
        return repository.createProcessDefinitionQuery().deploymentId(deploymentId).processDefinitionKey(process).list().stream()
                .anyMatch(definition -> diagram(definition.getId()).filter(xml -> named.matcher(xml).find()).isPresent());
    }

    /** The diagram of a definition as BPMN XML; empty when there is none. */
    public Optional<String> diagram(String definitionId) {
        return read(() -> repository.getProcessModel(definitionId));
    }

    /** A form as it was released: its JSON and which release of it this is, from 1. */
    public record ReleasedForm(String json, int version) { }

    /** A form as it was released in a deployment; empty when there is none. */
    public Optional<ReleasedForm> form(String deploymentId, String form) {
        Optional<Integer> version = jdbc.sql("select version_ from act_re_camformdef where deployment_id_ = :deployment and key_ = :form")
                .param("deployment", deploymentId).param("form", form).query(Integer.class).optional();
        return version.flatMap(number -> read(() -> repository.getResourceAsStream(deploymentId, form + ".form")).map(json -> new ReleasedForm(json, number)));
    }

    /** A form that a process in force asks, with the step that asks it. */
    public record Asked(String process, String processName, String step, String form, String deploymentId) { }

    /** The forms in force, each once in a process, by the name of the process and of the step. */
    public List<Asked> forms() {
        return inForce().stream()
                .flatMap(definition -> definition.model().getModelElementsByType(FlowNode.class).stream()
                        .filter(step -> step.getName() != null && formOf(step) != null)
                        .sorted(Comparator.comparing(FlowNode::getName))
                        .collect(Collectors.toMap(Pathway::formOf, step -> step, (first, same) -> first, LinkedHashMap::new)).values().stream()
                        .map(step -> new Asked(definition.key(), definition.name(), step.getName(), formOf(step), definition.deploymentId())))
                .sorted(Comparator.comparing(Asked::processName).thenComparing(Asked::step)).toList();
    }

    private static String formOf(FlowNode step) {
        String form = form(step);
        return form == null ? ModelProperties.of(step).get("form") : form;
    }

    /** A step that a person does. */
    public record Part(String step, String name) { }

    /** The steps of a released process that people do, as the diagram shows them from left to right. */
    public List<Part> parts(String definitionId) {
        return known(definitionId).model().getModelElementsByType(UserTask.class).stream()
                .sorted(Comparator.comparingDouble(step -> step.getDiagramElement() == null ? 0 : step.getDiagramElement().getBounds().getX()))
                .map(step -> new Part(step.getId(), step.getName())).toList();
    }

    /** The XML of a decision by the id of its definition; empty when there is none. */
    public Optional<String> decision(String definitionId) {
        return read(() -> repository.getDecisionModel(definitionId));
    }

    private static Optional<String> read(Supplier<InputStream> source) {
        try (InputStream in = source.get()) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (NullValueException missing) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String form(FlowElement element) {
        return element.getAttributeValueNs(BpmnModelConstants.CAMUNDA_NS, "formRef");
    }

    private static String text(ModelElementInstance element) {
        return element.getChildElementsByType(Documentation.class).stream().findFirst().map(Documentation::getTextContent).orElse("").strip();
    }

    private static Set<String> list(String commaSeparated) {
        return commaSeparated == null || commaSeparated.isBlank() ? Set.of() : Set.copyOf(Arrays.asList(commaSeparated.strip().split("\\s*,\\s*")));
    }
}
