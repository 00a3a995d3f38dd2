package org.thinkfamily.sharing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.family.Families;
import org.thinkfamily.forms.Advice;
import org.thinkfamily.forms.FeatureCheck;
import org.thinkfamily.forms.Problem;

/**
 * Says beside a decision where consent to sharing stands in the record; nothing rests on consent that was refused, taken back or has run out. Nobody takes back what they
 * gave on a day before they gave it, and only of a child under 16 is it asked whether they decide for themselves.
 */
@Component
class ConsentRule implements Advice, FeatureCheck {

    private final Sharings sharings;
    private final Consents consents;
    private final Families families;
    private final MessageSource messages;

    ConsentRule(Sharings sharings, Consents consents, Families families, MessageSource messages) {
        this.sharings = sharings;
        this.consents = consents;
        this.families = families;
        this.messages = messages;
    }

    @Override
    public String name() {
        return "sharing-consent";
    }

    @Override
    public Said of(String family, Optional<String> process, Map<?, ?> answers) {
        return process.flatMap(sharings::ofProcess).map(sharing -> new Said(recorded(sharing), Map.of())).orElse(Said.NOTHING);
    }

    private String recorded(Sharing sharing) {
        return consents.toSharing(sharing.person(), sharing.recipient()).map(consent -> say("sharing.consent.recorded", say("consent.state." + consent.stateOn(families.today())), Dates.day(consent.since()), consent.scope()))
                .orElseGet(() -> say("sharing.consent.none"));
    }

    @Override
    public List<Problem> problems(String form, String family, Map<String, Long> subjects, Map<String, Object> answers, Long corrects, String process) {
        if (form.equals("consent")) {
            return said(family, answers, corrects);
        }
        boolean decides = form.equals("sharing-decision") && !"refused".equals(answers.get("decision")) || form.equals("sharing-review") && "yes".equals(answers.get("again"));
        if (!decides || !"consent".equals(answers.get("basis")) || process == null) {
            return List.of();
        }
        return sharings.ofProcess(process).map(this::standing).filter(words -> !words.isEmpty()).map(words -> new Problem("/basis", "q-basis", words)).stream().toList();
    }

    /** What stands against resting on consent; empty when it was given and holds today. */
    private String standing(Sharing sharing) {
        return consents.toSharing(sharing.person(), sharing.recipient())
                .map(consent -> consent.stateOn(families.today()).equals("given") ? "" : say("sharing.consent.gone", say("consent.state." + consent.stateOn(families.today())), Dates.day(consent.since())))
                .orElseGet(() -> say("sharing.consent.missing"));
    }

    private List<Problem> said(String family, Map<String, Object> answers, Long corrects) {
        List<Problem> problems = new ArrayList<>();
        long person = Long.parseLong(answers.get("person").toString());
        LocalDate since = LocalDate.parse(answers.get("saidOn").toString());
        String recipient = "everybody".equals(answers.get("recipient")) ? null : (String) answers.get("recipient");
        if ("withdrawn".equals(answers.get("consentState"))) {
            consents.of(person).stream().filter(consent -> corrects == null || consent.entry() != corrects).filter(consent -> consent.kind().equals(answers.get("consentTo")) && consent.state().equals("given")
                    && (recipient == null || consent.recipient() == null || recipient.equals(consent.recipient()))).findFirst().filter(consent -> since.isBefore(consent.since()))
                    .ifPresent(consent -> problems.add(new Problem("/saidOn", "q-saidOn-day", say("consent.before-given", Dates.day(consent.since())))));
        }
        boolean child = families.people(family).stream().filter(member -> member.id() == person).map(member -> member.ageOn(families.today())).anyMatch(age -> age != null && age < 16);
        if (child && answers.get("gillick") == null) {
            problems.add(new Problem("/gillick", "q-gillick", say("consent.gillick.asked")));
        } else if (!child && List.of("yes", "no").contains(String.valueOf(answers.get("gillick")))) {
            problems.add(new Problem("/gillick", "q-gillick", say("consent.gillick.not-a-child")));
        }
        return problems;
    }

    private String say(String key, Object... values) {
        return messages.getMessage(key, values, Locale.UK);
    }
}
