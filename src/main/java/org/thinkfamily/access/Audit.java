package org.thinkfamily.access;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who did what, when. Written in the transaction of the act itself: no audit, no act. */
@Component
public class Audit {

    private final JdbcClient jdbc;
    private final Clock time;

    Audit(JdbcClient jdbc, Clock time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    /**
     * Opens something of a family for reading: asks the policy and writes the audit in one statement, so that nothing is read without both.
     *
     * @throws NotFound when there is no such family or the actor may not know of it
     */
    @Transactional
    public void read(Actor actor, String action, String family, Object subject) {
        int written = jdbc.sql("""
                insert into audit_event (at, username, roles, action, family_ref, subject)
                select :at, :actor, :roles, :action, f.ref, :subject from family f where f.ref = :family and
                """ + Policy.MAY_SEE_FAMILY)
                .params(Policy.of(actor)).params(event(actor, action, subject)).param("family", family).update();
        if (written == 0) {
            throw new NotFound();
        }
    }

    /**
     * @param action what was done, for example {@code entry.file}
     * @param family the family's reference, or null where there is none
     * @param subject the id of what was read or changed, or null; never a name
     */
    @Transactional
    public void record(Actor actor, String action, String family, Object subject) {
        jdbc.sql("""
                insert into audit_event (at, username, roles, action, family_ref, subject)
                values (:at, :actor, :roles, :action, :family, :subject)
                """)
                .params(event(actor, action, subject)).param("family", family).update();
    }

    /**
     * Writes which families a list has shown, in one row however long the list is. What was searched for is not written: it is a name.
     *
     * @param families references, in any order and as often as they come
     * @param people ids of the people that were shown one by one; empty for a list of families
     */
    @Transactional
    public void list(Actor actor, String action, Collection<String> families, Collection<Long> people) {
        jdbc.sql("""
                insert into audit_event (at, username, roles, action, families, people)
                values (:at, :actor, :roles, :action, :families, :people)
                """)
                .params(event(actor, action, null))
                .param("families", families.stream().distinct().sorted().toArray(String[]::new))
                .param("people", people.stream().distinct().sorted().toArray(Long[]::new)).update();
    }

    private Map<String, Object> event(Actor actor, String action, Object subject) {
        Map<String, Object> event = new HashMap<>();
        event.put("at", Timestamp.from(time.instant()));
        event.put("actor", actor.username());
        event.put("roles", String.join(",", actor.roles().stream().sorted().toList()));
        event.put("action", action);
        event.put("subject", subject == null ? null : subject.toString());
        return event;
    }
}
