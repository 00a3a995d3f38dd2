package org.thinkfamily.overview.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.family.Families;
import org.thinkfamily.sharing.Consent;
import org.thinkfamily.sharing.Consents;

/** The three consents of a person as people read them. */
@Component
class ConsentWords {

    private static final List<String> KINDS = List.of("service", "treatment", "sharing");

    private final Consents consents;
    private final Families families;
    private final MessageSource messages;

    ConsentWords(Consents consents, Families families, MessageSource messages) {
        this.consents = consents;
        this.families = families;
        this.messages = messages;
    }

    /** One consent: where it stands now, and what was said before, newest first. {@code gone}: nothing may rest on it. */
    record ConsentRow(String kind, List<String> now, boolean gone, List<String> before) { }

    /** All three, also those of which nothing was said, and sharing with each recipient of whom something was. */
    List<ConsentRow> of(long person) {
        LocalDate today = families.today();
        List<Consent> all = consents.of(person);
        Stream<String> recipients = all.stream().map(Consent::recipient).filter(Objects::nonNull).distinct();
        return Stream.concat(KINDS.stream().map(kind -> row(say("consent.kind." + kind), all.stream().filter(consent -> consent.kind().equals(kind) && consent.recipient() == null).toList(), today)),
                recipients.map(recipient -> row(say("consent.kind.sharing.with", say("sharing.recipient." + recipient)), all.stream().filter(consent -> recipient.equals(consent.recipient())).toList(), today))).toList();
    }

    private ConsentRow row(String heading, List<Consent> said, LocalDate today) {
        return said.isEmpty() ? new ConsentRow(heading, List.of(say("consent.state.none")), false, List.of())
                : new ConsentRow(heading, lines(said.get(0), today), said.get(0).goneOn(today), said.stream().skip(1).map(consent -> String.join(" ", lines(consent, consent.saidOn()))).toList());
    }

    private List<String> lines(Consent consent, LocalDate on) {
        List<String> lines = new ArrayList<>();
        lines.add(say("consent.line", say("consent.state." + consent.stateOn(on)), Dates.day(consent.since()), consent.scope()));
        if (consent.until() != null) {
            lines.add(say("consent.until", Dates.day(consent.until())));
        }
        if (consent.reason() != null) {
            lines.add(say("consent.why", consent.reason()));
        }
        if (consent.gillick() != null && !consent.gillick().equals("not-asked")) {
            lines.add(say("consent.gillick." + consent.gillick()));
        }
        lines.add(say("consent.from", consent.saidBy(), Dates.day(consent.saidOn()), say("consent.source." + consent.source(), consent.sourceWho())));
        return lines;
    }

    private String say(String key, Object... values) {
        return messages.getMessage(key, values, Locale.UK);
    }
}
