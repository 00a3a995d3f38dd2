package org.thinkfamily.overview.web;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.clock.Clock;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.clock.Due;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.FamilyQuestions;
import org.thinkfamily.handover.Handovers;
import org.thinkfamily.overview.FamilyOverview;
import org.thinkfamily.overview.Overview;
import org.thinkfamily.overview.Summaries;
import org.thinkfamily.record.Entry;
import org.thinkfamily.worklist.Fillings;

/** What a new worker is handed over: what the worker before wrote, what has changed since, and how the family stands now (S-206, U29). */
@Controller
class HandoverPages {

    /** A handover stands on top of the family's page for so long. */
    private static final Period NEW = Period.ofDays(90);

    private final Handovers handovers;
    private final Overview overview;
    private final Summaries summaries;
    private final Fillings fillings;
    private final Families families;
    private final FamilyQuestions questions;
    private final Audit audit;
    private final WorkingDays workingDays;
    private final MessageSource messages;

    HandoverPages(Handovers handovers, Overview overview, Summaries summaries, Fillings fillings, Families families, FamilyQuestions questions, Audit audit, WorkingDays workingDays,
            MessageSource messages) {
        this.handovers = handovers;
        this.overview = overview;
        this.summaries = summaries;
        this.fillings = fillings;
        this.families = families;
        this.questions = questions;
        this.audit = audit;
        this.workingDays = workingDays;
        this.messages = messages;
    }

    /** Those whose words a worker should still read: the newest of each role, as long as it is new. */
    static List<Handovers.Change> toRead(List<Handovers.Change> changes, InstantSource time) {
        LocalDate since = WorkingDays.dayOf(time.instant()).minus(NEW);
        return changes.stream().collect(Collectors.groupingBy(Handovers.Change::role)).values().stream().map(ofRole -> ofRole.get(0))
                .filter(change -> change.entry() != null && !WorkingDays.dayOf(change.changedAt()).isBefore(since)).sorted(Comparator.comparing(Handovers.Change::id).reversed()).toList();
    }

    /** Something that happened since; {@code href} may be null. */
    record Since(Instant at, String text, String href) {

        public String day() {
            return Dates.day(at);
        }
    }

    @GetMapping("/families/{ref}/handovers/{change}")
    @Transactional
    String handover(Actor actor, @PathVariable String ref, @PathVariable long change, Model model) {
        audit.read(actor, "handover.read", ref, change);
        Handovers.Change handed = handovers.of(ref).stream().filter(each -> each.id() == change && each.entry() != null).findFirst().orElseThrow(NotFound::new);
        Entry entry = overview.entry(actor, ref, handed.entry());
        FamilyOverview family = overview.of(actor, ref);
        LocalDate today = families.today();
        model.addAttribute("ref", ref);
        model.addAttribute("change", handed);
        model.addAttribute("entry", entry);
        model.addAttribute("view", fillings.view(entry, actor));
        model.addAttribute("since", since(ref, family, handed, entry));
        model.addAttribute("work", family.work().stream().map(item -> new FamilyPages.WorkRow(item, item.dueOn() == null ? null : Due.of(item.dueOn(), today, workingDays))).toList());
        model.addAttribute("clocks", family.clocks().stream().filter(clock -> clock.metAt() == null && clock.stoppedAt() == null)
                .map(clock -> new FamilyPages.ClockRow(clock, Due.of(clock.dueOn(), today, workingDays), clock.person() == null ? null
                        : family.people().stream().filter(person -> person.id() == clock.person()).map(person -> person.name()).findFirst().orElse(null), false)).toList());
        model.addAttribute("involvement", family.involvement().stream().filter(each -> each.endedOn() == null).toList());
        model.addAttribute("summary", summaries.of(actor, ref).parts().stream().filter(part -> !part.key().equals("who")).toList());
        model.addAttribute("people", family.people().stream().map(questions::identity).toList());
        model.addAttribute("back", "/families/" + ref);
        return "overview/handover";
    }

    /** What was filed, decided, met and begun after the handover was written, and who came and went; the newest first. */
    private List<Since> since(String ref, FamilyOverview family, Handovers.Change handed, Entry written) {
        String page = "/families/" + ref;
        Instant from = handed.changedAt();
        LocalDate day = WorkingDays.dayOf(from);
        List<Since> found = new ArrayList<>();
        family.entries().stream().filter(entry -> entry.id() > written.id())
                .forEach(entry -> found.add(new Since(entry.filedAt(), say("handover.since.entry", entry.title(), entry.authorName()), page + "/entries/" + entry.id())));
        family.decisions().stream().filter(kept -> kept.decidedAt().isAfter(from))
                .forEach(kept -> found.add(new Since(kept.decidedAt(), say("handover.since.decision", kept.taken().name()), page + "/decisions/" + kept.id())));
        for (Clock clock : family.clocks()) {
            Stream.of(Map.entry("met", Stream.ofNullable(clock.metAt())), Map.entry("stopped", Stream.ofNullable(clock.stoppedAt())))
                    .forEach(end -> end.getValue().filter(at -> at.isAfter(from)).forEach(at -> found.add(new Since(at, say("handover.since.clock." + end.getKey(), clock.title()), page + "#clocks"))));
            if (clock.state() == Clock.State.LATE && clock.dueAt().isAfter(from)) {
                found.add(new Since(clock.dueAt(), say("handover.since.clock.late", clock.title()), page + "#clocks"));
            }
        }
        family.involvement().stream().filter(one -> one.name() != null).forEach(one -> {
            if (one.beganOn().isAfter(day)) {
                found.add(new Since(one.beganOn().atStartOfDay(WorkingDays.LONDON).toInstant(), say("handover.since.began", one.name(), one.roleName()), null));
            }
            if (one.endedOn() != null && one.endedOn().isAfter(day)) {
                found.add(new Since(one.endedOn().atStartOfDay(WorkingDays.LONDON).toInstant(), say("handover.since.ended", one.name(), one.roleName()), null));
            }
        });
        return found.stream().sorted(Comparator.comparing(Since::at).reversed()).toList();
    }

    private String say(String key, Object... values) {
        return messages.getMessage(key, values, Locale.UK);
    }
}
