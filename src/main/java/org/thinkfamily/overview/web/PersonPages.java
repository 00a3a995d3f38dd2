package org.thinkfamily.overview.web;

import java.util.HashMap;
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
import org.thinkfamily.access.Actor;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.family.FamilyQuestions;
import org.thinkfamily.family.Merges;
import org.thinkfamily.family.Portraits;
import org.thinkfamily.overview.FactWords;
import org.thinkfamily.pathway.Pathway;
import org.thinkfamily.record.Entries;
import org.thinkfamily.record.Quotes;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;

/** One person: every fact with its source, date and status, where they lived, which families they are in, and where what was wrong stands (S-024, S-103). */
@Controller
class PersonPages {

    /** The process whose form corrects and adds facts. */
    static final String FACTS = "person-facts";
    private static final String STATEMENT = "advance-statement";

    private final Portraits people;
    private final FamilyQuestions questions;
    private final Quotes quotes;
    private final Pathway pathway;
    private final Fillings fillings;
    private final Merges merges;
    private final FactWords words;
    private final MessageSource messages;
    private final ConsentWords consents;
    private final Entries entries;

    PersonPages(Portraits people, FamilyQuestions questions, Quotes quotes, Pathway pathway, Fillings fillings, Merges merges, FactWords words, MessageSource messages, ConsentWords consents,
            Entries entries) {
        this.consents = consents;
        this.entries = entries;
        this.merges = merges;
        this.words = words;
        this.people = people;
        this.questions = questions;
        this.quotes = quotes;
        this.pathway = pathway;
        this.fillings = fillings;
        this.messages = messages;
    }

    /** A fact in words. {@code from}: source, who and when; null where that was not kept. */
    record FactRow(String name, String value, String from, String status, List<String> before) { }

    record QuoteRow(Quotes.Quote quote, String name) { }

    @GetMapping("/families/{ref}/people/{person}")
    @Transactional
    String person(Actor actor, @PathVariable String ref, @PathVariable long person, Model model) {
        Portraits.Portrait portrait = people.of(actor, ref, person);
        model.addAttribute("ref", ref);
        model.addAttribute("person", portrait.person());
        model.addAttribute("identity", List.of(questions.identity(portrait.person())));
        model.addAttribute("facts", portrait.facts().stream().map(this::row).toList());
        model.addAttribute("addresses", portrait.addresses());
        model.addAttribute("otherNames", portrait.otherNames());
        model.addAttribute("families", portrait.families());
        model.addAttribute("quotes", quotes.ofPerson(ref, person).stream().map(quote -> new QuoteRow(quote, words.name(quote.fact()))).toList());
        model.addAttribute("merges", merges.of(ref, person));
        boolean mayCorrect = pathway.startable(actor.roles()).stream().anyMatch(start -> start.key().equals(FACTS));
        model.addAttribute("mayCorrect", mayCorrect);
        model.addAttribute("mayJoin", mayCorrect || actor.manages());
        model.addAttribute("consents", consents.of(person));
        entries.newest(ref, STATEMENT, person).ifPresent(statement -> {
            model.addAttribute("statement", statement);
            model.addAttribute("statementView", fillings.view(statement, actor).answered());
        });
        model.addAttribute("starts", pathway.startable(actor.roles()).stream().map(Pathway.Startable::key).toList());
        model.addAttribute("back", "/families/" + ref);
        return "overview/person";
    }

    /** Opens the form with the person chosen; what was typed into it before stays. */
    @PostMapping("/families/{ref}/people/{person}/correct")
    @Transactional
    String correct(Actor actor, @PathVariable String ref, @PathVariable long person) {
        people.of(actor, ref, person);
        Filling filling = fillings.start(actor, FACTS, ref);
        Map<String, Object> draft = new HashMap<>(fillings.draft(filling, actor));
        draft.put("person", String.valueOf(person));
        fillings.saveDraft(filling, actor, draft);
        return "redirect:/start/" + FACTS + "?family=" + ref;
    }

    private FactRow row(Portraits.Known known) {
        return new FactRow(words.name(known.fact()), words.value(known.fact(), known.value()),
                known.source() == null ? null : messages.getMessage("person.from", new Object[] {known.source(), known.saidBy(), Dates.day(known.saidOn())}, Locale.UK), known.status(),
                known.before().stream().map(before -> messages.getMessage("person.before." + before.replacedAs(),
                        new Object[] {words.value(known.fact(), before.value()), before.source(), Dates.day(before.saidOn()), Dates.day(before.replacedOn())}, Locale.UK)).toList());
    }
}
