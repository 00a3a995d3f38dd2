package org.thinkfamily.contact;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.WorkingDays;

/** Contact of children with their parents. Who calls has asked the policy about the family. Nothing here tells what a child wishes (S-178). */
@Component
public class Contacts {

    /** The conditions a plan provides for (S-169). */
    public static final List<String> CONDITIONS = List.of("well", "unsettled", "unwell", "in-hospital");

    private final JdbcClient jdbc;
    private final Clock time;

    Contacts(JdbcClient jdbc, Clock time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    /** The judgement in force; empty when contact with this parent was never described. */
    public Optional<Judgement> judgement(long child, long parent) {
        return jdbc.sql("select basis, risk, meeting from contact_judgement where child_id = :child and parent_id = :parent order by id desc limit 1")
                .param("child", child).param("parent", parent).query(Judgement.class).optional();
    }

    /** How the parent is; empty when nobody has said. */
    public Optional<Condition> condition(long parent) {
        return conditions(parent).stream().findFirst();
    }

    /** What was said about how the parent is, newest first. */
    public List<Condition> conditions(long parent) {
        return jdbc.sql("""
                select parent_id as parent, condition, since_on as since, decided_by, role, entry_id as entry from parent_condition where parent_id = :parent order by id desc
                """).param("parent", parent).query(Condition.class).list();
    }

    /** Keeps what the rule suggests, in place of what it suggested before for this condition. */
    public void suggest(long child, Suggestion suggestion) {
        jdbc.sql("""
                insert into contact_suggestion (child_id, parent_id, condition, kind, supervision, decides, look_again_within, suggested_at)
                values (:child, :parent, :condition, :kind, :supervision, :decides, :within, :at)
                on conflict (child_id, parent_id, condition) do update
                   set kind = excluded.kind, supervision = excluded.supervision, decides = excluded.decides,
                       look_again_within = excluded.look_again_within, suggested_at = excluded.suggested_at
                """)
                .param("child", child).param("parent", suggestion.parent()).param("condition", suggestion.condition()).param("kind", suggestion.kind())
                .param("supervision", suggestion.supervision()).param("decides", suggestion.decides()).param("within", suggestion.lookAgainWithin())
                .param("at", Timestamp.from(time.instant())).update();
    }

    /** What the rule suggests for a child, by parent and condition. */
    public List<Suggestion> suggestions(long child) {
        return jdbc.sql("""
                select parent_id as parent, condition, kind, supervision, decides, look_again_within from contact_suggestion where child_id = :child
                 order by parent_id, array_position(array['well', 'unsettled', 'unwell', 'in-hospital'], condition)
                """).param("child", child).query(Suggestion.class).list();
    }

    private record PlanRow(long id, long child, String state, Boolean restricts, LocalDate startsOn, String confirmedBy, LocalDate endedOn) { }

    private record ArrangementRow(long plan, long parent, String condition, String kind, String supervision, String decidesCondition) { }

    /** The plans of a child, the last first. */
    public List<Plan> plans(long child) {
        List<ArrangementRow> arrangements = jdbc.sql("""
                select a.plan_id as plan, a.parent_id as parent, a.condition, a.kind, a.supervision, a.decides_condition
                  from contact_arrangement a join contact_plan p on p.id = a.plan_id where p.child_id = :child
                 order by a.parent_id, array_position(array['well', 'unsettled', 'unwell', 'in-hospital'], a.condition)
                """).param("child", child).query(ArrangementRow.class).list();
        return jdbc.sql("""
                select id, child_id as child, state, restricts, starts_on, confirmed_by, ended_on from contact_plan where child_id = :child order by id desc
                """).param("child", child).query(PlanRow.class).list().stream()
                .map(plan -> new Plan(plan.id(), plan.child(), plan.state(), plan.restricts(), plan.startsOn(), plan.confirmedBy(), plan.endedOn(),
                        arrangements.stream().filter(each -> each.plan() == plan.id())
                                .map(each -> new Arrangement(each.parent(), each.condition(), each.kind(), each.supervision(), each.decidesCondition())).toList()))
                .toList();
    }

    /** The plan in force; empty when there is none. */
    public Optional<Plan> inForce(long child) {
        return plans(child).stream().filter(plan -> plan.state().equals("in-force")).findFirst();
    }

    /**
     * One line of a plan in force.
     *
     * @param now whether it is what happens today: the parent is in this condition, as far as somebody has said, contact is not stopped, and nothing else was decided for now
     * @param stopped whether the line does not apply meanwhile: contact with this parent is stopped or refused, or something else was decided for now
     */
    public record InForce(long child, long parent, String condition, String kind, String supervision, LocalDate startsOn, boolean now, boolean stopped) { }

    /**
     * Contact with a parent that was stopped, and nobody has decided since that it goes on: in an emergency, or by a refusal (T-82).
     *
     * @param on the day it was stopped or refused
     * @param until the last day of the refusal; null: until somebody decides
     * @param ranOut whether that day is past, so that nothing but a court's order stops contact
     * @param entry where it is said
     */
    public record Stop(long child, long parent, LocalDate on, LocalDate until, boolean ranOut, long entry) { }

    /**
     * What was decided in place of the plan, or beside it, for the condition in which the parent is now.
     *
     * @param kind null: as the plan says
     * @param entry where it is said
     */
    public record ForNow(long child, long parent, String condition, String kind, String supervision, LocalDate on, long entry) { }

    /**
     * How a parent is now, as the adult side said last.
     *
     * @param entry where it is said
     */
    public record Now(long parent, String condition, LocalDate since, long entry) {

        public boolean well() {
            return condition.equals("well");
        }
    }

    /** Contact in a family today: the plans in force by child, parent and condition, what was decided for now, what is stopped, and how each parent is, where somebody has said. */
    public record Today(List<InForce> lines, List<ForNow> forNow, List<Stop> stops, List<Now> conditions) { }

    private record TodayRow(String what, long child, long parent, String condition, String kind, String supervision, LocalDate on, LocalDate until, boolean now, Long entry) { }

    /** Contact in a family today, read in one statement. Nothing is stopped any more once a child is no longer looked after. */
    public Today today(String family) {
        LocalDate today = WorkingDays.dayOf(time.instant());
        List<TodayRow> rows = jdbc.sql("""
                with current as (
                     select distinct on (c.parent_id) c.parent_id, c.condition, c.since_on, e.id as said_in, coalesce(e.supersedes, e.id) as entry_id
                       from parent_condition c join family_member m on m.person_id = c.parent_id and m.family_ref = :family join entry e on e.id = c.entry_id
                      order by c.parent_id, c.id desc),
                newest as (
                     select distinct on (d.child_id, d.parent_id, d.what = 'condition') d.*
                       from contact_decision d join family_member m on m.person_id = d.child_id and m.family_ref = :family
                      where not exists (select 1 from contact_plan p where p.child_id = d.child_id and p.state = 'ended' and p.ended_entry_id > d.entry_id)
                      order by d.child_id, d.parent_id, d.what = 'condition', d.id desc)
                select 'line' as what, p.child_id as child, a.parent_id as parent, a.condition, a.kind, a.supervision, p.starts_on as "on", null as until,
                       coalesce(a.condition = c.condition, false) as now, null as entry
                  from contact_plan p join contact_arrangement a on a.plan_id = p.id left join current c on c.parent_id = a.parent_id
                 where p.family_ref = :family and p.state = 'in-force'
                union all
                select 'stop', child_id, parent_id, null, null, null, on_day, until_day, false, entry_id from newest where what in ('stopped', 'refuse')
                union all
                select 'now', n.child_id, n.parent_id, n.condition, n.kind, n.supervision, n.on_day, null, false, n.entry_id
                  from newest n join current c on c.parent_id = n.parent_id and c.condition = n.condition and c.entry_id < n.entry_id
                 where n.what = 'condition' and not exists (select 1 from contact_plan p where p.child_id = n.child_id and p.state = 'in-force' and p.starts_on > n.on_day)
                union all
                select 'condition', 0, parent_id, condition, null, null, since_on, null, true, said_in from current
                 order by child, parent, condition
                """).param("family", family).query(TodayRow.class).list();
        List<Now> conditions = rows.stream().filter(row -> row.what().equals("condition")).map(row -> new Now(row.parent(), row.condition(), row.on(), row.entry())).toList();
        List<Stop> stops = rows.stream().filter(row -> row.what().equals("stop"))
                .map(row -> new Stop(row.child(), row.parent(), row.on(), row.until(), row.until() != null && row.until().isBefore(today), row.entry())).toList();
        List<ForNow> forNow = rows.stream().filter(row -> row.what().equals("now"))
                .map(row -> new ForNow(row.child(), row.parent(), row.condition(), row.kind(), row.supervision(), row.on(), row.entry())).toList();
        List<InForce> lines = rows.stream().filter(row -> row.what().equals("line")).sorted(Comparator.comparing(TodayRow::child).thenComparing(TodayRow::parent)
                        .thenComparing(row -> CONDITIONS.indexOf(row.condition())))
                .map(row -> {
                    boolean stopped = stops.stream().anyMatch(stop -> stop.child() == row.child() && stop.parent() == row.parent() && !stop.ranOut());
                    boolean replaced = row.now() && forNow.stream().anyMatch(one -> one.child() == row.child() && one.parent() == row.parent() && one.kind() != null
                            && !(one.kind().equals(row.kind()) && row.supervision().equals(one.supervision())));
                    return new InForce(row.child(), row.parent(), row.condition(), row.kind(), row.supervision(), row.on(), row.now() && !stopped && !replaced, stopped || replaced);
                }).toList();
        return new Today(lines, forNow, stops, conditions);
    }

    /** What was decided for now about a child's contact, newest first. */
    public List<ContactDecision> decisions(long child) {
        return jdbc.sql("""
                select parent_id as parent, what, condition, kind, supervision, on_day as on, until_day as until, role, entry_id as entry
                  from contact_decision where child_id = :child order by id desc
                """).param("child", child).query(ContactDecision.class).list();
    }
}
