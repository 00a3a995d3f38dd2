package org.thinkfamily.chronology;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.Person;

/**
 * The multi-agency chronology of a family (U06): entries, decisions by rule, time limits kept and missed, contact, who came and went, periods of care with their
 * reviews, and what happened before. It is read from the tables of all features in one statement and holds headlines only; nothing is stored for it but who holds what
 * for significant.
 */
@Component
public class Chronology {

    /** What an item can be, in the order of the filter. */
    public static final List<String> KINDS = List.of("entry", "decision", "care", "contact", "clock", "involvement", "sharing", "history");

    /** What was written down at a moment, and not of a day. */
    private static final Set<String> TIMED = Set.of("entry", "decision", "sharing");

    /** Significant until somebody says otherwise: care began or ended, contact was stopped in an emergency. */
    private static final String TIMELINE = """
            with recursive corrected as (
              select s.id, r.filed_at from entry s join entry r on r.id = s.supersedes where s.family_ref = :family and s.supersedes is not null and r.supersedes is null
              union all select s.id, c.filed_at from corrected c join entry s on s.supersedes = c.id),
            decided as (
              -- Of decisions taken together the last is the one that was asked for; the others only led to it.
              select distinct on (decided_at, process_id, person_id) id, decided_at, name, person_id from decision_taken where family_ref = :family
               order by decided_at, process_id, person_id, id desc),
            mark as (
              select distinct on (item) item, significant, reason, marked_by_name, marked_at from chronology_mark where family_ref = :family order by item, id desc),
            timeline (item, at, precision, kind, code, title, detail, a, b, about, service, who, link, source, confidence, corrected, significant) as (
              select 'entry-' || e.id, e.filed_at, 'day', 'entry', 'entry', e.title, null, null, null, e.about, e.service, e.author_name, '/entries/' || e.id, null, null, false, false
                from (select * from entry f where f.family_ref = :family and f.supersedes is null and FILED) e
              union all
              select 'entry-' || e.id, c.filed_at, 'day', 'entry', 'entry', e.title, null, null, null, e.about, e.service, e.author_name, '/entries/' || e.id, null, null, true, false
                from corrected c join entry e on e.id = c.id
               where e.form_key <> 'history-event' and not exists (select 1 from entry s where s.supersedes = e.id)
              union all
              select 'decision-' || d.id, d.decided_at, 'day', 'decision', 'decision', d.name, null, null, null,
                     case when d.person_id is null then '{}' else array[d.person_id] end, null, null, '/decisions/' || d.id, null, null, false, false
                from decided d
              union all
              select 'clock-' || k.id, case when k.met_at is null then k.due_at else k.met_at end, 'day', 'clock',
                     case when k.met_at is null then 'clock-missed' when k.met_at > k.due_at then 'clock-met-late' else 'clock-met' end, k.title, k.late_reason,
                     cast(k.due_on as text), null, case when k.person_id is null then '{}' else array[k.person_id] end, null, null, '#clocks', null, null, false, false
                from clock k where k.family_ref = :family and (k.met_at is not null or k.stopped_at is null)
              union all
              select 'contact-' || o.id, cast(o.on_day as timestamp) at time zone 'Europe/London', 'day', 'contact', 'contact-' || o.what, null, null,
                     cast(o.parent_id as text), o.condition, array[o.child_id, o.parent_id], e.service, e.author_name, '/entries/' || e.id, null, null, false, o.what = 'stopped'
                from entry e join contact_decision o on o.entry_id = e.id where e.family_ref = :family
              union all
              select 'condition-' || n.id, cast(n.since_on as timestamp) at time zone 'Europe/London', 'day', 'contact', 'condition', null, null,
                     cast(n.parent_id as text), n.condition, array[n.parent_id], null, null, '/entries/' || n.entry_id, null, null, false, false
                from parent_condition n where n.family_ref = :family
              union all
              select 'plan-' || p.id, cast(p.starts_on as timestamp) at time zone 'Europe/London', 'day', 'contact', 'plan', null, null, null, null, array[p.child_id], null, null,
                     '/entries/' || p.confirmed_entry_id, null, null, false, false
                from contact_plan p where p.family_ref = :family and p.confirmed_entry_id is not null and p.starts_on is not null
              union all
              select 'plan-end-' || p.id, cast(p.ended_on as timestamp) at time zone 'Europe/London', 'day', 'contact', 'plan-end', null, null, null, null, array[p.child_id], null, null,
                     '/entries/' || p.ended_entry_id, null, null, false, false
                from contact_plan p where p.family_ref = :family and p.ended_on is not null
              union all
              select 'involvement-' || i.id, cast(i.began_on as timestamp) at time zone 'Europe/London', 'day', 'involvement', 'involvement', null, null, coalesce(u.name, t.name), r.name,
                     case when i.person_id is null then '{}' else array[i.person_id] end, v.name, null, '#involved', null, null, false, false
                from involvement i join app_role r on r.code = i.role join team t on t.id = i.team_id join service v on v.id = t.service_id left join app_user u on u.username = i.username
               where i.family_ref = :family
              union all
              select 'involvement-end-' || i.id, cast(i.ended_on as timestamp) at time zone 'Europe/London', 'day', 'involvement', 'involvement-end', null, null, coalesce(u.name, t.name), r.name,
                     case when i.person_id is null then '{}' else array[i.person_id] end, v.name, null, null, null, null, false, false
                from involvement i join app_role r on r.code = i.role join team t on t.id = i.team_id join service v on v.id = t.service_id left join app_user u on u.username = i.username
               where i.family_ref = :family and i.ended_on is not null
              union all
              select 'care-' || p.id, cast(p.from_on as timestamp) at time zone 'Europe/London', 'day', 'care', 'care', null, null, p.legal_status, p.placement, array[p.child_id], null, null,
                     '/entries/' || p.entry_id, null, null, false, true
                from care_period p where p.family_ref = :family
              union all
              select 'care-end-' || p.id, cast(p.ended_on as timestamp) at time zone 'Europe/London', 'day', 'care', 'care-end', null, null, null, null, array[p.child_id], null, null,
                     '/entries/' || p.ended_entry_id, null, null, false, true
                from care_period p where p.family_ref = :family and p.ended_on is not null
              union all
              select 'review-' || w.id, cast(w.held_on as timestamp) at time zone 'Europe/London', 'day', 'care', 'review', null, w.late_reason, cast(w.number as text), null,
                     array[p.child_id], null, null, '/entries/' || w.held_entry_id, null, null, false, false
                from care_period p join review w on w.care_period_id = p.id where p.family_ref = :family and w.held_on is not null
              union all
              select 'sharing-' || s.id, s.decided_at, 'day', 'sharing', 'sharing-' || s.decision, null, null, null, null, array[s.person_id], null, s.decided_by, '/entries/' || s.decided_entry, null, null,
                     false, false
                from sharing s where s.family_ref = :family and s.decided_at is not null
              union all
              select 'history-' || h.id, cast(h.happened_on as timestamp) at time zone 'Europe/London', h.precision, 'history', 'history', h.title, h.detail, null, null, h.about,
                     'origin:' || h.origin, h.added_by_name, '/entries/' || h.entry_id, h.source, h.confidence, false, false
                from history_event h left join history_import m on m.id = h.import_id
               where h.family_ref = :family and m.withdrawn_at is null and not exists (select 1 from entry s where s.supersedes = h.entry_id))
            select t.*, coalesce(m.significant, t.significant) as counts, m.significant as marked, m.reason, m.marked_by_name, m.marked_at
              from timeline t left join mark m on m.item = t.item
             where t.at <= :now
            """;

    /** An entry {@code f} that is no correction and stands. Of these alone there may be thousands. */
    private static final String FILED = """
            f.filed_at <= :now and f.form_key <> 'history-event' and not exists (select 1 from entry s where s.supersedes = f.id)
                   and (cast(:person as bigint) is null or f.about = '{}' or :person = any(f.about))
                   and (cast(:service as text) is null or f.service = :service)
                   and (not :significant or 'entry-' || f.id in (select item from mark where significant))
            """;

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM yyyy", Locale.UK);

    private final JdbcClient jdbc;
    private final Audit audit;
    private final Families families;
    private final MessageSource messages;
    private final Clock time;

    Chronology(JdbcClient jdbc, Audit audit, Families families, MessageSource messages, Clock time) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.families = families;
        this.messages = messages;
        this.time = time;
    }

    /**
     * What is asked for.
     *
     * @param person only what is about this person or the whole family; null: about anybody
     * @param service only what is this service's, as {@link #services} names it; null: of all
     * @param kinds only these kinds; empty: all
     * @param significant only what counts as significant
     * @param oldestFirst the order
     */
    public record Filter(Long person, String service, Set<String> kinds, boolean significant, boolean oldestFirst) {

        public static final Filter ALL = new Filter(null, null, Set.of(), false, false);
    }

    /** A service to choose: its key and its name in words. */
    public record Choice(String key, String name) { }

    /** Where a page ended. */
    public record After(Instant at, String item) {

        /** The key as {@link #of} reads it. */
        public String key() {
            return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000 + "." + item;
        }

        /** Empty when the key is none that {@link #key} made. */
        public static Optional<After> of(String key) {
            if (!key.matches("-?\\d{1,17}\\.[a-z]{1,20}(-[a-z]{1,20})?-\\d{1,18}")) {
                return Optional.empty();
            }
            int dot = key.indexOf('.');
            long micros = Long.parseLong(key.substring(0, dot));
            return Optional.of(new After(Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L), key.substring(dot + 1)));
        }
    }

    /**
     * A part of the chronology. Written into the audit.
     *
     * @param after where the part before ended; null: from the beginning
     * @throws NotFound when there is no such family or the actor may not know of it
     */
    @Transactional
    public List<Happening> read(Actor actor, String family, Filter filter, After after, int limit) {
        audit.read(actor, "chronology.read", family, null);
        return find(family, filter, after, limit);
    }

    /** The same for a caller that has asked the policy and written the audit. What happened at one moment stands in the order it was written down: 99 before 100. */
    public List<Happening> find(String family, Filter filter, After after, int limit) {
        String way = filter.oldestFirst() ? "asc" : "desc";
        String from = filter.oldestFirst() ? ">" : "<";
        String next = (after == null ? "" : " and f.filed_at " + from + "= :at and (f.filed_at, length('entry-' || f.id), 'entry-' || f.id) " + from + " (:at, length(:last), :last)")
                + " order by f.filed_at " + way + " fetch first " + limit + " rows with ties";
        return select(family, filter, after, next, " order by t.at " + way + ", length(t.item) " + way + ", t.item " + way + " limit " + limit, null);
    }

    /** One item with everything that was ever said of its significance, newest first. Written into the audit. @throws NotFound as {@link #read}, and when there is no such item */
    @Transactional
    public Happening one(Actor actor, String family, String item) {
        audit.read(actor, "chronology.read", family, item);
        return one(family, item);
    }

    private Happening one(String family, String item) {
        return select(family, Filter.ALL, null, "", "", item).stream().findFirst().orElseThrow(NotFound::new);
    }

    /** @param filed how many of the entries are needed at most: a page reads no more of a long life than it shows */
    private List<Happening> select(String family, Filter filter, After after, String filed, String order, String item) {
        Map<Long, String> names = families.people(family).stream().collect(Collectors.toMap(Person::id, Person::name));
        return jdbc.sql(TIMELINE.replace("FILED", FILED + filed) + """
                   and (cast(:item as text) is null or t.item = :item)
                   and (cast(:person as bigint) is null or t.about = '{}' or :person = any(t.about))
                   and (cast(:service as text) is null or t.service = :service)
                   and (:everyKind or t.kind = any(:kinds))
                   and (not :significant or coalesce(m.significant, t.significant))
                """ + (after == null ? "" : " and (t.at, length(t.item), t.item) " + (filter.oldestFirst() ? ">" : "<") + " (:at, length(:last), :last)") + order)
                .param("family", family).param("now", Timestamp.from(time.instant())).param("item", item).param("person", filter.person()).param("service", filter.service())
                .param("everyKind", filter.kinds().isEmpty()).param("kinds", filter.kinds().toArray(String[]::new)).param("significant", filter.significant())
                .param("at", after == null ? null : Timestamp.from(after.at())).param("last", after == null ? null : after.item())
                .query((row, n) -> happening(family, names, row)).list();
    }

    /** How many items there are. The caller has read the family. */
    public long count(String family, Filter filter) {
        return select(family, filter, null, "", "", null).size();
    }

    /** Every service that has a part in the chronology, by name; whose knowledge events from before are comes last. The caller has read the family. */
    public List<Choice> services(String family) {
        List<Choice> services = new ArrayList<>();
        jdbc.sql("""
                with recursive filed (service) as (
                  -- From one service to the next in the index, and not through all entries.
                  (select service from entry where family_ref = :family and service > '' order by service limit 1)
                  union all select (select e.service from entry e where e.family_ref = :family and e.service > f.service order by e.service limit 1) from filed f where f.service is not null)
                select service from filed where service is not null
                union select v.name from involvement i join team t on t.id = i.team_id join service v on v.id = t.service_id where i.family_ref = :family
                order by 1
                """).param("family", family).query(String.class).list().forEach(service -> services.add(new Choice(service, service)));
        jdbc.sql("select distinct origin from history_event where family_ref = :family order by 1").param("family", family).query(String.class).list()
                .forEach(origin -> services.add(new Choice("origin:" + origin, say("chronology.origin." + origin))));
        return services;
    }

    /**
     * Says that an item is significant, or is not. The newest word counts; the ones before it are kept.
     *
     * @param reason why, in the actor's words; not blank
     * @throws NotFound when there is no such family or item, or the actor may not know of it
     */
    @Transactional
    public void mark(Actor actor, String family, String item, boolean significant, String reason) {
        audit.change(actor, "chronology.mark", family, item);
        one(family, item);
        jdbc.sql("""
                insert into chronology_mark (family_ref, item, significant, reason, marked_by, marked_by_name, marked_at)
                values (:family, :item, :significant, :reason, :by, :name, :at)
                """).param("family", family).param("item", item).param("significant", significant).param("reason", reason.strip()).param("by", actor.username())
                .param("name", actor.name()).param("at", Timestamp.from(time.instant())).update();
    }

    /** Everything that was said of an item's significance, newest first. The caller has read the item. */
    public List<Happening.Mark> marks(String family, String item) {
        return jdbc.sql("select significant, reason, marked_by_name as by, marked_at as at from chronology_mark where family_ref = :family and item = :item order by id desc")
                .param("family", family).param("item", item).query(Happening.Mark.class).list();
    }

    private Happening happening(String family, Map<Long, String> names, ResultSet row) throws SQLException {
        Instant at = row.getTimestamp("at").toInstant();
        LocalDate on = WorkingDays.dayOf(at);
        String precision = row.getString("precision");
        String kind = row.getString("kind");
        String code = row.getString("code");
        String service = row.getString("service");
        String link = row.getString("link");
        Boolean marked = (Boolean) row.getObject("marked");
        String a = row.getString("a");
        String b = row.getString("b");
        String title = switch (code) {
            case "entry", "decision", "history" -> row.getString("title");
            case "clock-met", "clock-met-late", "clock-missed" -> say("chronology.item." + code, row.getString("title"), Dates.day(LocalDate.parse(a)));
            case "care" -> say("chronology.item.care", coded("family.legal.", a), coded("family.placement.", b));
            case "involvement", "involvement-end", "review" -> say("chronology.item." + code, a, b);
            default -> say("chronology.item." + code, a == null ? "" : names.getOrDefault(Long.valueOf(a), say("chronology.somebody")), b == null ? "" : coded("family.condition.", b));
        };
        String detail = row.getString("detail");
        if (detail != null && !code.equals("history")) {
            detail = say("chronology.late", coded("review.late.", detail));
        }
        return new Happening(row.getString("item"), at, precision, kind, TIMED.contains(kind) ? Dates.moment(at) : words(on, precision), title, detail, new LinkedHashSet<>(List.of((Long[]) row.getArray("about").getArray())),
                service == null || service.isEmpty() ? null : service.startsWith("origin:") ? coded("chronology.origin.", service.substring("origin:".length())) : service,
                row.getString("who"), link == null ? null : "/families/" + family + link, row.getString("source"), row.getString("confidence"), row.getBoolean("corrected"),
                row.getBoolean("counts"), marked == null ? null : new Happening.Mark(marked, row.getString("reason"), row.getString("marked_by_name"), row.getTimestamp("marked_at").toInstant()));
    }

    /** A day, month or year in words, no more exact than it is known. */
    static String words(LocalDate on, String precision) {
        return switch (precision) {
            case "year" -> String.valueOf(on.getYear());
            case "month" -> MONTH.format(on);
            default -> Dates.day(on);
        };
    }

    private String coded(String kind, String code) {
        return code == null ? "" : messages.getMessage(kind + code, null, code, Locale.UK);
    }

    private String say(String key, Object... values) {
        return messages.getMessage(key, values, Locale.UK);
    }
}
