package org.thinkfamily.overview.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.family.Merges;
import org.thinkfamily.overview.FactWords;
import org.thinkfamily.pathway.Pathway;

/** A person who was recorded twice: look for the other row, see what joining would do, join, take apart again. */
@Controller
class MergePages {

    private static final int LONGEST_REASON = 500;

    private final Merges merges;
    private final Pathway pathway;
    private final FactWords words;
    private final MessageSource messages;

    MergePages(Merges merges, Pathway pathway, FactWords words, MessageSource messages) {
        this.merges = merges;
        this.pathway = pathway;
        this.words = words;
        this.messages = messages;
    }

    @GetMapping("/families/{ref}/people/{person}/twice")
    String twice(Actor actor, @PathVariable String ref, @PathVariable long person, Model model) {
        requireMay(actor);
        model.addAttribute("twins", merges.twins(actor, ref, person));
        model.addAttribute("ref", ref);
        model.addAttribute("person", person);
        model.addAttribute("back", "/families/" + ref + "/people/" + person);
        return "overview/twice";
    }

    @PostMapping("/families/{ref}/people/{person}/twice")
    String propose(Actor actor, @PathVariable String ref, @PathVariable long person, @RequestParam(defaultValue = "0") long other, RedirectAttributes flash) {
        requireMay(actor);
        try {
            return "redirect:/families/" + ref + "/merges/" + merges.propose(actor, ref, person, other);
        } catch (Merges.Refused refused) {
            flash.addFlashAttribute("noticeKey", "merge.refused");
            return "redirect:/families/" + ref + "/people/" + person;
        }
    }

    /** A fact of the two in words. */
    record Row(String fact, String name, String kept, String merged, boolean differs) { }

    @GetMapping("/families/{ref}/merges/{merge}")
    String preview(Actor actor, @PathVariable String ref, @PathVariable long merge, Model model) {
        return preview(actor, ref, merge, List.of(), model);
    }

    private String preview(Actor actor, String ref, long merge, List<?> errors, Model model) {
        Merges.Preview preview = merges.preview(actor, ref, merge);
        model.addAttribute("ref", ref);
        model.addAttribute("preview", preview);
        model.addAttribute("rows", preview.facts().stream().map(fact -> new Row(fact.fact(), words.name(fact.fact()), words.value(fact.fact(), fact.kept()), words.value(fact.fact(), fact.merged()),
                fact.differs())).toList());
        model.addAttribute("may", may(actor));
        model.addAttribute("errors", errors);
        model.addAttribute("back", "/families/" + ref);
        return "overview/merge";
    }

    @PostMapping("/families/{ref}/merges/{merge}/join")
    String join(Actor actor, @PathVariable String ref, @PathVariable long merge, @RequestParam Map<String, String> parameters, @RequestParam(required = false) String reason, Model model,
            RedirectAttributes flash) {
        requireMay(actor);
        String wrong = wrong(reason);
        if (wrong != null) {
            return preview(actor, ref, merge, List.of(Map.of("field", "reason", "message", messages.getMessage(wrong, null, Locale.UK))), model);
        }
        List<String> chosen = parameters.entrySet().stream().filter(parameter -> parameter.getKey().startsWith("fact.") && parameter.getValue().equals("merged"))
                .map(parameter -> parameter.getKey().substring("fact.".length())).toList();
        return done(ref, merge, "merge.joined", flash, () -> merges.join(actor, ref, merge, chosen, reason.strip()));
    }

    @PostMapping("/families/{ref}/merges/{merge}/undo")
    String undo(Actor actor, @PathVariable String ref, @PathVariable long merge, @RequestParam(required = false) String reason, Model model, RedirectAttributes flash) {
        requireMay(actor);
        String wrong = wrong(reason);
        if (wrong != null) {
            return preview(actor, ref, merge, List.of(Map.of("field", "reason", "message", messages.getMessage(wrong, null, Locale.UK))), model);
        }
        return done(ref, merge, "merge.undone", flash, () -> merges.undo(actor, ref, merge, reason.strip()));
    }

    private static String done(String ref, long merge, String notice, RedirectAttributes flash, Runnable act) {
        try {
            act.run();
            flash.addFlashAttribute("noticeKey", notice);
        } catch (Merges.Refused refused) {
            flash.addFlashAttribute("noticeKey", "merge.refused");
        }
        return "redirect:/families/" + ref + "/merges/" + merge;
    }

    private static String wrong(String reason) {
        return reason == null || reason.isBlank() ? "merge.reason.missing" : reason.strip().length() > LONGEST_REASON ? "merge.reason.long" : null;
    }

    /** Who may correct what is known of people may join them, and managers, who see the families of several workers. */
    private boolean may(Actor actor) {
        return actor.manages() || pathway.startable(actor.roles()).stream().anyMatch(start -> start.key().equals(PersonPages.FACTS));
    }

    private void requireMay(Actor actor) {
        if (!may(actor)) {
            throw new NotFound();
        }
    }
}
