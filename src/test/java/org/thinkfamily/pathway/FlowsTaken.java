package org.thinkfamily.pathway;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.spring.ProcessEngineFactoryBean;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Notes every sequence flow that is taken in a test run. */
class FlowsTaken extends AbstractBpmnParseListener implements BeanPostProcessor {

    private static final Set<String> TAKEN = new ConcurrentSkipListSet<>();

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof ProcessEngineFactoryBean engine) {
            engine.getProcessEngineConfiguration().setCustomPreBPMNParseListeners(new ArrayList<>(List.of(this)));
        }
        return bean;
    }

    @Override
    public void parseSequenceFlow(Element element, ScopeImpl scope, TransitionImpl transition) {
        transition.addListener(ExecutionListener.EVENTNAME_TAKE, (ExecutionListener) execution -> TAKEN.add(((ProcessDefinitionEntity) transition.getProcessDefinition()).getKey() + "/" + transition.getId()));
    }

    /** The engine goes from an event-based gateway to the event that happens without taking the flow between them: the event stands for it. */
    @Override
    public void parseIntermediateCatchEvent(Element element, ScopeImpl scope, ActivityImpl event) {
        event.addListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) execution -> TAKEN.add(((ProcessDefinitionEntity) event.getProcessDefinition()).getKey() + "/@" + event.getId()));
    }

    /** The sequence flows of a process that no test has taken yet. */
    static Set<String> never(String process) {
        return Bpmn.readModelFromFile(java.nio.file.Path.of("bpmn", process + ".bpmn").toFile()).getModelElementsByType(SequenceFlow.class).stream()
                .filter(flow -> !TAKEN.contains(process + "/" + (flow.getSource() instanceof EventBasedGateway ? "@" + flow.getTarget().getId() : flow.getId())))
                .map(SequenceFlow::getId).collect(Collectors.toSet());
    }
}
