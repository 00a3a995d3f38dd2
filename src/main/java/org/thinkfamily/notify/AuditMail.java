package org.thinkfamily.notify;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.thinkfamily.access.AuditHead;

/** Mails the last hash of each day's audit to whoever keeps it outside the database. */
@Component
class AuditMail {

    private final Outbox outbox;

    AuditMail(Outbox outbox) {
        this.outbox = outbox;
    }

    @EventListener
    void on(AuditHead.DayClosed day) {
        outbox.queue("audit-head", day.address(), day.head().line());
    }
}
