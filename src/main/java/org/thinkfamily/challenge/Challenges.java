package org.thinkfamily.challenge;

import java.sql.Timestamp;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.record.Entry;
import org.thinkfamily.record.EntryFiled;

/** The professional challenges about families (S-058): raised and answered by entries, in the transaction that files them. */
@Component
public class Challenges {

    private final JdbcClient jdbc;

    Challenges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventListener
    void filed(EntryFiled filed) {
        Entry entry = filed.entry();
        // Correcting the words of a disagreement or of its answer is neither a new one nor a new answer.
        if (entry.supersedes() != null) {
            return;
        }
        boolean disagrees = "disagree".equals(entry.answers().get("answer"));
        switch (entry.formKey()) {
            case "challenge-raised" -> raise(entry, 1);
            case "referral-answer", "sharing-answer" -> {
                if (disagrees) {
                    raise(entry, 1);
                }
            }
            case "challenge-answer" -> {
                if (disagrees) {
                    raise(entry, goThrough(entry) + 1);
                }
            }
            case "challenge-stage", "challenge-sharing", "challenge-other", "challenge-stage-1", "challenge-stage-2", "challenge-sharing-1", "challenge-sharing-2" -> answer(entry);
            default -> { }
        }
    }

    private void raise(Entry entry, int stage) {
        jdbc.sql("""
                insert into challenge (family_ref, process_id, stage, raised_by, raised_role, raised_service, raised_at, raised_entry)
                values (:family, :process, :stage, :by, :role, :service, :at, :entry)
                """)
                .param("stage", stage).param("family", entry.family()).param("process", entry.processId()).param("by", entry.author()).param("role", entry.role())
                .param("service", entry.service()).param("at", Timestamp.from(entry.filedAt())).param("entry", entry.id()).update();
    }

    /** The stage that was gone through; where nobody had answered it, it says so from now on. */
    private int goThrough(Entry entry) {
        jdbc.sql("update challenge set outcome = 'unanswered' where process_id = :process and outcome is null").param("process", entry.processId()).update();
        return jdbc.sql("select coalesce(max(stage), 0) from challenge where process_id = :process").param("process", entry.processId()).query(Integer.class).single();
    }

    private void answer(Entry entry) {
        jdbc.sql("""
                update challenge set outcome = :outcome, answered_by = :by, answered_at = :at, answered_entry = :entry
                 where process_id = :process and outcome is null
                """)
                .param("outcome", entry.answers().get("outcome")).param("by", entry.author()).param("at", Timestamp.from(entry.filedAt()))
                .param("entry", entry.id()).param("process", entry.processId()).update();
    }

    /** A challenge that no other process brought: its own process takes it up. */
    public void open(String family, String process, String raisedBy) {
        jdbc.sql("update challenge set process_id = :process where id = (select max(id) from challenge where family_ref = :family and raised_by = :by and process_id is null)")
                .param("process", process).param("family", family).param("by", raisedBy).update();
    }

    /** The challenges about a family, newest first. The caller has asked the policy about the family. */
    public List<Challenge> of(String family) {
        return jdbc.sql("""
                select id, family_ref as family, process_id as process, stage, raised_by, raised_role, raised_service, raised_at, outcome, answered_by, answered_at
                  from challenge where family_ref = :family order by id desc
                """).param("family", family).query(Challenge.class).list();
    }
}
