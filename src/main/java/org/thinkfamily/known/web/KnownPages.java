package org.thinkfamily.known.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.forms.FormView;
import org.thinkfamily.forms.PostedForm;
import org.thinkfamily.forms.Problem;
import org.thinkfamily.known.Known;

/** Asking whether somebody is known to services, the answer, one's own checks, and what services are asked to confirm. */
@Controller
class KnownPages {

    private static final int SHOWN = 50;
    private static final int LONGEST_REASON = 500;
    private static final Set<String> DECISIONS = Set.of("confirm", "refuse", "undo");

    private final Known known;
    private final CheckForm form;
    private final MessageSource messages;

    KnownPages(Known known, CheckForm form, MessageSource messages) {
        this.known = known;
        this.form = form;
        this.messages = messages;
    }

    @GetMapping("/known")
    String form(Actor actor, Model model) {
        return page(actor, Map.of(), List.of(), model);
    }

    /** What is typed is a name, a birthday, a number: it is sent, and stands in no address. */
    @PostMapping("/known")
    String ask(Actor actor, @RequestParam MultiValueMap<String, String> parameters, @RequestHeader(name = "HX-Request", required = false) boolean partly, Model model) {
        PostedForm posted = PostedForm.read(form.form(), parameters);
        if (posted.again() || partly) {
            page(actor, posted.answers(), List.of(), model);
            return partly ? "forms/form :: questions(form=${form})" : "known/ask";
        }
        CheckedForm checked = form.check(posted.answers());
        if (!checked.isAccepted()) {
            return page(actor, posted.answers(), checked.problems(), model);
        }
        try {
            return "redirect:/known/" + known.ask(actor, form.question(checked));
        } catch (Known.TooOften often) {
            return page(actor, posted.answers(), List.of(new Problem("", "questions", messages.getMessage("known.too-often", null, Locale.UK))), model);
        }
    }

    /** {@code why}: the reason in words. */
    record Row(Known.Check check, String why) { }

    private String page(Actor actor, Map<String, Object> answers, List<Problem> problems, Model model) {
        model.addAttribute("checks", known.mine(actor, null, SHOWN).stream().map(check -> new Row(check, why(check.reason(), check.reasonWords()))).toList());
        model.addAttribute("form", FormView.of(form.form(), answers, form.context(), problems));
        model.addAttribute("errors", problems);
        return "known/ask";
    }

    @GetMapping("/known/{check}")
    String check(Actor actor, @PathVariable long check, Model model) {
        Known.Check one = known.one(actor, check);
        model.addAttribute("check", one);
        model.addAttribute("why", why(one.reason(), one.reasonWords()));
        model.addAttribute("contacts", known.named(actor, check));
        model.addAttribute("said", known.said(actor, check).orElse(null));
        model.addAttribute("back", "/known");
        return "known/check";
    }

    @PostMapping("/known/{check}/ask")
    String askServices(Actor actor, @PathVariable long check, RedirectAttributes flash) {
        known.askServices(actor, check);
        flash.addFlashAttribute("noticeKey", "known.asked-services");
        return "redirect:/known/" + check;
    }

    /** {@code why}: the reason of the check in words. */
    record AskedRow(Known.Asked asked, String why) { }

    @GetMapping("/known/to-confirm")
    String asked(Actor actor, Model model) {
        return asked(actor, List.of(), model);
    }

    private String asked(Actor actor, List<Problem> problems, Model model) {
        model.addAttribute("open", rows(known.asked(actor, true, SHOWN)));
        model.addAttribute("before", rows(known.asked(actor, false, SHOWN)));
        model.addAttribute("errors", problems);
        return "known/asked";
    }

    private List<AskedRow> rows(List<Known.Asked> asked) {
        return asked.stream().map(one -> new AskedRow(one, why(one.reason(), one.reasonWords()))).toList();
    }

    @PostMapping("/known/matches/{match}")
    String decide(Actor actor, @PathVariable long match, @RequestParam String what, @RequestParam(required = false) String reason, Model model, RedirectAttributes flash) {
        if (!DECISIONS.contains(what)) {
            throw new NotFound();
        }
        String words = reason == null || reason.isBlank() ? null : reason.strip();
        String wrong = words == null && what.equals("undo") ? "known.undo.reason.missing" : words != null && words.length() > LONGEST_REASON ? "known.undo.reason.long" : null;
        if (wrong != null) {
            return asked(actor, List.of(new Problem("/reason", "reason-" + match, messages.getMessage(wrong, null, Locale.UK))), model);
        }
        known.decide(actor, match, what, words);
        flash.addFlashAttribute("noticeKey", "known.decided." + what);
        return "redirect:/known/to-confirm";
    }

    private String why(String code, String words) {
        return words == null ? form.reason(code) : form.reason(code) + ": " + words;
    }
}
