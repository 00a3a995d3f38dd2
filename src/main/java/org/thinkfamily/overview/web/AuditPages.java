package org.thinkfamily.overview.web;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.WhoLooked;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.FamilyQuestions;
import org.thinkfamily.overview.CaseloadCheck;

/** Who has looked at a family, and for managers what their people opened without a reason. */
@Controller
class AuditPages {

    private static final int PAGE = 50;

    private final WhoLooked whoLooked;
    private final CaseloadCheck caseload;
    private final Families families;
    private final FamilyQuestions questions;
    private final MessageSource messages;

    AuditPages(WhoLooked whoLooked, CaseloadCheck caseload, Families families, FamilyQuestions questions, MessageSource messages) {
        this.whoLooked = whoLooked;
        this.caseload = caseload;
        this.families = families;
        this.questions = questions;
        this.messages = messages;
    }

    /** {@code what}: the act in words; {@code entry}, {@code title}: the entry it was, or null. */
    record Row(Instant at, String name, String roles, String what, String kind, Long entry, String title, String reason) { }

    record Choice(String value, String text, boolean chosen) { }

    @GetMapping("/families/{ref}/who-looked")
    String whoLooked(Actor actor, @PathVariable String ref, @RequestParam(required = false) Long person, @RequestParam(required = false) String kind,
            @RequestParam(required = false) Long before, Model model) {
        String only = kind != null && WhoLooked.KINDS.contains(kind) ? kind : null;
        List<WhoLooked.Look> looks = whoLooked.of(actor, ref, person, only, before, PAGE + 1);
        List<WhoLooked.Person> people = whoLooked.people(ref);
        String chosen = person == null ? null : looks.stream().map(WhoLooked.Look::username).findFirst().orElse(null);
        model.addAttribute("ref", ref);
        model.addAttribute("people", families.people(ref).stream().map(questions::identity).toList());
        model.addAttribute("rows", looks.stream().limit(PAGE).map(this::row).toList());
        model.addAttribute("persons", people.stream().map(each -> new Choice(String.valueOf(each.id()), each.name(), each.username().equals(chosen))).toList());
        model.addAttribute("kinds", WhoLooked.KINDS.stream().map(each -> new Choice(each, say("audit.kind." + each), each.equals(only))).toList());
        String page = "/families/" + ref + "/who-looked";
        model.addAttribute("page", address(page, person, only, before));
        model.addAttribute("next", looks.size() > PAGE ? address(page, person, only, looks.get(PAGE - 1).id()) : null);
        return "overview/who-looked";
    }

    private static String address(String page, Long person, String kind, Long before) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(page);
        if (person != null) {
            address.queryParam("person", person);
        }
        if (kind != null) {
            address.queryParam("kind", kind);
        }
        if (before != null) {
            address.queryParam("before", before);
        }
        return address.toUriString();
    }

    private Row row(WhoLooked.Look look) {
        return new Row(look.at(), look.name() == null ? look.username() : look.name(), look.roles(),
                messages.getMessage("audit.action." + look.action(), null, say("audit.kind." + look.kind()), Locale.UK), look.kind(), look.entry(), look.title(), look.reason());
    }

    @GetMapping("/caseload-check")
    String caseloadCheck(Actor actor, @RequestParam(defaultValue = "" + CaseloadCheck.DAYS) int days, @RequestParam(required = false) Long before, Model model) {
        int asked = Math.max(1, Math.min(CaseloadCheck.MOST_DAYS, days));
        List<CaseloadCheck.Opened> opened = caseload.of(actor, asked, before, PAGE + 1);
        model.addAttribute("rows", opened.stream().limit(PAGE).toList());
        model.addAttribute("emergencies", caseload.emergencies(actor, asked));
        model.addAttribute("days", List.of(7, 30, 90, 365).stream().map(each -> new Choice(each.toString(), each.toString(), each == asked)).toList());
        model.addAttribute("asked", asked);
        model.addAttribute("page", "/caseload-check?days=" + asked);
        model.addAttribute("next", opened.size() > PAGE ? "/caseload-check?days=" + asked + "&before=" + opened.get(PAGE - 1).id() : null);
        return "overview/caseload-check";
    }

    private String say(String key) {
        return messages.getMessage(key, null, Locale.UK);
    }
}
