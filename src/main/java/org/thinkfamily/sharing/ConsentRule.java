package org.thinkfamily.sharing;

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

/** Says beside a decision where consent to sharing stands in the record; nothing rests on consent that was refused, taken back or has run out. */
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
        return process.flatMap(sharings::ofProcess).map(sharing -> new Said(recorded(sharing.person()), Map.of())).orElse(Said.NOTHING);
    }

    private String recorded(long person) {
        return consents.toSharing(person).map(consent -> say("sharing.consent.recorded", say("consent.state." + consent.stateOn(families.today())), Dates.day(consent.since()), consent.scope()))
                .orElseGet(() -> say("sharing.consent.none"));
    }

    @Override
    public List<Problem> problems(String form, String family, Map<String, Long> subjects, Map<String, Object> answers, Long corrects, String process) {
        boolean decides = form.equals("sharing-decision") && !"refused".equals(answers.get("decision")) || form.equals("sharing-review") && "yes".equals(answers.get("again"));
        if (!decides || !"consent".equals(answers.get("basis")) || process == null) {
            return List.of();
        }
        return sharings.ofProcess(process).flatMap(sharing -> consents.toSharing(sharing.person())).filter(consent -> consent.goneOn(families.today()))
                .map(consent -> new Problem("/basis", "q-basis", say("sharing.consent.gone", say("consent.state." + consent.stateOn(families.today())), Dates.day(consent.since()))))
                .stream().toList();
    }

    private String say(String key, Object... values) {
        return messages.getMessage(key, values, Locale.UK);
    }
}
