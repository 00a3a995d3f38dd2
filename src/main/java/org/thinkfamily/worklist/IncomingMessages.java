package org.thinkfamily.worklist;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Acting;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.access.Policy;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.Person;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.forms.Problem;
import org.thinkfamily.pathway.Pathway;

/**
 * Messages from other systems to the processes of a family: the facts that the waiting event declares (docs/models.md), and where it has a form any of its answers.
 * Where it has a form an entry is filed as from the page, so that the record says what the processes were told.
 */
@Component
public class IncomingMessages {

    /** Facts that are people: ids of members of the family. */
    private static final Set<String> PEOPLE = Set.of("adult", "child", "parent", "person");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");

    private final Pathway pathway;
    private final Policy policy;
    private final Audit audit;
    private final Families families;
    private final Fillings fillings;
    private final ReleasedForms forms;

    IncomingMessages(Pathway pathway, Policy policy, Audit audit, Families families, Fillings fillings, ReleasedForms forms) {
        this.fillings = fillings;
        this.forms = forms;
        this.pathway = pathway;
        this.policy = policy;
        this.audit = audit;
        this.families = families;
    }

    /** The message's form does not accept the answers; the pointers are into what was sent. */
    public static class RefusedAnswers extends RuntimeException {

        private final transient List<Problem> problems;

        RefusedAnswers(List<Problem> problems) {
            super("refused answers", null, false, false);
            this.problems = problems;
        }

        public List<Problem> problems() {
            return problems;
        }
    }

    /**
     * Something wrong with what was sent.
     *
     * @param pointer into what was sent
     * @param key of the message that says what
     * @param argument of the message
     */
    public record Wrong(String pointer, String key, String argument) { }

    /** The facts are not what the waiting event takes. */
    public static class WrongFacts extends RuntimeException {

        private final transient List<Wrong> wrongs;

        WrongFacts(List<Wrong> wrongs) {
            super("wrong facts", null, false, false);
            this.wrongs = wrongs;
        }

        public List<Wrong> wrongs() {
            return wrongs;
        }
    }

    /** What a message did. {@code entry}: the entry that was filed; null where the message has no form. */
    public record Sent(int reached, Long entry) { }

    /**
     * Sends a message; how many processes it started or reached.
     *
     * @param answers answers to the message's form beside the facts, then checked as on the page; null: the facts are all there is to file, and every fact that
     *                the form needs must be among them
     * @param about id of the person it is about, or null: the fact {@code child} for a child, {@code parent} or {@code adult} for an adult
     * @throws NotFound when no model knows the message, or the actor may not know of the family
     * @throws Fillings.NothingWaits when nothing of the family waits for it
     * @throws NotAllowed when the actor has none of the roles that may send it
     * @throws WrongFacts when a fact is not declared or not of its type
     * @throws RefusedAnswers when the message's form does not accept them; nothing is filed then
     */
    @Transactional
    public Sent send(Actor actor, String message, String family, Long about, Map<String, Object> facts, Map<String, Object> answers) {
        if (!pathway.knowsMessage(message)) {
            throw new NotFound();
        }
        policy.requireFamily(actor, family);
        List<Pathway.Awaited> waiting = pathway.awaited(family).stream().filter(each -> each.message().equals(message)).toList();
        if (waiting.isEmpty()) {
            throw new Fillings.NothingWaits();
        }
        if (waiting.stream().anyMatch(event -> event.facts().isEmpty() || !actor.hasAny(event.roles()))) {
            throw new NotAllowed();
        }
        Set<String> declared = waiting.stream().flatMap(event -> event.facts().stream()).collect(Collectors.toCollection(TreeSet::new));
        Map<String, Object> carried = carried(family, declared, about, facts);
        Optional<Pathway.Awaited> withForm = waiting.stream().filter(event -> event.form() != null).findFirst();
        if (withForm.isPresent()) {
            return filed(actor, withForm.get(), family, declared, carried, answers);
        }
        if (answers != null) {
            throw new WrongFacts(List.of(new Wrong("/answers", "api.error.answers", message)));
        }
        List<String> missing = declared.stream().filter(name -> !carried.containsKey(name)).toList();
        if (pathway.startsWith(message)) {
            missing.forEach(name -> carried.put(name, null)); // an expression of the process never meets an unknown name
        }
        audit.record(actor, "message.send", family, message);
        try {
            int reached = Acting.asSystem("send a message", () -> pathway.send(message, family, carried));
            if (reached == 0) {
                throw new Fillings.NothingWaits();
            }
            return new Sent(reached, null);
        } catch (Pathway.Stopped stopped) {
            if (missing.isEmpty()) {
                throw stopped;
            }
            throw new WrongFacts(missing.stream().map(name -> new Wrong("/facts/" + name, "api.error.fact.missing", name)).toList());
        }
    }

    private Sent filed(Actor actor, Pathway.Awaited event, String family, Set<String> declared, Map<String, Object> facts, Map<String, Object> answers) {
        Filling filling = Filling.of(event, family, forms.get(event.deploymentId(), event.form()));
        Map<String, Object> all = new HashMap<>(answers == null ? Map.of() : answers);
        facts.forEach((name, value) -> all.put(name, value instanceof Long ? value.toString() : value)); // the form names people by text
        CheckedForm checked = fillings.check(filling, fillings.context(filling), all);
        List<Problem> problems = checked.problems().stream().filter(problem -> answers != null || declared.contains(first(problem))).toList();
        if (!problems.isEmpty()) {
            throw new RefusedAnswers(problems.stream()
                    .map(problem -> new Problem((declared.contains(first(problem)) ? "/facts" : "/answers") + problem.pointer(), problem.field(), problem.message())).toList());
        }
        audit.record(actor, "message.send", family, event.message());
        Fillings.Reported reported = Acting.asSystem("file a message", () -> fillings.report(filling, new CheckedForm(checked.answers(), checked.routes(), List.of()), actor));
        return new Sent(reported.reached(), reported.entry());
    }

    private static String first(Problem problem) {
        return problem.pointer().substring(1).split("/")[0];
    }

    private Map<String, Object> carried(String family, Set<String> declared, Long about, Map<String, Object> facts) {
        List<Wrong> wrongs = new ArrayList<>();
        Map<Long, Person> people = new HashMap<>();
        families.people(family).forEach(person -> people.put(person.id(), person));
        Map<String, Object> carried = new LinkedHashMap<>();
        facts.forEach((name, value) -> {
            String pointer = "/facts/" + name.replace("~", "~0").replace("/", "~1");
            if (!declared.contains(name)) {
                wrongs.add(new Wrong(pointer, "api.error.fact.unknown", String.join(", ", declared)));
            } else if (PEOPLE.contains(name)) {
                if (value instanceof Number && whole(value) != null && people.containsKey(whole(value))) {
                    carried.put(name, whole(value));
                } else {
                    wrongs.add(new Wrong(pointer, "api.error.fact.person", name));
                }
            } else if (value instanceof Boolean || value instanceof String code && CODE.matcher(code).matches()) {
                carried.put(name, value);
            } else if (whole(value) != null) {
                carried.put(name, whole(value));
            } else {
                wrongs.add(new Wrong(pointer, "api.error.fact.type", name));
            }
        });
        if (about != null) {
            Person person = people.get(about);
            String name = person == null ? null : person.child() ? "child" : declared.contains("parent") ? "parent" : "adult";
            if (name == null || !declared.contains(name)) {
                wrongs.add(new Wrong("/about", person == null ? "api.error.fact.person" : "api.error.about", "about"));
            } else if (carried.containsKey(name) && !about.equals(carried.get(name))) {
                wrongs.add(new Wrong("/about", "api.error.about.twice", name));
            } else {
                carried.put(name, about);
            }
        }
        if (!wrongs.isEmpty()) {
            throw new WrongFacts(wrongs);
        }
        return carried;
    }

    private static Long whole(Object value) {
        return value instanceof Integer || value instanceof Long ? ((Number) value).longValue() : null;
    }
}
