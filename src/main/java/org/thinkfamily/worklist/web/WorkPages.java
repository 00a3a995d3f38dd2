package org.thinkfamily.worklist.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Actors;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.clock.Due;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;
import org.thinkfamily.pathway.Pathway;
import org.thinkfamily.worklist.Fillings;
import org.thinkfamily.worklist.WorkItem;
import org.thinkfamily.worklist.WorkItems;

/** My work, team work, and what can be started. */
@Controller
class WorkPages {

    /** Working days within which a task counts as due soon. */
    static final int SOON = 2;
    private static final int PAGE = 25;
    private static final int WHOLE = 500;

    private final WorkItems items;
    private final Fillings fillings;
    private final Pathway pathway;
    private final Families families;
    private final WorkingDays workingDays;
    private final Actors actors;
    private final MessageSource messages;

    WorkPages(WorkItems items, Fillings fillings, Pathway pathway, Families families, WorkingDays workingDays, Actors actors, MessageSource messages) {
        this.actors = actors;
        this.messages = messages;
        this.items = items;
        this.fillings = fillings;
        this.pathway = pathway;
        this.families = families;
        this.workingDays = workingDays;
    }

    /** A task as a row of a list. {@code due} is null when it has no date. {@code draft}: when the reader saved answers to it that are not filed, or null. */
    record Row(WorkItem item, Due due, boolean mayClaim, Instant draft) {

        public String state() {
            return due == null ? "" : due.overdue() ? "overdue" : due.days() <= SOON ? "soon" : "";
        }
    }

    /** Rows under one heading: a message key, a family, or who has them. */
    record Group(String key, String family, String worker, List<Row> rows) {

        public long overdue() {
            return rows.stream().filter(row -> row.due() != null && row.due().overdue()).count();
        }
    }

    @GetMapping("/")
    String home() {
        return "redirect:/work";
    }

    @GetMapping("/work")
    String mine(Actor actor, @RequestParam(required = false) String after, @RequestParam(defaultValue = "due") String by, Model model) {
        return list("mine", "/work", items.mine(actor, after, length(by)), actor, by, model);
    }

    @GetMapping("/work/team")
    String team(Actor actor, @RequestParam(required = false) String after, @RequestParam(defaultValue = "due") String by, Model model) {
        return list("team", "/work/team", items.team(actor, after, length(by)), actor, by, model);
    }

    /** What a manager cannot do but ask for: late tasks of the own teams' families that are with another service. */
    @GetMapping("/work/team/late-elsewhere")
    String lateElsewhere(Actor actor, @RequestParam(required = false) String after, @RequestParam(defaultValue = "due") String by, Model model) {
        return list("elsewhere", "/work/team/late-elsewhere", items.lateElsewhere(actor, after, length(by)), actor, by, model);
    }

    /** What somebody counts is on one page, as far as a page can be long. */
    private static int length(String by) {
        return by.equals("worker") ? WHOLE : PAGE;
    }

    private String list(String scope, String path, List<WorkItem> found, Actor actor, String by, Model model) {
        Map<String, Instant> drafts = fillings.taskDrafts(actor);
        int length = length(by);
        List<Row> rows = found.stream().limit(length).map(item -> new Row(item, due(item), item.assignee() == null && Fillings.mayDo(actor, item), drafts.get(item.id()))).toList();
        model.addAttribute("manages", !actor.managedTeams().isEmpty());
        model.addAttribute("colleagues", scope.equals("team") && !actor.managedTeams().isEmpty() && !rows.isEmpty() ? actors.inTeams(actor.managedTeams()) : List.of());
        model.addAttribute("managed", actor.managedTeams());
        model.addAttribute("scope", scope);
        model.addAttribute("path", path);
        String order = List.of("family", "worker", "service").contains(by) ? by : "due";
        model.addAttribute("by", order);
        model.addAttribute("groups", switch (order) {
            case "family" -> byFamily(rows);
            case "worker" -> byWorker(rows);
            case "service" -> byService(rows);
            default -> byDate(rows);
        });
        model.addAttribute("next", found.size() > length ? path + "?by=" + order + "&after=" + found.get(length - 1).key() : null);
        return "worklist/list";
    }

    private Due due(WorkItem item) {
        return item.dueOn() == null ? null : Due.of(item.dueOn(), families.today(), workingDays);
    }

    /** What a red flag asks for today stands before everything else, however late that is. */
    private List<Group> byDate(List<Row> rows) {
        Map<String, List<Row>> groups = new LinkedHashMap<>();
        groups.put("red-flag", new ArrayList<>());
        for (Row row : rows) {
            String key = row.item().redFlag() && row.due() != null && !row.item().dueOn().isAfter(families.today()) ? "red-flag" : row.due() == null ? "no-date" : row.due().overdue() ? "overdue" : row.due().days() <= SOON ? "soon" : "later";
            groups.computeIfAbsent(key, any -> new ArrayList<>()).add(row);
        }
        return groups.entrySet().stream().filter(group -> !group.getValue().isEmpty()).map(group -> new Group(group.getKey(), null, null, group.getValue())).toList();
    }

    private static List<Group> byFamily(List<Row> rows) {
        Map<String, List<Row>> groups = new LinkedHashMap<>();
        rows.forEach(row -> groups.computeIfAbsent(row.item().family(), any -> new ArrayList<>()).add(row));
        return groups.entrySet().stream().map(group -> new Group(null, group.getKey(), null, group.getValue())).toList();
    }

    /** Who has what, by name; what nobody has stands last. */
    private static List<Group> byWorker(List<Row> rows) {
        Map<String, List<Row>> groups = new TreeMap<>();
        List<Row> nobody = new ArrayList<>();
        rows.forEach(row -> (row.item().assigneeName() == null ? nobody : groups.computeIfAbsent(row.item().assigneeName(), any -> new ArrayList<>())).add(row));
        List<Group> found = new ArrayList<>(groups.entrySet().stream().map(group -> new Group(null, null, group.getKey(), group.getValue())).toList());
        if (!nobody.isEmpty()) {
            found.add(new Group("nobody", null, null, nobody));
        }
        return found;
    }

    /** What each service has not answered, by the name of the team it waits with. */
    private static List<Group> byService(List<Row> rows) {
        Map<String, List<Row>> groups = new TreeMap<>();
        rows.forEach(row -> groups.computeIfAbsent(row.item().teamName(), any -> new ArrayList<>()).add(row));
        return groups.entrySet().stream().map(group -> new Group(null, null, group.getKey(), group.getValue())).toList();
    }

    @PostMapping("/work/{id}/claim")
    String claim(Actor actor, @PathVariable String id) {
        fillings.claim(actor, id);
        return "redirect:/work/" + id;
    }

    @PostMapping("/work/{id}/release")
    String release(Actor actor, @PathVariable String id, RedirectAttributes flash) {
        fillings.release(actor, id);
        flash.addFlashAttribute("noticeKey", "work.released");
        return "redirect:/work";
    }

    @PostMapping("/work/{id}/hand-over")
    String handOver(Actor actor, @PathVariable String id, @RequestParam String to, RedirectAttributes flash) {
        fillings.handOver(actor, id, to);
        flash.addFlashAttribute("noticeKey", "work.handed-over");
        return "redirect:/work";
    }

    /** Gives every ticked task to one colleague, as a manager does when a worker is away. Each is given by itself: what cannot be given stays where it is, and is named. */
    @PostMapping("/work/team/hand-over")
    String handOverSeveral(Actor actor, @RequestParam(defaultValue = "") List<String> task, @RequestParam(defaultValue = "") String to, RedirectAttributes flash) {
        List<String> stays = new ArrayList<>();
        int given = 0;
        for (String id : task.stream().distinct().limit(WHOLE).toList()) {
            try {
                fillings.handOver(actor, id, to);
                given++;
            } catch (NotAllowed | NotFound | Fillings.Taken refused) {
                items.one(actor, id).ifPresent(item -> stays.add(messages.getMessage("work.hand-over.stays", new Object[] {item.name(), item.family(), item.roleName()}, Locale.UK)));
            }
        }
        flash.addFlashAttribute("noticeKey", task.isEmpty() || to.isBlank() ? "work.hand-over.none" : "work.hand-over.several");
        flash.addFlashAttribute("noticeArgument", given);
        flash.addFlashAttribute("noticeMore", stays);
        return "redirect:/work/team?by=worker";
    }

    @GetMapping("/start")
    String start(Actor actor, @RequestParam(required = false) String family, Model model) {
        model.addAttribute("family", family);
        model.addAttribute("pathways", pathway.startable(actor.roles()).stream().filter(start -> family != null || !start.needsFamily()).toList());
        model.addAttribute("begun", fillings.begun(actor));
        model.addAttribute("needFamily", family == null && pathway.startable(actor.roles()).stream().anyMatch(Pathway.Startable::needsFamily));
        return "worklist/start";
    }
}
