package org.thinkfamily.disclosure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.family.FamilyQuestions;
import org.thinkfamily.forms.AnswersView;
import org.thinkfamily.forms.Form;
import org.thinkfamily.forms.FormContext;
import org.thinkfamily.overview.FactWords;
import org.thinkfamily.pathway.DecisionRules;
import org.thinkfamily.pathway.WithholdingTable;
import org.thinkfamily.record.Decisions;
import org.thinkfamily.record.Entries;
import org.thinkfamily.record.Entry;
import org.thinkfamily.worklist.ReleasedForms;

/**
 * What is held about a person, item by item. An item points to its original and holds nothing of it, so that originals are read as they stand and never changed. Who calls
 * has asked the policy.
 */
@Component
class Holdings {

    /** Why an answer about somebody else starts as withheld: a code that reasons name in {@code starts}, beside the restrictions of answers. */
    private static final String ANOTHER = "another-person";

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Entries entries;
    private final ReleasedForms forms;
    private final FamilyQuestions questions;
    private final FactWords words;
    private final WithholdingTable reasons;
    private final Decisions decisions;
    private final DecisionRules rules;
    private final MessageSource messages;

    Holdings(JdbcClient jdbc, JdbcTemplate batches, Entries entries, ReleasedForms forms, FamilyQuestions questions, FactWords words, WithholdingTable reasons, Decisions decisions, DecisionRules rules,
            MessageSource messages) {
        this.decisions = decisions;
        this.rules = rules;
        this.jdbc = jdbc;
        this.batches = batches;
        this.entries = entries;
        this.forms = forms;
        this.questions = questions;
        this.words = words;
        this.reasons = reasons;
        this.messages = messages;
    }

    private record Found(String kind, String family, Long entry, String source, String restricted) { }

    /** Brings together everything held about a person in these families. What is restricted, or about somebody else, also an entry about another adult as well, starts as withheld. */
    void collect(long request, Set<Long> people, Collection<String> families) {
        Long[] ids = people.toArray(Long[]::new);
        String[] refs = families.toArray(String[]::new);
        List<Found> found = new ArrayList<>(jdbc.sql("""
                select kind, family, entry, source, restricted from (
                  select 1 as turn, p.id as number, 'fact' as kind, m.ref as family, cast(null as bigint) as entry, one.source || '-' || p.id as source, cast(null as text) as restricted
                    from person p cross join (select min(r) as ref from unnest(cast(:families as text[])) r) m
                   cross join lateral (values ('person.name', true), ('person.born', p.date_of_birth is not null), ('person.number', p.nhs_number is not null)) one (source, there)
                   where p.id = any(:people) and one.there
                  union all select 2, f.id, 'fact', f.family_ref, null, 'fact-' || f.id, null from person_fact f
                   where f.person_id = any(:people) and f.family_ref = any(:families) and not (f.replaced_at is null and f.fact in ('firstName', 'lastName', 'dateOfBirth', 'nhsNumber'))
                  union all select 3, n.id, 'fact', n.family_ref, null, 'name-' || n.id, null from person_other_name n where n.person_id = any(:people) and n.family_ref = any(:families)
                  union all select 4, a.id, 'fact', a.family_ref, null, 'address-' || a.id, case when a.withheld then 'withheld-address' end from person_address a
                   where a.person_id = any(:people) and a.family_ref = any(:families)
                  union all select 5, h.id, 'event', h.family_ref, null, 'event-' || h.id, null from history_event h
                   where h.family_ref = any(:families) and (h.about = '{}' or h.about && :people)
                  union all select 6, d.id, 'decision', d.family_ref, null, 'decision-' || d.id, null from decision_taken d
                   where d.family_ref = any(:families) and (d.person_id is null or d.person_id = any(:people))
                  union all select 7, o.id, 'mail', o.family_ref, null, 'mail-' || o.id, null from outgoing_mail o where o.family_ref = any(:families)) held
                 order by turn, number, source
                """).param("people", ids).param("families", refs).query(Found.class).list());
        Map<String, FormContext> contexts = new HashMap<>();
        record Named(String family, long id, boolean another) { }
        jdbc.sql("""
                select e.family_ref as family, e.id, exists (select 1 from family_member m where m.family_ref = e.family_ref and m.position = 'adult' and m.person_id = any(e.about) and m.person_id <> all(:people)) as another
                  from entry e where e.family_ref = any(:families) and (e.about = '{}' or e.about && :people) and e.process_key not in ('subject-access', 'destruction') order by e.filed_at, e.id
                """).param("people", ids).param("families", refs).query(Named.class).list().forEach(named -> {
            Entry entry = entries.one(named.family(), named.id()).orElseThrow();
            lines(entry, contexts, people).forEach((field, line) -> found.add(new Found("answer", named.family(), entry.id(), field, line.restricted() != null ? line.restricted() : line.another() || named.another() ? ANOTHER : null)));
            found.addAll(jdbc.sql("select 'file' as kind, family_ref as family, entry_id as entry, 'file-' || id as source, restricted from attachment where entry_id = :entry order by id")
                    .param("entry", entry.id()).query(Found.class).list());
        });
        Map<String, List<WithholdingTable.Reason>> starts = new HashMap<>();
        List<Object[]> rows = new ArrayList<>();
        for (Found one : found) {
            String reason = one.restricted() == null ? null : starts.computeIfAbsent(one.kind(), reasons::reasons).stream().filter(each -> each.starts().contains(one.restricted())).map(WithholdingTable.Reason::code)
                    .findFirst().orElse("serious-harm");
            rows.add(new Object[] {request, rows.size() + 1, one.kind(), one.family(), one.entry(), one.source(), one.restricted(), reason == null ? null : "withhold", reason});
        }
        batches.batchUpdate("insert into access_item (request_id, position, kind, family, entry, source, restricted, decision, reason) values (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows);
    }

    private record Line(String heading, boolean another, AnswersView.Line line, String restricted) { }

    /** The answers of an entry by their field, with the restriction under which each stands or disappears. */
    private Map<String, Line> lines(Entry entry, Map<String, FormContext> contexts, Set<Long> people) {
        Form form = forms.get(entry.deploymentId(), entry.formKey()).form();
        FormContext context = contexts.computeIfAbsent(entry.family() + ' ' + entry.deploymentId() + ' ' + entry.formKey(), key -> questions.context(form, entry.family(), Map.of()));
        Map<String, String> restricted = new HashMap<>();
        List<AnswersView.Block> all = blocks(form, entry, context, null);
        form.properties("restricted").forEach(restriction -> {
            Set<String> left = blocks(form, entry, context, restriction).stream().flatMap(block -> block.lines().stream()).map(AnswersView.Line::field).collect(Collectors.toCollection(HashSet::new));
            all.forEach(block -> block.lines().stream().filter(line -> !left.contains(line.field())).forEach(line -> restricted.putIfAbsent(line.field(), restriction)));
        });
        Map<String, Line> lines = new LinkedHashMap<>();
        all.forEach(block -> block.lines().forEach(line -> lines.put(line.field(),
                new Line(block.heading(), block.card() && !(block.person() != null && people.contains(block.person())), line, restricted.get(line.field())))));
        return lines;
    }

    private static List<AnswersView.Block> blocks(Form form, Entry entry, FormContext context, String without) {
        return AnswersView.of(form, entry.answers(), context, restriction -> !restriction.equals(without)).answered().blocks();
    }

    /** The person who is asked about, under each number they were recorded with. */
    Set<Long> people(long person) {
        return Set.copyOf(jdbc.sql("select id from person where :person in (id, merged_into)").param("person", person).query(Long.class).list());
    }

    /** What these items say, in their order; without those whose original is no longer there. */
    List<Held> read(List<Item> items, Set<Long> people) {
        Map<String, FormContext> contexts = new HashMap<>();
        Map<Long, Map<String, Line>> lines = new HashMap<>();
        Map<Long, Entry> read = new HashMap<>();
        Map<String, Told> told = told(items);
        return items.stream().map(item -> {
            if (!item.kind().equals("answer")) {
                Told one = told.get(item.source());
                return one == null ? null : new Held(item, say("disclosure.kind." + item.kind()), null, null, false, one.label(), one.texts());
            }
            Entry entry = read.computeIfAbsent(item.entry(), id -> entries.one(item.family(), id).orElse(null));
            Line line = entry == null ? null : lines.computeIfAbsent(entry.id(), id -> lines(entry, contexts, people)).get(item.source());
            return line == null ? null : new Held(item, entry.title(), say("disclosure.by", entry.authorName(), entry.service(), Dates.day(entry.filedAt())), line.heading(), line.another(), line.line().question(),
                    line.line().answers().stream().flatMap(answer -> paragraphs(answer)).toList());
        }).filter(Objects::nonNull).toList();
    }

    static Stream<String> paragraphs(String text) {
        return Arrays.stream(text.split("\\R")).map(String::strip).filter(each -> !each.isEmpty());
    }

    private record Told(String source, String label, List<String> texts) { }

    private record Row(String source, String what, String value, String more, java.time.LocalDate since) { }

    /** What is no answer, by where it stands: two queries for each page. */
    private Map<String, Told> told(List<Item> items) {
        String[] sources = items.stream().filter(item -> !item.kind().equals("answer")).map(Item::source).toArray(String[]::new);
        if (sources.length == 0) {
            return Map.of();
        }
        Stream<Told> decided = decisions.all(numbers(sources, "decision-")).stream()
                .map(kept -> new Told("decision-" + kept.id(), kept.taken().name() + ", " + Dates.day(kept.decidedAt()), rules.sentences(kept.taken())));
        return Stream.concat(decided, jdbc.sql("""
                select 'person.name-' || p.id as source, 'name' as what, p.first_name || ' ' || p.last_name as value, null as more, cast(null as date) as since from person p where 'person.name-' || p.id = any(:sources)
                union all select 'person.born-' || p.id, 'dateOfBirth', p.date_of_birth::text, null, null from person p where 'person.born-' || p.id = any(:sources)
                union all select 'person.number-' || p.id, 'nhsNumber', p.nhs_number, null, null from person p where 'person.number-' || p.id = any(:sources)
                union all select 'fact-' || f.id, f.fact, f.value, f.source, f.said_on from person_fact f where f.id = any(cast(:facts as bigint[]))
                union all select 'name-' || n.id, 'otherName', n.first_name || ' ' || n.last_name, n.source, n.said_on from person_other_name n where n.id = any(cast(:names as bigint[]))
                union all select 'address-' || a.id, 'address', a.address, a.source, a.from_on from person_address a where a.id = any(cast(:addresses as bigint[]))
                union all select 'event-' || h.id, 'event', h.title || coalesce(E'\\n' || h.detail, ''), h.source, h.happened_on from history_event h where h.id = any(cast(:events as bigint[]))
                union all select 'mail-' || o.id, 'mail', o.subject, null, cast(o.queued_at at time zone 'Europe/London' as date) from outgoing_mail o where o.id = any(cast(:mails as bigint[]))
                union all select 'file-' || t.id, 'file', t.name, null, cast(t.added_at at time zone 'Europe/London' as date) from attachment t where t.id = any(cast(:files as bigint[]))
                """).param("sources", sources).param("facts", numbers(sources, "fact-")).param("names", numbers(sources, "name-")).param("addresses", numbers(sources, "address-"))
                .param("events", numbers(sources, "event-")).param("files", numbers(sources, "file-")).param("mails", numbers(sources, "mail-")).query(Row.class).list().stream()
                .map(this::told)).collect(Collectors.toMap(Told::source, one -> one));
    }

    private static Long[] numbers(String[] sources, String kind) {
        return Arrays.stream(sources).filter(source -> source.startsWith(kind)).map(source -> Long.valueOf(source.substring(kind.length()))).toArray(Long[]::new);
    }

    private Told told(Row row) {
        boolean fact = row.source().startsWith("fact-") || row.source().startsWith("person.");
        List<String> texts = new ArrayList<>(paragraphs(fact ? words.value(row.what(), row.value()) : row.value()).toList());
        if (row.more() != null && !row.more().isBlank()) {
            texts.add(say("disclosure.source", row.more(), Dates.day(row.since())));
        }
        return new Told(row.source(), fact && !row.what().equals("name") ? words.name(row.what())
                : Set.of("event", "file", "mail").contains(row.what()) ? Dates.day(row.since()) : say("disclosure.fact." + row.what()), texts);
    }

    private String say(String key, Object... values) {
        return messages.getMessage(key, values, Locale.UK);
    }
}
