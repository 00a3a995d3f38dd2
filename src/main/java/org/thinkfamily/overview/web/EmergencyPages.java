package org.thinkfamily.overview.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.AuditUnavailable;
import org.thinkfamily.access.Emergencies;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.access.Policy;
import org.thinkfamily.clock.Dates;

/** Opening a family in an emergency. The page is the same whether there is such a family or not. */
@Controller
class EmergencyPages {

    private static final Logger LOG = LoggerFactory.getLogger(EmergencyPages.class);
    private static final Pattern REFERENCE = Pattern.compile("F-\\d{1,12}");

    private final Emergencies emergencies;
    private final Policy policy;
    private final Audit audit;
    private final MessageSource messages;

    EmergencyPages(Emergencies emergencies, Policy policy, Audit audit, MessageSource messages) {
        this.audit = audit;
        this.emergencies = emergencies;
        this.policy = policy;
        this.messages = messages;
    }

    @GetMapping("/families/{ref}/emergency")
    String ask(Actor actor, @PathVariable String ref, Model model) {
        requireOffered(actor, ref);
        asked(actor, ref);
        if (policy.maySee(actor, ref)) {
            return "redirect:/families/" + ref;
        }
        return page(ref, "", String.valueOf(emergencies.usualHours()), List.of(), model);
    }

    @PostMapping("/families/{ref}/emergency")
    String open(Actor actor, @PathVariable String ref, @RequestParam(defaultValue = "") String reason, @RequestParam(defaultValue = "") String hours, Model model,
            RedirectAttributes flash) {
        requireOffered(actor, ref);
        asked(actor, ref);
        if (policy.maySee(actor, ref)) {
            return "redirect:/families/" + ref;
        }
        Integer wanted = hours.strip().matches("\\d{1,3}") ? Integer.valueOf(hours.strip()) : null;
        List<Emergencies.Wrong> wrong = emergencies.check(reason, wanted);
        if (!wrong.isEmpty()) {
            return page(ref, reason, hours, wrong, model);
        }
        flash.addFlashAttribute("noticeKey", "emergency.opened");
        flash.addFlashAttribute("noticeArgument", Dates.moment(emergencies.open(actor, ref, reason, wanted)));
        return "redirect:/families/" + ref;
    }

    /** Nothing of the record is shown to who asks: so asking waits for no audit. What is opened is written, there or in the emergency journal. */
    private void asked(Actor actor, String ref) {
        try {
            audit.record(actor, "emergency.ask", null, ref);
        } catch (AuditUnavailable notNow) {
            LOG.error("The audit cannot be written: a look at the page that opens a family in an emergency is missing in it");
        }
    }

    private void requireOffered(Actor actor, String ref) {
        if (!emergencies.offeredTo(actor)) {
            throw new NotAllowed();
        }
        if (!REFERENCE.matcher(ref).matches()) {
            throw new NotFound();
        }
    }

    private String page(String ref, String reason, String hours, List<Emergencies.Wrong> wrong, Model model) {
        model.addAttribute("ref", ref);
        model.addAttribute("reason", reason);
        model.addAttribute("hours", hours);
        model.addAttribute("most", emergencies.mostHours());
        model.addAttribute("errors", wrong.stream().map(each -> Map.of("field", each.field(),
                "message", messages.getMessage(each.message(), new Object[] {emergencies.mostHours(), Emergencies.LONGEST_REASON}, Locale.UK))).toList());
        return "overview/emergency";
    }
}
