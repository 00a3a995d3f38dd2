package org.thinkfamily.worklist;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.context.MessageSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Acting;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.access.Policy;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.FamilyQuestions;
import org.thinkfamily.family.Person;
import org.thinkfamily.forms.Answers;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.forms.FormCheck;
import org.thinkfamily.forms.Component.Type;
import org.thinkfamily.forms.Form;
import org.thinkfamily.forms.FormContext;
import org.thinkfamily.forms.Problem;
import org.thinkfamily.pathway.Pathway;
import org.thinkfamily.record.Entries;
import org.thinkfamily.record.Entry;
import org.thinkfamily.record.NotCorrectable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Correcting what was filed: a new entry, made with the same release of the same form, that takes the place of the old one. The process does not go back. */
@Component
public class Corrections {

    private final Entries entries;
    private final ReleasedForms forms;
    private final FamilyQuestions questions;
    private final Families families;
    private final Pathway pathway;
    private final Policy policy;
    private final Audit audit;
    private final Drafts drafts;
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final MessageSource messages;
    private final AnswerChecks checks;

    Corrections(Entries entries, ReleasedForms forms, FamilyQuestions questions, Families families, Pathway pathway, Policy policy, Audit audit, Drafts drafts, JdbcClient jdbc, JsonMapper json,
            MessageSource messages, AnswerChecks checks) {
        this.checks = checks;
        this.entries = entries;
        this.forms = forms;
        this.questions = questions;
        this.families = families;
        this.pathway = pathway;
        this.policy = policy;
        this.audit = audit;
        this.drafts = drafts;
        this.jdbc = jdbc;
        this.json = json;
        this.messages = messages;
    }

    /** What was entered before has been corrected already; {@code by} is the entry that did. */
    public static class Superseded extends RuntimeException {

        private final Long by;

        Superseded(Long by) {
            super("superseded", null, false, false);
            this.by = by;
        }

        public Long by() {
            return by;
        }
    }

    /**
     * What a correction came to: the new entry; or the answers with their problems, and nothing filed.
     *
     * @param notices in words, what the steps have already done with the old answers and do not take back; empty when nothing
     */
    public record Outcome(Entry entry, CheckedForm checked, List<String> notices) { }

    /**
     * Corrects an entry.
     *
     * @param reason why, in the author's words; not blank
     * @throws NotFound when there is no such entry or the actor may not know of the family
     * @throws NotCorrectable when it would be about another child, or a feature cannot follow; nothing is filed then
     * @throws NotAllowed when the actor neither wrote it nor holds the role in which it was written
     * @throws Superseded when it was corrected before: the newest is the one to correct
     */
    @Transactional
    public Outcome correct(Actor actor, String family, long id, Map<String, Object> answers, String reason) {
        policy.requireFamily(actor, family);
        Entry old = entries.one(family, id).orElseThrow(NotFound::new);
        requireMine(actor, old);
        Form form = forms.get(old.deploymentId(), old.formKey()).form();
        String task = entries.task(id).orElse(null);
        Map<String, Long> subjects = subjects(old, form, task);
        CheckedForm checked = changed(old, checks.check(form, family, answers, context(form, old, subjects), subjects, old, old.processId()));
        if (!checked.isAccepted()) {
            return new Outcome(null, checked, List.of());
        }
        requireSameChild(old, checked);
        Entries.Step step = new Entries.Step(family, old.title(), old.processKey(), old.processId(), old.stepKey(), task, old.deploymentId(), old.formVersion(),
                actor.actingAs(old.role()), subjects);
        try {
            Entry corrected = Acting.asSystem("file a correction", () -> entries.correct(old, step, form, checked.answers(), actor, reason.strip()).entry());
            drafts.delete(draft(id), actor.username());
            return new Outcome(corrected, checked, notices(old, form, checked.answers()));
        } catch (DuplicateKeyException sameMoment) {
            throw new Superseded(null);
        }
    }

    /**
     * An entry opened to be corrected.
     *
     * @param subjects the people the step was about, by variable name
     * @param answers as they were filed, with what the actor has changed and not sent yet
     */
    public record Opened(Entry entry, Form form, FormContext context, Map<String, Long> subjects, Map<String, Object> answers) { }

    /** Whether this person may correct an entry: its author, and who holds the role in which it was written and may read whatever its form asks, so that nobody can tell what was answered. */
    public boolean mayCorrect(Actor actor, Entry entry) {
        return entry.supersededBy() == null && mine(actor, entry) && !policy.onlyInEmergency(actor, entry.family());
    }

    private boolean mine(Actor actor, Entry entry) {
        return entry.author().equals(actor.username()) || actor.has(entry.role()) && readsAllThatIsAsked(actor, entry);
    }

    private boolean readsAllThatIsAsked(Actor actor, Entry entry) {
        Form form = forms.get(entry.deploymentId(), entry.formKey()).form();
        return form.properties("restricted").stream().allMatch(restriction -> policy.mayRead(actor, entry.family(), restriction))
                && Answers.readable(form, entry.answers(), any -> true).equals(entry.answers());
    }

    private void requireMine(Actor actor, Entry entry) {
        if (!mine(actor, entry)) {
            throw new NotAllowed();
        }
        if (entry.supersededBy() != null) {
            throw new Superseded(entry.supersededBy());
        }
    }

    private static void requireSameChild(Entry old, CheckedForm checked) {
        if (!Objects.equals(person(old.answers().get("child")), person(checked.answers().get("child")))) {
            throw new NotCorrectable("child", "work.correction.child");
        }
    }

    /**
     * Opens an entry to correct it. Written into the audit.
     *
     * @throws NotFound as {@link #correct}
     * @throws NotAllowed as {@link #correct}
     * @throws Superseded as {@link #correct}
     */
    @Transactional
    public Opened open(Actor actor, String family, long id) {
        audit.read(actor, "entry.correct.open", family, id);
        Entry entry = entries.one(family, id).orElseThrow(NotFound::new);
        requireMine(actor, entry);
        Form form = forms.get(entry.deploymentId(), entry.formKey()).form();
        Map<String, Long> subjects = subjects(entry, form, entries.task(id).orElse(null));
        Map<String, Object> answers = drafts.find(draft(id), actor.username()).map(draft -> Answers.over(form, entry.answers(), draft.answers())).orElse(entry.answers());
        return new Opened(entry, form, context(form, entry, subjects), subjects, answers);
    }

    /** Keeps the changed answers of an opened entry, unchecked, for this person alone. */
    public void saveDraft(Opened opened, Actor actor, Map<String, Object> answers) {
        drafts.save(draft(opened.entry().id()), actor.username(), answers);
    }

    /**
     * Checks changed answers without filing them.
     *
     * @throws NotCorrectable when they would make the entry one about another child
     */
    public CheckedForm check(Opened opened, Map<String, Object> answers) {
        CheckedForm checked = changed(opened.entry(), checks.check(opened.form(), opened.entry().family(), answers, opened.context(), opened.subjects(), opened.entry(), opened.entry().processId()));
        if (checked.isAccepted()) {
            requireSameChild(opened.entry(), checked);
        }
        return checked;
    }

    /** What people are told about a correction before they sign it: {@link Outcome#notices()}. */
    public List<String> notices(Opened opened, CheckedForm checked) {
        return notices(opened.entry(), opened.form(), checked.answers());
    }

    /** A correction that changes nothing would only hide who wrote what when. */
    private CheckedForm changed(Entry old, CheckedForm checked) {
        return !checked.isAccepted() || !checked.answers().equals(old.answers()) ? checked : new CheckedForm(checked.answers(), checked.routes(),
                List.of(new Problem("", "questions", messages.getMessage("work.correction.unchanged", null, Locale.UK))));
    }

    private static String draft(long id) {
        return "correction:" + id;
    }

    /** Whose birth was recorded is no longer expected, and is still the one it is about. */
    private FormContext context(Form form, Entry old, Map<String, Long> subjects) {
        Map<String, Long> about = new HashMap<>(subjects);
        form.question("person").filter(question -> "family.unborn".equals(question.valuesKey()) && old.answers().get("person") != null)
                .ifPresent(question -> about.put("person", Long.valueOf(old.answers().get("person").toString())));
        return questions.context(form, old.family(), about);
    }

    private Map<String, Long> subjects(Entry old, Form form, String task) {
        return task == null ? subjectsOfStart(old, form) : subjectsOf(task);
    }

    private static String person(Object answer) {
        return answer == null ? null : answer.toString();
    }

    /** The process does not go back: where an answer that chose its way is another now, people are told. */
    private List<String> notices(Entry old, Form form, Map<String, Object> now) {
        Map<String, Object> before = FormCheck.routes(form, old.answers());
        Map<String, Object> after = FormCheck.routes(form, now);
        return form.all()
                .filter(question -> question.isRoute() && question.type() != Type.DATE)
                .filter(question -> before.get(question.key()) != null && after.get(question.key()) != null
                        && !(before.get(question.key()).equals(after.get(question.key())) && ofEach(form, question.key(), old.answers()).equals(ofEach(form, question.key(), now))))
                .filter(question -> pathway.steers(old.deploymentId(), old.processKey(), question.key()))
                .map(question -> messages.getMessage("work.correction.notice", new Object[] {question.label()}, Locale.UK)).toList();
    }

    /** What was answered about each person; empty for a question outside lists. */
    private static Map<String, Object> ofEach(Form form, String key, Map<String, Object> answers) {
        Map<String, Object> each = new HashMap<>();
        form.questions().stream().filter(list -> list.type() == Type.LIST && list.components().stream().anyMatch(question -> question.isRoute() && key.equals(question.key())))
                .map(list -> answers.get(list.key())).filter(List.class::isInstance).flatMap(rows -> ((List<?>) rows).stream())
                .forEach(row -> each.put(String.valueOf(((Map<?, ?>) row).get("person")), ((Map<?, ?>) row).get(key)));
        return each;
    }

    private Map<String, Long> subjectsOf(String task) {
        return jdbc.sql("select subjects from work_item where id = :task").param("task", task)
                .query((row, n) -> json.readValue(row.getString("subjects"), new TypeReference<Map<String, Long>>() { })).optional().orElse(Map.of());
    }

    /** Whom a start was about: the one person of the entry outside its lists, so that corrected facts reach that person and add nobody. */
    private Map<String, Long> subjectsOfStart(Entry old, Form form) {
        Set<Long> outsideLists = new HashSet<>(old.about());
        old.answers().values().forEach(answer -> {
            if (answer instanceof List<?> rows) {
                rows.forEach(row -> {
                    if (row instanceof Map<?, ?> map && map.get("person") instanceof Number person) {
                        outsideLists.remove(person.longValue());
                    }
                });
            }
        });
        Map<String, Long> subjects = new HashMap<>();
        for (Person person : families.people(old.family())) {
            String name = person.child() ? "child" : "adult";
            if (outsideLists.contains(person.id()) && form.properties("fact").stream().anyMatch(fact -> fact.startsWith(name + "."))) {
                subjects.put(name, person.id());
            }
        }
        return subjects;
    }
}
