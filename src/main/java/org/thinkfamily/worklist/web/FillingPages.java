package org.thinkfamily.worklist.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Actors;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.access.Policy;
import org.thinkfamily.clock.Due;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.FamilyQuestions;
import org.thinkfamily.forms.Answers;
import org.thinkfamily.forms.AnswersView;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.forms.Form;
import org.thinkfamily.forms.FormContext;
import org.thinkfamily.forms.FormView;
import org.thinkfamily.forms.PostedForm;
import org.thinkfamily.forms.Problem;
import org.thinkfamily.record.Decisions;
import org.thinkfamily.record.Entry;
import org.thinkfamily.worklist.BeforeAnswering;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;
import org.thinkfamily.worklist.ReadFirst;
import org.thinkfamily.worklist.Siblings;
import org.thinkfamily.worklist.WorkItem;

/** Filling in a form: the questions, the answers to check, the signature. The same pages for a task, a start and a change. */
@Controller
class FillingPages {

    private static final String TASK = "/work/{task}";
    private static final String START = "/start/{process}";
    private static final String CHANGE = "/families/{family}/changes/{message}";

    private final Fillings fillings;
    private final Families families;
    private final FamilyQuestions questions;
    private final Policy policy;
    private final WorkingDays workingDays;
    private final Decisions decisions;
    private final Opened opened;
    private final Actors actors;
    private final Siblings siblings;
    private final BeforeAnswering beforeAnswering;

    FillingPages(Fillings fillings, Families families, FamilyQuestions questions, Policy policy, WorkingDays workingDays,
            Decisions decisions, Opened opened, Actors actors, Siblings siblings, BeforeAnswering beforeAnswering) {
        this.beforeAnswering = beforeAnswering;
        this.actors = actors;
        this.siblings = siblings;
        this.opened = opened;
        this.fillings = fillings;
        this.families = families;
        this.questions = questions;
        this.policy = policy;
        this.workingDays = workingDays;
        this.decisions = decisions;
    }

    /** Which form the address names, and the address itself. */
    private record Place(Filling filling, String path, String query) {

        String to(String below) {
            return path + below + query;
        }

        /** The page of the form that says what is wrong with the draft: an address of its own, so that the browser can go back to it and load it again. */
        String wrong() {
            return path + (query.isEmpty() ? "?" : query + "&") + "wrong=true";
        }
    }

    private Place place(Actor actor, Map<String, String> path, String family) {
        if (path.containsKey("task")) {
            return new Place(fillings.task(actor, path.get("task")), "/work/" + path.get("task"), "");
        }
        if (path.containsKey("process")) {
            String known = family == null || family.isBlank() ? null : family;
            return new Place(fillings.start(actor, path.get("process"), known), "/start/" + path.get("process"), known == null ? "" : "?family=" + known);
        }
        return new Place(fillings.change(actor, path.get("family"), path.get("message")), "/families/" + path.get("family") + "/changes/" + path.get("message"), "");
    }

    @GetMapping({TASK, START, CHANGE})
    String questions(Actor actor, @PathVariable Map<String, String> path, @RequestParam(required = false) String family, @RequestParam(required = false) String wrong, Model model) {
        Place place = place(actor, path, family);
        WorkItem task = place.filling().task();
        if (task != null && !task.open()) {
            fillings.read(actor, place.filling());
            model.addAttribute("task", task);
            model.addAttribute("identity", fillings.identity(place.filling(), Map.of()));
            return "worklist/done";
        }
        FormContext context = fillings.context(place.filling());
        Map<String, Object> answers = fillings.answers(place.filling(), context, actor);
        boolean tried = wrong != null && (place.filling().task() == null || Fillings.mayDo(actor, place.filling().task()));
        return page(place, actor, context, answers, tried ? fillings.check(place.filling(), context, answers).problems() : List.of(), model);
    }

    /** The form to print and fill in by hand. */
    @GetMapping({TASK + "/blank", START + "/blank", CHANGE + "/blank"})
    String blank(Actor actor, @PathVariable Map<String, String> path, @RequestParam(required = false) String family, Model model) {
        Place place = place(actor, path, family);
        fillings.print(actor, place.filling());
        model.addAttribute("identity", fillings.identity(place.filling(), Map.of()));
        model.addAttribute("title", place.filling().title());
        model.addAttribute("ref", place.filling().family());
        model.addAttribute("form", FormView.blank(place.filling().form(), fillings.context(place.filling())));
        model.addAttribute("page", place.to("/blank"));
        model.addAttribute("back", place.to(""));
        return "worklist/blank";
    }

    @PostMapping({TASK, START, CHANGE})
    String answer(Actor actor, @PathVariable Map<String, String> path, @RequestParam(required = false) String family,
            @RequestParam MultiValueMap<String, String> parameters, @RequestHeader(name = "HX-Request", required = false) boolean partly, Model model, RedirectAttributes flash) {
        Place place = place(actor, path, family);
        PostedForm posted = PostedForm.read(place.filling().form(), parameters);
        requireMine(actor, place.filling(), posted.answers());
        fillings.saveDraft(place.filling(), actor, posted.answers());
        FormContext context = fillings.context(place.filling());
        if (parameters.containsKey("finish-later")) {
            flash.addFlashAttribute("noticeKey", "work.kept");
            flash.addFlashAttribute("noticeArgument", place.filling().title());
            return place.filling().start() == null ? "redirect:/work" : "redirect:/start";
        }
        if (parameters.containsKey("copy-from")) {
            siblings.copy(place.filling(), actor, number(parameters.getFirst("copy-from")), posted.answers());
            return "redirect:" + place.to("") + "#questions";
        }
        if (partly) {
            // A list that an answer has just brought up starts with what is known.
            page(place, actor, context, Answers.over(place.filling().form(), Answers.initial(place.filling().form(), context), posted.answers()), List.of(), model);
            return "forms/form :: questions(form=${form})";
        }
        if (posted.again()) {
            return "redirect:" + place.to("") + "#" + (posted.focus() == null ? "questions" : posted.focus());
        }
        return "redirect:" + (fillings.check(place.filling(), context, posted.answers()).isAccepted() ? place.to("/check") : place.wrong());
    }

    @GetMapping({TASK + "/check", START + "/check", CHANGE + "/check"})
    String check(Actor actor, @PathVariable Map<String, String> path, @RequestParam(required = false) String family, Model model) {
        Place place = place(actor, path, family);
        requireMine(actor, place.filling(), null);
        FormContext context = fillings.context(place.filling());
        Map<String, Object> answers = fillings.answers(place.filling(), context, actor);
        CheckedForm checked = fillings.check(place.filling(), context, answers);
        if (!checked.isAccepted()) {
            return backToForm(place, actor);
        }
        common(place, actor, checked.answers(), model);
        model.addAttribute("view", AnswersView.of(place.filling().form(), checked.answers(), context, restriction -> true));
        model.addAttribute("once", UUID.randomUUID().toString());
        model.addAttribute("back", place.to(""));
        return "worklist/check";
    }

    @PostMapping({TASK + "/check", START + "/check", CHANGE + "/check"})
    String sign(Actor actor, @PathVariable Map<String, String> path, @RequestParam(required = false) String family, @RequestParam(required = false) String once,
            Model model, RedirectAttributes flash) {
        Place place = place(actor, path, family);
        FormContext context = fillings.context(place.filling());
        Map<String, Object> answers = fillings.answers(place.filling(), context, actor);
        CheckedForm checked = fillings.check(place.filling(), context, answers);
        WorkItem task = place.filling().task();
        boolean repeated = task != null && !task.open() && actor.username().equals(task.doneBy());
        if (!repeated) {
            requireMine(actor, place.filling(), null);
        }
        if (!checked.isAccepted() && !repeated) {
            return backToForm(place, actor);
        }
        long decidedBefore = redFlags(place.filling().family()).map(Decisions.Kept::id).orElse(0L);
        Opened.Before before = opened.before(place.filling().family());
        Fillings.Filed filed = repeated ? new Fillings.Filed(task.family(), task.entry(), null) : fillings.file(place.filling(), checked, actor, once);
        flash.addFlashAttribute("noticeKey", redFlags(filed.family()).filter(kept -> kept.id() > decidedBefore).map(FillingPages::howSoon)
                .filter(soon -> !soon.equals("none")).map(soon -> "work.filed." + soon).orElse("work.filed"));
        flash.addFlashAttribute("noticeArgument", place.filling().title());
        flash.addFlashAttribute("noticeMore", repeated ? List.of() : opened.since(actor, filed.family(), before));
        return filed.family() == null || !policy.maySee(actor, filed.family()) ? "redirect:/work" : "redirect:/families/" + filed.family();
    }

    private Optional<Decisions.Kept> redFlags(String family) {
        return family == null ? Optional.empty() : decisions.newest(family, "red-flag-response");
    }

    /** The one output of the table, kept under its label: immediate, same-day or none. */
    private static String howSoon(Decisions.Kept kept) {
        return kept.taken().outputs().stream().flatMap(output -> output.values().stream()).map(String::valueOf).filter(Set.of("immediate", "same-day")::contains).findFirst().orElse("none");
    }

    /** Throws away what was begun and not sent. */
    @PostMapping(START + "/discard")
    String discard(Actor actor, @PathVariable Map<String, String> path, @RequestParam(required = false) String family, RedirectAttributes flash) {
        Place place = place(actor, path, family);
        fillings.discard(place.filling(), actor);
        flash.addFlashAttribute("noticeKey", "work.drafts.discarded");
        flash.addFlashAttribute("noticeArgument", place.filling().title());
        return "redirect:/start";
    }

    /** Keeps the answers as they stand. Asked every few seconds and on leaving the page. */
    @PutMapping({TASK + "/draft", START + "/draft", CHANGE + "/draft"})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void putDraft(Actor actor, @PathVariable Map<String, String> path, @RequestParam(required = false) String family, @RequestParam MultiValueMap<String, String> parameters) {
        draft(actor, path, family, parameters);
    }

    @PostMapping({TASK + "/draft", START + "/draft", CHANGE + "/draft"})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void draft(Actor actor, @PathVariable Map<String, String> path, @RequestParam(required = false) String family, @RequestParam MultiValueMap<String, String> parameters) {
        Place place = place(actor, path, family);
        Map<String, Object> answers = PostedForm.read(place.filling().form(), parameters).answers();
        requireMine(actor, place.filling(), answers);
        fillings.saveDraft(place.filling(), actor, answers);
    }

    /** Nothing is kept or filed for a task that is done, somebody else's or not for the asker. {@code sent}: what the asker wants to keep, or null. */
    private static void requireMine(Actor actor, Filling filling, Map<String, Object> sent) {
        WorkItem task = filling.task();
        if (task == null || task.open() && Fillings.mayDo(actor, task)) {
            return;
        }
        if (task.open() && task.assignee() == null) {
            throw new NotAllowed();
        }
        throw new ConflictPage.TakenOver(task, sent);
    }

    private String page(Place place, Actor actor, FormContext context, Map<String, Object> answers, List<Problem> problems, Model model) {
        common(place, actor, answers, model);
        Optional<Entry> last = beforeAnswering.previous(place.filling());
        model.addAttribute("form", FormView.of(place.filling().form(), answers, context, problems, last.map(entry -> before(entry, context, place.filling().form(), actor)).orElse(null)));
        model.addAttribute("errors", problems);
        model.addAttribute("shown", beforeAnswering.shown(actor, place.filling()).stream()
                .map(said -> new Shown(said, said.entry(), said.entry() == null ? null : fillings.view(said.entry(), actor),
                        said.entry() == null ? null : actors.contact(said.entry().author()).orElse(null))).toList());
        model.addAttribute("siblings", siblings.offered(place.filling()));
        model.addAttribute("fixed", beforeAnswering.fixed(place.filling()).orElse(null));
        model.addAttribute("ruled", beforeAnswering.ruled(place.filling()));
        last.ifPresent(entry -> {
            model.addAttribute("previous", AnswersView.of(place.filling().form(), entry.answers(), context, restriction -> policy.mayRead(actor, entry.family(), restriction)));
            model.addAttribute("previousEntry", entry);
        });
        return "worklist/form";
    }

    private FormView.Before before(Entry entry, FormContext context, Form form, Actor actor) {
        return new FormView.Before(Answers.readable(form, entry.answers(), restriction -> actor.username().equals(entry.author()) || policy.mayRead(actor, entry.family(), restriction)),
                entry.authorName(), entry.filedAt().atZone(WorkingDays.LONDON).toLocalDate());
    }

    /** Answers that cannot be signed: back to the questions, which say what is wrong. */
    private String backToForm(Place place, Actor actor) {
        if (place.filling().family() != null) {
            fillings.read(actor, place.filling());
        }
        return "redirect:" + place.wrong();
    }

    private static long number(String typed) {
        if (typed == null || !typed.matches("\\d{1,18}")) {
            throw new NotFound();
        }
        return Long.parseLong(typed);
    }

    /** What to read before answering; {@code entry}, {@code view} and {@code contact} are null when nobody answered. */
    record Shown(ReadFirst said, Entry entry, AnswersView view, Actors.Contact contact) { }

    private void common(Place place, Actor actor, Map<String, Object> answers, Model model) {
        Filling filling = place.filling();
        model.addAttribute("filling", filling);
        model.addAttribute("action", place.to(""));
        model.addAttribute("checkAction", place.to("/check"));
        model.addAttribute("draftAction", place.to("/draft"));
        model.addAttribute("blankAction", place.to("/blank"));
        model.addAttribute("savedAt", fillings.draftSavedAt(filling, actor).orElse(null));
        if (filling.family() != null) {
            fillings.read(actor, filling);
            model.addAttribute("identity", fillings.identity(filling, answers));
        }
        WorkItem task = filling.task();
        if (task != null) {
            model.addAttribute("task", task);
            String barred = fillings.barred(actor, task).orElse(null);
            model.addAttribute("barred", barred);
            model.addAttribute("mine", barred == null && actor.username().equals(task.assignee()));
            model.addAttribute("mayDo", barred == null && Fillings.mayDo(actor, task));
            model.addAttribute("mayHandOver", Fillings.mayGive(actor, task));
            model.addAttribute("colleagues", fillings.colleagues(task));
            model.addAttribute("due", task.dueOn() == null ? null : Due.of(task.dueOn(), families.today(), workingDays));
        }
    }
}
