package org.thinkfamily.overview.web;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Actors;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.Emergencies;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.access.Policy;
import org.thinkfamily.attachments.Attachments;
import org.thinkfamily.clock.Clock;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.clock.Due;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.contact.Contacts;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.FamilyQuestions;
import org.thinkfamily.family.Person;
import org.thinkfamily.forms.AnswersView;
import org.thinkfamily.handover.Handovers;
import org.thinkfamily.kin.Kin;
import org.thinkfamily.notify.Outbox;
import org.thinkfamily.overview.FamilyOverview;
import org.thinkfamily.overview.Overview;
import org.thinkfamily.pathway.DecisionRules;
import org.thinkfamily.pathway.Pathway;
import org.thinkfamily.record.Decisions;
import org.thinkfamily.record.Entry;
import org.thinkfamily.record.Quotes;
import org.thinkfamily.retention.Holds;
import org.thinkfamily.review.Reviews;
import org.thinkfamily.sharing.Sharings;
import org.thinkfamily.worklist.Corrections;
import org.thinkfamily.worklist.ReleasedForms;
import org.thinkfamily.worklist.WorkItem;

/** The pages of a family, and how to get to them. */
@Controller
class FamilyPages {

    /** The process whose form says how a family is related. */
    private static final String RELATIONSHIPS = "family-relationships";
    /** How many decisions on sharing the family's page shows. */
    private static final int SHARINGS = 5;
    /** How many clocks of each kind that no longer run the page shows before somebody asks for all. */
    private static final int ENDED_CLOCKS = 10;
    /** How many of the newest entries, and of the newest decisions, the page shows; the chronology has all. */
    private static final int NEWEST = 20;

    /** Processes that are a plan for one child. */
    private static final Set<String> PLANS = Set.of("child-protection-plan", "child-in-need");

    private static final String GOVERNS = "information-governance-officer";

    private final Holds holds;
    private final Overview overview;
    private final Families families;
    private final FamilyQuestions questions;
    private final ReleasedForms forms;
    private final Corrections corrections;
    private final Pathway pathway;
    private final DecisionRules rules;
    private final Policy policy;
    private final Audit audit;
    private final Outbox outbox;
    private final Attachments attachments;
    private final Quotes quotes;
    private final Kin kin;
    private final WorkingDays workingDays;
    private final MessageSource messages;
    private final Emergencies emergencies;
    private final Handovers handovers;
    private final InstantSource time;
    private final Sharings sharings;
    private final Actors actors;

    FamilyPages(Overview overview, Families families, FamilyQuestions questions, ReleasedForms forms, Corrections corrections, Pathway pathway, DecisionRules rules, Policy policy, Audit audit,
            Outbox outbox, Attachments attachments, WorkingDays workingDays, MessageSource messages, Quotes quotes, Kin kin, Emergencies emergencies, InstantSource time, Sharings sharings, Actors actors, Holds holds, Handovers handovers) {
        this.handovers = handovers;
        this.holds = holds;
        this.actors = actors;
        this.sharings = sharings;
        this.kin = kin;
        this.quotes = quotes;
        this.overview = overview;
        this.families = families;
        this.questions = questions;
        this.forms = forms;
        this.corrections = corrections;
        this.pathway = pathway;
        this.rules = rules;
        this.policy = policy;
        this.audit = audit;
        this.outbox = outbox;
        this.attachments = attachments;
        this.workingDays = workingDays;
        this.messages = messages;
        this.emergencies = emergencies;
        this.time = time;
    }

    /** {@code lookedAfter}: by the council now, so that what is known of the home does not say where the child lives; {@code condition}: how a parent is, or null; {@code plans}: which plans there are for a child. */
    record PersonRow(Person person, String heading, boolean lookedAfter, Contacts.Now condition, List<String> plans) { }

    /** Something this reader may start or report for the family. */
    record Act(String name, String href, boolean protects) { }

    record WorkRow(WorkItem item, Due due) { }

    /** {@code mayExplain}: the reader may say why it is late, or say it again. */
    record ClockRow(Clock clock, Due due, String who, boolean mayExplain) {

        public boolean late() {
            return clock.metLate() || clock.state() == Clock.State.LATE;
        }

        /** Whether somebody should say why it is late. */
        public boolean unexplained() {
            return clock.lateReason() == null && late();
        }

        private boolean runs() {
            return clock.metAt() == null && clock.stoppedAt() == null;
        }

        /** Whether nothing is to do any more: it is met or stopped, and if it was met late somebody has said why. */
        public boolean over() {
            return !runs() && !unexplained();
        }

        public String state() {
            return switch (clock.state()) {
                case MET -> clock.metLate() ? "met-late" : "met";
                case STOPPED -> "stopped";
                case LATE -> "overdue";
                case RUNNING -> "";
            };
        }

        public String movedFrom() {
            return new Due(clock.movedFrom(), clock.movedFrom(), 0).date();
        }
    }

    /** A looked-after child with the limit of the next review, or null; legal status and placement in words. */
    record CareRow(Reviews.LookedAfter care, Due next, String legal, String placement) { }

    /** A running process with the ids of its tokens for the picture. */
    record ProcessRow(Pathway.Running process, String active, String stuck) { }

    @GetMapping("/families/{ref}")
    String family(Actor actor, @PathVariable String ref, @RequestParam(required = false) Long view, @RequestParam(defaultValue = "") String clocks, Model model) {
        FamilyOverview family = overview.of(actor, ref);
        LocalDate today = families.today();
        model.addAttribute("family", family);
        model.addAttribute("title", title(family));
        model.addAttribute("people", family.people().stream().map(person -> new PersonRow(person, questions.heading(person),
                family.lookedAfter().stream().anyMatch(child -> child.child() == person.id()),
                family.contact().conditions().stream().filter(now -> now.parent() == person.id()).findFirst().orElse(null),
                family.running().stream().filter(process -> PLANS.contains(process.key()) && Long.valueOf(person.id()).equals(process.child())).map(Pathway.Running::name).distinct().toList())).toList());
        model.addAttribute("unwell", family.contact().conditions().stream().filter(now -> !now.well()).toList());
        model.addAttribute("headings", family.people().stream().map(questions::identity).toList());
        Map<Long, String> names = new HashMap<>(family.people().stream().collect(Collectors.toMap(Person::id, Person::name)));
        families.joined(ref).forEach((old, person) -> names.put(old, person.name()));
        model.addAttribute("names", names);
        Kin.Web web = kin.of(ref, family.people());
        Set<Long> away = family.lookedAfter().stream().map(Reviews.LookedAfter::child).collect(Collectors.toSet());
        model.addAttribute("picture", FamilyDiagram.of(family.people(), web, view, away, new DiagramWords(web)));
        model.addAttribute("ties", inWords(family.people(), web, away));
        model.addAttribute("mayRelate", pathway.startable(actor.roles()).stream().anyMatch(start -> start.key().equals(RELATIONSHIPS)));
        model.addAttribute("sharing", sharings.of(ref).stream().limit(SHARINGS).toList());
        List<Handovers.Change> changes = handovers.of(ref);
        model.addAttribute("changes", changes);
        model.addAttribute("handovers", HandoverPages.toRead(changes, time));
        model.addAttribute("emergencies", emergencies.of(ref));
        model.addAttribute("moment", time.instant());
        boolean emergency = policy.onlyInEmergency(actor, ref);
        List<Act> acts = Stream.concat(family.changes().stream().map(change -> new Act(change.name(), "/families/" + ref + "/changes/" + change.message(), change.protects())),
                pathway.startable(actor.roles()).stream().filter(start -> start.protects() || !emergency).map(start -> new Act(start.name(), "/start/" + start.key() + "?family=" + ref, start.protects()))).sorted(Comparator.comparing(Act::name)).toList();
        model.addAttribute("protecting", acts.stream().filter(Act::protects).toList());
        model.addAttribute("others", acts.stream().filter(act -> !act.protects()).toList());
        Decisions.Kept looked = overview.flags(family);
        model.addAttribute("flags", looked);
        model.addAttribute("risks", looked == null ? List.of() : rules.flags(looked.taken()));
        model.addAttribute("lookedAfter", family.lookedAfter().stream().map(child -> new CareRow(child,
                child.nextDueOn() == null ? null : Due.of(child.nextDueOn(), today, workingDays), coded("family.legal.", child.legalStatus()), coded("family.placement.", child.placement()))).toList());
        model.addAttribute("work", family.work().stream().map(item -> new WorkRow(item, item.dueOn() == null ? null : Due.of(item.dueOn(), today, workingDays))).toList());
        clocks(actor, family.clocks(), names, clocks.equals("all"), model);
        model.addAttribute("entries", family.entries().stream().limit(NEWEST).toList());
        model.addAttribute("decisions", family.decisions().stream().limit(NEWEST).toList());
        model.addAttribute("processes", family.running().stream().map(process -> new ProcessRow(process,
                String.join(",", process.standing().stream().filter(token -> !token.stuck()).map(Pathway.Standing::element).toList()),
                String.join(",", process.standing().stream().filter(Pathway.Standing::stuck).map(Pathway.Standing::element).toList()))).toList());
        boolean governs = actor.has(GOVERNS);
        model.addAttribute("ownPart", policy.seesOwnPart(actor, ref));
        model.addAttribute("seesRetention", governs || actor.manages());
        model.addAttribute("held", (governs || actor.manages()) && holds.of(ref).stream().anyMatch(Holds.Hold::stands));
        return "overview/family";
    }

    /** Those that run and, unless all are asked for, the newest of those that ended: after many years they are hundreds, each with a place to say why. */
    private void clocks(Actor actor, List<Clock> clocks, Map<Long, String> names, boolean all, Model model) {
        LocalDate today = families.today();
        List<ClockRow> rows = clocks.stream().map(clock -> new ClockRow(clock, clock.metAt() == null && clock.stoppedAt() == null ? Due.of(clock.dueOn(), today, workingDays) : new Due(clock.dueOn(), today, 0),
                clock.person() == null ? null : names.get(clock.person()), Overview.mayExplain(actor, clock))).toList();
        List<ClockRow> over = rows.stream().filter(ClockRow::over).toList();
        List<ClockRow> unexplained = rows.stream().filter(row -> !row.runs() && !row.over()).toList();
        int most = all ? Integer.MAX_VALUE : ENDED_CLOCKS;
        model.addAttribute("clocks", Stream.concat(rows.stream().filter(ClockRow::runs), unexplained.stream().limit(most)).toList());
        model.addAttribute("clocksOver", over.stream().limit(most).toList());
        model.addAttribute("countOver", over.size());
        model.addAttribute("allClocks", over.size() > most || unexplained.size() > most ? rows.size() : null);
    }

    private String coded(String kind, String code) {
        return messages.getMessage(kind + code, null, code, Locale.UK);
    }

    /** The words of the picture. */
    private final class DiagramWords implements FamilyDiagram.Words {

        private final Kin.Web web;

        DiagramWords(Kin.Web web) {
            this.web = web;
        }

        @Override
        public String relation(String key, String relationship) {
            return messages.getMessage("family.relation." + key, new Object[] {relationship == null ? "" : messages.getMessage("family.relationship." + relationship, null, relationship, Locale.UK)}, Locale.UK);
        }

        /** What its heading says besides the name, and that somebody has died. */
        @Override
        public String detail(Person person) {
            LocalDate died = web.died().get(person.id());
            String heading = questions.identity(person);
            return died != null ? messages.getMessage("family.died", new Object[] {Dates.day(died)}, Locale.UK)
                    : person.unborn() ? messages.getMessage("family.expected", new Object[] {Dates.day(person.expectedOn())}, Locale.UK) : heading.substring(Math.min(heading.length(), person.name().length() + 2));
        }
    }

    /** Everything the picture shows, in sentences: ties by who says what of whom, then homes, then who has died. */
    private List<String> inWords(List<Person> people, Kin.Web web, Set<Long> away) {
        Map<Long, String> names = people.stream().collect(Collectors.toMap(Person::id, Person::name));
        Map<String, List<Kin.Tie>> groups = web.ties().stream().collect(Collectors.groupingBy(tie -> tie.kind() + tie.ended() + tie.who() + ":" + tie.since() + tie.until() + (tie.mutual() ? ":" + tie.whose() : ""), LinkedHashMap::new, Collectors.toList()));
        List<String> sentences = new ArrayList<>();
        groups.values().forEach(ties -> {
            Kin.Tie first = ties.get(0);
            String since = first.since() == null ? "" : " " + messages.getMessage("family.tie.since", new Object[] {Dates.day(first.since())}, Locale.UK);
            String until = first.until() == null ? "" : " " + messages.getMessage("family.tie.until", new Object[] {Dates.day(first.until())}, Locale.UK);
            sentences.add(messages.getMessage("family.tie." + first.kind() + (first.ended() ? ".ended" : ""),
                    new Object[] {names.get(first.who()), ties.stream().map(tie -> names.get(tie.whose())).collect(Collectors.joining(", ")), since + until}, Locale.UK));
        });
        Map<String, String> homes = people.stream().collect(Collectors.groupingBy(person -> away.contains(person.id()) ? "care" : web.homes().getOrDefault(person.id(), "not-known"),
                Collectors.mapping(Person::name, Collectors.joining(", "))));
        for (String home : List.of("first", "second", "third", "away", "care", "not-known")) {
            if (homes.containsKey(home)) {
                sentences.add(messages.getMessage("family.homes." + home, new Object[] {homes.get(home)}, Locale.UK));
            }
        }
        web.died().forEach((person, on) -> sentences.add(messages.getMessage("family.died.who", new Object[] {names.get(person), Dates.day(on)}, Locale.UK)));
        return sentences;
    }

    private static String title(FamilyOverview family) {
        String adults = String.join(", ", family.people().stream().filter(person -> !person.child()).map(Person::name).toList());
        return adults.isBlank() ? family.ref() : adults;
    }

    /** Whom an entry or a decision is about, also who was recorded twice then; everybody when it names nobody. */
    private List<String> about(String ref, Set<Long> about) {
        Map<Long, Person> joined = families.joined(ref);
        return families.people(ref).stream().filter(person -> about.isEmpty() || about.contains(person.id()) || about.stream().anyMatch(id -> joined.containsKey(id) && joined.get(id).id() == person.id()))
                .map(questions::identity).toList();
    }

    @GetMapping("/families/{ref}/entries/{id}")
    String entry(Actor actor, @PathVariable String ref, @PathVariable long id, Model model) {
        Entry entry = overview.entry(actor, ref, id);
        var form = forms.get(entry.deploymentId(), entry.formKey()).form();
        model.addAttribute("entry", entry);
        model.addAttribute("contact", actors.contact(entry.author()).orElse(null));
        model.addAttribute("mayCorrect", corrections.mayCorrect(actor, entry));
        List<Attachments.Attachment> files = attachments.withEarlier(actor, ref, id);
        model.addAttribute("files", files);
        model.addAttribute("removable", files.stream().filter(file -> Attachments.mayRemove(actor, file)).map(Attachments.Attachment::id).toList());
        model.addAttribute("room", attachments.room(actor, ref));
        model.addAttribute("mayRestrict", attachments.mayRestrict(actor, ref));
        model.addAttribute("filedAt", Dates.day(entry.filedAt()));
        model.addAttribute("view", AnswersView.of(form, entry.answers(), questions.context(form, ref, Map.of()),
                restriction -> actor.username().equals(entry.author()) || policy.mayRead(actor, entry.family(), restriction)));
        model.addAttribute("about", about(ref, entry.about()));
        model.addAttribute("quotes", quotes.inEntry(ref, id));
        model.addAttribute("confirmAction", Overview.mayConfirm(actor, entry) ? "/families/" + ref + "/entries/" + id + "/copies" : null);
        model.addAttribute("back", "/families/" + ref);
        return "overview/entry";
    }

    @PostMapping("/families/{ref}/entries/{id}/copies")
    String confirmCopy(Actor actor, @PathVariable String ref, @PathVariable long id, @RequestParam String list, @RequestParam String question, @RequestParam long person,
            RedirectAttributes flash) {
        overview.confirmCopy(actor, ref, id, list, question, person);
        flash.addFlashAttribute("noticeKey", "entry.confirmed");
        return "redirect:/families/" + ref + "/entries/" + id;
    }

    /** Says why a date is late; whoever sees the date sees why (U25). */
    @PostMapping("/families/{ref}/clocks/{id}/why")
    String why(Actor actor, @PathVariable String ref, @PathVariable long id, @RequestParam String reason, Model model, RedirectAttributes flash) {
        Optional<String> wrong = overview.explain(actor, ref, id, reason);
        if (wrong.isPresent()) {
            model.addAttribute("errors", List.of(Map.of("field", "why-" + id, "message", messages.getMessage(wrong.get(), new Object[] {Overview.LONGEST_REASON}, Locale.UK))));
            model.addAttribute("explaining", id);
            model.addAttribute("reason", reason);
            return family(actor, ref, null, "all", model);
        }
        flash.addFlashAttribute("noticeKey", "family.clock.explained");
        return "redirect:/families/" + ref + "#clocks";
    }

    @GetMapping("/families/{ref}/decisions/{id}")
    String decision(Actor actor, @PathVariable String ref, @PathVariable long id, Model model) {
        Decisions.Kept decision = overview.decision(actor, ref, id);
        model.addAttribute("decision", decision.taken());
        model.addAttribute("decidedAt", Dates.day(decision.decidedAt()));
        model.addAttribute("reasons", rules.reasons(decision.taken()));
        model.addAttribute("inputs", rules.inputs(decision.taken()));
        model.addAttribute("table", rules.inForce(decision.taken()).orElse(null));
        model.addAttribute("family", ref);
        model.addAttribute("about", about(ref, decision.taken().person() == null ? Set.of() : Set.of(decision.taken().person())));
        model.addAttribute("back", "/families/" + ref);
        return "overview/decision";
    }

    /** The diagram of a process that runs for this family. */
    @GetMapping(value = "/families/{ref}/diagrams/{definition}", produces = MediaType.APPLICATION_XML_VALUE)
    @ResponseBody
    String diagram(Actor actor, @PathVariable String ref, @PathVariable String definition) {
        audit.read(actor, "diagram.read", ref, definition);
        return pathway.running(ref).stream().map(Pathway.Running::definitionId).filter(definition::equals).findFirst()
                .flatMap(pathway::diagram).orElseThrow(NotFound::new);
    }

    @GetMapping("/cases")
    String cases(Actor actor, Model model) {
        List<Families.Listed> cases = families.casesOf(actor);
        model.addAttribute("cases", cases);
        model.addAttribute("dues", cases.stream().map(each -> each.nextDue() == null ? null : Due.of(each.nextDue(), families.today(), workingDays)).collect(ArrayList::new, List::add, List::addAll));
        return "overview/cases";
    }

    @GetMapping("/find")
    String find() {
        return "overview/find";
    }

    /** What is searched for is a name, a birthday or a number: it is sent, and stands in no address. */
    @PostMapping("/find")
    String find(Actor actor, @RequestParam String q, Model model) {
        String query = q.strip();
        model.addAttribute("q", query);
        if (query.length() > 100) {
            model.addAttribute("errors", List.of(Map.of("field", "q", "message", messages.getMessage("find.too-long", null, Locale.UK))));
        } else if (!query.isEmpty()) {
            LocalDate today = families.today();
            String asked = query.toUpperCase(Locale.ROOT);
            if (asked.matches("F-\\d{1,12}") && emergencies.offeredTo(actor) && !policy.maySee(actor, asked)) {
                model.addAttribute("emergency", asked); // the same for a family that exists and for one that does not
            }
            model.addAttribute("found", families.find(actor, query).stream().map(person -> new Hit(person, person.dateOfBirth() == null ? null
                    : Period.between(person.dateOfBirth(), today).getYears())).toList());
        }
        return "overview/find";
    }

    /** A person found, with the age in years or null. */
    record Hit(Families.Found person, Integer age) { }

    /** Every message about the families of the managed teams, sent or waiting: for managers, who find out why one did not arrive. */
    @GetMapping("/messages")
    String messages(Actor actor, Model model) {
        if (!actor.manages()) {
            throw new NotAllowed();
        }
        model.addAttribute("mail", outbox.visibleTo(actor, 200));
        model.addAttribute("serverConfigured", outbox.serverConfigured());
        return "overview/messages";
    }
}
