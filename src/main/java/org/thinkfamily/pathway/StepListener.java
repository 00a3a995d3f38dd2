package org.thinkfamily.pathway;

import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.Clock;

/** Listens to every user task of every process: runs its clock and tells the worklist, all in the engine's transaction. */
@Component
class StepListener extends AbstractBpmnParseListener {

    private static final String[] SUBJECTS = {"adult", "child", "person"};

    private final ApplicationEventPublisher events;
    private final ProcessClock clocks;
    private final AdultSide adultSide;

    StepListener(ApplicationEventPublisher events, ProcessClock clocks, @Lazy AdultSide adultSide) {
        this.events = events;
        this.clocks = clocks;
        this.adultSide = adultSide;
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
        TaskDefinition task = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        Map<String, String> properties = ModelProperties.of(element);
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, created -> created((TaskEntity) created, task, properties));
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, completed -> completed(completed, properties));
        task.addBuiltInTaskListener(TaskListener.EVENTNAME_DELETE, deleted -> cancelled(deleted, properties));
    }

    /** What still runs for a process stops with it. */
    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity process) {
        process.addListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) clocks::stopAll);
    }

    /** What a process waits for is there: the clock that the event names is met. Where it is the clock's own time that came, it stops: nobody did anything late. */
    @Override
    public void parseIntermediateCatchEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
        String clock = ModelProperties.of(element).get("clock");
        if (clock != null) {
            boolean timer = element.element("timerEventDefinition") != null;
            activity.addListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) execution -> {
                if (timer) {
                    clocks.timeCame(execution, clock);
                } else {
                    clocks.meet(execution, clock);
                }
            });
        }
    }

    /** The clock of a sub-process ends with it: met when it was gone through, stopped when it was left another way. */
    @Override
    public void parseSubProcess(Element element, ScopeImpl scope, ActivityImpl activity) {
        String clock = ModelProperties.of(element).get("clock");
        if (clock != null) {
            activity.addListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) execution -> {
                if (execution.isCanceled()) {
                    clocks.stop(execution, clock);
                } else {
                    clocks.meet(execution, clock);
                }
            });
        }
    }

    /** A decision has been made: the clock that the gateway names runs from now on. */
    @Override
    public void parseExclusiveGateway(Element element, ScopeImpl scope, ActivityImpl activity) {
        String clock = ModelProperties.of(element).get("starts");
        if (clock != null) {
            activity.addListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) execution -> clocks.ensure(execution, clock));
        }
    }

    /** What opens beside the process is about one person alone: kept in its own scope, so that the next one opened beside it changes nothing here. */
    @Override
    public void parseStartEvent(Element element, ScopeImpl scope, ActivityImpl activity) {
        String person = ModelProperties.of(element).get("person");
        if (person != null) {
            activity.addListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) execution -> execution.setVariableLocal("person", execution.getVariable(person)));
        }
    }

    private void created(TaskEntity created, TaskDefinition task, Map<String, String> properties) {
        ExecutionEntity execution = created.getExecution();
        ProcessDefinitionEntity process = execution.getProcessDefinition();
        Map<String, Long> subjects = new LinkedHashMap<>();
        for (String name : SUBJECTS) {
            if (execution.getVariable(name) instanceof Number id) {
                subjects.put(name, id.longValue());
            }
        }
        String clock = clock(properties, created);
        Clock running = clock == null ? null : clocks.ensure(execution, clock);
        events.publishEvent(new StepCreated(created.getId(), created.getName(), execution.getProcessBusinessKey(), process.getKey(), process.getName(),
                ProcessClock.whole(execution), process.getId(), process.getDeploymentId(), task.getKey(),
                value(task.getCamundaFormDefinitionKey(), execution), role(task, execution), properties.get("otherwise"),
                value(task.getAssigneeExpression(), execution), ModelProperties.split(properties.get("notBy")), subjects, running));
    }

    private void completed(DelegateTask completed, Map<String, String> properties) {
        String clock = clock(properties, completed);
        if (clock != null) {
            clocks.meet(completed.getExecution(), clock);
        }
        String also = properties.get("meets");
        ModelProperties.list(also).forEach(met -> clocks.meet(completed.getExecution(), met));
    }

    private void cancelled(DelegateTask cancelled, Map<String, String> properties) {
        String clock = clock(properties, cancelled);
        if (clock != null) {
            clocks.stop(cancelled.getExecution(), clock);
        }
        events.publishEvent(new StepCancelled(cancelled.getId()));
    }

    /** The clock of a step; where a table of rules says which it is, the one in the fact that the step names. A step keeps the one it began with: the fact may change meanwhile. */
    private static String clock(Map<String, String> properties, DelegateTask task) {
        String clock = properties.get("clock");
        String fact = ModelProperties.fact(clock);
        if (fact == null) {
            return clock;
        }
        String named = (String) task.getVariable(fact);
        task.setVariableLocal(fact, named);
        return named;
    }

    private String role(TaskDefinition task, ExecutionEntity execution) {
        return task.getCandidateGroupIdExpressions().stream().findFirst().map(role -> adultSide.taking(value(role, execution), execution.getProcessBusinessKey())).orElse(null);
    }

    private static String value(Expression expression, ExecutionEntity execution) {
        Object value = expression == null ? null : expression.getValue(execution);
        return value == null ? null : value.toString();
    }
}
