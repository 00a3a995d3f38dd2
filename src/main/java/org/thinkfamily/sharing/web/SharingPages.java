package org.thinkfamily.sharing.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.thinkfamily.access.Actor;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.FamilyQuestions;
import org.thinkfamily.family.Person;
import org.thinkfamily.glossary.Glossary;
import org.thinkfamily.sharing.Consents;
import org.thinkfamily.sharing.Packs;
import org.thinkfamily.sharing.Sharing;
import org.thinkfamily.sharing.Sharings;

/** What was asked for about a family and what was decided, shared or not, for who may know of it. */
@Controller
class SharingPages {

    private final Sharings sharings;
    private final Consents consents;
    private final Packs packs;
    private final Families families;
    private final FamilyQuestions questions;
    private final MessageSource messages;

    SharingPages(Sharings sharings, Consents consents, Packs packs, Families families, FamilyQuestions questions, MessageSource messages) {
        this.sharings = sharings;
        this.consents = consents;
        this.packs = packs;
        this.families = families;
        this.questions = questions;
        this.messages = messages;
    }

    /** {@code pack}: whether what is shared can be taken out as a document; {@code decision}: where it stands, in words; {@code gone}: what is wrong with the consent it rests on, or null. */
    record Row(Sharing sharing, String about, String decision, List<String> items, List<String> shared, String gone, boolean pack) { }

    @GetMapping("/families/{ref}/sharing")
    @Transactional
    String sharing(Actor actor, @PathVariable String ref, Model model) {
        List<Sharing> found = sharings.read(actor, ref);
        List<Person> people = families.people(ref);
        Map<Long, Person> byId = people.stream().collect(Collectors.toMap(Person::id, Function.identity()));
        byId.putAll(families.joined(ref));
        model.addAttribute("ref", ref);
        model.addAttribute("headings", people.stream().map(questions::identity).toList());
        model.addAttribute("rows", found.stream().map(sharing -> new Row(sharing, byId.containsKey(sharing.person()) ? byId.get(sharing.person()).name() : "", standing(sharing), items(sharing.items()),
                items(sharing.shared()), gone(sharing), packs.open(sharing))).toList());
        model.addAttribute("terms", Glossary.in(say("sharing.words")));
        model.addAttribute("back", "/families/" + ref);
        return "sharing/sharing";
    }

    private String standing(Sharing sharing) {
        if (sharing.endedOn() != null) {
            return say("sharing.decision.ended", Dates.day(sharing.endedOn()));
        }
        if (sharing.decision() == null) {
            return say("sharing.decision.none");
        }
        if (sharing.exception() && !sharing.decision().equals("refused") && !Boolean.TRUE.equals(sharing.allowed())) {
            return say(sharing.allowed() == null ? "sharing.decision.waits" : "sharing.decision.not-allowed");
        }
        return say("sharing.decision." + sharing.decision());
    }

    private String gone(Sharing sharing) {
        return consents.goneUnder(sharing, families.today()).map(consent -> say("sharing.gone", say("consent.state." + consent.stateOn(families.today())), Dates.day(consent.since()))).orElse(null);
    }

    private List<String> items(List<String> codes) {
        return codes.stream().map(code -> say("sharing.item." + code)).toList();
    }

    private String say(String key, Object... values) {
        return messages.getMessage(key, values, Locale.UK);
    }
}
