package org.thinkfamily.glossary.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.thinkfamily.access.Actors;
import org.thinkfamily.access.WhoSees;
import org.thinkfamily.glossary.Glossary;

/** The words of the field and the role cards, for everybody who is signed in; it holds nothing of any family. */
@Controller
class GlossaryPage {

    /** Of what people ask whether a role sees it, in the order of the table. */
    private static final List<String> ITEMS = List.of("diagnosis-detail", "risk-to-child", "child-view-open", "child-view", "contact-plan", "withheld-address", "third-party-history",
            "anonymous-referrer", "advance-statement");
    private static final int LONGEST = 60;

    private final Actors actors;
    private final WhoSees table;
    private final MessageSource messages;

    GlossaryPage(Actors actors, WhoSees table, MessageSource messages) {
        this.actors = actors;
        this.table = table;
        this.messages = messages;
    }

    /** {@code sees}: what the named worker in the role sees, a sentence for each degree. */
    record Card(String code, String name, String does, String when, List<String> sees) { }

    /** {@code q} is a word of the field, no person's: it may stand in the address. */
    @GetMapping("/glossary")
    String glossary(@RequestParam(defaultValue = "") String q, Model model) {
        String typed = q.length() > LONGEST ? q.substring(0, LONGEST) : q;
        Map<String, String> names = actors.roleNames();
        model.addAttribute("q", typed);
        model.addAttribute("terms", Glossary.terms().stream().filter(term -> term.fits(typed)).toList());
        model.addAttribute("cards", Glossary.roles().values().stream().map(role -> new Card(role.code(), names.getOrDefault(role.code(), role.code()), role.does(), role.when(), sees(role.code())))
                .filter(card -> typed.isBlank() || (card.name() + ' ' + card.does()).toLowerCase(Locale.UK).contains(typed.strip().toLowerCase(Locale.UK))).toList());
        return "glossary/glossary";
    }

    private List<String> sees(String role) {
        List<String> sentences = new ArrayList<>();
        for (WhoSees.Sight sight : List.of(WhoSees.Sight.FULL, WhoSees.Sight.PART, WhoSees.Sight.NO)) {
            List<String> items = ITEMS.stream().filter(item -> table.of(item, role, WhoSees.Involvement.NAMED) == sight).map(item -> messages.getMessage("sharing.item." + item, null, Locale.UK)).toList();
            if (!items.isEmpty()) {
                sentences.add(messages.getMessage("glossary.sees." + sight.name().toLowerCase(Locale.ROOT), new Object[] {String.join("; ", items)}, Locale.UK));
            }
        }
        return sentences;
    }
}
