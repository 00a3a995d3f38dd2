package org.thinkfamily.worklist;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Acting;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Actors;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.access.Policy;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.FamilyQuestions;
import org.thinkfamily.family.Involvements;
import org.thinkfamily.family.Person;
import org.thinkfamily.forms.Advice;
import org.thinkfamily.forms.Answers;
import org.thinkfamily.forms.AnswersView;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.forms.Form;
import org.thinkfamily.forms.FormContext;
import org.thinkfamily.forms.KnownList;
import org.thinkfamily.pathway.Pathway;
import org.thinkfamily.record.Entries;
import org.thinkfamily.record.Entry;

/** Filling in forms: from the first question to the filed entry. Filing, facts, audit, worklist and engine are one transaction. */
@Component
public class Fillings {

    private final WorkItems items;
    private final ReleasedForms forms;
    private final Drafts drafts;
    private final Pathway pathway;
    private final Entries entries;
    private final Families families;
    private final FamilyQuestions questions;
    private final Involvements involvements;
    private final Policy policy;
    private final Actors actors;
    private final Audit audit;
    private final JdbcClient jdbc;
    private final Clock time;
    private final AnswerChecks checks;
    private final List<Advice> advice;
    private final List<KnownList> lists;

    Fillings(WorkItems items, ReleasedForms forms, Drafts drafts, Pathway pathway, Entries entries, Families families, FamilyQuestions questions,
            Involvements involvements, Policy policy, Actors actors, Audit audit, JdbcClient jdbc, Clock time, AnswerChecks checks, List<Advice> advice,
            List<KnownList> lists) {
        this.lists = lists;
        this.advice = advice;
        this.items = items;
        this.forms = forms;
        this.drafts = drafts;
        this.pathway = pathway;
        this.entries = entries;
        this.families = families;
        this.questions = questions;
        this.involvements = involvements;
        this.policy = policy;
        this.actors = actors;
        this.audit = audit;
        this.jdbc = jdbc;
        this.time = time;
        this.checks = checks;
    }

    /** Somebody else did it, holds it, or it is no longer needed. */
    public static class Taken extends RuntimeException {

        private final transient WorkItem item;

        Taken(WorkItem item) {
            super("taken", null, false, false);
            this.item = item;
        }

        public WorkItem item() {
            return item;
        }
    }

    /** No process of the family waits for this message. */
    public static class NothingWaits extends RuntimeException {
        NothingWaits() {
            super("nothing waits", null, false, false);
        }
    }

    /** The form of a task the actor may see. @throws NotFound otherwise */
    public Filling task(Actor actor, String id) {
        return of(items.one(actor, id).orElseThrow(NotFound::new));
    }

    public Filling of(WorkItem item) {
        return Filling.of(item, forms.get(item.deploymentId(), item.form()), pathway.without(item.definitionId(), item.step()));
    }

    /**
     * The form that starts a process.
     *
     * @param family the family it is started for; null to start with a new one
     * @throws NotFound when the actor may not start it, or may not see the family; who sees it only in an emergency starts nothing but what protects somebody
     */
    public Filling start(Actor actor, String key, String family) {
        Pathway.Startable start = pathway.startable(actor.roles()).stream().filter(each -> each.key().equals(key)).findFirst().orElseThrow(NotFound::new);
        if (family != null) {
            policy.requireFamily(actor, family);
            if (!start.protects() && policy.onlyInEmergency(actor, family)) {
                throw new NotFound();
            }
        } else if (start.needsFamily()) {
            throw new NotFound();
        }
        return Filling.of(start, family, forms.get(start.deploymentId(), start.form()), checks.without(start.form(), family));
    }

    /** The form that starts a process, to read without a family; its choices and rows of people are empty. @throws NotFound when the actor may not start it */
    public Filling startToRead(Actor actor, String key) {
        Pathway.Startable start = pathway.startable(actor.roles()).stream().filter(each -> each.key().equals(key)).findFirst().orElseThrow(NotFound::new);
        return Filling.of(start, null, forms.get(start.deploymentId(), start.form()), List.of());
    }

    /** The changes this actor may report for a family now. The caller has asked the policy about the family. */
    public List<Pathway.Awaited> changes(Actor actor, String family) {
        boolean emergency = policy.onlyInEmergency(actor, family);
        return pathway.awaited(family).stream().filter(message -> message.form() != null && actor.hasAny(message.roles()) && (message.protects() || !emergency))
                .collect(Collectors.toMap(Pathway.Awaited::message, each -> each, (first, same) -> first, LinkedHashMap::new)).values().stream().toList();
    }

    /** The form that reports a change. @throws NotFound when the actor may not, or nothing waits for it */
    public Filling change(Actor actor, String family, String message) {
        policy.requireFamily(actor, family);
        Pathway.Awaited awaited = changes(actor, family).stream().filter(each -> each.message().equals(message)).findFirst().orElseThrow(NotFound::new);
        return Filling.of(awaited, family, forms.get(awaited.deploymentId(), awaited.form()));
    }

    /** Writes into the audit that somebody opened the form of a family, with what it knows of the family. */
    public void read(Actor actor, Filling filling) {
        boolean task = filling.task() != null;
        audit.record(actor, task ? "task.read" : "form.read", filling.family(), task ? filling.task().id() : filling.form().id());
    }

    /** Writes into the audit that somebody opened the form to print it, with what it knows of a family. */
    public void print(Actor actor, Filling filling) {
        audit.record(actor, "form.print", filling.family(), filling.task() == null ? filling.form().id() : filling.task().id());
    }

    /** Whom a form is about, by name, relation and age: the people of the step or those the answers name, and the whole family where none of them is a child. */
    public List<String> identity(Filling filling, Map<String, Object> answers) {
        if (filling.family() == null) {
            return List.of();
        }
        Set<String> chosen = filling.form().questions().stream().filter(question -> question.isRoute() && question.valuesKey() != null && question.valuesKey().startsWith("family."))
                .map(question -> answers.get(question.key())).filter(Objects::nonNull).map(String::valueOf).collect(Collectors.toSet());
        filling.subjects().values().forEach(person -> chosen.add(String.valueOf(person)));
        List<Person> people = families.people(filling.family());
        List<Person> meant = people.stream().filter(person -> chosen.contains(String.valueOf(person.id()))).toList();
        return (meant.stream().noneMatch(Person::child) ? people : meant).stream().map(questions::identity).toList();
    }

    public FormContext context(Filling filling) {
        return questions.context(filling.form(), filling.family(), filling.subjects()).advisedBy((name, answers) -> advice.stream().filter(each -> each.name().equals(name)).findFirst()
                .map(each -> each.of(filling.family(), filling.process(), answers)).orElse(Advice.Said.NOTHING))
                .listing(lists.stream().filter(list -> filling.form().properties("rows").contains(list.name()))
                        .collect(Collectors.toMap(KnownList::name, list -> list.of(filling.family(), filling.subjects()))));
    }

    /** What stands in the form for this person: what is known, with the own draft over it. */
    public Map<String, Object> answers(Filling filling, FormContext context, Actor actor) {
        Map<String, Object> initial = Answers.initial(filling.form(), context);
        return drafts.find(filling.subject(), actor.username()).map(draft -> Answers.over(filling.form(), initial, draft.answers())).orElse(initial);
    }

    /** What this person has typed and not filed; empty when there is nothing. */
    public Map<String, Object> draft(Filling filling, Actor actor) {
        return drafts.find(filling.subject(), actor.username()).map(Drafts.Draft::answers).orElse(Map.of());
    }

    public Optional<Instant> draftSavedAt(Filling filling, Actor actor) {
        return drafts.find(filling.subject(), actor.username()).map(Drafts.Draft::savedAt);
    }

    /** When this person last saved answers to a task without filing them, by id of the task. */
    public Map<String, Instant> taskDrafts(Actor actor) {
        Map<String, Instant> saved = new HashMap<>();
        drafts.of(actor.username()).forEach((subject, at) -> {
            if (subject.startsWith(Filling.TASK)) {
                saved.put(subject.substring(Filling.TASK.length()), at);
            }
        });
        return saved;
    }

    /** A start that somebody began and did not send. {@code family} is null for a new one. */
    public record Begun(Pathway.Startable start, String family, Instant savedAt) { }

    /** The starts this person began and did not send, the newest first; without those of families they may no longer see. */
    public List<Begun> begun(Actor actor) {
        Map<String, Instant> saved = drafts.of(actor.username());
        List<Pathway.Startable> startable = pathway.startable(actor.roles());
        return saved.entrySet().stream().flatMap(draft -> startable.stream().filter(start -> draft.getKey().startsWith(Filling.START + start.key() + ":")).map(start -> {
            String family = draft.getKey().substring((Filling.START + start.key() + ":").length());
            return new Begun(start, family.equals(Filling.NEW) ? null : family, draft.getValue());
        })).filter(begun -> begun.family() == null || policy.maySee(actor, begun.family())).toList();
    }

    /** Throws away what this person typed into a form and did not file. */
    @Transactional
    public void discard(Filling filling, Actor actor) {
        drafts.delete(filling.subject(), actor.username());
        audit.record(actor, "draft.discard", filling.family(), filling.subject());
    }

    /** Keeps answers as they are, unchecked. A task that is done takes no more drafts, but what was saved stays. That a draft was begun is written into the audit, each change is not. */
    @Transactional
    public void saveDraft(Filling filling, Actor actor, Map<String, Object> answers) {
        if (drafts.save(filling.subject(), actor.username(), answers)) {
            audit.record(actor, "draft.begin", filling.family(), filling.subject());
        }
    }

    /** Checks against the form, the record and what the features know. */
    public CheckedForm check(Filling filling, FormContext context, Map<String, Object> raw) {
        return checks.check(filling.form(), filling.family(), raw, context, filling.subjects(), null, filling.process().orElse(null));
    }

    /** What filing did. {@code entry} is null when it was a repetition of what this person had filed before. */
    public record Filed(String family, Long entry, String process) { }

    /**
     * Files accepted answers and lets the process go on.
     *
     * @param once for a start or a change: an id the browser or program chose, so that a repetition does nothing twice; may be null
     * @throws Taken when the task is with somebody else, done or gone; nothing is filed then
     * @throws NotAllowed when the actor holds none of the roles
     * @throws Pathway.RunsAlready when there is one such process at a time and one runs; nothing is filed then
     * @throws NothingWaits when the change is no longer waited for; nothing is filed then
     */
    @Transactional
    public Filed file(Filling filling, CheckedForm checked, Actor actor, String once) {
        if (!checked.isAccepted()) {
            throw new IllegalArgumentException("answers with problems are not filed");
        }
        return Acting.asSystem("file a form", () -> filed(filling, checked, actor, once));
    }

    private Filed filed(Filling filling, CheckedForm checked, Actor actor, String once) {
        if (filling.task() != null) {
            return complete(filling, checked, actor);
        }
        if (!actor.hasAny(filling.roles())) {
            throw new NotAllowed();
        }
        if (once != null && jdbc.sql("insert into repeated_request (username, key, at, digest) values (:user, :key, :now, '') on conflict do nothing")
                .param("user", actor.username()).param("key", filling.subject() + once).param("now", Timestamp.from(time.instant())).update() == 0) {
            return new Filed(filling.family(), null, null);
        }
        return filling.start() != null ? startProcess(filling, checked, actor) : new Filed(filling.family(), report(filling, checked, actor).entry(), null);
    }

    /**
     * Whether somebody else must do the task, because this person did what it is a second look at. Where nobody else holds the role, nobody is kept from it.
     *
     * @return the title of what they did; empty when they may do the task
     */
    public Optional<String> barred(Actor actor, WorkItem task) {
        List<String> notBy = pathway.notBy(task.definitionId(), task.step());
        if (notBy.isEmpty()) {
            return Optional.empty();
        }
        return jdbc.sql("""
                select title from entry
                 where process_id = :process and form_key = any(:notBy) and author = :actor
                   and exists (select 1 from user_role r join app_user u using (username) where r.role = :role and u.enabled and u.username <> :actor)
                 order by id desc limit 1
                """).param("process", task.processId()).param("notBy", notBy.toArray(String[]::new)).param("actor", actor.username()).param("role", task.role())
                .query(String.class).optional();
    }

    private void requireOther(Actor actor, WorkItem task) {
        if (barred(actor, task).isPresent()) {
            throw new NotAllowed();
        }
    }

    private Filed complete(Filling filling, CheckedForm checked, Actor actor) {
        WorkItem task = filling.task();
        if (!task.open()) {
            if (actor.username().equals(task.doneBy())) {
                return new Filed(task.family(), task.entry(), task.processId());
            }
            throw new Taken(task);
        }
        if (!mayDo(actor, task)) {
            throw task.assignee() == null ? new NotAllowed() : new Taken(task);
        }
        requireOther(actor, task);
        if (task.assignee() == null && !items.give(task.id(), null, actor.username())) {
            throw new Taken(items.one(actor, task.id()).orElseThrow(NotFound::new));
        }
        if (task.assignee() != null && !task.assignee().equals(actor.username()) && !items.standIn(task.id(), task.assignee(), actor.username())) {
            throw new Taken(items.one(actor, task.id()).orElseThrow(NotFound::new));
        }
        Entries.Step step = new Entries.Step(task.family(), task.name(), task.processKey(), task.processId(), task.step(), task.id(), task.deploymentId(),
                filling.formVersion(), actor.actingAs(task.role()), task.subjects());
        Entries.Filed filed = entries.file(step, filling.form(), checked.answers(), actor);
        boolean first = jdbc.sql("""
                with done as (update work_item set done_at = :now, done_by = :by, entry_id = :entry
                                where id = :id and done_at is null and assignee = :by returning id),
                kept as (delete from draft where subject = :subject and username = :by)
                select count(*) from done
                """)
                .param("now", Timestamp.from(time.instant())).param("by", actor.username()).param("entry", filed.entry().id()).param("id", task.id())
                .param("subject", filling.subject()).query(Integer.class).single() == 1;
        if (!first) {
            throw new Taken(items.one(actor, task.id()).orElseThrow(NotFound::new));
        }
        Map<String, Object> variables = variables(checked, filed);
        variables.entrySet().removeAll(task.subjects().entrySet()); // the process knows these
        pathway.complete(task.id(), variables);
        return new Filed(task.family(), filed.entry().id(), task.processId());
    }

    /** Whether this person may do the task: it is theirs or of somebody they stand in for, or it waits in their queue, or with a team they manage. */
    public static boolean mayDo(Actor actor, WorkItem task) {
        if (task.assignee() != null) {
            return actor.isFor(task.assignee());
        }
        return actor.managedTeams().contains(task.team()) || task.team().equals(actor.team()) && actor.has(task.role());
    }

    private Filed startProcess(Filling filling, CheckedForm checked, Actor actor) {
        Pathway.Startable start = filling.start();
        String family = filling.family() == null ? families.open(actor.username()) : filling.family();
        String role = start.roles().stream().filter(actor::has).sorted().findFirst().orElseThrow(NotAllowed::new);
        if (filling.family() == null || !policy.onlyInEmergency(actor, family)) {
            involvements.nameIfNobody(family, role, actor);
        }
        Entries.Step step = new Entries.Step(family, start.name(), start.key(), null, start.stepKey(), null, start.deploymentId(), filling.formVersion(), role,
                subjects(filling, checked));
        Entries.Filed filed = entries.file(step, filling.form(), checked.answers(), actor);
        drafts.delete(filling.subject(), actor.username());
        Map<String, Object> variables = variables(checked, filed);
        variables.put("startedBy", actor.username());
        variables.put("startedByRole", role);
        variables.put("startedWith", filed.entry().id());
        String process = pathway.start(start, family, variables);
        return new Filed(family, filed.entry().id(), process);
    }

    /** What reporting a change did: the entry, and how many processes went on with it. */
    record Reported(long entry, int reached) { }

    /** Files a change and tells the processes. {@code checked} may lack answers that another system does not give. */
    Reported report(Filling filling, CheckedForm checked, Actor actor) {
        Pathway.Awaited message = filling.message();
        String role = message.roles().stream().filter(actor::has).sorted().findFirst().orElseThrow(NotAllowed::new);
        Entries.Step step = new Entries.Step(filling.family(), message.name(), message.processKey(), null, message.stepKey(), null, message.deploymentId(), filling.formVersion(),
                role, subjects(filling, checked));
        Entries.Filed filed = entries.file(step, filling.form(), checked.answers(), actor);
        drafts.delete(filling.subject(), actor.username());
        int reached = pathway.send(message.message(), filling.family(), variables(checked, filed));
        if (reached == 0) {
            throw new NothingWaits();
        }
        return new Reported(filed.entry().id(), reached);
    }

    /** A start or a change is about the child that its form asks for, when it asks for one. */
    private static Map<String, Long> subjects(Filling filling, CheckedForm checked) {
        Map<String, Long> subjects = new HashMap<>(filling.subjects());
        if (checked.routes().get("child") instanceof Number child) {
            subjects.put("child", child.longValue());
        }
        return subjects;
    }

    private static Map<String, Object> variables(CheckedForm checked, Entries.Filed filed) {
        Map<String, Object> variables = new HashMap<>(checked.routes());
        variables.putAll(filed.subjects());
        return variables;
    }

    /** Takes a task from the queue. @throws Taken when somebody else holds it */
    @Transactional
    public void claim(Actor actor, String id) {
        WorkItem task = items.one(actor, id).orElseThrow(NotFound::new);
        if (actor.username().equals(task.assignee())) {
            audit.record(actor, "task.read", task.family(), id);
            return;
        }
        if (!mayDo(actor, task)) {
            throw task.assignee() == null && task.open() ? new NotAllowed() : new Taken(task);
        }
        requireOther(actor, task);
        give(actor, task, actor.username(), "task.claim");
    }

    /** Puts a task back into the queue: the own one, or as a manager of its team. */
    @Transactional
    public void release(Actor actor, String id) {
        give(actor, mineToGive(actor, id), null, "task.release");
    }

    /**
     * Gives a task to a colleague who holds its role and works in its team: the holder may, and a manager of the team. The colleague sees the family from then on.
     *
     * @param to username
     * @throws NotAllowed when the actor may not give it away, or that person is no such colleague
     */
    @Transactional
    public void handOver(Actor actor, String id, String to) {
        WorkItem task = mineToGive(actor, id);
        if (colleagues(task).stream().noneMatch(colleague -> colleague.username().equals(to))) {
            throw new NotAllowed();
        }
        give(actor, task, to, "task.hand-over");
    }

    /**
     * To whom a task can be handed over: who holds its role and works in its team, apart from who has it. A second look can go to any team, and not to who took the
     * first.
     */
    public List<Actors.Colleague> colleagues(WorkItem task) {
        List<String> notBy = pathway.notBy(task.definitionId(), task.step());
        Set<String> first = notBy.isEmpty() ? Set.of() : Set.copyOf(jdbc.sql("select author from entry where process_id = :process and form_key = any(:notBy)")
                .param("process", task.processId()).param("notBy", notBy.toArray(String[]::new)).query(String.class).list());
        return actors.withRole(task.role(), notBy.isEmpty() ? task.team() : null).stream()
                .filter(colleague -> !colleague.username().equals(task.assignee()) && !first.contains(colleague.username())).toList();
    }

    /** Whether this person may hand the task over or put it back: its holder, and a manager of its team. */
    public static boolean mayGive(Actor actor, WorkItem task) {
        return actor.username().equals(task.assignee()) || actor.managedTeams().contains(task.team());
    }

    private WorkItem mineToGive(Actor actor, String id) {
        WorkItem task = items.one(actor, id).orElseThrow(NotFound::new);
        if (!mayGive(actor, task)) {
            throw task.assignee() == null ? new NotAllowed() : new Taken(task);
        }
        return task;
    }

    private void give(Actor actor, WorkItem task, String to, String action) {
        if (!task.open() || !Acting.asSystem("give a task", () -> items.give(task.id(), task.assignee(), to))) {
            throw new Taken(items.one(actor, task.id()).orElseThrow(NotFound::new));
        }
        audit.record(actor, action, task.family(), task.id());
    }

    /** The entry that a task ended in, for reading; empty while it is open and when it was no longer needed. */
    @Transactional
    public Optional<Entry> filed(Actor actor, WorkItem task) {
        if (task.entry() == null) {
            return Optional.empty();
        }
        audit.read(actor, "entry.read", task.family(), task.entry());
        return entries.one(task.family(), task.entry());
    }

    /** An entry as this person may read it. The caller has asked the policy about the family. */
    public AnswersView view(Entry entry, Actor actor) {
        return view(entry, actor, restriction -> true);
    }

    /** The same, and only what somebody else may read as well. */
    public AnswersView view(Entry entry, Actor actor, Predicate<String> others) {
        Form form = forms.get(entry.deploymentId(), entry.formKey()).form();
        return AnswersView.of(form, entry.answers(), questions.context(form, entry.family(), Map.of()),
                restriction -> others.test(restriction) && (actor.username().equals(entry.author()) || policy.mayRead(actor, entry.family(), restriction)));
    }
}
