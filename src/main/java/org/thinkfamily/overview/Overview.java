package org.thinkfamily.overview;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.clock.Clock;
import org.thinkfamily.clock.Clocks;
import org.thinkfamily.contact.Contacts;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.Involvements;
import org.thinkfamily.pathway.DecisionRules;
import org.thinkfamily.pathway.Pathway;
import org.thinkfamily.record.Decisions;
import org.thinkfamily.record.Entries;
import org.thinkfamily.record.Entry;
import org.thinkfamily.review.Reviews;
import org.thinkfamily.worklist.Fillings;
import org.thinkfamily.worklist.WorkItem;
import org.thinkfamily.worklist.WorkItems;

/** The whole family on one page (S-135). Each read is audited in its own transaction: no audit, no page. */
@Component
public class Overview {

    /** How many of a family's newest entries, and of its open tasks, the page shows. */
    public static final int SHOWN = 50;
    public static final int LONGEST_REASON = 500;

    private final Audit audit;
    private final Families families;
    private final Involvements involvements;
    private final Pathway pathway;
    private final WorkItems work;
    private final Clocks clocks;
    private final Entries entries;
    private final Decisions decisions;
    private final DecisionRules rules;
    private final Fillings fillings;
    private final Reviews reviews;
    private final Contacts contacts;

    Overview(Audit audit, Families families, Involvements involvements, Pathway pathway, WorkItems work, Clocks clocks, Entries entries,
            Decisions decisions, DecisionRules rules, Fillings fillings, Reviews reviews, Contacts contacts) {
        this.audit = audit;
        this.families = families;
        this.involvements = involvements;
        this.pathway = pathway;
        this.work = work;
        this.clocks = clocks;
        this.entries = entries;
        this.decisions = decisions;
        this.rules = rules;
        this.fillings = fillings;
        this.reviews = reviews;
        this.contacts = contacts;
    }

    /** @throws NotFound when there is no such family or the actor may not know of it */
    @Transactional
    public FamilyOverview of(Actor actor, String ref) {
        audit.read(actor, "family.read", ref, null);
        return new FamilyOverview(ref, families.people(ref), involvements.of(ref), pathway.running(ref), work.ofFamily(ref, null, SHOWN), clocks.ofFamily(ref),
                entries.of(ref, null, SHOWN), decisions.of(ref, null, SHOWN), fillings.changes(actor, ref),
                reviews.lookedAfter(ref), contacts.today(ref));
    }

    /** One entry. @throws NotFound as above */
    @Transactional
    public Entry entry(Actor actor, String ref, long id) {
        audit.read(actor, "entry.read", ref, id);
        return entries.one(ref, id).orElseThrow(NotFound::new);
    }

    /**
     * Says that a copied answer is right for the child it was copied to. Who wrote the entry may, and who holds the role in which it was written.
     *
     * @throws NotFound as above, and when there is no such copy
     * @throws NotAllowed when the actor may read it but not say so
     */
    @Transactional
    public void confirmCopy(Actor actor, String ref, long id, String list, String question, long person) {
        Entry entry = entry(actor, ref, id);
        if (!mayConfirm(actor, entry)) {
            throw new NotAllowed();
        }
        if (!entries.confirmCopy(entry, list, question, person, actor)) {
            throw new NotFound();
        }
    }

    /** Whether this person may confirm what was copied in an entry. */
    public static boolean mayConfirm(Actor actor, Entry entry) {
        return entry.supersededBy() == null && (actor.username().equals(entry.author()) || actor.has(entry.role()));
    }

    /** The newest look at the red flags among the decisions shown: the ones that apply; null when nobody has looked or none applies. */
    public Decisions.Kept flags(FamilyOverview family) {
        return family.decisions().stream().filter(kept -> kept.taken().decision().equals("red-flags")).findFirst()
                .filter(kept -> !rules.flags(kept.taken()).isEmpty()).orElse(null);
    }

    /**
     * Says why a clock of the family is late. Where somebody has said so before, this takes its place, and the earlier reason is kept with the clock's changes.
     *
     * @param reason in somebody's words
     * @return the key of the message that says what is wrong with the reason; nothing is kept then. Empty when it is kept
     * @throws NotFound when there is no such family or clock, or the actor may not know of it
     * @throws NotAllowed when somebody else has said why, and the actor is no manager
     */
    @Transactional
    public Optional<String> explain(Actor actor, String ref, long id, String reason) {
        audit.change(actor, "clock.explain", ref, id);
        Clock late = clocks.ofFamily(ref).stream().filter(clock -> clock.id() == id).findFirst().orElseThrow(NotFound::new);
        if (!mayExplain(actor, late)) {
            throw new NotAllowed();
        }
        String words = reason.strip();
        if (words.isEmpty() || words.length() > LONGEST_REASON) {
            return Optional.of(words.isEmpty() ? "family.clock.explain.missing" : "family.clock.explain.long");
        }
        clocks.explainLate(id, words, actor.username());
        return Optional.empty();
    }

    /** Whether this person may say why a clock is late: anybody who sees it while nobody has said; then who said it, and managers. */
    public static boolean mayExplain(Actor actor, Clock clock) {
        return clock.lateReason() == null || actor.username().equals(clock.lateReasonBy()) || actor.manages();
    }

    /** A running process as a list of tasks: each step with what became of it; {@code item} is null for one that cannot start yet. */
    public record TaskList(Pathway.Running process, List<Step> steps) {

        public record Step(String name, WorkItem item) { }
    }

    /** A running process of the family, task by task. @throws NotFound as above, and when no such process runs for the family */
    @Transactional
    public TaskList tasks(Actor actor, String ref, String process) {
        audit.read(actor, "tasks.read", ref, null);
        Pathway.Running running = pathway.running(ref).stream().filter(each -> each.processId().equals(process)).findFirst().orElseThrow(NotFound::new);
        Map<String, List<WorkItem>> items = work.ofProcess(ref, pathway.whole(process)).stream().collect(Collectors.groupingBy(WorkItem::step));
        return new TaskList(running, pathway.parts(running.definitionId()).stream()
                .flatMap(part -> items.containsKey(part.step()) ? items.get(part.step()).stream().map(item -> new TaskList.Step(item.name(), item))
                        : Stream.of(new TaskList.Step(part.name(), null))).toList());
    }

    /** One decision. @throws NotFound as above */
    @Transactional
    public Decisions.Kept decision(Actor actor, String ref, long id) {
        audit.read(actor, "decision.read", ref, id);
        return decisions.of(ref, id + 1, 1).stream().filter(decision -> decision.id() == id).findFirst().orElseThrow(NotFound::new);
    }

    /** Entries newest first, before the one with id {@code before} (null: from the newest). @throws NotFound as above */
    @Transactional
    public List<Entry> entries(Actor actor, String ref, Long before, int limit) {
        audit.read(actor, "entries.read", ref, null);
        return entries.of(ref, before, limit);
    }

    /** The history, oldest first, after the first filing with id {@code after} (null: from the beginning). @throws NotFound as above */
    @Transactional
    public List<Entries.Told> story(Actor actor, String ref, Long after, int limit) {
        audit.read(actor, "story.read", ref, null);
        return entries.story(ref, after, limit);
    }

    /** How many entries there are. The caller has listed them. */
    public long countEntries(String ref) {
        return entries.count(ref);
    }

    /** The family's clocks, those not yet met first. @throws NotFound as above */
    @Transactional
    public List<Clock> clocks(Actor actor, String ref) {
        audit.read(actor, "clocks.read", ref, null);
        return clocks.ofFamily(ref);
    }

    /** Decisions newest first, before the one with id {@code before} (null: from the newest). @throws NotFound as above */
    @Transactional
    public List<Decisions.Kept> decisions(Actor actor, String ref, Long before, int limit) {
        audit.read(actor, "decisions.read", ref, null);
        return decisions.of(ref, before, limit);
    }

    /** How many decisions there are. The caller has listed them. */
    public long countDecisions(String ref) {
        return decisions.count(ref);
    }

    /** What the newest look at the red flags found: what each rule that fired said; empty when nobody has looked. The caller has read the family. */
    public List<Map<String, Object>> risks(String ref) {
        return decisions.newest(ref, "red-flags").map(found -> found.taken().outputs()).orElse(List.of());
    }
}
