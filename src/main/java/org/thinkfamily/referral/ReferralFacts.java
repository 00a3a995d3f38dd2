package org.thinkfamily.referral;

import java.sql.Timestamp;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.Clocks;
import org.thinkfamily.record.Entry;
import org.thinkfamily.record.EntryFiled;

/** Takes from the entries of a referral what was decided and what the referrer says to it, in the transaction that files them. */
@Component
class ReferralFacts {

    private final JdbcClient jdbc;
    private final Clocks clocks;
    private final MessageSource messages;

    ReferralFacts(JdbcClient jdbc, Clocks clocks, MessageSource messages) {
        this.jdbc = jdbc;
        this.messages = messages;
        this.clocks = clocks;
    }

    @EventListener
    void filed(EntryFiled filed) {
        Entry entry = filed.entry();
        switch (entry.formKey()) {
            case "referral-decision", "strategy-discussion", "referral-second-look", "challenge-stage", "challenge-stage-1", "challenge-stage-2" -> decided(entry);
            case "referral-late" -> {
                jdbc.sql("update referral set late_reason = :why where process_id = :process")
                        .param("why", entry.answers().get("why")).param("process", entry.processId()).update();
                explained(entry);
            }
            case "referral-answer" -> jdbc.sql("update referral set referrer_answer = :answer, referrer_answered_at = :at where process_id = :process")
                    .param("answer", entry.answers().get("answer")).param("at", Timestamp.from(entry.filedAt())).param("process", entry.processId()).update();
            default -> { }
        }
    }

    /** Said once, shown wherever the date is (U25). */
    private void explained(Entry entry) {
        clocks.ofFamily(entry.family()).stream().filter(clock -> clock.name().equals("referral.decide") && clock.processInstance().equals(entry.processId())).findFirst()
                .ifPresent(clock -> clocks.explainLate(clock.id(), messages.getMessage("referral.late." + entry.answers().get("why"), null, String.valueOf(entry.answers().get("why")), Locale.UK), entry.author()));
    }

    /** A disagreement that is answered with "the decision stands" brings no decision. */
    private void decided(Entry entry) {
        if (entry.answers().get("decision") == null) {
            return;
        }
        jdbc.sql("""
                update referral set decision = :decision, decision_entry = :entry, decided_by = :by, decided_at = :at,
                       first_decision = coalesce(first_decision, :decision), first_decided_at = coalesce(first_decided_at, :at)
                 where process_id = :process
                """)
                .param("decision", entry.answers().get("decision")).param("entry", entry.id()).param("by", entry.author())
                .param("at", Timestamp.from(entry.filedAt())).param("process", entry.processId()).update();
    }
}
