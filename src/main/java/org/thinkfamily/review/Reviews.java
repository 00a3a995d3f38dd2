package org.thinkfamily.review;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The reviews of children who are looked after. Who calls has asked the policy about the family. */
@Component
public class Reviews {

    /** Accommodated under section 20: a single period, or a series of short breaks. */
    private static final String ACCOMMODATED = "('V2', 'V3', 'V4')";

    private static final String REVIEW = """
            select r.id, c.child_id as child, r.number, r.kind, r.due_on, r.agreed_on, r.planned_on, r.early_trigger, r.brought_forward, r.late_reason,
                   r.adjourned_on, r.held_on, r.participation
              from review r join care_period c on c.id = r.care_period_id
            """;

    private final JdbcClient jdbc;

    Reviews(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Which review comes next.
     *
     * @param number 1 for the first
     * @param lastHeldOn the day the review before it was finished; null before the first
     * @param lookedAfterOn the day the child became looked after
     */
    public record Next(int number, LocalDate lastHeldOn, LocalDate lookedAfterOn) {

        /** {@code first}, {@code second} or {@code later}: what T-50, T-51 and T-52 set limits for. */
        public String kind() {
            return number == 1 ? "first" : number == 2 ? "second" : "later";
        }
    }

    /** The review that comes next in the period of care that lasts; empty when the child is not looked after. */
    public Optional<Next> next(long child) {
        return jdbc.sql("""
                select count(r.held_on) + 1 as number, max(r.held_on) as last_held_on, c.from_on as looked_after_on
                  from care_period c left join review r on r.care_period_id = c.id
                 where c.child_id = :child and c.ended_on is null group by c.id
                """).param("child", child).query(Next.class).optional();
    }

    /** Plans the next review for the day the law allows at most. When it is planned already its due date is kept. */
    public void plan(long child, Next next, LocalDate dueOn) {
        jdbc.sql("""
                insert into review (care_period_id, number, kind, due_on)
                select id, :number, :kind, :due from care_period where child_id = :child and ended_on is null
                on conflict do nothing
                """).param("child", child).param("number", next.number()).param("kind", next.kind()).param("due", dueOn).update();
    }

    /** How often a child who is accommodated now has been in the 12 months up to that day, this time included; 0 when not accommodated now (S-180). */
    public int accommodations(long child, LocalDate today) {
        return jdbc.sql("""
                select case when bool_or(ended_on is null) then count(*) else 0 end from care_period
                 where child_id = :child and from_on > :since and legal_status in\s""" + ACCOMMODATED)
                .param("child", child).param("since", today.minusMonths(12)).query(Integer.class).single();
    }

    /** The reviews of a child, the last first. */
    public List<Review> of(long child) {
        return jdbc.sql(REVIEW + " where c.child_id = :child order by c.from_on desc, r.number desc").param("child", child).query(Review.class).list();
    }

    /** The periods in which a child was looked after, the last first. */
    public List<CarePeriod> care(long child) {
        return jdbc.sql("""
                select id, family_ref as family, child_id as child, from_on, legal_status, placement, ended_on, end_reason
                  from care_period where child_id = :child order by from_on desc, id desc
                """).param("child", child).query(CarePeriod.class).list();
    }

    /** The decisions of a review, in their order. */
    public List<Decision> decisions(long review) {
        return jdbc.sql("""
                select position, kind, owner, due_on, decided_before, entry_id as entry, outcome from review_decision where review_id = :review order by position
                """).param("review", review).query(Decision.class).list();
    }

    /** The decisions of the review before the one that was held last, in their order: what the last review asks about. */
    public List<Decision> decisionsBefore(long child) {
        return jdbc.sql("""
                with held as (
                  select r.care_period_id, r.number from review r join care_period c on c.id = r.care_period_id
                   where c.child_id = :child and r.held_on is not null order by c.from_on desc, r.number desc limit 1)
                select d.position, d.kind, d.owner, d.due_on, d.decided_before, d.entry_id as entry, d.outcome
                  from held join review before on before.care_period_id = held.care_period_id and before.number = held.number - 1
                  join review_decision d on d.review_id = before.id order by d.position
                """).param("child", child).query(Decision.class).list();
    }

    /**
     * A child of the family who is looked after.
     *
     * @param lastHeldOn the day of the last review, or null before the first
     * @param nextDueOn the last day for the next review, or the earlier day it was brought forward to; null when none is planned
     */
    public record LookedAfter(long child, LocalDate fromOn, String legalStatus, String placement, LocalDate lastHeldOn, LocalDate nextDueOn) { }

    /** The children of a family who are looked after now. */
    public List<LookedAfter> lookedAfter(String family) {
        return jdbc.sql("""
                select c.child_id as child, c.from_on, c.legal_status, c.placement,
                       (select max(r.held_on) from review r where r.care_period_id = c.id) as last_held_on,
                       (select min(coalesce(r.agreed_on, r.due_on)) from review r where r.care_period_id = c.id and r.held_on is null) as next_due_on
                  from care_period c where c.family_ref = :family and c.ended_on is null order by c.child_id
                """).param("family", family).query(LookedAfter.class).list();
    }
}
