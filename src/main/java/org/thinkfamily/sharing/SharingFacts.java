package org.thinkfamily.sharing;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.record.Entry;
import org.thinkfamily.record.EntryFiled;

/** Takes from the forms of sharing what they say, in the transaction that files them. The last word counts; entries keep those before it. */
@Component
class SharingFacts {

    private final JdbcClient jdbc;
    private final Keeping keeping;

    SharingFacts(JdbcClient jdbc, Keeping keeping) {
        this.jdbc = jdbc;
        this.keeping = keeping;
    }

    @EventListener
    void filed(EntryFiled filed) {
        Entry entry = filed.entry();
        Map<String, Object> answers = entry.answers();
        switch (entry.formKey()) {
            case "sharing-asked" -> asked(entry);
            case "sharing-decision" -> decided(entry, answers.get("decision"), list(answers.get("shared")));
            case "sharing-exception" -> set(entry, "allowed = :allowed", Map.of("allowed", "yes".equals(answers.get("allowed"))));
            case "challenge-sharing", "challenge-sharing-1", "challenge-sharing-2" -> {
                if ("changed".equals(answers.get("outcome"))) {
                    changed(entry);
                }
            }
            case "sharing-review" -> looked(entry);
            default -> { }
        }
    }

    /** Who asks another service receives what they ask for. */
    private void asked(Entry entry) {
        Map<String, Object> answers = entry.answers();
        Map<String, Object> values = new HashMap<>();
        values.put("family", entry.family());
        values.put("person", Long.valueOf(answers.get("person").toString()));
        values.put("direction", answers.get("direction"));
        values.put("askedBy", answers.getOrDefault("askedBy", entry.authorName() + ", " + entry.service()));
        values.put("at", Timestamp.from(entry.filedAt()));
        values.put("user", entry.author());
        values.put("entry", entry.id());
        values.put("old", entry.supersedes());
        boolean ours = "ask-other".equals(answers.get("direction"));
        values.put("recipient", ours ? entry.role() : answers.get("recipient"));
        values.put("recipientPerson", answers.get("recipientPerson") == null ? null : Long.valueOf(answers.get("recipientPerson").toString()));
        values.put("recipientWho", ours ? entry.authorName() + ", " + entry.service() : answers.get("recipientWho"));
        values.put("items", list(answers.get("items")));
        if (entry.supersedes() == null) {
            jdbc.sql("""
                    insert into sharing (family_ref, person_id, direction, asked_by, asked_at, asked_user, asked_entry, recipient, recipient_person, recipient_who, items)
                    values (:family, :person, :direction, :askedBy, :at, :user, :entry, :recipient, :recipientPerson, :recipientWho, :items)
                    """).params(values).update();
        } else {
            jdbc.sql("""
                    update sharing set asked_by = :askedBy, recipient = :recipient, recipient_person = :recipientPerson, recipient_who = :recipientWho, items = :items, asked_entry = :entry
                     where asked_entry = :old
                    """).params(values).update();
        }
        if ("yes".equals(answers.get("kept")) || keeping.isKept(entry.supersedes())) {
            keeping.entry(entry);
        }
    }

    private void decided(Entry entry, Object decision, String[] shared) {
        Map<String, Object> answers = entry.answers();
        Map<String, Object> values = new HashMap<>();
        values.put("decision", decision);
        values.put("shared", shared);
        values.put("exception", "yes".equals(answers.get("exception")));
        values.put("basis", answers.get("basis"));
        values.put("consentState", answers.get("consentState"));
        values.put("told", answers.get("told"));
        values.put("channel", answers.get("channel"));
        values.put("until", day(answers.get("sharedUntil")));
        set(entry, """
                decision = :decision, shared = :shared, exception = :exception, allowed = case when exception = :exception and :corrects then allowed end, basis = :basis, consent_state = :consentState,
                told = :told, channel = :channel, shared_until = :until, decided_by = :by, decided_at = :at, decided_entry = :entry
                """, values);
    }

    /** A manager has changed the decision: what was asked for is shared, or the part that the answer names. */
    private void changed(Entry entry) {
        Map<String, Object> values = new HashMap<>();
        values.put("decision", entry.answers().get("newDecision"));
        values.put("until", day(entry.answers().get("sharedUntil")));
        set(entry, """
                decision = :decision, shared = case when :decision = 'shared' then items else shared end, exception = true, allowed = true, shared_until = :until,
                basis = coalesce(basis, 'public-task'), decided_by = :by, decided_at = :at, decided_entry = :entry
                """, values);
    }

    private void looked(Entry entry) {
        Map<String, Object> values = new HashMap<>();
        values.put("goesOn", "yes".equals(entry.answers().get("again")));
        values.put("until", day(entry.answers().get("sharedUntil")));
        values.put("basis", entry.answers().get("basis"));
        values.put("today", WorkingDays.dayOf(entry.filedAt()));
        set(entry, "shared_until = coalesce(cast(:until as date), shared_until), basis = coalesce(:basis, basis), ended_on = case when :goesOn then null else cast(:today as date) end", values);
    }

    private void set(Entry entry, String columns, Map<String, ?> values) {
        jdbc.sql("update sharing set " + columns + " where process_id = :process").params(values).param("process", entry.processId()).param("by", entry.authorName())
                .param("at", Timestamp.from(entry.filedAt())).param("entry", entry.id()).param("corrects", entry.supersedes() != null).update();
    }

    private static LocalDate day(Object answer) {
        return answer == null ? null : LocalDate.parse(answer.toString());
    }

    private static String[] list(Object answer) {
        return answer instanceof List<?> codes ? codes.stream().map(String::valueOf).toArray(String[]::new) : new String[0];
    }
}
