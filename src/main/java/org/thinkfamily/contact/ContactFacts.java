package org.thinkfamily.contact;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.record.Entry;
import org.thinkfamily.record.EntryFiled;
import org.thinkfamily.record.NotCorrectable;

/** Takes plans, conditions and decisions about contact from the entries, in the transaction that files them. */
@Component
class ContactFacts {

    private static final Map<String, String> CONDITIONS = Map.of("well", "well", "unsettled", "unsettled", "unwell", "unwell", "inHospital", "in-hospital");

    private final JdbcClient jdbc;

    ContactFacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventListener
    void filed(EntryFiled filed) {
        Entry entry = filed.entry();
        Map<String, Object> answers = entry.answers();
        switch (entry.formKey()) {
            case "parent-condition" -> condition(entry, answers.get("parent"), answers.get("condition"), "conditionSince", answers.get("decidedBy"));
            case "hospital-admission" -> condition(entry, answers.get("adult"), "in-hospital", "admittedOn", "team");
            case "hospital-discharged" -> condition(entry, filed.subjects().get("adult"), answers.get("conditionNow"), "dischargedOn", "team");
            case "hospital-left" -> condition(entry, answers.get("adult"), answers.get("conditionNow"), "dischargedOn", "team");
            default -> { }
        }
        if (!List.of("contact-now", "contact-proposal", "contact-agreement", "contact-confirmation", "contact-condition-decision", "contact-emergency-stop",
                "contact-stop-decision", "contact-restart", "care-ended").contains(entry.formKey())) {
            return;
        }
        Object subject = filed.subjects().containsKey("child") ? filed.subjects().get("child") : entry.answers().get("child");
        Optional.ofNullable(subject).map(Object::toString).map(Long::valueOf).ifPresent(child -> about(child, filed));
    }

    private void about(long child, EntryFiled filed) {
        Entry entry = filed.entry();
        Long parent = filed.subjects().get("person");
        switch (entry.formKey()) {
            case "contact-now" -> judged(entry, child);
            case "contact-proposal" -> proposed(entry, child);
            case "contact-agreement" -> agreed(entry, child);
            case "contact-confirmation" -> confirmed(entry, child);
            case "contact-condition-decision" -> afterCondition(entry, child, parent);
            case "contact-emergency-stop" -> stopped(entry, child);
            case "contact-stop-decision" -> afterStop(entry, child, parent, entry.answers().get("stopDecision"), entry.answers().get("refusedUntil"));
            case "contact-restart" -> afterStop(entry, child, parent, entry.answers().get("afterRefusal"), null);
            default -> jdbc.sql("update contact_plan set state = 'ended', ended_on = :on, ended_entry_id = :entry where "
                            + (entry.supersedes() == null ? "child_id = :child and state in ('proposed', 'in-force')" : "ended_entry_id = :old"))
                    .param("child", child).param("on", day(entry, "careEndedOn")).param("entry", entry.id()).param("old", entry.supersedes()).update();
        }
    }

    /** A correction takes the place of what it corrects and stays where that stood, so that what was said later still holds. */
    private void condition(Entry entry, Object parent, Object condition, String since, Object by) {
        jdbc.sql(entry.supersedes() == null ? """
                insert into parent_condition (family_ref, parent_id, condition, since_on, decided_by, role, entry_id)
                values (:family, :parent, :condition, :since, :by, :role, :entry)
                """ : """
                update parent_condition set parent_id = :parent, condition = :condition, since_on = :since, decided_by = :by, entry_id = :entry where entry_id = :old
                """)
                .param("family", entry.family()).param("parent", number(parent)).param("condition", condition)
                .param("since", day(entry, since)).param("by", by).param("role", entry.role()).param("entry", entry.id())
                .param("old", entry.supersedes()).update();
    }

    private void stopped(Entry entry, long child) {
        jdbc.sql(entry.supersedes() == null ? """
                insert into contact_decision (child_id, parent_id, what, on_day, role, decided_by, entry_id) values (:child, :parent, 'stopped', :on, :role, :by, :entry)
                """ : "update contact_decision set parent_id = :parent, on_day = :on, entry_id = :entry where entry_id = :old")
                .param("child", child).param("parent", number(entry.answers().get("parent"))).param("on", day(entry, "stoppedOn"))
                .param("role", entry.role()).param("by", entry.author()).param("entry", entry.id()).param("old", entry.supersedes()).update();
    }

    private void judged(Entry entry, long child) {
        for (Map<String, Object> row : rows(entry)) {
            int replaced = entry.supersedes() == null ? 0 : jdbc.sql("""
                    update contact_judgement set basis = :basis, risk = :risk, meeting = :meeting, entry_id = :entry where entry_id = :old and parent_id = :parent
                    """)
                    .param("parent", number(row.get("person"))).param("basis", entry.answers().get("basis")).param("risk", row.get("risk"))
                    .param("meeting", row.get("meeting")).param("entry", entry.id()).param("old", entry.supersedes()).update();
            if (replaced == 0) {
                jdbc.sql("""
                        insert into contact_judgement (child_id, parent_id, basis, risk, meeting, entry_id)
                        select :child, :parent, :basis, :risk, :meeting, :entry
                         where cast(:old as bigint) is null or not exists (select 1 from contact_judgement where child_id = :child and parent_id = :parent)
                        """)
                        .param("child", child).param("parent", number(row.get("person"))).param("basis", entry.answers().get("basis"))
                        .param("risk", row.get("risk")).param("meeting", row.get("meeting")).param("entry", entry.id()).param("old", entry.supersedes()).update();
            }
        }
    }

    private void proposed(Entry entry, long child) {
        if (entry.supersedes() == null) {
            jdbc.sql("update contact_plan set state = 'replaced', ended_on = :on where child_id = :child and state = 'proposed'")
                    .param("child", child).param("on", filedOn(entry)).update();
        }
        Long plan = entry.supersedes() == null
                ? jdbc.sql("insert into contact_plan (family_ref, child_id, state, proposed_entry_id) values (:family, :child, 'proposed', :entry) returning id")
                        .param("family", entry.family()).param("child", child).param("entry", entry.id()).query(Long.class).single()
                : jdbc.sql("update contact_plan set proposed_entry_id = :entry where proposed_entry_id = :old returning id")
                        .param("entry", entry.id()).param("old", entry.supersedes()).query(Long.class).single();
        for (Map<String, Object> row : rows(entry)) {
            CONDITIONS.forEach((key, condition) -> jdbc.sql("""
                    insert into contact_arrangement (plan_id, parent_id, condition, kind, supervision, decides_condition)
                    values (:plan, :parent, :condition, :kind, :supervision, :decides)
                    on conflict (plan_id, parent_id, condition) do update
                       set kind = excluded.kind, supervision = excluded.supervision, decides_condition = excluded.decides_condition
                    """)
                    .param("plan", plan).param("parent", number(row.get("person"))).param("condition", condition).param("kind", row.get(key + "Kind"))
                    .param("supervision", row.get(key + "Supervision")).param("decides", row.get("decidesCondition")).update());
        }
    }

    private void agreed(Entry entry, long child) {
        jdbc.sql("update contact_plan set restricts = :restricts, starts_on = :from, agreed_entry_id = :entry where "
                        + (entry.supersedes() == null ? "child_id = :child and state = 'proposed'" : "agreed_entry_id = :old"))
                .param("restricts", "yes".equals(entry.answers().get("restricts"))).param("from", day(entry, "startsOn")).param("entry", entry.id())
                .param("child", child).param("old", entry.supersedes()).update();
    }

    private void confirmed(Entry entry, long child) {
        boolean yes = "yes".equals(entry.answers().get("planConfirmed"));
        if (entry.supersedes() != null) {
            int held = jdbc.sql("update contact_plan set confirmed_entry_id = :entry where confirmed_entry_id = :old")
                    .param("entry", entry.id()).param("old", entry.supersedes()).update();
            if (yes != held > 0) {
                throw new NotCorrectable("planConfirmed", "contact.correction.confirmed");
            }
            return;
        }
        if (!yes) {
            return;
        }
        jdbc.sql("update contact_plan set state = 'replaced', ended_on = :on where child_id = :child and state = 'in-force'")
                .param("child", child).param("on", filedOn(entry)).update();
        jdbc.sql("update contact_plan set state = 'in-force', confirmed_entry_id = :entry, confirmed_by = :by where child_id = :child and state = 'proposed'")
                .param("child", child).param("entry", entry.id()).param("by", entry.author()).update();
    }

    /**
     * What is decided after a change is about the parent who changed, in the condition in which that parent is by now.
     *
     * @param parent whom the step is about; null, for a step begun before steps said so: the parent last spoken of
     */
    private void afterCondition(Entry entry, long child, Long parent) {
        if (entry.supersedes() != null) {
            jdbc.sql("update contact_decision set kind = :kind, supervision = :supervision, entry_id = :entry where entry_id = :old")
                    .param("kind", entry.answers().get("kind")).param("supervision", entry.answers().get("supervision"))
                    .param("entry", entry.id()).param("old", entry.supersedes()).update();
            return;
        }
        jdbc.sql("""
                insert into contact_decision (child_id, parent_id, what, condition, kind, supervision, on_day, role, decided_by, entry_id)
                select :child, parent_id, 'condition', condition, :kind, :supervision, :on, :role, :by, :entry
                  from parent_condition where family_ref = :family order by (parent_id = cast(:parent as bigint)) desc nulls last, id desc limit 1
                """)
                .param("child", child).param("parent", parent).param("kind", entry.answers().get("kind")).param("supervision", entry.answers().get("supervision"))
                .param("on", filedOn(entry)).param("role", entry.role()).param("by", entry.author()).param("entry", entry.id()).param("family", entry.family()).update();
    }

    /** What follows a stop is about the parent with whom contact was stopped; {@code parent} as in {@link #afterCondition}. */
    private void afterStop(Entry entry, long child, Long parent, Object what, Object until) {
        LocalDate last = until == null ? null : LocalDate.parse(until.toString());
        if (entry.supersedes() != null) {
            jdbc.sql("update contact_decision set what = :what, until_day = :until, entry_id = :entry where entry_id = :old")
                    .param("what", what).param("until", last).param("entry", entry.id()).param("old", entry.supersedes()).update();
            return;
        }
        jdbc.sql("""
                insert into contact_decision (child_id, parent_id, what, on_day, until_day, role, decided_by, entry_id)
                select child_id, parent_id, :what, :on, :until, :role, :by, :entry
                  from contact_decision where child_id = :child and what = 'stopped' order by (parent_id = cast(:parent as bigint)) desc nulls last, id desc limit 1
                """)
                .param("child", child).param("parent", parent).param("what", what).param("on", filedOn(entry)).param("until", last)
                .param("role", entry.role()).param("by", entry.author()).param("entry", entry.id()).update();
    }

    private static long number(Object id) {
        return Long.parseLong(id.toString());
    }

    private static LocalDate day(Entry entry, String answer) {
        return LocalDate.parse(entry.answers().get(answer).toString());
    }

    private static LocalDate filedOn(Entry entry) {
        return WorkingDays.dayOf(entry.filedAt());
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(Entry entry) {
        return (List<Map<String, Object>>) entry.answers().get("people");
    }
}
