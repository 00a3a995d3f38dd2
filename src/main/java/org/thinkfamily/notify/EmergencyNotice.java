package org.thinkfamily.notify;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.thinkfamily.access.Emergencies;
import org.thinkfamily.clock.Dates;

/** Tells managers that a family was opened in an emergency: the reference and the time; who and why stands on the family's page. */
@Component
class EmergencyNotice {

    private final Outbox outbox;

    EmergencyNotice(Outbox outbox) {
        this.outbox = outbox;
    }

    @EventListener
    void on(Emergencies.Opened opened) {
        opened.managers().forEach(manager -> outbox.queue("emergency-opened", Outbox.To.user(manager), opened.family(), Dates.moment(opened.until()), "/families/" + opened.family()));
    }
}
