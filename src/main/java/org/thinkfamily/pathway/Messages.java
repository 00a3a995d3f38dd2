package org.thinkfamily.pathway;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Messages between the processes of a family. A message that carries a {@code child} does not reach processes about another child; one that carries a {@code person}
 * and no child, none about another person; one that carries neither but an {@code adult}, none about another adult alone. Processes about the whole family hear all,
 * and those about a child hear of each parent.
 */
@Component
class Messages {

    private final RuntimeService runtime;
    private final Once once;
    private final AdultSide adultSide;
    private final JdbcClient jdbc;

    Messages(RuntimeService runtime, Once once, AdultSide adultSide, JdbcClient jdbc) {
        this.once = once;
        this.adultSide = adultSide;
        this.runtime = runtime;
        this.jdbc = jdbc;
    }

    /**
     * Tells every event of the family that waits for this message, and starts the process that begins with it, or tells the one that runs already where there is
     * one at a time. A process that begins with the message hears it again only by its own {@code once}.
     *
     * @return how many were started or reached; nothing waiting is no error here
     */
    int send(String name, String family, Map<String, Object> facts) {
        Optional<Start> start = start(name);
        int told = tellWaiting(name, family, facts, start.map(each -> running(each.process(), family)).orElse(Set.of()));
        return told + start.map(each -> begin(name, family, facts, each)).orElse(0);
    }

    private int begin(String name, String family, Map<String, Object> facts, Start start) {
        Optional<Once.Running> running = once.running(start.definition(), start.element(), family, facts);
        if (running.isPresent()) {
            return running.get().told() ? 1 : 0;
        }
        runtime.createMessageCorrelation(name).processInstanceBusinessKey(family).setVariables(adultSide.startOf(family, facts)).correlateStartMessage();
        return 1;
    }

    private int tellWaiting(String name, String family, Map<String, Object> facts, Set<String> except) {
        List<Execution> waiting = runtime.createExecutionQuery().messageEventSubscriptionName(name).processInstanceBusinessKey(family).list().stream()
                .filter(each -> !except.contains(each.getProcessInstanceId()) && concerns(each.getProcessInstanceId(), facts)).toList();
        waiting.forEach(each -> runtime.messageEventReceived(name, each.getId(), facts));
        return waiting.size();
    }

    private boolean concerns(String process, Map<String, Object> facts) {
        Optional<String> about = Stream.of("child", "person", "adult").filter(each -> facts.get(each) != null).findFirst();
        if (about.isEmpty()) {
            return true;
        }
        Object whom = runtime.getVariable(process, about.get());
        boolean ofAChild = about.get().equals("adult") && runtime.getVariable(process, "child") != null;
        return ofAChild || whom == null || whom.toString().equals(facts.get(about.get()).toString());
    }

    private Set<String> running(String process, String family) {
        return runtime.createProcessInstanceQuery().processDefinitionKey(process).processInstanceBusinessKey(family).list().stream().map(ProcessInstance::getId).collect(Collectors.toSet());
    }

    /** Whether a process begins with this message. */
    boolean starts(String name) {
        return start(name).isPresent();
    }

    private record Start(String process, String definition, String element) { }

    private Optional<Start> start(String name) {
        return jdbc.sql("""
                select p.key_ as process, p.id_ as definition, s.activity_id_ as element from act_ru_event_subscr s join act_re_procdef p on p.id_ = s.configuration_
                 where s.event_type_ = 'message' and s.event_name_ = :name and s.execution_id_ is null
                """).param("name", name).query(Start.class).optional();
    }
}
