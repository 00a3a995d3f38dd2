package org.thinkfamily.worklist.web;

import java.time.LocalDate;
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
import org.thinkfamily.access.Deputies;
import org.thinkfamily.clock.Dates;

/** Who stands in for me while I am away, and for whom I stand in. */
@Controller
class DeputyPages {

    private final Deputies deputies;
    private final MessageSource messages;

    DeputyPages(Deputies deputies, MessageSource messages) {
        this.deputies = deputies;
        this.messages = messages;
    }

    @GetMapping("/deputies")
    String deputies(Actor actor, Model model) {
        return page(actor, Map.of("deputy", "", "from", "", "until", ""), List.of(), model);
    }

    @PostMapping("/deputies")
    String name(Actor actor, @RequestParam(defaultValue = "") String deputy, @RequestParam(defaultValue = "") String from, @RequestParam(defaultValue = "") String until,
            Model model, RedirectAttributes flash) {
        List<Deputies.Wrong> wrong = deputies.check(actor, deputy, day(from), day(until));
        if (!wrong.isEmpty()) {
            return page(actor, Map.of("deputy", deputy, "from", from, "until", until), wrong, model);
        }
        deputies.name(actor, deputy, day(from), day(until));
        flash.addFlashAttribute("noticeKey", "deputy.named");
        flash.addFlashAttribute("noticeArgument", deputies.possible(actor).stream().filter(each -> each.username().equals(deputy)).findFirst().orElseThrow().name());
        return "redirect:/deputies";
    }

    @PostMapping("/deputies/{id}/end")
    String end(Actor actor, @PathVariable long id, RedirectAttributes flash) {
        deputies.end(actor, id);
        flash.addFlashAttribute("noticeKey", "deputy.ended");
        return "redirect:/deputies";
    }

    private String page(Actor actor, Map<String, String> given, List<Deputies.Wrong> wrong, Model model) {
        List<Deputies.Deputy> all = deputies.of(actor);
        model.addAttribute("mine", all.stream().filter(each -> each.worker().equals(actor.username())).toList());
        model.addAttribute("others", all.stream().filter(each -> each.username().equals(actor.username())).toList());
        model.addAttribute("colleagues", deputies.possible(actor));
        model.addAttribute("given", given);
        model.addAttribute("errors", wrong.stream().map(each -> Map.of("field", each.field(), "message", messages.getMessage(each.message(), null, Locale.UK))).toList());
        return "worklist/deputies";
    }

    private static LocalDate day(String text) {
        return Dates.typed(text).orElse(null);
    }
}
