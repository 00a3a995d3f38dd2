package org.thinkfamily.overview.web;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Policy;
import org.thinkfamily.clock.Due;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.FamilyQuestions;
import org.thinkfamily.family.Person;
import org.thinkfamily.forms.AnswersView;
import org.thinkfamily.forms.Form;
import org.thinkfamily.forms.FormContext;
import org.thinkfamily.overview.Overview;
import org.thinkfamily.overview.Summaries;
import org.thinkfamily.overview.Summary;
import org.thinkfamily.record.Entries;
import org.thinkfamily.record.Entry;
import org.thinkfamily.worklist.ReleasedForms;
import org.thinkfamily.worklist.WorkItem;

/** A family to read: on one page, as a story, and what runs for it as a list of tasks (U07, U08, U19). */
@Controller
class ReadingPages {

    private static final int PAGE = 20;
    /** A page to print holds no more than this. */
    private static final int WHOLE = 300;

    private final Summaries summaries;
    private final Overview overview;
    private final Families families;
    private final FamilyQuestions questions;
    private final ReleasedForms forms;
    private final Policy policy;
    private final WorkingDays workingDays;

    ReadingPages(Summaries summaries, Overview overview, Families families, FamilyQuestions questions, ReleasedForms forms, Policy policy, WorkingDays workingDays) {
        this.summaries = summaries;
        this.overview = overview;
        this.families = families;
        this.questions = questions;
        this.forms = forms;
        this.policy = policy;
        this.workingDays = workingDays;
    }

    @GetMapping("/families/{ref}/summary")
    String summary(Actor actor, @PathVariable String ref, Model model) {
        Summary summary = summaries.of(actor, ref);
        model.addAttribute("summary", summary);
        model.addAttribute("today", Dates.day(families.today()));
        identity(ref, families.people(ref), model);
        return "overview/summary";
    }

    /** Something that was filed, as it stands now, with what stood there before. */
    record Chapter(Version now, List<Version> before, List<String> about) { }

    record Version(Entry entry, String day, AnswersView view) {

        public boolean empty() {
            return view.blocks().stream().allMatch(block -> block.lines().stream().allMatch(AnswersView.Line::blank));
        }
    }

    @GetMapping("/families/{ref}/story")
    String story(Actor actor, @PathVariable String ref, @RequestParam(required = false) Long after, @RequestParam(defaultValue = "false") boolean whole, Model model) {
        int limit = whole ? WHOLE : PAGE;
        List<Entries.Told> story = overview.story(actor, ref, after, limit + 1);
        List<Person> people = families.people(ref);
        Map<Long, Person> joined = families.joined(ref);
        Map<String, FormContext> contexts = new HashMap<>();
        model.addAttribute("chapters", story.stream().limit(limit).map(told -> new Chapter(version(actor, told.now(), contexts),
                told.before().stream().map(before -> version(actor, before, contexts)).toList(),
                people.stream().filter(person -> told.now().about().contains(person.id())
                        || told.now().about().stream().anyMatch(id -> joined.containsKey(id) && joined.get(id).id() == person.id())).map(questions::heading).toList())).toList());
        Entries.Told last = story.size() > limit ? story.get(limit - 1) : null;
        String path = "/families/" + ref + "/story";
        model.addAttribute("next", last == null ? null : path + "?" + (whole ? "whole=true&" : "") + "after=" + (last.before().isEmpty() ? last.now() : last.before().get(0)).id());
        model.addAttribute("path", path);
        model.addAttribute("whole", whole);
        model.addAttribute("most", limit);
        identity(ref, people, model);
        return "overview/story";
    }

    /** A step with its state: {@code done}, {@code not-needed}, {@code no-answer}, {@code in-progress}, {@code to-do} or {@code later}. */
    record StepRow(Overview.TaskList.Step step, String state, Due due, String day) { }

    /** Long work as a list of tasks (U19). */
    @GetMapping("/families/{ref}/processes/{process}")
    String tasks(Actor actor, @PathVariable String ref, @PathVariable String process, Model model) {
        Overview.TaskList tasks = overview.tasks(actor, ref, process);
        model.addAttribute("process", tasks.process());
        model.addAttribute("steps", tasks.steps().stream().map(this::row).toList());
        identity(ref, families.people(ref), model);
        model.addAttribute("back", "/families/" + ref);
        return "overview/tasks";
    }

    private StepRow row(Overview.TaskList.Step step) {
        WorkItem item = step.item();
        String state = item == null ? "later" : !item.open() ? item.doneBy() == null ? unanswered(item) ? "no-answer" : "not-needed" : "done" : item.assignee() == null ? "to-do" : "in-progress";
        return new StepRow(step, state, item == null || !item.open() || item.dueOn() == null ? null : Due.of(item.dueOn(), families.today(), workingDays),
                item == null || item.open() ? null : day(item.doneAt()));
    }

    /** Nobody did it, and its time had run out when the steps went on without it. */
    private static boolean unanswered(WorkItem item) {
        return item.dueOn() != null && !item.doneAt().isBefore(WorkingDays.endOf(item.dueOn()));
    }

    private Version version(Actor actor, Entry entry, Map<String, FormContext> contexts) {
        Form form = forms.get(entry.deploymentId(), entry.formKey()).form();
        FormContext context = contexts.computeIfAbsent(entry.deploymentId() + '/' + entry.formKey(), key -> questions.context(form, entry.family(), Map.of()));
        return new Version(entry, day(entry.filedAt()), AnswersView.of(form, entry.answers(), context,
                restriction -> actor.username().equals(entry.author()) || policy.mayRead(actor, entry.family(), restriction)));
    }

    private static String day(Instant at) {
        return Dates.day(at);
    }

    private void identity(String ref, List<Person> people, Model model) {
        model.addAttribute("ref", ref);
        model.addAttribute("people", people.stream().map(questions::identity).toList());
    }
}
