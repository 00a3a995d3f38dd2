package org.thinkfamily.pathway;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.Clock;
import org.thinkfamily.family.Families;
import org.thinkfamily.review.Reviews;

/** {@code ${planReview}}: which review of the child is next, and the clock it is due by, which runs from now on (T-50 to T-52). */
@Component("planReview")
class PlanReview implements JavaDelegate {

    private final Reviews reviews;
    private final Families families;
    private final ProcessClock clocks;

    PlanReview(Reviews reviews, Families families, ProcessClock clocks) {
        this.reviews = reviews;
        this.families = families;
        this.clocks = clocks;
    }

    @Override
    public void execute(DelegateExecution execution) {
        long child = ((Number) execution.getVariable("child")).longValue();
        Reviews.Next next = reviews.next(child).orElseThrow(() -> new IllegalStateException("Child " + child + " is not looked after."));
        execution.setVariable("lookedAfterOn", next.lookedAfterOn().toString());
        execution.setVariable("lastReviewOn", next.lastHeldOn() == null ? null : next.lastHeldOn().toString());
        execution.setVariable("reviewKind", next.kind());
        execution.setVariable("accommodations", reviews.accommodations(child, families.today()));
        Clock clock = clocks.ensure(execution, "cla." + next.kind() + "-review");
        reviews.plan(child, next, clock.dueOn());
        execution.setVariable("reviewOn", clock.dueOn().toString());
    }
}
