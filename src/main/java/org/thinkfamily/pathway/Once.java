package org.thinkfamily.pathway;

import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.ExecutionQuery;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Processes of which a family, or a child, has one at a time (docs/models.md, {@code once}). */
@Component
class Once {

    private final RepositoryService repository;
    private final RuntimeService runtime;
    private final JdbcClient jdbc;

    Once(RepositoryService repository, RuntimeService runtime, JdbcClient jdbc) {
        this.repository = repository;
        this.runtime = runtime;
        this.jdbc = jdbc;
    }

    /**
     * What came of asking the process that runs already.
     *
     * @param process id of its instance
     * @param told whether it takes in what would have started another
     */
    record Running(String process, boolean told) { }

    /**
     * The process that runs already, which is told of the facts when it waits for that; empty when another may be started. Two who ask at the same moment are
     * answered one after the other.
     */
    Optional<Running> running(String definitionId, String startEvent, String family, Map<String, Object> facts) {
        StartEvent start = repository.getBpmnModelInstance(definitionId).getModelElementById(startEvent);
        String once = ModelProperties.of(start).get("once");
        if (once == null) {
            return Optional.empty();
        }
        ProcessDefinition definition = repository.getProcessDefinition(definitionId);
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:what, 0))").param("what", definition.getKey() + " " + family).query((row, n) -> 0).single();
        ExecutionQuery waiting = runtime.createExecutionQuery().processDefinitionKey(definition.getKey()).processInstanceBusinessKey(family).messageEventSubscriptionName(once);
        if (facts.get("child") != null) {
            waiting.processVariableValueEquals("child", facts.get("child"));
        }
        return waiting.list().stream().findFirst().map(execution -> {
            boolean told = starts(start, once);
            if (told) {
                tell(execution, once, facts);
            }
            return new Running(execution.getProcessInstanceId(), told);
        });
    }

    private static boolean starts(StartEvent start, String message) {
        return start.getParentElement().getChildElementsByType(StartEvent.class).stream().flatMap(each -> each.getChildElementsByType(MessageEventDefinition.class).stream())
                .anyMatch(event -> event.getMessage().getName().equals(message));
    }

    private void tell(Execution execution, String message, Map<String, Object> facts) {
        runtime.createMessageCorrelation(message).processInstanceId(execution.getProcessInstanceId()).setVariablesToTriggeredScope(facts).correlate();
    }
}
