package org.thinkfamily.pathway;

import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.thinkfamily.notify.MailServer;
import org.thinkfamily.notify.Outbox;

/** {@code ${deliverMail}}: hands one queued message to the mail server, in a job of its own with retries. */
@Component("deliverMail")
class DeliverMail implements JavaDelegate {

    private final MailServer mail;
    private final RuntimeService runtime;

    DeliverMail(@Lazy MailServer mail, @Lazy RuntimeService runtime) {
        this.mail = mail;
        this.runtime = runtime;
    }

    @EventListener
    void on(Outbox.Queued message) {
        runtime.startProcessInstanceByKey("send-message", Map.of("message", message.id()));
    }

    @Override
    public void execute(DelegateExecution execution) {
        mail.deliver((Long) execution.getVariable("message"));
    }
}
