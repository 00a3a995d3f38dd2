package org.thinkfamily.sharing;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.thinkfamily.access.WhoSees;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.Person;
import org.thinkfamily.forms.Advice;
import org.thinkfamily.forms.FeatureCheck;
import org.thinkfamily.forms.Problem;
import org.thinkfamily.kin.Kin;

/**
 * What the table "who sees what" and conflicts in the family say of each item for who would receive it (S-192, S-177): beside the question, and when the decision is filed. What they rule out is
 * shared only with a reason and a manager's decision.
 */
@Component
class SharingRule implements Advice, FeatureCheck {

    static final List<String> ITEMS = List.of("diagnosis-detail", "risk-to-child", "child-view-open", "child-view", "contact-plan", "withheld-address", "third-party-history", "anonymous-referrer");
    /** What concerns a parent or another adult, whomever the request is about. */
    private static final Set<String> OF_ADULTS = Set.of("diagnosis-detail", "third-party-history", "withheld-address");

    private final WhoSees table;
    private final Kin kin;
    private final Families families;
    private final Sharings sharings;
    private final Keeping keeping;
    private final MessageSource messages;

    SharingRule(WhoSees table, Kin kin, Families families, Sharings sharings, Keeping keeping, MessageSource messages) {
        this.table = table;
        this.kin = kin;
        this.families = families;
        this.sharings = sharings;
        this.keeping = keeping;
        this.messages = messages;
    }

    @Override
    public String name() {
        return "sharing-rule";
    }

    /** For whom, about whom; {@code recipientPerson} and {@code person} may be null. */
    private record Asked(String recipient, Long recipientPerson, Long person) { }

    /** With whom of the adults who would receive it is in conflict now, and what that rules out. */
    private record Limits(List<String> names, Set<String> items) { }

    private static Asked asked(Map<?, ?> answers) {
        return new Asked(answers.get("recipient") == null || answers.get("recipient").toString().isEmpty() ? null : answers.get("recipient").toString(), id(answers.get("recipientPerson")), id(answers.get("person")));
    }

    private static Long id(Object answer) {
        return answer != null && answer.toString().matches("\\d{1,18}") ? Long.valueOf(answer.toString()) : null;
    }

    private Limits limits(String family, Asked asked) {
        if (asked.recipientPerson() == null) {
            return new Limits(List.of(), Set.of());
        }
        List<Person> people = families.people(family);
        Set<Long> against = kin.inConflictWith(family, people, asked.recipientPerson());
        List<Person> others = people.stream().filter(person -> against.contains(person.id())).toList();
        if (asked.person() != null && against.contains(asked.person())) {
            Set<String> all = new java.util.HashSet<>(ITEMS);
            all.add("other");
            return new Limits(others.stream().map(Person::name).toList(), all);
        }
        boolean adult = others.stream().anyMatch(person -> !person.child());
        return new Limits(others.stream().map(Person::name).toList(), adult ? OF_ADULTS : Set.of());
    }

    @Override
    public Said of(String family, Optional<String> process, Map<?, ?> answers) {
        Asked asked = process.flatMap(sharings::ofProcess).map(sharing -> new Asked(sharing.recipient(), sharing.recipientPerson(), sharing.person())).orElseGet(() -> asked(answers));
        if (family == null || asked.recipient() == null) {
            return Said.NOTHING;
        }
        Limits limits = limits(family, asked);
        Map<String, String> choices = new HashMap<>();
        for (String item : ITEMS) {
            choices.put(item, limits.items().contains(item) ? say("sharing.rule.conflict") : say("sharing.rule." + sight(item, asked.recipient()).name().toLowerCase(Locale.ROOT)));
        }
        choices.put("other", limits.items().contains("other") ? say("sharing.rule.conflict") : say("sharing.rule.other"));
        return new Said(limits.names().isEmpty() ? null : say("sharing.conflict", String.join(", ", limits.names())), choices);
    }

    /** What of a decision who receives it may have as it stands in the record, and what only in the words of who decided; what the table or a conflict rules out is in neither. */
    Given given(Sharing sharing) {
        Limits limits = limits(sharing.family(), new Asked(sharing.recipient(), sharing.recipientPerson(), sharing.person()));
        List<String> left = sharing.shared().stream().filter(item -> !limits.items().contains(item)).toList();
        return new Given(left.stream().filter(item -> !item.equals("other") && sight(item, sharing.recipient()) == WhoSees.Sight.FULL).toList(),
                left.stream().filter(item -> item.equals("other") || sight(item, sharing.recipient()) == WhoSees.Sight.PART || sight(item, sharing.recipient()) == WhoSees.Sight.OWN).toList());
    }

    record Given(List<String> whole, List<String> inWords) { }

    /** As for somebody who is not the named worker: the more restrictive reading. */
    private WhoSees.Sight sight(String item, String recipient) {
        return table.of(item, recipient, WhoSees.Involvement.TEAM);
    }

    @Override
    public List<Problem> problems(String form, String family, Map<String, Long> subjects, Map<String, Object> answers, Long corrects, String process) {
        return switch (form) {
            case "sharing-asked" -> askedProblems(answers);
            case "sharing-decision" -> Optional.ofNullable(process).flatMap(sharings::ofProcess).map(sharing -> decided(sharing, answers)).orElse(List.of());
            default -> List.of();
        };
    }

    /** Who has to decide must be able to see the request. */
    private List<Problem> askedProblems(Map<String, Object> answers) {
        return "yes".equals(answers.get("kept")) && "ask-other".equals(answers.get("direction")) && !keeping.readers().contains(String.valueOf(answers.get("decidingRole")))
                ? List.of(new Problem("/kept", "q-kept", say("sharing.kept.unseen"))) : List.of();
    }

    private List<Problem> decided(Sharing sharing, Map<String, Object> answers) {
        if ("refused".equals(answers.get("decision")) || !(answers.get("shared") instanceof List<?> shared)) {
            return List.of();
        }
        if ("shared".equals(answers.get("decision")) && !shared.containsAll(sharing.items())) {
            return List.of(new Problem("/shared", "q-shared", say("sharing.not-all")));
        }
        List<String> beyond = shared.stream().map(String::valueOf).filter(item -> !sharing.items().contains(item)).toList();
        if (!beyond.isEmpty()) {
            return List.of(new Problem("/shared", "q-shared", say("sharing.not-asked", beyond.stream().map(item -> say("sharing.item." + item)).collect(Collectors.joining("; ")))));
        }
        Limits limits = limits(sharing.family(), new Asked(sharing.recipient(), sharing.recipientPerson(), sharing.person()));
        List<String> out = shared.stream().map(String::valueOf)
                .filter(item -> limits.items().contains(item) || !item.equals("other") && sight(item, sharing.recipient()) == WhoSees.Sight.NO).toList();
        if (out.isEmpty() || "yes".equals(answers.get("exception"))) {
            return List.of();
        }
        return List.of(new Problem("/shared", "q-shared", say("sharing.ruled-out", out.stream().map(item -> say("sharing.item." + item)).collect(Collectors.joining("; ")))));
    }

    private String say(String key, Object... values) {
        return messages.getMessage(key, values, Locale.UK);
    }
}
