package org.thinkfamily.overview.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.access.WhoSees;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.contact.Contacts;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.Person;
import org.thinkfamily.family.Portraits;
import org.thinkfamily.overview.FactWords;
import org.thinkfamily.sharing.Sharing;
import org.thinkfamily.sharing.Sharings;

/**
 * A parent's own copy, to print: what is recorded of them, who reads it, what was passed on, and what they can do (S-205). It holds only what the table "who sees what" gives the parent as
 * their own: no child's words, nobody else's facts, no withheld address, and no sharing of which they were not told.
 */
@Controller
class OwnCopyPages {

    private final Portraits people;
    private final Families families;
    private final Sharings sharings;
    private final Contacts contacts;
    private final ConsentWords consents;
    private final FactWords words;
    private final WhoSees table;
    private final Audit audit;
    private final MessageSource messages;

    OwnCopyPages(Portraits people, Families families, Sharings sharings, Contacts contacts, ConsentWords consents, FactWords words, WhoSees table, Audit audit, MessageSource messages) {
        this.people = people;
        this.families = families;
        this.sharings = sharings;
        this.contacts = contacts;
        this.consents = consents;
        this.words = words;
        this.table = table;
        this.audit = audit;
        this.messages = messages;
    }

    record Fact(String name, String value) { }

    /** @throws NotFound also for a child: what a child gets is told by a person */
    @GetMapping("/families/{ref}/people/{person}/own-copy")
    @Transactional
    String copy(Actor actor, @PathVariable String ref, @PathVariable long person, Model model) {
        Portraits.Portrait portrait = people.of(actor, ref, person);
        if (portrait.person().child()) {
            throw new NotFound();
        }
        audit.record(actor, "own-copy.read", ref, person);
        model.addAttribute("ref", ref);
        model.addAttribute("person", portrait.person());
        model.addAttribute("today", Dates.day(families.today()));
        model.addAttribute("facts", portrait.facts().stream().map(known -> new Fact(words.name(known.fact()), words.value(known.fact(), known.value()))).toList());
        model.addAttribute("addresses", portrait.addresses().stream().filter(address -> !address.withheld() && address.untilOn() == null).map(Portraits.Address::address).toList());
        model.addAttribute("consents", consents.of(person));
        model.addAttribute("shared", sharings.of(ref).stream().filter(sharing -> sharing.person() == person && sharing.running() && "yes".equals(sharing.told())).map(this::sentence).toList());
        model.addAttribute("contact", table.of("contact-plan", "parent", WhoSees.Involvement.NAMED) == WhoSees.Sight.OWN ? contact(ref, person) : List.of());
        model.addAttribute("page", "/families/" + ref + "/people/" + person + "/own-copy");
        model.addAttribute("back", "/families/" + ref + "/people/" + person);
        return "overview/own-copy";
    }

    private String sentence(Sharing sharing) {
        return messages.getMessage("own-copy.shared", new Object[] {Dates.day(sharing.decidedAt()), messages.getMessage("sharing.recipient." + sharing.recipient(), null, Locale.UK),
                sharing.shared().stream().map(item -> messages.getMessage("own-copy.item." + item, null, Locale.UK)).collect(Collectors.joining("; "))}, Locale.UK);
    }

    /** The own part of the plan, as it is in force now. */
    private List<String> contact(String ref, long parent) {
        Map<Long, Person> members = families.people(ref).stream().collect(Collectors.toMap(Person::id, Function.identity()));
        List<String> lines = new ArrayList<>();
        contacts.today(ref).lines().stream().filter(line -> line.parent() == parent && members.containsKey(line.child())).forEach(line -> lines.add(messages.getMessage("own-copy.contact",
                new Object[] {members.get(line.child()).firstName(), messages.getMessage("family.condition." + line.condition(), null, Locale.UK), messages.getMessage("family.contact.kind." + line.kind(), null, Locale.UK),
                        messages.getMessage("family.contact.supervision." + line.supervision(), null, Locale.UK)}, Locale.UK)));
        return lines.stream().filter(Objects::nonNull).toList();
    }
}
