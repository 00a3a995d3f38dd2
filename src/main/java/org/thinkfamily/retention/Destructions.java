package org.thinkfamily.retention;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Acting;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.forms.FeatureCheck;
import org.thinkfamily.forms.Problem;
import org.thinkfamily.record.EntryFiled;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The destruction of records whose time is over: proposed by one, confirmed by another, carried out by the database in one transaction, and nothing of it when a hold or a
 * rule forbids it at that moment. What stays is a certificate without content.
 */
@Component
public class Destructions implements FeatureCheck {

    private static final String START = "destruction-start";
    private static final String PROPOSAL = "destruction-proposal";
    private static final String CONFIRMATION = "destruction-confirmation";
    private static final int BATCH = 50;

    private final JdbcClient jdbc;
    private final Retention retention;
    private final Governance governance;
    private final Audit audit;
    private final JsonMapper json;
    private final MessageSource messages;
    private final Clock time;

    Destructions(JdbcClient jdbc, Retention retention, Governance governance, Audit audit, JsonMapper json, MessageSource messages, Clock time) {
        this.jdbc = jdbc;
        this.retention = retention;
        this.governance = governance;
        this.audit = audit;
        this.json = json;
        this.messages = messages;
        this.time = time;
    }

    /** A record that may be destroyed; named by the family's reference and the person's number alone. */
    public record Due(String family, long person, String position, String rule, LocalDate keptUntil, boolean proposed) { }

    /**
     * What stays of a destroyed record.
     *
     * @param counts how many of each kind were destroyed
     * @param wholeFamily whether it was the last record of the family
     */
    public record Certificate(long id, String family, long person, String position, String ruleTitle, String ruleSource, String ruleStatus, LocalDate keptUntil, String reason, String proposedBy, Instant proposedAt,
            String confirmedBy, Instant confirmedAt, Instant endedAt, boolean wholeFamily, Map<String, Integer> counts) { }

    /** A page of {@link #due}. {@code next}: the reference after which the list goes on, or null at its end. */
    public record DuePage(List<Due> records, String next) { }

    /**
     * The records whose time is over and that nothing forbids to destroy, by the reference of the family.
     *
     * @param after the reference after which the list starts, or null
     */
    @Transactional
    public DuePage due(Actor actor, String after, int shown) {
        governance.require(actor);
        List<Due> due = new ArrayList<>();
        String[] last = {after};
        boolean[] more = {true};
        Acting.asSystem("list what is due to be destroyed", () -> {
            while (more[0] && due.size() < shown) {
                List<String> families = jdbc.sql("""
                        select f.ref from family f
                         where (cast(:after as text) is null or (length(f.ref), f.ref) > (length(:after), :after)) and exists (select 1 from family_member m where m.family_ref = f.ref)
                           and not exists (select 1 from involvement i join app_role a on a.code = i.role where i.family_ref = f.ref and i.ended_on is null and not a.governs)
                         order by length(f.ref), f.ref limit :batch
                        """).param("after", last[0]).param("batch", BATCH).query(String.class).list();
                more[0] = families.size() == BATCH;
                for (String family : families) {
                    retention.of(family).stream().filter(standing -> standing.due(retention.today())).forEach(standing ->
                            due.add(new Due(family, standing.person(), standing.position(), standing.wins().rule().title(), standing.keptUntil(), standing.proposed())));
                    last[0] = family;
                    if (due.size() >= shown) {
                        more[0] = more[0] || !family.equals(families.get(families.size() - 1));
                        break;
                    }
                }
            }
        });
        audit.list(actor, "destruction.due", due.stream().map(Due::family).toList(), due.stream().map(Due::person).toList());
        return new DuePage(due, more[0] ? last[0] : null);
    }

    /** The certificates, newest first; before the one with that number (null: from the newest). */
    @Transactional
    public List<Certificate> certificates(Actor actor, Long before, int limit) {
        governance.require(actor);
        audit.record(actor, "destruction.certificates", null, null);
        return jdbc.sql("""
                select d.*, p.name as proposer, c.name as confirmer from destruction d join app_user p on p.username = d.proposed_by join app_user c on c.username = d.confirmed_by
                 where d.state = 'done' and (cast(:before as bigint) is null or d.id < :before) order by d.id desc limit :limit
                """).param("before", before).param("limit", limit)
                .query((row, n) -> new Certificate(row.getLong("id"), row.getString("family"), row.getLong("person"), row.getString("position"), row.getString("rule_title"), row.getString("rule_source"),
                        row.getString("rule_status"), row.getObject("kept_until", LocalDate.class), row.getString("reason"), row.getString("proposer"), row.getTimestamp("proposed_at").toInstant(),
                        row.getString("confirmer"), row.getTimestamp("confirmed_at").toInstant(), row.getTimestamp("ended_at").toInstant(), row.getBoolean("whole_family"),
                        new TreeMap<>(json.readValue(row.getString("counts"), new TypeReference<Map<String, Integer>>() { })))).list();
    }

    /** Only what is due can be chosen and proposed. */
    @Override
    public List<Problem> problems(String form, String family, Map<String, Long> subjects, Map<String, Object> answers, Long corrects, String process) {
        Object chosen = form.equals(START) ? answers.get("person") : form.equals(PROPOSAL) && "propose".equals(answers.get("proposal")) ? subjects.get("person") : null;
        if (chosen == null) {
            return List.of();
        }
        String field = form.equals(START) ? "person" : "proposal";
        return retention.of(family, Long.parseLong(chosen.toString())).filter(standing -> !standing.due(retention.today())).map(standing -> new Problem("/" + field, "q-" + field, kept(standing))).stream().toList();
    }

    private String kept(Retention.Standing standing) {
        return standing.forbidden() != null ? say("retention.forbidden." + standing.forbidden()) : standing.keptUntil() == null ? say("retention.kept.no-day", standing.wins().rule().title())
                : say("retention.kept.until", Dates.day(standing.keptUntil()), standing.wins().rule().title());
    }

    private String say(String key, Object... values) {
        return messages.getMessage(key, values, Locale.UK);
    }

    @EventListener
    void on(EntryFiled filed) {
        if (filed.entry().supersedes() != null && (filed.entry().formKey().equals(PROPOSAL) || filed.entry().formKey().equals(CONFIRMATION))) {
            throw new NotAllowed(); // what two people agreed on is not changed by one
        }
        if (filed.entry().formKey().equals(START) || filed.entry().formKey().equals(PROPOSAL)) {
            governance.leaveToTheTeam(filed.entry().family());
        }
        if (filed.entry().formKey().equals(PROPOSAL)) {
            propose(filed);
        } else if (filed.entry().formKey().equals(CONFIRMATION)) {
            confirm(filed);
        }
    }

    private void propose(EntryFiled filed) {
        if (!"propose".equals(filed.entry().answers().get("proposal"))) {
            return;
        }
        long person = filed.subjects().get("person");
        Retention.Standing standing = retention.of(filed.entry().family(), person).filter(one -> one.due(retention.today())).orElseThrow(NotAllowed::new);
        RetentionRule rule = standing.wins().rule();
        int proposed = jdbc.sql("""
                insert into destruction (family, person, position, process_id, rule, rule_title, rule_source, rule_status, kept_until, reason, proposed_by, proposed_at, state)
                values (:family, :person, :position, :process, :rule, :title, :source, :status, :until, :reason, :by, :at, 'proposed') on conflict do nothing
                """).param("family", standing.family()).param("person", person).param("position", standing.position()).param("process", filed.entry().processId())
                .param("rule", rule.id()).param("title", rule.title()).param("source", rule.source()).param("status", rule.status()).param("until", standing.keptUntil())
                .param("reason", filed.entry().answers().get("destructionReason").toString()).param("by", filed.entry().author()).param("at", now()).update();
        if (proposed == 0) {
            throw new NotAllowed(); // it is proposed already
        }
    }

    private void confirm(EntryFiled filed) {
        boolean destroy = "destroy".equals(filed.entry().answers().get("destruction"));
        long person = filed.subjects().get("person");
        String proposer = jdbc.sql("select proposed_by from destruction where family = :family and person = :person and state = 'proposed'").param("family", filed.entry().family()).param("person", person)
                .query(String.class).optional().orElseThrow(NotAllowed::new);
        if (proposer.equals(filed.entry().author())) {
            throw new NotAllowed();
        }
        if (destroy) {
            jdbc.sql("update destruction set state = 'confirmed', confirmed_by = :by, confirmed_at = :at where family = :family and person = :person and state = 'proposed'")
                    .param("by", filed.entry().author()).param("at", now()).param("family", filed.entry().family()).param("person", person).update();
        } else {
            end(filed.entry().family(), person, "proposed", String.valueOf(filed.entry().answers().get("keepReason")));
        }
    }

    /**
     * Destroys what was confirmed; whether it was. The rules are asked again, the hold and the two people by the database itself.
     */
    @Transactional
    public boolean carryOut(String family, long person) {
        if (retention.of(family, person).filter(standing -> standing.due(retention.today())).isEmpty()) {
            String why = retention.of(family, person).map(Retention.Standing::forbidden).orElse(null);
            end(family, person, "confirmed", why == null ? "rule" : why);
            audit.system("retention", "destruction.kept", family + " " + person);
            return false;
        }
        long id = jdbc.sql("select id from destruction where family = :family and person = :person and state = 'confirmed'").param("family", family).param("person", person).query(Long.class).single();
        boolean destroyed = jdbc.sql("select destroy_record(:id, :at)").param("id", id).param("at", now()).query(Boolean.class).single();
        audit.system("retention", destroyed ? "destruction.done" : "destruction.kept", family + " " + person + " certificate " + id);
        return destroyed;
    }

    private void end(String family, long person, String state, String why) {
        jdbc.sql("update destruction set state = 'kept', kept_because = :why, ended_at = :at where family = :family and person = :person and state = :state")
                .param("why", why).param("at", now()).param("family", family).param("person", person).param("state", state).update();
    }

    private Timestamp now() {
        return Timestamp.from(time.instant());
    }
}
