package org.thinkfamily.worklist.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.thinkfamily.access.Actor;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.FamilyQuestions;
import org.thinkfamily.forms.Answers;
import org.thinkfamily.forms.AnswersView;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.forms.FormView;
import org.thinkfamily.forms.PostedForm;
import org.thinkfamily.forms.Problem;
import org.thinkfamily.record.NotCorrectable;
import org.thinkfamily.worklist.Corrections;

/** Correcting an entry: the same form with what was filed, the answers to check, the reason, the signature. */
@Controller
class CorrectionPages {

    private static final String ENTRY = "/families/{ref}/entries/{id}";
    private static final String CORRECT = ENTRY + "/correct";
    /** As long as the reason may be through the API. */
    private static final int LONGEST_REASON = 2000;

    private final Corrections corrections;
    private final Families families;
    private final FamilyQuestions questions;
    private final MessageSource messages;

    CorrectionPages(Corrections corrections, Families families, FamilyQuestions questions, MessageSource messages) {
        this.corrections = corrections;
        this.families = families;
        this.questions = questions;
        this.messages = messages;
    }

    @GetMapping(CORRECT)
    String questions(Actor actor, @PathVariable String ref, @PathVariable long id, @RequestParam(required = false) String wrong, Model model) {
        Corrections.Opened opened = corrections.open(actor, ref, id);
        return page(opened, opened.answers(), wrong == null ? List.of() : problems(opened, opened.answers()), model);
    }

    @PostMapping(CORRECT)
    String answer(Actor actor, @PathVariable String ref, @PathVariable long id, @RequestParam MultiValueMap<String, String> parameters,
            @RequestHeader(name = "HX-Request", required = false) boolean partly, Model model) {
        Corrections.Opened opened = corrections.open(actor, ref, id);
        PostedForm posted = PostedForm.read(opened.form(), parameters);
        corrections.saveDraft(opened, actor, posted.answers());
        if (partly) {
            page(opened, Answers.over(opened.form(), opened.entry().answers(), posted.answers()), List.of(), model);
            model.addAttribute("focus", posted.focus());
            return "forms/form :: questions(form=${form})";
        }
        if (posted.again()) {
            return "redirect:" + address(ref, id) + "/correct#" + (posted.focus() == null ? "questions" : posted.focus());
        }
        return problems(opened, posted.answers()).isEmpty() ? "redirect:" + address(ref, id) + "/correct/check" : wrong(opened);
    }

    /** Keeps the changes as they stand. */
    @PostMapping(CORRECT + "/draft")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void draft(Actor actor, @PathVariable String ref, @PathVariable long id, @RequestParam MultiValueMap<String, String> parameters) {
        Corrections.Opened opened = corrections.open(actor, ref, id);
        corrections.saveDraft(opened, actor, PostedForm.read(opened.form(), parameters).answers());
    }

    @GetMapping(CORRECT + "/check")
    String check(Actor actor, @PathVariable String ref, @PathVariable long id, Model model) {
        return check(corrections.open(actor, ref, id), "", null, model);
    }

    @PostMapping(CORRECT + "/check")
    String sign(Actor actor, @PathVariable String ref, @PathVariable long id, @RequestParam(defaultValue = "") String reason, Model model, RedirectAttributes flash) {
        Corrections.Opened opened = corrections.open(actor, ref, id);
        String wrong = reason.isBlank() ? "work.correct.reason.missing" : reason.strip().length() > LONGEST_REASON ? "work.correct.reason.long" : null;
        if (wrong != null) {
            return check(opened, reason, wrong, model);
        }
        Corrections.Outcome outcome;
        try {
            outcome = corrections.correct(actor, ref, id, opened.answers(), reason);
        } catch (NotCorrectable built) {
            return page(opened, opened.answers(), List.of(problem(built)), model);
        }
        if (outcome.entry() == null) {
            return wrong(opened);
        }
        flash.addFlashAttribute("noticeKey", "work.correct.filed");
        flash.addFlashAttribute("noticeArgument", String.join(" ", outcome.notices()));
        return "redirect:" + address(ref, outcome.entry().id());
    }

    /** Somebody was faster: the newest is the one to correct. */
    @ExceptionHandler(Corrections.Superseded.class)
    @ResponseStatus(HttpStatus.CONFLICT)
    String superseded(Model model) {
        model.addAttribute("status", HttpStatus.CONFLICT.value());
        return "error";
    }

    private String check(Corrections.Opened opened, String reason, String wrong, Model model) {
        if (!problems(opened, opened.answers()).isEmpty()) {
            return wrong(opened);
        }
        common(opened, model);
        CheckedForm checked = corrections.check(opened, opened.answers());
        AnswersView now = AnswersView.of(opened.form(), checked.answers(), opened.context(), restriction -> true);
        AnswersView before = AnswersView.of(opened.form(), opened.entry().answers(), opened.context(), restriction -> true);
        model.addAttribute("view", now);
        model.addAttribute("changed", now.changedFrom(before));
        model.addAttribute("before", before);
        model.addAttribute("notices", corrections.notices(opened, checked));
        model.addAttribute("reason", reason);
        model.addAttribute("errors", wrong == null ? List.of() : List.of(Map.of("field", "reason", "message", messages.getMessage(wrong, new Object[] {LONGEST_REASON}, Locale.UK))));
        model.addAttribute("back", model.getAttribute("action"));
        return "worklist/correct-check";
    }

    private List<Problem> problems(Corrections.Opened opened, Map<String, Object> answers) {
        try {
            return corrections.check(opened, answers).problems();
        } catch (NotCorrectable other) {
            return List.of(problem(other));
        }
    }

    private Problem problem(NotCorrectable built) {
        return new Problem("/" + built.question(), "questions", messages.getMessage(built.key(), null, Locale.UK));
    }

    private String page(Corrections.Opened opened, Map<String, Object> answers, List<Problem> problems, Model model) {
        common(opened, model);
        model.addAttribute("form", FormView.of(opened.form(), answers, opened.context(), problems));
        model.addAttribute("errors", problems);
        model.addAttribute("back", address(opened.entry().family(), opened.entry().id()));
        return "worklist/correct";
    }

    private void common(Corrections.Opened opened, Model model) {
        model.addAttribute("entry", opened.entry());
        model.addAttribute("action", address(opened.entry().family(), opened.entry().id()) + "/correct");
        model.addAttribute("about", families.people(opened.entry().family()).stream()
                .filter(person -> opened.entry().about().isEmpty() || opened.entry().about().contains(person.id())).map(questions::identity).toList());
    }

    /** The questions with what is wrong, under an address that can be loaded again. */
    private static String wrong(Corrections.Opened opened) {
        return "redirect:" + address(opened.entry().family(), opened.entry().id()) + "/correct?wrong=true";
    }

    private static String address(String ref, long id) {
        return "/families/" + ref + "/entries/" + id;
    }
}
