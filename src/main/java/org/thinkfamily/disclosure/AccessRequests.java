package org.thinkfamily.disclosure;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Actors;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.access.Policy;
import org.thinkfamily.clock.Clocks;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.forms.FeatureCheck;
import org.thinkfamily.forms.Problem;
import org.thinkfamily.pathway.WithholdingTable;
import org.thinkfamily.record.Entry;
import org.thinkfamily.record.EntryFiled;
import org.thinkfamily.retention.Governance;

/**
 * Requests to see what is held about a person (information-sharing, section 5). One officer decides about each item, another one checks them all; what is decided is
 * kept as soon as it is saved. For who governs information and sees the family.
 */
@Component
public class AccessRequests implements FeatureCheck {

    /** The longest text that releases a part of an item. */
    public static final int LONGEST = 20_000;

    private static final String EXTENDED = "subject-access-extended";

    private final JdbcClient jdbc;
    private final Holdings holdings;
    private final Governance governance;
    private final Actors actors;
    private final Audit audit;
    private final WithholdingTable reasons;
    private final Clocks clocks;
    private final MessageSource messages;
    private final Clock time;

    AccessRequests(JdbcClient jdbc, Holdings holdings, Governance governance, Actors actors, Audit audit, WithholdingTable reasons, Clocks clocks, MessageSource messages, Clock time) {
        this.clocks = clocks;
        this.jdbc = jdbc;
        this.holdings = holdings;
        this.governance = governance;
        this.actors = actors;
        this.audit = audit;
        this.reasons = reasons;
        this.messages = messages;
        this.time = time;
    }

    private static final String SELECT = """
            select r.id, r.family, r.person_id as person, p.first_name || ' ' || p.last_name as name, r.received_on, r.state,
                   (select count(*) from access_item i where i.request_id = r.id) as items,
                   (select count(*) from access_item i where i.request_id = r.id and i.decision is null) as undecided,
                   (select count(*) from access_item i where i.request_id = r.id and i.decision <> 'release') as withheld
              from access_request r join person p on p.id = r.person_id
            """;

    /** The requests in families the actor sees, those under way first. */
    @Transactional
    public List<AccessRequest> list(Actor actor) {
        governance.require(actor);
        List<AccessRequest> requests = jdbc.sql(SELECT + " where " + Policy.maySeeFamily("r.family") + " order by r.ended_at desc nulls first, r.received_on, r.id limit 200")
                .params(Policy.of(actor)).query(AccessRequest.class).list();
        audit.list(actor, "access-request.list", requests.stream().map(AccessRequest::family).toList(), requests.stream().map(AccessRequest::person).toList());
        return requests;
    }

    /** @throws NotFound when there is no such request in a family the actor sees. @throws NotAllowed when the actor does not govern information */
    @Transactional
    public AccessRequest one(Actor actor, String family, long id) {
        audit.read(actor, "access-request.read", family, id);
        governance.require(actor);
        return jdbc.sql(SELECT + " where r.family = :family and r.id = :id").param("family", family).param("id", id).query(AccessRequest.class).optional().orElseThrow(NotFound::new);
    }

    /**
     * The items of a request that the actor has opened, with what they say.
     *
     * @param which {@code all}, {@code undecided} or {@code withheld} (all or in part)
     * @param after the position after which they start; 0 from the first
     */
    public List<Held> items(AccessRequest request, String which, int after, int limit) {
        return holdings.read(jdbc.sql("""
                select id, position, kind, family, entry, source, restricted, decision, reason, words from access_item
                 where request_id = :request and position > :after
                   and (:which = 'all' or :which = 'undecided' and decision is null or :which = 'withheld' and decision <> 'release' or :which = 'out' and decision <> 'withhold')
                 order by position limit :limit
                """).param("request", request.id()).param("after", after).param("which", which).param("limit", limit).query(Item.class).list(), holdings.people(request.person()));
    }

    /** The codes of reasons for which something is kept back, by kind of item. */
    Map<String, Set<String>> keptBack(AccessRequest request) {
        return jdbc.sql("select distinct kind, reason from access_item where request_id = :request and reason is not null").param("request", request.id())
                .query((row, n) -> Map.entry(row.getString(1), row.getString(2))).list().stream().collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
    }

    /** What was decided about an item. {@code reason} and {@code words} as {@link Item} has them; blank counts as null. */
    public record Choice(String decision, String reason, String words) { }

    /** What is wrong with a choice: the item, the control it belongs to ({@code decision}, {@code reason} or {@code words}) and the key of the sentence. */
    public record Wrong(long item, String control, String key) { }

    /**
     * Keeps decisions, all of them or, when one of them is wrong, none.
     *
     * @param choices by id of the item
     * @throws NotAllowed when the request is no longer open, or an item is none of it
     */
    @Transactional
    public List<Wrong> decide(Actor actor, String family, long id, Map<Long, Choice> choices) {
        governance.require(actor);
        audit.read(actor, "access-request.decide", family, id);
        String state = jdbc.sql("select state from access_request where family = :family and id = :id for update").param("family", family).param("id", id).query(String.class).optional().orElseThrow(NotFound::new);
        if (!state.equals("open")) {
            throw new NotAllowed();
        }
        Map<Long, String> kinds = jdbc.sql("select id, kind from access_item where request_id = :request and id = any(:items)").param("request", id).param("items", choices.keySet().toArray(Long[]::new))
                .query((row, n) -> Map.entry(row.getLong(1), row.getString(2))).list().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        if (!kinds.keySet().containsAll(choices.keySet())) {
            throw new NotAllowed();
        }
        Map<String, Set<String>> codes = kinds.values().stream().distinct().collect(Collectors.toMap(kind -> kind,
                kind -> reasons.reasons(kind).stream().map(WithholdingTable.Reason::code).collect(Collectors.toSet())));
        List<Wrong> wrong = choices.entrySet().stream().flatMap(one -> wrong(one.getKey(), kinds.get(one.getKey()), one.getValue(), codes.get(kinds.get(one.getKey()))).stream()).toList();
        if (!wrong.isEmpty()) {
            return wrong;
        }
        choices.forEach((item, choice) -> jdbc.sql("""
                update access_item set decision = :decision, reason = :reason, words = :words, decided_by = :by, decided_at = :at
                 where id = :item and (decision, reason, words) is distinct from (cast(:decision as text), cast(:reason as text), cast(:words as text))
                """).param("decision", choice.decision()).param("reason", choice.decision().equals("release") ? null : choice.reason()).param("words", choice.decision().equals("part") ? choice.words().strip() : null)
                .param("by", actor.username()).param("at", now()).param("item", item).update());
        return List.of();
    }

    private static List<Wrong> wrong(long item, String kind, Choice choice, Set<String> codes) {
        return switch (choice.decision()) {
            case "release" -> List.of();
            case "part" -> kind.equals("file") ? List.of(new Wrong(item, "decision", "disclosure.file.whole"))
                    : choice.words() == null || choice.words().isBlank() ? List.of(new Wrong(item, "words", "disclosure.words.missing"))
                    : choice.words().length() > LONGEST ? List.of(new Wrong(item, "words", "disclosure.words.long"))
                    : codes.contains(choice.reason()) ? List.of() : List.of(new Wrong(item, "reason", "disclosure.reason.missing"));
            case "withhold" -> codes.contains(choice.reason()) ? List.of() : List.of(new Wrong(item, "reason", "disclosure.reason.missing"));
            default -> List.of(new Wrong(item, "decision", "disclosure.decision.missing"));
        };
    }

    /** The reasons there are, by kind of item: title by code. */
    public Map<String, Map<String, String>> reasons() {
        Map<String, Map<String, String>> titles = new LinkedHashMap<>();
        for (String kind : List.of("answer", "fact", "event", "file", "decision", "mail")) {
            Map<String, String> of = new LinkedHashMap<>();
            reasons.reasons(kind).forEach(reason -> of.put(reason.code(), reason.title()));
            titles.put(kind, of);
        }
        return titles;
    }

    /** One request of a person at a time; and nothing is called decided before every item is. */
    @Override
    public List<Problem> problems(String form, String family, Map<String, Long> subjects, Map<String, Object> answers, Long corrects, String process) {
        if (form.equals("subject-access-request") && answers.get("person") != null && corrects == null) {
            return openRequest(Long.parseLong(answers.get("person").toString())) == null ? List.of() : List.of(problem("/person", "q-person", "disclosure.one-at-a-time"));
        }
        if (form.equals("subject-access-redacted") && "done".equals(answers.get("redaction")) && subjects.get("person") != null && corrects == null) {
            long left = jdbc.sql("select count(*) from access_item i join access_request r on r.id = i.request_id where r.person_id = :person and r.ended_at is null and i.decision is null")
                    .param("person", subjects.get("person")).query(Long.class).single();
            return left == 0 ? List.of() : List.of(problem("/redaction", "q-redaction", "disclosure.undecided", left));
        }
        if (form.equals("subject-access-check") && "agree".equals(answers.get("checkOutcome")) && subjects.get("person") != null && corrects == null) {
            return readByWhoAsks(subjects.get("person")) ? List.of() : List.of(problem("/checkOutcome", "q-checkOutcome", "disclosure.not-read"));
        }
        if (form.equals(EXTENDED) && corrects == null) {
            return extension(family, Long.parseLong(answers.get("person").toString()), LocalDate.parse(answers.get("extendedUntil").toString()));
        }
        return List.of();
    }

    /** Nobody agrees to what they have not opened since it was decided. PostgreSQL knows who asks. */
    private boolean readByWhoAsks(long person) {
        return jdbc.sql("""
                select acts_as_system() or exists (
                  select 1 from access_request r join audit_event a on a.action = 'access-request.read' and a.family_ref = r.family and a.subject = cast(r.id as text)
                   where r.person_id = :person and r.state = 'decided' and a.username = any((select asking('me'))::text[])
                     and a.at >= coalesce((select max(i.decided_at) from access_item i where i.request_id = r.id), r.opened_at))
                """).param("person", person).query(Boolean.class).single();
    }

    /** Once, within the first month, by up to two further months (UK GDPR article 12(3)). */
    private List<Problem> extension(String family, long person, LocalDate until) {
        org.thinkfamily.clock.Clock month = month(family, person).orElse(null);
        if (month == null) {
            return List.of(problem("/person", "q-person", "disclosure.extended.none"));
        }
        LocalDate first = month.startedOn().plusMonths(1);
        if (month.dueOn().isAfter(first)) {
            return List.of(problem("/person", "q-person", "disclosure.extended.once", Dates.day(month.dueOn())));
        }
        if (WorkingDays.dayOf(time.instant()).isAfter(first)) {
            return List.of(problem("/person", "q-person", "disclosure.extended.late", Dates.day(first)));
        }
        return until.isAfter(month.dueOn()) && !until.isAfter(first.plusMonths(2)) ? List.of()
                : List.of(problem("/extendedUntil", "q-extendedUntil-day", "disclosure.extended.until", Dates.day(month.dueOn()), Dates.day(first.plusMonths(2))));
    }

    private Optional<org.thinkfamily.clock.Clock> month(String family, long person) {
        return clocks.ofFamily(family).stream().filter(clock -> clock.name().equals("subject-access.answer") && Long.valueOf(person).equals(clock.person()))
                .filter(clock -> clock.metAt() == null && clock.stoppedAt() == null).findFirst();
    }

    private Long openRequest(long person) {
        return jdbc.sql("select id from access_request where person_id = :person and ended_at is null").param("person", person).query(Long.class).optional().orElse(null);
    }

    private Problem problem(String pointer, String field, String key, Object... values) {
        return new Problem(pointer, field, messages.getMessage(key, values, Locale.UK));
    }

    @EventListener
    void on(EntryFiled filed) {
        Entry entry = filed.entry();
        if (!entry.formKey().startsWith("subject-access-") || entry.supersedes() != null) {
            return;
        }
        governance.leaveToTheTeam(entry.family());
        if (entry.formKey().equals("subject-access-request")) {
            open(entry);
            return;
        }
        if (entry.formKey().equals(EXTENDED)) {
            org.thinkfamily.clock.Clock month = month(entry.family(), Long.parseLong(entry.answers().get("person").toString())).orElseThrow(NotAllowed::new);
            clocks.agreeDue(month.id(), LocalDate.parse(entry.answers().get("extendedUntil").toString()), entry.answers().get("why").toString(), entry.author());
            return;
        }
        Long id = openRequest(filed.subjects().get("person"));
        if (id == null) {
            throw new NotAllowed();
        }
        switch (entry.formKey()) {
            case "subject-access-identity" -> end(id, "no".equals(entry.answers().get("identityNow")), "withdrawn");
            case "subject-access-redacted" -> {
                boolean done = "done".equals(entry.answers().get("redaction"));
                end(id, !done, "withdrawn");
                if (done) {
                    jdbc.sql("update access_request set state = 'decided', decided_by = :by, checked_by = null where id = :id").param("by", entry.author()).param("id", id).update();
                }
            }
            case "subject-access-check" -> check(id, entry);
            case "subject-access-sent" -> end(id, true, "answered");
            default -> { }
        }
    }

    private void open(Entry entry) {
        long person = Long.parseLong(entry.answers().get("person").toString());
        Actor officer = actors.find(entry.author()).orElseThrow(NotAllowed::new);
        governance.require(officer);
        Set<Long> people = holdings.people(person);
        List<String> families = jdbc.sql("select distinct family_ref from family_member where person_id = any(:people) order by 1").param("people", people.toArray(Long[]::new)).query(String.class).list();
        families.forEach(family -> {
            governance.involve(officer, family);
            audit.record(officer, "governance.take-on", family, entry.id());
        });
        long id = jdbc.sql("insert into access_request (family, person_id, received_on, state, opened_at) values (:family, :person, :received, 'open', :at) returning id")
                .param("family", entry.family()).param("person", person).param("received", LocalDate.parse(entry.answers().get("receivedOn").toString())).param("at", now()).query(Long.class).single();
        holdings.collect(id, people, families);
    }

    /** Whoever decided about an item is no second reader, whatever role they hold. */
    private void check(long id, Entry entry) {
        if (jdbc.sql("select exists (select 1 from access_item where request_id = :id and decided_by = :who) or exists (select 1 from access_request where id = :id and (decided_by = :who or state <> 'decided'))")
                .param("id", id).param("who", entry.author()).query(Boolean.class).single()) {
            throw new NotAllowed();
        }
        boolean agreed = "agree".equals(entry.answers().get("checkOutcome"));
        jdbc.sql("update access_request set state = :state, checked_by = case when :agreed then :by end where id = :id").param("state", agreed ? "checked" : "open").param("agreed", agreed)
                .param("by", entry.author()).param("id", id).update();
    }

    private void end(long id, boolean ends, String state) {
        if (ends) {
            jdbc.sql("update access_request set state = :state, ended_at = :at where id = :id").param("state", state).param("at", now()).param("id", id).update();
        }
    }

    private Timestamp now() {
        return Timestamp.from(time.instant());
    }
}
