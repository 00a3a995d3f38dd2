package org.thinkfamily.pathway;

import java.util.Collection;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.SendTask;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** {@code ${sendMessage}}: sends the message that the diagram names to the family's other processes, with the element's input parameters and nothing else. */
@Component("sendMessage")
class SendMessage implements JavaDelegate {

    private final Messages messages;

    SendMessage(@Lazy Messages messages) {
        this.messages = messages;
    }

    @Override
    public void execute(DelegateExecution execution) {
        messages.send(name(execution.getBpmnModelElementInstance()), execution.getProcessBusinessKey(), execution.getVariablesLocal());
    }

    private static String name(FlowElement element) {
        if (element instanceof SendTask task) {
            return task.getMessage().getName();
        }
        Collection<MessageEventDefinition> definitions = element.getChildElementsByType(MessageEventDefinition.class);
        return definitions.iterator().next().getMessage().getName();
    }
}
