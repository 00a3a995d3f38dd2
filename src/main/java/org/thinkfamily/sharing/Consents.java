package org.thinkfamily.sharing;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.record.Entry;
import org.thinkfamily.record.EntryFiled;

/** Consent to a service, to treatment and to sharing: three facts of a person, each with its history. A correction takes the place of what it corrects. */
@Component
public class Consents {

    private static final String FORM = "consent";

    private final JdbcClient jdbc;

    Consents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventListener
    void filed(EntryFiled filed) {
        Entry entry = filed.entry();
        if (!entry.formKey().equals(FORM)) {
            return;
        }
        if (entry.supersedes() != null) {
            jdbc.sql("delete from consent where entry_id = :old").param("old", entry.supersedes()).update();
        }
        Map<String, Object> answers = entry.answers();
        jdbc.sql("""
                insert into consent (person_id, family_ref, kind, recipient, state, scope, reason, gillick, since_on, until_on, source, source_who, said_by, said_by_name, said_on, entry_id)
                values (:person, :family, :kind, nullif(cast(:recipient as text), 'everybody'), :state, :scope, :reason, :gillick, :since, :until, :source, :sourceWho, :by, :name, :on, :entry)
                """)
                .param("person", Long.valueOf(answers.get("person").toString())).param("family", entry.family()).param("kind", answers.get("consentTo")).param("recipient", answers.get("recipient")).param("state", answers.get("consentState"))
                .param("scope", answers.get("scope")).param("reason", Stream.of("why", "capacity", "saidWhy").map(answers::get).filter(Objects::nonNull).findFirst().orElse(null)).param("gillick", answers.get("gillick"))
                .param("since", LocalDate.parse(answers.get("saidOn").toString())).param("until", answers.get("consentUntil") == null ? null : LocalDate.parse(answers.get("consentUntil").toString()))
                .param("source", answers.get("source")).param("sourceWho", answers.get("sourceWho")).param("by", entry.author()).param("name", entry.authorName())
                .param("on", WorkingDays.dayOf(entry.filedAt())).param("entry", entry.id()).update();
    }

    /** Everything said of the consent of a person, also under another row of theirs, newest first. The caller has asked the policy about a family of theirs. */
    public List<Consent> of(long person) {
        return jdbc.sql("""
                select id, person_id as person, kind, recipient, state, scope, reason, gillick, since_on as since, until_on as until, source, source_who, said_by_name as said_by, said_on, family_ref as family, entry_id as entry
                  from consent where person_id in (select id from person where id = :person or merged_into = :person) order by since_on desc, id desc
                """).param("person", person).query(Consent.class).list();
    }

    /** What was said last about consent to sharing with this recipient, or with anybody; empty when nothing was. {@code recipient} is null where none is named. */
    public Optional<Consent> toSharing(long person, String recipient) {
        return of(person).stream().filter(consent -> consent.kind().equals("sharing") && (consent.recipient() == null || consent.recipient().equals(recipient))).findFirst();
    }

    /** Whether a sharing decision rests on consent that is gone: what was said, or empty. */
    public Optional<Consent> goneUnder(Sharing sharing, LocalDate on) {
        return sharing.running() && "consent".equals(sharing.basis()) ? toSharing(sharing.person(), sharing.recipient()).filter(consent -> consent.goneOn(on)) : Optional.empty();
    }

    /** Whether consent of a person to sharing with a recipient has ended: refused, taken back, or its day has come, and nothing newer was said. {@code on}: a day that is no longer covered counts. */
    public boolean endedBy(long person, String recipient, LocalDate on) {
        return toSharing(person, recipient).filter(consent -> consent.goneOn(on) || on.equals(consent.until())).isPresent();
    }
}
