package org.thinkfamily.worklist;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.access.Policy;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.Person;
import org.thinkfamily.forms.Answers;
import org.thinkfamily.record.Entries;
import org.thinkfamily.record.Entry;

/** What was filed with the same form about a brother or sister, to copy from: the same step is done for each child, and some answers are the same. */
@Component
public class Siblings {

    private final Entries entries;
    private final Families families;
    private final Drafts drafts;
    private final Policy policy;
    private final Audit audit;

    Siblings(Entries entries, Families families, Drafts drafts, Policy policy, Audit audit) {
        this.entries = entries;
        this.families = families;
        this.drafts = drafts;
        this.policy = policy;
        this.audit = audit;
    }

    /** An entry to copy from. {@code child} and {@code name}: whom it is about. */
    public record Said(Entry entry, long child, String name) { }

    /** The newest entry about each sibling made with the form of this task, about the same parent where it is about one. Empty where nothing can be copied. */
    public List<Said> offered(Filling filling) {
        Long child = filling.subjects().get("child");
        if (filling.task() == null || child == null || !filling.form().copiesOutsideLists()) {
            return List.of();
        }
        Long person = filling.subjects().get("person");
        Map<Long, String> siblings = families.people(filling.family()).stream().filter(one -> one.child() && one.id() != child).collect(Collectors.toMap(Person::id, Person::name));
        Set<Long> seen = new HashSet<>();
        return entries.newestOfEach(filling.family(), filling.form().id(), null).stream().filter(entry -> person == null || entry.about().contains(person))
                .flatMap(entry -> entry.about().stream().filter(siblings::containsKey).filter(seen::add).map(sibling -> new Said(entry, sibling, siblings.get(sibling)))).toList();
    }

    /**
     * Copies the answers that may be the same to the draft, each with the mark whose it was. What stands there already stays. Written into the audit as a reading.
     *
     * @param answers what has been typed
     * @throws NotFound when that entry is not offered
     */
    @Transactional
    public void copy(Filling filling, Actor actor, long entry, Map<String, Object> answers) {
        Said said = offered(filling).stream().filter(one -> one.entry().id() == entry).findFirst().orElseThrow(NotFound::new);
        Map<String, Object> theirs = Answers.readable(filling.form(), said.entry().answers(),
                restriction -> actor.username().equals(said.entry().author()) || policy.mayRead(actor, filling.family(), restriction));
        Map<String, Object> copied = new LinkedHashMap<>(answers);
        Map<String, Object> marks = new LinkedHashMap<>();
        if (answers.get("copied") instanceof Map<?, ?> before) {
            before.forEach((key, value) -> marks.put(String.valueOf(key), value));
        }
        filling.form().questions().stream().filter(question -> question.properties().containsKey("copy") && theirs.get(question.key()) instanceof String)
                .filter(question -> !(answers.get(question.key()) instanceof String typed) || typed.isBlank())
                .forEach(question -> {
                    copied.put(question.key(), theirs.get(question.key()));
                    marks.put(question.key(), said.child());
                });
        copied.put("copied", marks);
        drafts.save(filling.subject(), actor.username(), copied);
        audit.record(actor, "entry.read", filling.family(), entry);
    }
}
