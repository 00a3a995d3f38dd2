package org.thinkfamily.record;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.family.Facts;
import org.thinkfamily.forms.Form;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The entries of the record. Who calls has asked the policy about the family. */
@Component
public class Entries {

    private static final TypeReference<Map<String, Object>> ANSWERS = new TypeReference<>() { };

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Facts facts;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Clock time;

    Entries(JdbcClient jdbc, JsonMapper json, Facts facts, Audit audit, ApplicationEventPublisher events, Clock time) {
        this.jdbc = jdbc;
        this.json = json;
        this.facts = facts;
        this.audit = audit;
        this.events = events;
        this.time = time;
    }

    /** Where an entry comes from: the step of a process, and whom that is about. {@code processId} and {@code workId} may be null at a start. */
    public record Step(String family, String title, String processKey, String processId, String stepKey, String workId, String deploymentId, int formVersion, String role,
            Map<String, Long> subjects) { }

    /** What filing did. {@code subjects}: the people of the process, with those the answers added. */
    public record Filed(Entry entry, Map<String, Long> subjects) { }

    /** Files answers that were checked against the form: takes their facts, writes the entry, tells the features, writes the audit. */
    @Transactional
    public Filed file(Step step, Form form, Map<String, Object> answers, Actor author) {
        return file(step, form, answers, author, null, null);
    }

    /**
     * Files a correction, which takes the place of {@code corrected}.
     *
     * @param reason why, in the author's words
     */
    @Transactional
    public Filed correct(Entry corrected, Step step, Form form, Map<String, Object> answers, Actor author, String reason) {
        return file(step, form, answers, author, corrected.id(), reason);
    }

    private Filed file(Step step, Form form, Map<String, Object> answers, Actor author, Long supersedes, String reason) {
        Facts.Taken taken = facts.take(form, answers, step.family(), step.subjects(), step.title(), author.username());
        Instant now = time.instant();
        String service = author.serviceName() == null ? "" : author.serviceName();
        Long id = jdbc.sql("""
                insert into entry (family_ref, title, process_key, process_id, step_key, work_id, form_key, form_version, deployment_id, about, answers,
                                   author, author_name, role, service, filed_at, supersedes, reason)
                values (:family, :title, :process, :processId, :step, :work, :form, :version, :deployment, :about, cast(:answers as jsonb),
                        :author, :authorName, :role, :service, :at, :supersedes, :reason)
                returning id
                """)
                .param("family", step.family()).param("title", step.title()).param("process", step.processKey()).param("processId", step.processId())
                .param("step", step.stepKey()).param("work", step.workId()).param("form", form.id()).param("version", step.formVersion())
                .param("deployment", step.deploymentId()).param("about", taken.about().toArray(Long[]::new)).param("answers", json.writeValueAsString(taken.answers()))
                .param("author", author.username()).param("authorName", author.name()).param("role", step.role()).param("service", service)
                .param("at", Timestamp.from(now)).param("supersedes", supersedes).param("reason", reason)
                .query(Long.class).single();
        Entry entry = new Entry(id, step.family(), step.title(), step.processKey(), step.processId(), step.stepKey(), form.id(), step.formVersion(), step.deploymentId(),
                taken.about(), taken.answers(), author.username(), author.name(), step.role(), service, now, supersedes, reason, null);
        events.publishEvent(new EntryFiled(entry, taken.subjects()));
        audit.record(author, supersedes == null ? "entry.file" : "entry.correct", step.family(), id);
        return new Filed(entry, taken.subjects());
    }

    /** The copied answers of an entry {@code e} that somebody has said are right. */
    private static final String CONFIRMED = """
            array(select c.list_key || '/' || c.person_id || '/' || c.question_key from copy_confirmed c where c.entry_id = e.id) as confirmed
            """;

    private static final String SELECT = """
            select e.*, (select s.id from entry s where s.supersedes = e.id) as superseded_by,
            """ + CONFIRMED + """
              from entry e
            """;

    /** Newest first; those before the entry with id {@code before} (null: from the newest). */
    public List<Entry> of(String family, Long before, int limit) {
        return jdbc.sql(SELECT + " where e.family_ref = :family and (cast(:before as bigint) is null or e.id < :before) order by e.id desc limit :limit")
                .param("family", family).param("before", before).param("limit", limit).query(this::entry).list();
    }

    /** How many entries a family has. */
    public long count(String family) {
        return jdbc.sql("select count(*) from entry where family_ref = :family").param("family", family).query(Long.class).single();
    }

    /** How many entries of a family, not superseded, gave that answer to a question of that form since a moment. */
    public int answered(String family, String form, String question, String code, Instant since) {
        return jdbc.sql("""
                select count(*) from entry e
                 where e.family_ref = :family and e.form_key = :form and e.answers ->> :question = :code and e.filed_at >= :since
                   and not exists (select 1 from entry s where s.supersedes = e.id)
                """).param("family", family).param("form", form).param("question", question).param("code", code).param("since", Timestamp.from(since)).query(Integer.class).single();
    }

    /** The id of the task in which an entry was filed; empty for a start or a reported change. */
    public Optional<String> task(long id) {
        return jdbc.sql("select work_id from entry where id = :id and work_id is not null").param("id", id).query(String.class).optional();
    }

    /** What an entry says now: itself, or what corrected it last. */
    public Optional<Entry> asItIsNow(String family, long id) {
        return jdbc.sql(SELECT + """
                 where e.family_ref = :family and e.id = (
                   with recursive said as (select :id as id union all select s.id from entry s join said on s.supersedes = said.id) select max(id) from said)
                """).param("family", family).param("id", id).query(this::entry).optional();
    }

    /** One entry of that family, or empty. */
    public Optional<Entry> one(String family, long id) {
        return jdbc.sql(SELECT + " where e.family_ref = :family and e.id = :id").param("family", family).param("id", id).query(this::entry).optional();
    }

    /** The newest entry, not superseded, of a family made with a form; with a person, one that is about them. */
    public Optional<Entry> newest(String family, String form, Long person) {
        return jdbc.sql(SELECT + """
                 where e.family_ref = :family and e.form_key = :form and (cast(:person as bigint) is null or :person = any(e.about))
                   and not exists (select 1 from entry s where s.supersedes = e.id)
                 order by e.id desc limit 1
                """).param("family", family).param("form", form).param("person", person).query(this::entry).optional();
    }

    /** Of each of these forms the newest entry about a person that is not superseded, oldest first. */
    public List<Entry> newest(String family, Collection<String> forms, long person) {
        return jdbc.sql("""
                select * from (
                  select distinct on (e.form_key) e.*, cast(null as bigint) as superseded_by,
                """ + CONFIRMED + """
                    from entry e
                   where e.family_ref = :family and e.form_key in (:forms) and :person = any(e.about)
                     and not exists (select 1 from entry s where s.supersedes = e.id)
                   order by e.form_key, e.id desc) newest
                 order by id
                """).param("family", family).param("forms", forms).param("person", person).query(this::entry).list();
    }

    /** The newest entry, not superseded, that was made with a form in a process. */
    public Optional<Entry> newestOf(String process, String form) {
        return jdbc.sql(SELECT + """
                 where e.process_id = :process and e.form_key = :form and not exists (select 1 from entry s where s.supersedes = e.id)
                 order by e.id desc limit 1
                """).param("process", process).param("form", form).query(this::entry).optional();
    }

    /**
     * The entries made with a form, not superseded: the newest about each set of people, at most 10, newest first. With a child, those about that child or
     * about nobody in particular.
     */
    public List<Entry> newestOfEach(String family, String form, Long child) {
        return jdbc.sql("""
                select * from (
                  select distinct on (e.about) e.*, cast(null as bigint) as superseded_by,
                """ + CONFIRMED + """
                    from entry e
                   where e.family_ref = :family and e.form_key = :form
                     and (cast(:child as bigint) is null or :child = any(e.about) or e.about = '{}')
                     and not exists (select 1 from entry s where s.supersedes = e.id)
                   order by e.about, e.id desc) newest
                 order by id desc limit 10
                """).param("family", family).param("form", form).param("child", child).query(this::entry).list();
    }

    /** Every entry in force: for each form and set of people the newest that is not superseded, newest first, at most 200. */
    public List<Entry> inForce(String family) {
        return jdbc.sql("""
                select * from (
                  select distinct on (e.form_key, e.about) e.*, cast(null as bigint) as superseded_by,
                """ + CONFIRMED + """
                    from entry e
                   where e.family_ref = :family and not exists (select 1 from entry s where s.supersedes = e.id)
                   order by e.form_key, e.about, e.id desc) newest
                 order by id desc limit 200
                """).param("family", family).query(this::entry).list();
    }

    /** Where what is known of a person comes from. {@code entry}: the entry that said it, or null when it was none of this family's. */
    public record FactSource(long person, String source, LocalDate on, Long entry) { }

    /** The newest source of the facts of each person of a family. */
    public List<FactSource> factSources(String family) {
        return jdbc.sql("""
                select distinct on (s.person_id) s.person_id as person, s.source, s.said_on as on,
                       (select max(e.id) from entry e where e.family_ref = :family and e.author = s.said_by and e.title = s.source
                           and cast(e.filed_at at time zone 'Europe/London' as date) = s.said_on and s.person_id = any(e.about)) as entry
                  from fact_source s join family_member m on m.person_id = s.person_id
                 where m.family_ref = :family order by s.person_id, s.said_on desc
                """).param("family", family).query(FactSource.class).list();
    }

    /** What was filed at one time: as it stands now, and what it corrected, oldest first. */
    public record Told(Entry now, List<Entry> before) { }

    /**
     * A family's history, oldest first: a correction stands where what it corrects stood.
     *
     * @param after the first filing of the last one told before ({@link Entry#id}); null: from the beginning
     */
    public List<Told> story(String family, Long after, int limit) {
        Map<Long, List<Entry>> chains = new LinkedHashMap<>();
        jdbc.sql("""
                with recursive roots as (
                  select id from entry where family_ref = :family and supersedes is null and (cast(:after as bigint) is null or id > :after) order by id limit :limit),
                chain as (
                  select id as root, id from roots
                  union all select c.root, s.id from chain c join entry s on s.supersedes = c.id)
                select e.*, c.root, (select s.id from entry s where s.supersedes = e.id) as superseded_by,
                """ + CONFIRMED + """
                  from chain c join entry e on e.id = c.id order by c.root, e.id
                """).param("family", family).param("after", after).param("limit", limit)
                .query((row, n) -> chains.computeIfAbsent(row.getLong("root"), root -> new ArrayList<>()).add(entry(row, n))).list();
        return chains.values().stream().map(chain -> new Told(chain.get(chain.size() - 1), List.copyOf(chain.subList(0, chain.size() - 1)))).toList();
    }

    /**
     * Says that a copied answer is right for the person it was copied to. Saying it twice changes nothing.
     *
     * @param list the list in which it stands, with {@code person} of its row; empty for an answer outside lists, with the person whose answer it was
     * @return whether the entry holds such a copy that nobody had confirmed
     */
    @Transactional
    public boolean confirmCopy(Entry entry, String list, String question, long person, Actor actor) {
        boolean copy = list.isEmpty() ? entry.answers().get("copied") instanceof Map<?, ?> whole && String.valueOf(person).equals(String.valueOf(whole.get(question)))
                : entry.answers().get(list) instanceof List<?> rows && rows.stream().anyMatch(row -> row instanceof Map<?, ?> map
                && String.valueOf(person).equals(String.valueOf(map.get("person"))) && map.get("copied") instanceof Map<?, ?> marks && marks.containsKey(question));
        if (!copy) {
            return false;
        }
        jdbc.sql("""
                insert into copy_confirmed (entry_id, list_key, question_key, person_id, confirmed_by, confirmed_at)
                values (:entry, :list, :question, :person, :by, :at) on conflict do nothing
                """).param("entry", entry.id()).param("list", list).param("question", question).param("person", person).param("by", actor.username())
                .param("at", Timestamp.from(time.instant())).update();
        audit.record(actor, "copy.confirm", entry.family(), entry.id());
        return true;
    }

    /** The answers without the marks of copies that were confirmed since. */
    private static Map<String, Object> unmarked(Map<String, Object> answers, String[] confirmed) {
        for (String one : confirmed) {
            String[] parts = one.split("/", 3);
            if (parts[0].isEmpty() && answers.get("copied") instanceof Map<?, ?> marks) {
                marks.remove(parts[2]);
                if (marks.isEmpty()) {
                    answers.remove("copied");
                }
            } else if (answers.get(parts[0]) instanceof List<?> rows) {
                rows.forEach(row -> {
                    if (row instanceof Map<?, ?> map && parts[1].equals(String.valueOf(map.get("person"))) && map.get("copied") instanceof Map<?, ?> marks) {
                        marks.remove(parts[2]);
                    }
                });
            }
        }
        return answers;
    }

    private Entry entry(ResultSet row, int n) throws SQLException {
        Array about = row.getArray("about");
        return new Entry(row.getLong("id"), row.getString("family_ref"), row.getString("title"), row.getString("process_key"), row.getString("process_id"),
                row.getString("step_key"), row.getString("form_key"), row.getInt("form_version"), row.getString("deployment_id"),
                new LinkedHashSet<>(Set.of((Long[]) about.getArray())), unmarked(json.readValue(row.getString("answers"), ANSWERS), (String[]) row.getArray("confirmed").getArray()),
                row.getString("author"), row.getString("author_name"), row.getString("role"), row.getString("service"), row.getTimestamp("filed_at").toInstant(),
                (Long) row.getObject("supersedes"), row.getString("reason"), (Long) row.getObject("superseded_by"));
    }
}
