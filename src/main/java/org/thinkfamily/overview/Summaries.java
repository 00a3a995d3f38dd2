package org.thinkfamily.overview;

import java.text.BreakIterator;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.access.Policy;
import org.thinkfamily.clock.Due;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.contact.Contacts;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.FamilyQuestions;
import org.thinkfamily.family.Involvements;
import org.thinkfamily.family.Person;
import org.thinkfamily.forms.AnswersView;
import org.thinkfamily.forms.Form;
import org.thinkfamily.overview.Summary.Line;
import org.thinkfamily.overview.Summary.Part;
import org.thinkfamily.pathway.DecisionRules;
import org.thinkfamily.pathway.Pathway;
import org.thinkfamily.record.Decisions;
import org.thinkfamily.record.Entries;
import org.thinkfamily.record.Entry;
import org.thinkfamily.review.Reviews;
import org.thinkfamily.worklist.ReleasedForms;
import org.thinkfamily.worklist.WorkItem;
import org.thinkfamily.worklist.WorkItems;

/**
 * Writes the one-page summary (U08) from what the record holds and the reader may see: facts, decisions by rule, open tasks, and the answers that a form marks with
 * {@code summary}. Nothing is composed: each sentence is the record's own, shortened where it is long, with where it comes from.
 */
@Component
public class Summaries {

    /** What people write to say that there is nothing to say. Beside other answers under the same heading it would read as if nothing held. */
    private static final Pattern NOTHING = Pattern.compile("(?i)(no|none|nothing|nil|n/a|not applicable)( known)?\\.?");

    private static final List<String> PARTS = List.of("who", "do-not", "worry", "plan", "contact");
    /** Words of one source before it is cut, and words that people may take before the other parts begin. */
    private static final int LINE = 32;
    private static final int PEOPLE = 140;
    private static final int TASKS = 4;
    /** Workers who stand before the contacts that answers name, and the roles that come first. */
    private static final int WORKERS = 2;
    private static final List<String> FIRST = List.of("childrens-social-worker", "adult-mental-health-practitioner", "drug-alcohol-practitioner", "childrens-team-manager", "iro");

    /** Columns of the red flags that say how the parent is, and answers that say nothing of it. */
    private static final Set<String> ABOUT_THE_PARENT = Set.of("mentalHealth", "substances", "suicide", "domesticAbuse", "hospital");
    private static final Set<String> SPEAKS_OF_A_PARENT = Set.of("screening-risks", "referral-made");
    /** Processes that are a plan for one child. */
    private static final Set<String> PLANS = Set.of("child-protection-plan", "child-in-need");
    private static final Set<String> SAYS_NOTHING = Set.of("no", "none", "not-known", "not-asked", "declined");
    /** Where a person decides about a worry, and the questions that say what. */
    private static final Set<String> DECIDING = Set.of("red-flag-decision", "referral-decision", "referral-second-look", "strategy-discussion", "challenge-stage", "challenge-stage-1", "challenge-stage-2", "legal-planning",
            "protection-strategy", "section-47-enquiry", "conference-decision", "protection-review", "in-need-review", "closing-agreed");
    private static final Set<String> DECIDED = Set.of("referNow", "decision", "enquiry", "outcome", "legalPlanning", "enquiryOutcome", "reviewOutcome", "closing");

    private final Audit audit;
    private final Policy policy;
    private final Families families;
    private final FamilyQuestions questions;
    private final Involvements involvements;
    private final Entries entries;
    private final Decisions decisions;
    private final DecisionRules rules;
    private final WorkItems work;
    private final Reviews reviews;
    private final Contacts contacts;
    private final ReleasedForms forms;
    private final Pathway pathway;
    private final WorkingDays workingDays;
    private final MessageSource messages;
    private final Dates dates;

    Summaries(Audit audit, Policy policy, Families families, FamilyQuestions questions, Involvements involvements, Entries entries, Decisions decisions, DecisionRules rules, WorkItems work,
            Reviews reviews, Contacts contacts, ReleasedForms forms, Pathway pathway, WorkingDays workingDays, MessageSource messages, Dates dates) {
        this.dates = dates;
        this.audit = audit;
        this.policy = policy;
        this.families = families;
        this.questions = questions;
        this.involvements = involvements;
        this.entries = entries;
        this.decisions = decisions;
        this.rules = rules;
        this.work = work;
        this.reviews = reviews;
        this.contacts = contacts;
        this.forms = forms;
        this.pathway = pathway;
        this.workingDays = workingDays;
        this.messages = messages;
    }

    /** @throws NotFound when there is no such family or the actor may not know of it */
    @Transactional
    public Summary of(Actor actor, String ref) {
        return of(actor, ref, restriction -> true);
    }

    /** The same, of what somebody else may read as well. @throws NotFound as above */
    @Transactional
    public Summary of(Actor actor, String ref, Predicate<String> others) {
        audit.read(actor, "summary.read", ref, null);
        String page = "/families/" + ref;
        List<Person> people = families.people(ref);
        Map<Long, String> names = people.stream().collect(Collectors.toMap(Person::id, Person::firstName));
        Map<String, List<Line>> found = new LinkedHashMap<>();
        PARTS.forEach(part -> found.put(part, new ArrayList<>()));
        Map<Long, Entries.FactSource> sources = entries.factSources(ref).stream().collect(Collectors.toMap(Entries.FactSource::person, source -> source));
        List<Reviews.LookedAfter> lookedAfter = reviews.lookedAfter(ref);
        Set<Long> away = lookedAfter.stream().map(Reviews.LookedAfter::child).collect(Collectors.toSet());
        people.forEach(person -> found.get("who").add(who(person, away.contains(person.id()), sources.get(person.id()), page)));
        List<Entry> inForce = entries.inForce(ref);
        decisions.newest(ref, "red-flags").ifPresent(flags -> {
            rules.flags(flags.taken()).forEach(flag -> found.get("worry").add(line(flags.taken().person() == null ? null : names.get(flags.taken().person()),
                        sentence(flag.title()) + " " + sentence(flag.action()), say("summary.flag", flag.code()), day(flags.decidedAt()), page + "/decisions/" + flags.id())));
            String risks = rules.inputs(flags.taken()).stream().filter(input -> ABOUT_THE_PARENT.contains(input.name()) && input.code() != null && !SAYS_NOTHING.contains(input.code()))
                    .map(input -> input.label() + ": " + sentence(input.words())).collect(Collectors.joining(" "));
            if (!risks.isEmpty()) {
                found.get("worry").add(line(whose(inForce, names), risks, flags.taken().name(), day(flags.decidedAt()), page + "/decisions/" + flags.id()));
            }
        });
        decided(actor, others, ref, page, names, inForce, found);
        lookedAfter.forEach(child -> found.get("plan").add(line(names.get(child.child()),
                say("summary.care", coded("family.legal.", child.legalStatus()), coded("family.placement.", child.placement())), say("summary.from.care"), child.fromOn(), page + "#care")));
        Contacts.Today contact = contacts.today(ref);
        contact.stops().forEach(stop -> found.get("do-not").add(line(names.get(stop.child()),
                stop.ranOut() ? say("family.contact.stopped.ran-out", names.get(stop.parent()), Dates.day(stop.until())) : stop.until() == null ? say("family.contact.stopped", names.get(stop.parent())) : say("family.contact.stopped.until", names.get(stop.parent()), dates.ahead(stop.until())),
                say("summary.from.stop"), stop.on(), page + "/entries/" + stop.entry())));
        contact.conditions().stream().filter(now -> !now.well()).forEach(now -> found.get("do-not").add(line(names.get(now.parent()),
                say("family.condition.now." + now.condition(), Dates.day(now.since())), say("summary.from.condition"), now.since(), page + "/entries/" + now.entry())));
        contact.forNow().stream().filter(now -> now.kind() != null).forEach(now -> found.get(open(now.kind(), now.supervision()) ? "plan" : "do-not")
                .add(line(names.get(now.child()), say("summary.contact.now", names.get(now.parent()), say("family.condition." + now.condition()), say("family.contact.kind." + now.kind()),
                        say("family.contact.supervision." + now.supervision())), say("summary.from.for-now"), now.on(), page + "/entries/" + now.entry())));
        contact.lines().stream().filter(Contacts.InForce::now).forEach(plan -> found.get(open(plan.kind(), plan.supervision()) ? "plan" : "do-not")
                .add(line(names.get(plan.child()), say("summary.contact.now", names.get(plan.parent()), say("family.condition." + plan.condition()), say("family.contact.kind." + plan.kind()),
                        say("family.contact.supervision." + plan.supervision())), say("summary.from.contact"), plan.startsOn(), page + "#contact")));
        List<Line> workers = workers(ref, page);
        int first = Math.min(WORKERS, workers.size());
        found.get("contact").addAll(workers.subList(0, first));
        said(actor, others, ref, page, names, youngestFirst(people), inForce, found);
        found.get("contact").addAll(workers.subList(first, workers.size()));
        work.ofFamily(ref, null, TASKS).forEach(task -> found.get("plan").add(task(task)));
        return fitted(found);
    }

    /** Contact of which nobody need beware. */
    private static boolean open(String kind, String supervision) {
        return kind.equals("face-to-face") && supervision.equals("none");
    }

    /** Who is involved now: who knows the children first, then the adult side, people before queues. */
    private List<Line> workers(String ref, String page) {
        return involvements.of(ref).stream().filter(one -> one.endedOn() == null)
                .sorted(Comparator.comparing((Involvements.Involvement one) -> one.name() == null).thenComparing(one -> FIRST.contains(one.role()) ? FIRST.indexOf(one.role()) : FIRST.size()))
                .map(one -> line(one.name() == null ? one.teamName() : one.name(), Stream.of(one.roleName(), one.service(), one.email(), one.phone()).filter(Objects::nonNull).collect(Collectors.joining(", ")),
                        say("summary.from.involved"), one.beganOn(), page + "#involved")).toList();
    }

    /** Where a looked-after child lives is said under the plan, not by what was true of the home before. */
    private Line who(Person person, boolean lookedAfter, Entries.FactSource source, String page) {
        String text = Stream.of(sentence(questions.heading(person)), lookedAfter ? sentence(say("family.care")) : person.home() == null ? null : sentence(say("family.home." + person.home())),
                        "yes".equals(person.youngCarer()) ? sentence(say("family.young-carer")) : null,
                        lookedAfter || person.address() == null || person.child() && "household".equals(person.home()) ? null : sentence(say("family.lives", person.address())),
                        person.schoolName() == null ? null : sentence(person.schoolName()),
                        person.child() || person.gpPracticeName() == null ? null : sentence(say("summary.gp", person.gpPracticeName())))
                .filter(Objects::nonNull).collect(Collectors.joining(" "));
        return source == null ? line(null, text, say("summary.from.people"), families.today(), page + "#people")
                : line(null, text, source.source(), source.on(), source.entry() == null ? page + "#people" : page + "/entries/" + source.entry());
    }

    private Line task(WorkItem task) {
        String due = task.dueOn() == null ? "" : ", " + messages.getMessage(Due.of(task.dueOn(), families.today(), workingDays), Locale.UK);
        return line(null, sentence(task.name() + ": " + (task.assigneeName() == null ? task.teamName() : task.assigneeName()) + due), say("summary.from.task"), day(task.createdAt()),
                "/work/" + task.id());
    }

    private AnswersView view(Actor actor, Predicate<String> others, Entry entry, Form form) {
        return AnswersView.of(form, entry.answers(), questions.context(form, entry.family(), Map.of()),
                restriction -> others.test(restriction) && (actor.username().equals(entry.author()) || policy.mayRead(actor, entry.family(), restriction)));
    }

    /** The parent of whom the newest screening or referral speaks; null when neither names one. */
    private static String whose(List<Entry> inForce, Map<Long, String> names) {
        return inForce.stream().filter(entry -> SPEAKS_OF_A_PARENT.contains(entry.formKey())).findFirst()
                .flatMap(entry -> entry.answers().get("adult") != null ? Optional.of(Long.valueOf(entry.answers().get("adult").toString())) : entry.about().stream().findFirst())
                .map(names::get).orElse(null);
    }

    /** What was decided last about the worry, and what is under way because of it. */
    private void decided(Actor actor, Predicate<String> others, String ref, String page, Map<Long, String> names, List<Entry> inForce, Map<String, List<Line>> found) {
        Optional<Entry> last = inForce.stream().filter(entry -> DECIDING.contains(entry.formKey())).findFirst();
        // What is decided for each child is decided in as many entries, or in a row each.
        inForce.stream().filter(entry -> last.filter(newest -> newest.formKey().equals(entry.formKey()) && Objects.equals(newest.processId(), entry.processId())).isPresent()).forEach(entry -> {
            String whole = entry.about().size() == 1 ? names.get(entry.about().iterator().next()) : null;
            Map<Optional<Long>, String> texts = new LinkedHashMap<>();
            view(actor, others, entry, forms.get(entry.deploymentId(), entry.formKey()).form()).blocks().forEach(block -> block.lines().stream()
                    .filter(line -> DECIDED.contains(line.key()) && !line.blank()).map(line -> line.question() + " " + sentence(String.join(", ", line.answers())))
                    .forEach(text -> texts.merge(Optional.ofNullable(block.person()), text, (first, next) -> first + " " + next)));
            texts.forEach((person, text) -> found.get("worry")
                    .add(line(person.map(names::get).orElse(whole), text, entry.title(), day(entry.filedAt()), page + "/entries/" + entry.id())));
        });
        List<Pathway.Running> running = pathway.running(ref);
        running.stream().filter(process -> PLANS.contains(process.key()) && names.containsKey(process.child())).forEach(process ->
                found.get("plan").add(line(names.get(process.child()), sentence(process.name()), say("summary.from.now"), families.today(), page + "#now")));
        String underWay = running.stream().map(process -> process.standing().isEmpty() ? process.name() : say("summary.stands", process.name(),
                process.standing().stream().map(Pathway.Standing::name).distinct().collect(Collectors.joining(", ")))).collect(Collectors.joining("; "));
        if (!underWay.isEmpty()) {
            found.get("worry").add(line(null, sentence(say("summary.under-way", underWay)), say("summary.from.now"), families.today(), page + "#now"));
        }
    }

    /** Where there is no room for all, the youngest are the last to be left out. */
    private static List<Long> youngestFirst(List<Person> people) {
        return people.stream().sorted(Comparator.comparing(Person::child).reversed()
                .thenComparing(Person::dateOfBirth, Comparator.nullsFirst(Comparator.reverseOrder()))).map(Person::id).toList();
    }

    /** The newest answer to each marked question, for each person it is about. */
    private void said(Actor actor, Predicate<String> others, String ref, String page, Map<Long, String> names, List<Long> order, List<Entry> inForce, Map<String, List<Line>> found) {
        Set<List<Object>> told = new HashSet<>();
        for (Entry entry : inForce) {
            Form form = forms.get(entry.deploymentId(), entry.formKey()).form();
            if (form.properties("summary").isEmpty()) {
                continue;
            }
            AnswersView view = view(actor, others, entry, form);
            List<AnswersView.Block> blocks = view.blocks().stream().sorted(Comparator.comparing(block -> block.person() == null ? -1 : order.indexOf(block.person()))).toList();
            for (AnswersView.Block block : blocks) {
                String about = block.person() != null ? names.get(block.person())
                        : entry.about().size() == 1 ? names.get(entry.about().iterator().next()) : null;
                for (AnswersView.Line line : block.lines()) {
                    boolean row = block.card() && block.person() == null;
                    if (line.summary() != null && !past(form, line, entry) && (row || told.add(Arrays.asList(entry.formKey(), line.key(), about)))) {
                        String answer = String.join(", ", line.answers());
                        if (!line.choice() && NOTHING.matcher(answer.strip()).matches()) {
                            continue;
                        }
                        String said = line.choice() ? line.question() + " " + sentence(answer) : sentence(answer);
                        found.get(line.summary()).add(line(about, line.copied() == null ? said : say("summary.copied") + " " + said, entry.title(), day(entry.filedAt()),
                                page + "/entries/" + entry.id()));
                    }
                }
            }
        }
    }

    /** Whether an answer held for some days only, and they are over. */
    private boolean past(Form form, AnswersView.Line line, Entry entry) {
        return form.all().filter(question -> line.key().equals(question.key())).flatMap(question -> question.property("summaryDays").stream())
                .anyMatch(days -> day(entry.filedAt()).plusDays(Long.parseLong(days)).isBefore(families.today()));
    }

    /** People first, then one sentence of each part in turn, until the page is full. */
    private Summary fitted(Map<String, List<Line>> found) {
        Map<String, List<Line>> taken = new LinkedHashMap<>();
        found.keySet().forEach(part -> taken.put(part, new ArrayList<>()));
        for (Line line : found.get("who")) {
            if (taken.get("who").stream().mapToInt(Line::words).sum() + line.words() <= PEOPLE) {
                taken.get("who").add(line);
            }
        }
        boolean more = true;
        for (int turn = 0; more; turn++) {
            more = false;
            for (String part : PARTS) {
                if (!part.equals("who") && turn < found.get(part).size()) {
                    more = true;
                    taken.get(part).add(found.get(part).get(turn));
                    if (of(found, taken).words() > Summary.MOST_WORDS) {
                        taken.get(part).remove(taken.get(part).size() - 1);
                    }
                }
            }
        }
        return of(found, taken);
    }

    private Summary of(Map<String, List<Line>> found, Map<String, List<Line>> taken) {
        return new Summary(PARTS.stream().map(part -> {
            int left = found.get(part).size() - taken.get(part).size();
            return new Part(part, say("summary." + part), List.copyOf(taken.get(part)), say("summary.nothing"), left == 0 ? null : say("summary.left", left));
        }).toList());
    }

    private Line line(String about, String text, String source, LocalDate on, String href) {
        return new Line(about, shortened(text), source, on, Dates.day(on), href);
    }

    /** Whole sentences while they fit, else the beginning of the first. */
    static String shortened(String text) {
        String clean = text.strip().replaceAll("\\s+", " ");
        if (Summary.words(clean) <= LINE) {
            return clean;
        }
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.UK);
        sentences.setText(clean);
        int end = 0;
        for (int next = sentences.next(); next != BreakIterator.DONE && Summary.words(clean.substring(0, next)) <= LINE; next = sentences.next()) {
            end = next;
        }
        return end > 0 ? clean.substring(0, end).strip() + " …" : String.join(" ", Arrays.asList(clean.split(" ")).subList(0, LINE - 1)) + " …";
    }

    private static String sentence(Object text) {
        String words = text == null ? "" : text.toString().strip();
        return words.isEmpty() || ".!?…".indexOf(words.charAt(words.length() - 1)) >= 0 ? words : words + ".";
    }

    private static LocalDate day(Instant at) {
        return WorkingDays.dayOf(at);
    }

    private String coded(String kind, String code) {
        return messages.getMessage(kind + code, null, code, Locale.UK);
    }

    private String say(String key, Object... values) {
        return messages.getMessage(key, values, Locale.UK);
    }
}
