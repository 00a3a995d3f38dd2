package org.thinkfamily.pathway;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.notify.Outbox;

/** {@code ${sendMail}}: queues the e-mail that the send task names ({@code mail}) to whom it names ({@code to}: a role, a variable that holds one, or {@code referrer}). */
@Component("sendMail")
class SendMail implements JavaDelegate {

    private final Outbox outbox;

    SendMail(@Lazy Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Map<String, String> properties = ModelProperties.of(execution.getBpmnModelElementInstance());
        String family = execution.getProcessBusinessKey();
        outbox.queue(properties.get("mail"), to(properties.get("to"), execution), family, null, "/families/" + family);
    }

    private static Outbox.To to(String to, DelegateExecution execution) {
        if ("referrer".equals(to)) {
            return Outbox.To.user(String.valueOf(execution.getVariable("referrer")));
        }
        if (to.startsWith("${")) {
            return Outbox.To.role(String.valueOf(execution.getVariable(to.substring(2, to.length() - 1))));
        }
        return Outbox.To.role(to);
    }
}
