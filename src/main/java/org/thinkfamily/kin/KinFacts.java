package org.thinkfamily.kin;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.record.Entry;
import org.thinkfamily.record.EntryFiled;

/**
 * Takes from the form "Say how the family is related" what it says, in the transaction that files it; a correction takes the place of what it corrects. Babies who are
 * born together are to everybody what the one who was expected is.
 */
@Component
class KinFacts {

    private static final String FORM = "family-relationships";
    private static final String BIRTH = "birth";

    private final JdbcClient jdbc;

    KinFacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventListener
    void filed(EntryFiled filed) {
        Entry entry = filed.entry();
        if (entry.formKey().equals(BIRTH)) {
            rows(entry, "babies").forEach(baby -> likeTheOther(entry, Long.parseLong(baby.get("person").toString())));
        }
        if (!entry.formKey().equals(FORM)) {
            return;
        }
        if (entry.supersedes() != null) {
            jdbc.sql("delete from relationship where entry_id = :old").param("old", entry.supersedes()).update();
            jdbc.sql("delete from home_stay where entry_id = :old").param("old", entry.supersedes()).update();
        }
        rows(entry, "relationships").forEach(row -> relate(entry, row));
        rows(entry, "homes").forEach(row -> live(entry, row));
    }

    private static List<Map<?, ?>> rows(Entry entry, String list) {
        return entry.answers().get(list) instanceof List<?> rows ? rows.stream().<Map<?, ?>>map(row -> (Map<?, ?>) row).toList() : List.of();
    }

    /** Nobody is anything to themselves: such a row says nothing. */
    private void relate(Entry entry, Map<?, ?> row) {
        long who = Long.parseLong(row.get("who").toString());
        long whose = Long.parseLong(row.get("whose").toString());
        if (who == whose) {
            return;
        }
        jdbc.sql("""
                insert into relationship (family_ref, person_id, other_id, kind, since_on, until_on, state, said_by, said_on, entry_id)
                values (:family, :who, :whose, :kind, :since, :until, :state, :by, :on, :entry)
                """)
                .param("family", entry.family()).param("who", who).param("whose", whose).param("kind", row.get("kind")).param("since", day(row.get("since"))).param("until", day(row.get("until")))
                .param("state", row.get("ended")).param("by", entry.author()).param("on", WorkingDays.dayOf(entry.filedAt())).param("entry", entry.id()).update();
    }

    private void live(Entry entry, Map<?, ?> row) {
        jdbc.sql("""
                insert into home_stay (family_ref, person_id, home, since_on, said_by, said_on, entry_id) values (:family, :person, :home, :since, :by, :on, :entry)
                """)
                .param("family", entry.family()).param("person", Long.valueOf(row.get("resident").toString())).param("home", row.get("home")).param("since", day(row.get("since")))
                .param("by", entry.author()).param("on", WorkingDays.dayOf(entry.filedAt())).param("entry", entry.id()).update();
    }

    /** Once: a correction of the birth leaves what was said since. */
    private void likeTheOther(Entry birth, long baby) {
        Map<String, Object> of = Map.of("baby", baby, "other", Long.valueOf(birth.answers().get("person").toString()), "by", birth.author(), "on", WorkingDays.dayOf(birth.filedAt()), "entry", birth.id());
        jdbc.sql("""
                insert into relationship (family_ref, person_id, other_id, kind, since_on, until_on, state, said_by, said_on, entry_id)
                select family_ref, case person_id when :other then :baby else person_id end, case other_id when :other then :baby else other_id end, kind, since_on, until_on, state, :by, :on, :entry
                  from relationship r
                 where :other in (person_id, other_id) and :baby not in (person_id, other_id)
                   and not exists (select 1 from relationship b where :baby in (b.person_id, b.other_id))
                """).params(of).update();
        jdbc.sql("""
                insert into home_stay (family_ref, person_id, home, since_on, said_by, said_on, entry_id)
                select family_ref, :baby, home, since_on, :by, :on, :entry from home_stay
                 where person_id = :other and not exists (select 1 from home_stay b where b.person_id = :baby)
                 order by id desc limit 1
                """).params(of).update();
    }

    private static LocalDate day(Object answer) {
        return answer == null ? null : LocalDate.parse(answer.toString());
    }
}
