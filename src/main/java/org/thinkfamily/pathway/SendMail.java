package org.thinkfamily.pathway;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.Timescale;
import org.thinkfamily.clock.Timescales;
import org.thinkfamily.notify.Outbox;

/** {@code ${sendMail}}: queues the e-mail that the send task names ({@code mail}) to whom it names ({@code to}: roles, comma separated, a variable that holds them, {@code referrer}, or {@code unanswered}). */
@Component("sendMail")
class SendMail implements JavaDelegate {

    private final Outbox outbox;
    private final ProcessClock clocks;
    private final Timescales timescales;
    private final MessageSource messages;
    private final Unanswered unanswered;
    private final AdultSide adultSide;

    SendMail(@Lazy Outbox outbox, @Lazy Unanswered unanswered, ProcessClock clocks, @Lazy Timescales timescales, @Lazy AdultSide adultSide, MessageSource messages) {
        this.adultSide = adultSide;
        this.clocks = clocks;
        this.timescales = timescales;
        this.messages = messages;
        this.outbox = outbox;
        this.unanswered = unanswered;
    }

    @Override
    public void execute(DelegateExecution execution) {
        Map<String, String> properties = ModelProperties.of(execution.getBpmnModelElementInstance());
        String family = execution.getProcessBusinessKey();
        to(properties.get("to"), execution).forEach(to -> outbox.queue(properties.get("mail"), to, family, null, "/families/" + family,
                limit(properties.get("limit")), clock(properties.get("clock"), execution)));
    }

    /** The limit of a clock in words, as the table of timescales has it now. */
    private String limit(String clock) {
        if (clock == null) {
            return null;
        }
        Timescale limit = timescales.of(clock);
        return messages.getMessage("clock.limit." + limit.unit().code(), new Object[] {limit.amount()}, Locale.UK);
    }

    private Long clock(String name, DelegateExecution execution) {
        return name == null ? null : clocks.running(execution, ModelProperties.list(name)).id();
    }

    private Stream<Outbox.To> to(String to, DelegateExecution execution) {
        if ("referrer".equals(to)) {
            return Stream.of(Outbox.To.user(String.valueOf(execution.getVariable("referrer"))));
        }
        String roles = to.startsWith("${") ? String.valueOf(execution.getVariable(to.substring(2, to.length() - 1))) : to;
        return ModelProperties.list(roles).stream().distinct().map(role -> "unanswered".equals(role)
                ? unanswered.of(ProcessClock.whole(execution), timedOut((FlowNode) execution.getBpmnModelElementInstance())) : Outbox.To.role(adultSide.taking(role, execution.getProcessBusinessKey())));
    }

    /** The steps that people do in what a timer on its border has ended, for the e-mail that follows it. */
    static List<String> timedOut(FlowNode mail) {
        return mail.getPreviousNodes().list().stream().filter(BoundaryEvent.class::isInstance).map(ended -> ((BoundaryEvent) ended).getAttachedTo())
                .map(ended -> ended instanceof UserTask ? List.<ModelElementInstance>of(ended) : List.copyOf(ended.getChildElementsByType(UserTask.class)))
                .flatMap(Collection::stream).map(step -> ((UserTask) step).getId()).toList();
    }
}
