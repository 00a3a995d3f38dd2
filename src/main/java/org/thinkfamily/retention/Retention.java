package org.thinkfamily.retention;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.WorkingDays;

/**
 * How long the record of each person in a family is kept: every rule of the table that fits the person applies, and the longest wins (information-sharing, section 6).
 * Parent's and child's records are separate; an entry about both is in both, and stays until the last of them goes. Who calls has asked the policy about the family.
 */
@Component
public class Retention {

    private final JdbcClient jdbc;
    private final RetentionRules rules;
    private final Clock time;

    Retention(JdbcClient jdbc, RetentionRules rules, Clock time) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.time = time;
    }

    /** A rule that applies, with the first day on which it no longer keeps; null: the event it counts from is not known or has not happened, so it keeps. */
    public record Applied(RetentionRule rule, LocalDate until) { }

    /**
     * How long the record of a person is kept.
     *
     * @param rules every rule that applies, the one that wins first; never empty
     * @param audit what is kept of who looked at it
     * @param forbidden why it may not be destroyed whatever the rules say: {@code hold}, {@code open} (somebody still works with the family), {@code looked-after}; or null
     * @param proposed whether its destruction is proposed
     */
    public record Standing(String family, long person, String name, String position, List<Applied> rules, Applied audit, String forbidden, boolean proposed) {

        public Applied wins() {
            return rules.get(0);
        }

        /** The day from which no rule keeps it, or null while one keeps it without a day. */
        public LocalDate keptUntil() {
            return wins().until();
        }

        /** Whether it may be destroyed on that day. */
        public boolean due(LocalDate day) {
            return forbidden == null && keptUntil() != null && !keptUntil().isAfter(day);
        }
    }

    private record Known(String family, long id, String name, String position, LocalDate born, LocalDate died, boolean lookedAfter, LocalDate adoptedOn, boolean protection, boolean assessed, boolean referred,
            boolean earlyHelp, boolean treated, boolean fosters, LocalDate lastEntryOn, LocalDate closedOn, LocalDate lastLookOn, String forbidden, boolean proposed) { }

    /** For each person of a family whose record has not been destroyed, adults first. */
    public List<Standing> of(String family) {
        return jdbc.sql(KNOWN + " order by m.position, p.date_of_birth nulls last, p.id").param("family", family).query(Known.class).list().stream().map(this::standing).toList();
    }

    /** For one person of a family; empty when there is none, or the record was destroyed. */
    public Optional<Standing> of(String family, long person) {
        return jdbc.sql(KNOWN + " and p.id = :person").param("family", family).param("person", person).query(Known.class).optional().map(this::standing);
    }

    private static final String KNOWN = """
            select m.family_ref as family, p.id, p.first_name || ' ' || p.last_name as name, m.position, p.date_of_birth as born, cast(d.value as date) as died,
                   exists (select 1 from care_period c where c.child_id = any(o.ids)) as looked_after,
                   (select max(c.ended_on) from care_period c where c.child_id = any(o.ids) and c.end_reason in ('E11', 'E12')) as adopted_on,
                   exists (select 1 from entry e where e.family_ref = m.family_ref and e.form_key in ('strategy-discussion', 'protection-strategy') and (e.about = '{}' or e.about && o.ids)) as protection,
                   exists (select 1 from assessment a where a.family_ref = m.family_ref) as assessed,
                   exists (select 1 from referral r where r.family_ref = m.family_ref) as referred,
                   exists (select 1 from entry e where e.family_ref = m.family_ref and e.form_key in ('early-help', 'early-support')) as early_help,
                   exists (select 1 from involvement i join team t on t.id = i.team_id join service s on s.id = t.service_id
                            where i.family_ref = m.family_ref and s.kind in ('mental-health', 'drug-alcohol')) as treated,
                   coalesce(m.relationship = 'carer', false) and exists (select 1 from care_period c where c.family_ref = m.family_ref) as fosters,
                   (select cast(max(e.filed_at) at time zone 'Europe/London' as date) from entry e
                     where e.family_ref = m.family_ref and e.process_key not in ('destruction', 'subject-access') and (e.about = '{}' or e.about && o.ids)) as last_entry_on,
                   case when not exists (select 1 from involvement i join app_role a on a.code = i.role where i.family_ref = m.family_ref and i.ended_on is null and not a.governs)
                        then coalesce((select max(i.ended_on) from involvement i join app_role a on a.code = i.role where i.family_ref = m.family_ref and not a.governs),
                                      (select cast(f.created_at at time zone 'Europe/London' as date) from family f where f.ref = m.family_ref)) end as closed_on,
                   (select cast(max(a.at) at time zone 'Europe/London' as date) from audit_event a where a.family_ref = m.family_ref) as last_look_on,
                   forbids_destruction(m.family_ref, o.ids) as forbidden,
                   exists (select 1 from destruction x where x.family = m.family_ref and x.person = p.id and x.state in ('proposed', 'confirmed')) as proposed
              from family_member m join person p on p.id = m.person_id
             cross join lateral (select array(select q.id from person q where p.id in (q.id, q.merged_into)) as ids) o
              left join person_fact d on d.person_id = p.id and d.fact = 'diedOn' and d.replaced_at is null
             where m.family_ref = :family and p.merged_into is null
               and not exists (select 1 from destruction x where x.family = m.family_ref and x.person = p.id and x.state = 'done')
            """;

    private Standing standing(Known known) {
        String died = known.died() == null ? "no" : known.born() != null && known.died().isBefore(known.born().plusYears(18)) ? "under-18" : "later";
        Map<String, LocalDate> events = new HashMap<>();
        events.put("birth", known.born());
        events.put("death", known.died());
        events.put("adoption", known.adoptedOn());
        events.put("closure", known.closedOn());
        events.put("last-contact", known.closedOn() == null ? null : known.lastEntryOn() == null ? known.closedOn() : known.lastEntryOn());
        events.put("last-look", known.lastLookOn());
        // What keeps without a day comes first, then what keeps longest.
        List<Applied> applied = kinds(known).stream().flatMap(kind -> rules.of(kind, died).stream()).map(rule -> new Applied(rule, rule.until(events.get(rule.countFrom()))))
                .sorted(Comparator.comparing(Applied::until, Comparator.nullsLast(Comparator.naturalOrder())).reversed()).toList();
        if (applied.isEmpty()) {
            throw new IllegalStateException("The table of how long records are kept has no rule for " + kinds(known) + ".");
        }
        Applied audit = rules.of("audit", died).stream().findFirst().map(rule -> new Applied(rule, rule.until(known.lastLookOn() == null ? today() : known.lastLookOn()))).orElse(null);
        return new Standing(known.family(), known.id(), known.name(), known.position(), applied, audit, known.forbidden(), known.proposed());
    }

    /** Every kind of record that this person has in the family. */
    private static List<String> kinds(Known known) {
        List<String> kinds = new ArrayList<>();
        boolean child = "child".equals(known.position());
        if (known.lookedAfter()) {
            kinds.add("looked-after");
        }
        if (known.adoptedOn() != null) {
            kinds.add("adopted");
        }
        if (child && known.protection()) {
            kinds.add("child-protection");
        }
        if (child && known.assessed()) {
            kinds.add("child-in-need");
        } else if (child && known.referred()) {
            kinds.add("referral");
        }
        if (child && known.earlyHelp()) {
            kinds.add("early-help");
        }
        if (!child && known.treated()) {
            kinds.add("adult-treatment");
        }
        if (!child && known.fosters()) {
            kinds.add("foster-carer");
        }
        if (kinds.isEmpty()) {
            kinds.add(child ? "child" : "adult");
        }
        return kinds;
    }

    LocalDate today() {
        return WorkingDays.dayOf(time.instant());
    }
}
