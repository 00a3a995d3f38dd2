package org.thinkfamily.chronology.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.chronology.Chronology;
import org.thinkfamily.chronology.Happening;
import org.thinkfamily.chronology.HistoryImports;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.FamilyQuestions;
import org.thinkfamily.family.Person;

/** The chronology of a family to read, to mark, and to bring events into from before (U06). */
@Controller
class ChronologyPages {

    private static final int PAGE = 50;
    private static final int LONGEST_REASON = 500;

    private final Chronology chronology;
    private final HistoryImports imports;
    private final Families families;
    private final FamilyQuestions questions;
    private final Audit audit;
    private final MessageSource messages;

    ChronologyPages(Chronology chronology, HistoryImports imports, Families families, FamilyQuestions questions, Audit audit, MessageSource messages) {
        this.chronology = chronology;
        this.imports = imports;
        this.families = families;
        this.questions = questions;
        this.audit = audit;
        this.messages = messages;
    }

    /** The items of a year, in the order asked for. */
    record Year(int year, List<Happening> items) { }

    @GetMapping("/families/{ref}/chronology")
    @Transactional
    String chronology(Actor actor, @PathVariable String ref, @RequestParam(required = false) Long person, @RequestParam(defaultValue = "") String service,
            @RequestParam(required = false) Set<String> kind, @RequestParam(defaultValue = "false") boolean significant, @RequestParam(defaultValue = "newest") String order,
            @RequestParam(required = false) String after, Model model) {
        Set<String> kinds = kind == null ? Set.of() : kind.stream().filter(Chronology.KINDS::contains).collect(Collectors.toCollection(LinkedHashSet::new));
        Chronology.Filter filter = new Chronology.Filter(person, service.isEmpty() ? null : service, kinds, significant, order.equals("oldest"));
        List<Happening> found = chronology.read(actor, ref, filter, after == null ? null : Chronology.After.of(after).orElseThrow(NotFound::new), PAGE + 1);
        List<Happening> page = found.size() > PAGE ? found.subList(0, PAGE) : found;
        List<Person> people = families.people(ref);
        Map<Integer, List<Happening>> years = new LinkedHashMap<>();
        page.forEach(item -> years.computeIfAbsent(WorkingDays.dayOf(item.at()).getYear(), year -> new ArrayList<>()).add(item));
        model.addAttribute("years", years.entrySet().stream().map(year -> new Year(year.getKey(), year.getValue())).toList());
        model.addAttribute("filter", filter);
        model.addAttribute("filtered", !filter.equals(new Chronology.Filter(null, null, Set.of(), false, filter.oldestFirst())));
        model.addAttribute("members", people);
        model.addAttribute("services", chronology.services(ref));
        model.addAttribute("kinds", Chronology.KINDS);
        UriComponentsBuilder address = UriComponentsBuilder.fromPath("/families/" + ref + "/chronology");
        if (person != null) {
            address.queryParam("person", person);
        }
        if (filter.service() != null) {
            address.queryParam("service", "{service}");
        }
        kinds.forEach(each -> address.queryParam("kind", each));
        if (significant) {
            address.queryParam("significant", "true");
        }
        if (filter.oldestFirst()) {
            address.queryParam("order", "oldest");
        }
        model.addAttribute("path", address.encode().build(service).toString());
        Happening last = page.isEmpty() ? null : page.get(page.size() - 1);
        model.addAttribute("next", found.size() > PAGE ? address.queryParam("after", new Chronology.After(last.at(), last.item()).key()).encode().build(service).toString() : null);
        model.addAttribute("mayAdd", imports.mayImport(actor));
        identity(ref, people, model);
        return "chronology/chronology";
    }

    @GetMapping("/families/{ref}/chronology/items/{item}")
    @Transactional
    String item(Actor actor, @PathVariable String ref, @PathVariable String item, Model model) {
        return item(ref, chronology.one(actor, ref, item), model);
    }

    private String item(String ref, Happening item, Model model) {
        List<Person> people = families.people(ref);
        model.addAttribute("item", item);
        model.addAttribute("marks", chronology.marks(ref, item.item()));
        identity(ref, people, model);
        model.addAttribute("back", "/families/" + ref + "/chronology");
        return "chronology/item";
    }

    @PostMapping("/families/{ref}/chronology/items/{item}")
    @Transactional
    String mark(Actor actor, @PathVariable String ref, @PathVariable String item, @RequestParam boolean significant, @RequestParam(defaultValue = "") String reason, Model model,
            RedirectAttributes flash) {
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            model.addAttribute("errors", List.of(error("reason", reason.isBlank() ? "chronology.mark.reason.missing" : "chronology.mark.reason.long", LONGEST_REASON)));
            model.addAttribute("reason", reason);
            return item(ref, chronology.one(actor, ref, item), model);
        }
        chronology.mark(actor, ref, item, significant, reason);
        flash.addFlashAttribute("noticeKey", significant ? "chronology.marked" : "chronology.unmarked");
        return "redirect:/families/" + ref + "/chronology/items/" + item;
    }

    @GetMapping("/families/{ref}/chronology/import")
    @Transactional
    String importing(Actor actor, @PathVariable String ref, Model model) {
        audit.read(actor, "history.imports.read", ref, null);
        return importing(actor, ref, model, List.of());
    }

    private String importing(Actor actor, String ref, Model model, List<Map<String, String>> errors) {
        if (!imports.mayImport(actor)) {
            throw new NotFound();
        }
        model.addAttribute("errors", errors);
        model.addAttribute("imports", imports.of(ref));
        model.addAttribute("columns", HistoryImports.COLUMNS);
        identity(ref, families.people(ref), model);
        model.addAttribute("back", "/families/" + ref + "/chronology");
        return "chronology/import";
    }

    /** Shows what the file holds, or what is wrong with it. Nothing is kept yet. */
    @PostMapping("/families/{ref}/chronology/import")
    @Transactional
    String preview(Actor actor, @PathVariable String ref, @RequestParam(required = false) MultipartFile file, Model model) throws IOException {
        boolean none = file == null || file.isEmpty();
        String csv = none || file.getSize() > HistoryImports.MOST_BYTES ? null : HistoryImports.text(file.getBytes());
        HistoryImports.Read read = imports.read(actor, ref, csv == null ? "" : csv);
        if (csv == null) {
            return importing(actor, ref, model, List.of(error("file", none ? "chronology.import.none" : "chronology.import.large", HistoryImports.MOST_BYTES / 1000)));
        }
        if (!read.problems().isEmpty()) {
            return importing(actor, ref, model, problems(read));
        }
        model.addAttribute("events", read.events());
        model.addAttribute("csv", csv);
        identity(ref, families.people(ref), model);
        model.addAttribute("back", "/families/" + ref + "/chronology/import");
        return "chronology/import-check";
    }

    @PostMapping("/families/{ref}/chronology/import/confirm")
    @Transactional
    String take(Actor actor, @PathVariable String ref, @RequestParam String csv, Model model, RedirectAttributes flash) {
        HistoryImports.Read read = imports.take(actor, ref, csv);
        if (!read.problems().isEmpty()) {
            return importing(actor, ref, model, problems(read));
        }
        flash.addFlashAttribute("noticeKey", "chronology.imported");
        flash.addFlashAttribute("noticeArgument", read.events().size());
        return "redirect:/families/" + ref + "/chronology?kind=history";
    }

    @PostMapping("/families/{ref}/chronology/imports/{import}/withdraw")
    @Transactional
    String withdraw(Actor actor, @PathVariable String ref, @PathVariable("import") long id, @RequestParam(defaultValue = "") String reason, Model model, RedirectAttributes flash) {
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            audit.read(actor, "history.imports.read", ref, null);
            return importing(actor, ref, model, List.of(error("reason-" + id, reason.isBlank() ? "chronology.withdraw.reason" : "chronology.mark.reason.long", LONGEST_REASON)));
        }
        imports.withdraw(actor, ref, id, reason);
        flash.addFlashAttribute("noticeKey", "chronology.withdrawn");
        return "redirect:/families/" + ref + "/chronology/import";
    }

    private static List<Map<String, String>> problems(HistoryImports.Read read) {
        return read.problems().stream().map(problem -> Map.of("field", "file", "message", problem)).toList();
    }

    private Map<String, String> error(String field, String key, Object... values) {
        return Map.of("field", field, "message", messages.getMessage(key, values, Locale.UK));
    }

    private void identity(String ref, List<Person> people, Model model) {
        model.addAttribute("ref", ref);
        model.addAttribute("people", people.stream().map(questions::identity).toList());
        model.addAttribute("names", people.stream().collect(Collectors.toMap(Person::id, Person::name)));
    }
}
