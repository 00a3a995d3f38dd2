package org.thinkfamily.pathway;

import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.management.JobDefinition;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.ClockMoved;

/** The timers that wake a process up with a clock move with it. */
@Component
class MovedTimers {

    private final ManagementService management;
    private final RepositoryService repository;

    MovedTimers(@Lazy ManagementService management, @Lazy RepositoryService repository) {
        this.management = management;
        this.repository = repository;
    }

    @EventListener
    void on(ClockMoved moved) {
        String named = "'" + moved.clock().name() + "'";
        for (Job timer : management.createJobQuery().processInstanceId(moved.clock().processInstance()).timers().list()) {
            if (timing(timer).contains(named)) {
                management.recalculateJobDuedate(timer.getId(), false);
            }
        }
    }

    private String timing(Job timer) {
        JobDefinition definition = management.createJobDefinitionQuery().jobDefinitionId(timer.getJobDefinitionId()).singleResult();
        ModelElementInstance event = repository.getBpmnModelInstance(timer.getProcessDefinitionId()).getModelElementById(definition.getActivityId());
        return event.getChildElementsByType(TimerEventDefinition.class).stream().map(ModelElementInstance::getRawTextContent).findFirst().orElse("");
    }
}
