package org.thinkfamily.worklist;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.access.Acting;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Policy;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.Person;
import org.thinkfamily.pathway.DecisionRules;
import org.thinkfamily.pathway.Pathway;
import org.thinkfamily.record.Decisions;
import org.thinkfamily.record.Entries;
import org.thinkfamily.record.Entry;
import org.thinkfamily.review.Reviews;

/** What somebody reads before answering a form: entries that the model names, what was answered last time, and what the rules said. */
@Component
public class BeforeAnswering {

    private final Pathway pathway;
    private final Entries entries;
    private final Families families;
    private final Reviews reviews;
    private final Decisions decisions;
    private final DecisionRules rules;
    private final Policy policy;
    private final JdbcClient jdbc;

    BeforeAnswering(Pathway pathway, Entries entries, Families families, Reviews reviews, Decisions decisions, DecisionRules rules, Policy policy, JdbcClient jdbc) {
        this.pathway = pathway;
        this.entries = entries;
        this.families = families;
        this.reviews = reviews;
        this.decisions = decisions;
        this.rules = rules;
        this.policy = policy;
        this.jdbc = jdbc;
    }

    /**
     * What to read before answering, as the model says: the newest entries made with each form, about the same people where it is about people. Of the form with which
     * this process was started, what it was started with. Where the process asked for them itself it says who did not answer this time, and which entries are from an
     * earlier time. Whoever does the step reads them, also where they see no other entries of other people.
     */
    public List<ReadFirst> shown(Actor actor, Filling filling) {
        boolean ownPart = filling.task() != null && Fillings.mayDo(actor, filling.task()) && policy.seesOwnPart(actor, filling.family());
        if (!ownPart) {
            return shown(filling);
        }
        // What a step shows to whom it asks is theirs to read, though not the rest of what others have filed. What is kept from them stays kept.
        List<ReadFirst> shown = Acting.asSystem("show what a step asks to read first", () -> shown(filling));
        Set<Long> kept = Set.copyOf(jdbc.sql("select e from unnest(cast(:entries as bigint[]), cast(:processes as text[])) as one(e, p) where e = any(kept_entries()) or p = any(kept_processes())")
                .param("entries", shown.stream().map(ReadFirst::entry).map(entry -> entry == null ? null : entry.id()).toArray(Long[]::new))
                .param("processes", shown.stream().map(ReadFirst::entry).map(entry -> entry == null ? null : entry.processId()).toArray(String[]::new)).query(Long.class).list());
        return shown.stream().filter(said -> said.entry() == null || !kept.contains(said.entry().id())).toList();
    }

    /** The same as the asker of the database sees it. */
    public List<ReadFirst> shown(Filling filling) {
        WorkItem task = filling.task();
        List<ReadFirst> first = shownFirst(filling);
        if (task == null) {
            return first;
        }
        Long child = filling.subjects().get("child");
        LocalDate lastReview = child == null ? null : reviews.next(child).map(Reviews.Next::lastHeldOn).orElse(null);
        return Stream.concat(first.stream(), pathway.shows(task.definitionId(), task.step()).stream().flatMap(form -> shown(task, form, child, lastReview))).toList();
    }

    /** What parents have said in advance, before everything else: the parent of the step, or each. */
    private List<ReadFirst> shownFirst(Filling filling) {
        List<String> forms = filling.task() != null ? pathway.showsFirst(filling.task().definitionId(), filling.task().step())
                : filling.message() != null ? pathway.showsFirst(filling.message().definitionId(), filling.message().stepKey()) : List.of();
        Long parent = filling.subjects().get("person");
        return forms.stream().flatMap(form -> entries.newestOfEach(filling.family(), form, null).stream()).filter(entry -> parent == null || entry.about().contains(parent))
                .map(entry -> new ReadFirst(null, entry, false, null)).toList();
    }

    /**
     * What a table of rules said that a step asks about.
     *
     * @param person whom it is about, by name; null for the whole family
     * @param because a sentence for each rule that fired
     * @param says what came out, in words
     */
    public record Ruled(long id, String name, String person, List<String> because, List<String> says) { }

    /** What the rules said last that is shown above the questions of a task; about its child alone where it is about one. */
    public List<Ruled> ruled(Filling filling) {
        WorkItem task = filling.task();
        List<String> wanted = task == null ? List.of() : pathway.decisions(task.definitionId(), task.step());
        if (wanted.isEmpty()) {
            return List.of();
        }
        Map<Long, String> names = families.people(task.family()).stream().collect(Collectors.toMap(Person::id, Person::firstName));
        Long child = filling.subjects().get("child");
        return decisions.newestOfEach(task.family(), wanted).stream()
                .filter(kept -> child == null || kept.taken().person() == null || kept.taken().person().equals(child))
                .map(kept -> new Ruled(kept.id(), kept.taken().name(), names.get(kept.taken().person()), rules.sentences(kept.taken()),
                        rules.outputs(kept.taken()).stream().flatMap(List::stream).filter(value -> !value.words().isBlank()).map(value -> value.label() + ": " + value.words()).distinct().toList()))
                .toList();
    }

    /** The day that is fixed for what the step is about, such as a conference; empty when the model names none. */
    public Optional<LocalDate> fixed(Filling filling) {
        return Optional.ofNullable(filling.task()).filter(WorkItem::open).flatMap(task -> pathway.fixed(task.definitionId(), task.step(), task.id()));
    }

    private record Asked(String id, String name, Long entry, boolean unanswered) { }

    private Stream<ReadFirst> shown(WorkItem task, String form, Long child, LocalDate lastReview) {
        Optional<Entry> began = pathway.startedWith(task.processId()).flatMap(id -> this.entries.asItIsNow(task.family(), id)).filter(entry -> entry.formKey().equals(form));
        if (began.isPresent()) {
            return Stream.of(new ReadFirst(null, began.get(), false, null));
        }
        List<Asked> asked = jdbc.sql("""
                select distinct on (w.step_key, w.subjects ->> 'person') w.id, w.name || coalesce(', ' || p.first_name || ' ' || p.last_name, '') as name, w.entry_id as entry,
                       w.done_at is not null and w.entry_id is null as unanswered
                  from work_item w left join person p on p.id = cast(w.subjects ->> 'person' as bigint)
                 where w.process_id = :process and w.form_key = :form and w.id <> :task
                 order by w.step_key, w.subjects ->> 'person', w.created_at desc
                """).param("process", task.processId()).param("form", form).param("task", task.id()).query(Asked.class).list();
        Set<String> now = asked.stream().map(Asked::id).collect(Collectors.toSet());
        List<Entry> entries = withEachStep(this.entries.newestOfEach(task.family(), form, child), asked, task.family());
        Map<Boolean, List<Entry>> earlier = entries.stream()
                .collect(Collectors.partitioningBy(entry -> !now.isEmpty() && this.entries.task(entry.id()).filter(now::contains).isEmpty()));
        return Stream.of(earlier.get(false).stream().map(entry -> new ReadFirst(null, entry, false, null)),
                asked.stream().filter(Asked::unanswered).map(one -> new ReadFirst(one.name(), null, false, null)),
                earlier.get(true).stream().map(entry -> new ReadFirst(null, entry, true, lastReview))).flatMap(each -> each);
    }

    /** Several steps of a process may ask with one form, the adult service and the consultant: what each of them said is read, not only who was last. */
    private List<Entry> withEachStep(List<Entry> newest, List<Asked> asked, String family) {
        Set<Long> there = newest.stream().map(Entry::id).collect(Collectors.toSet());
        return Stream.concat(newest.stream(), asked.stream().filter(one -> one.entry() != null && !there.contains(one.entry()))
                .flatMap(one -> entries.one(family, one.entry()).stream()).filter(entry -> entry.supersededBy() == null)).toList();
    }

    /** The answers filed last time in this step for these people, to show beside the new question; empty the first time. */
    public Optional<Entry> previous(Filling filling) {
        return filling.family() == null ? Optional.empty() : entries.newest(filling.family(), filling.form().id(), filling.subjects().getOrDefault("person", filling.subjects().get("child")));
    }
}
