package org.thinkfamily.retention.web;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.FamilyQuestions;
import org.thinkfamily.retention.Destructions;
import org.thinkfamily.retention.Governance;
import org.thinkfamily.retention.Holds;
import org.thinkfamily.retention.Retention;

/** The pages of who governs information: find a record and work with it, what is due, holds, certificates; and why a family's record is kept until when. */
@Controller
class GovernancePages {

    private static final int SHOWN = 50;
    private static final int LONGEST_REASON = 500;

    private final Governance governance;
    private final Retention retention;
    private final Holds holds;
    private final Destructions destructions;
    private final Families families;
    private final FamilyQuestions questions;
    private final Audit audit;
    private final MessageSource messages;

    GovernancePages(Governance governance, Retention retention, Holds holds, Destructions destructions, Families families, FamilyQuestions questions, Audit audit, MessageSource messages) {
        this.governance = governance;
        this.retention = retention;
        this.holds = holds;
        this.destructions = destructions;
        this.families = families;
        this.questions = questions;
        this.audit = audit;
        this.messages = messages;
    }

    @GetMapping("/information-governance")
    @Transactional
    String home(Actor actor, Model model) {
        model.addAttribute("open", governance.open(actor));
        model.addAttribute("held", governance.held(actor));
        return "retention/home";
    }

    /** People found; nobody is named in an address. */
    @PostMapping("/information-governance/find")
    @Transactional
    String find(Actor actor, @RequestParam(defaultValue = "") String ref, @RequestParam(defaultValue = "") String number, @RequestParam(defaultValue = "") String lastName,
            @RequestParam(defaultValue = "") String born, Model model) {
        governance.require(actor);
        LocalDate day = day(born);
        String digits = number.replaceAll("\\s", "");
        model.addAttribute("typed", Map.of("ref", ref, "number", number, "lastName", lastName, "born", born));
        model.addAttribute("searched", true);
        if (ref.isBlank() && digits.isEmpty() && (lastName.isBlank() || day == null)) {
            model.addAttribute("errors", List.of(error("ref", "retention.find.too-little")));
        } else {
            model.addAttribute("found", governance.find(actor, ref.strip(), digits, lastName.strip(), day));
        }
        return home(actor, model);
    }

    private static LocalDate day(String text) {
        return Dates.typed(text).orElse(null);
    }

    @PostMapping("/information-governance/families")
    @Transactional
    String takeOn(Actor actor, @RequestParam(defaultValue = "") String ref, @RequestParam(defaultValue = "") String reason, @RequestParam(defaultValue = "") String typedRef,
            @RequestParam(defaultValue = "") String number, @RequestParam(defaultValue = "") String lastName, @RequestParam(defaultValue = "") String born, Model model) {
        governance.require(actor);
        String wrong = wrong(reason);
        if (wrong != null) {
            // What was found stands there again, and nobody else of the family.
            model.addAttribute("typed", Map.of("ref", typedRef, "number", number, "lastName", lastName, "born", born));
            model.addAttribute("errors", List.of(error("reason-" + ref, wrong)));
            model.addAttribute("found", governance.find(actor, typedRef.strip(), number.replaceAll("\\s", ""), lastName.strip(), day(born)));
            return home(actor, model);
        }
        governance.takeOn(actor, ref, reason.strip());
        return "redirect:/families/" + ref + "/retention";
    }

    @GetMapping("/information-governance/due")
    @Transactional
    String due(Actor actor, @RequestParam(required = false) String after, Model model) {
        Destructions.DuePage page = destructions.due(actor, after, SHOWN);
        model.addAttribute("due", page.records());
        model.addAttribute("next", page.next() == null ? null : "/information-governance/due?after=" + page.next());
        model.addAttribute("back", "/information-governance");
        return "retention/due";
    }

    @GetMapping("/information-governance/certificates")
    @Transactional
    String certificates(Actor actor, @RequestParam(required = false) Long before, Model model) {
        List<Destructions.Certificate> found = destructions.certificates(actor, before, SHOWN + 1);
        model.addAttribute("certificates", found.stream().limit(SHOWN).toList());
        model.addAttribute("next", found.size() > SHOWN ? "/information-governance/certificates?before=" + found.get(SHOWN - 1).id() : null);
        model.addAttribute("back", "/information-governance");
        return "retention/certificates";
    }

    /** Why each record of a family is kept until when: for who governs information, and managers. */
    @GetMapping("/families/{ref}/retention")
    @Transactional
    String retention(Actor actor, @PathVariable String ref, Model model) {
        return page(actor, ref, List.of(), "", model);
    }

    private String page(Actor actor, String ref, List<Map<String, String>> errors, String reason, Model model) {
        audit.read(actor, "retention.read", ref, null);
        boolean governs = governance.governs(actor);
        if (!governs && !actor.manages()) {
            throw new NotAllowed();
        }
        model.addAttribute("ref", ref);
        model.addAttribute("people", families.people(ref).stream().map(questions::identity).toList());
        model.addAttribute("records", retention.of(ref));
        model.addAttribute("today", families.today());
        List<Holds.Hold> all = holds.of(ref);
        model.addAttribute("holds", all);
        model.addAttribute("stands", all.stream().anyMatch(Holds.Hold::stands));
        model.addAttribute("governs", governs);
        model.addAttribute("errors", errors);
        model.addAttribute("reason", reason);
        model.addAttribute("back", "/families/" + ref);
        return "retention/retention";
    }

    @PostMapping("/families/{ref}/hold")
    @Transactional
    String hold(Actor actor, @PathVariable String ref, @RequestParam(defaultValue = "") String what, @RequestParam(defaultValue = "") String reason, Model model, RedirectAttributes flash) {
        governance.require(actor);
        String wrong = wrong(reason);
        if (wrong != null) {
            return page(actor, ref, List.of(error("reason", wrong)), reason, model);
        }
        if (what.equals("lift")) {
            holds.lift(actor, ref, reason.strip());
        } else {
            holds.set(actor, ref, reason.strip());
        }
        flash.addFlashAttribute("noticeKey", what.equals("lift") ? "retention.hold.lifted" : "retention.hold.was-set");
        return "redirect:/families/" + ref + "/retention";
    }

    @PostMapping("/families/{ref}/let-go")
    @Transactional
    String letGo(Actor actor, @PathVariable String ref, RedirectAttributes flash) {
        governance.letGo(actor, ref);
        flash.addFlashAttribute("noticeKey", "retention.let-go.done");
        flash.addFlashAttribute("noticeArgument", ref);
        return "redirect:/information-governance";
    }

    private static String wrong(String reason) {
        return reason.isBlank() ? "retention.reason.missing" : reason.strip().length() > LONGEST_REASON ? "retention.reason.long" : null;
    }

    private Map<String, String> error(String field, String key) {
        return Map.of("field", field, "message", messages.getMessage(key, null, Locale.UK));
    }
}
