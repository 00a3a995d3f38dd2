package org.thinkfamily.pathway;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.Person;
import org.thinkfamily.record.Entries;

/** The bean {@code people} of expressions in diagrams, public because they call it: for whom an activity is repeated. */
@Component("people")
public class ProcessPeople {

    private static final List<String> PARENTS = List.of("mother", "father", "parent", "step-parent");

    private final Families families;
    private final Entries entries;

    ProcessPeople(@Lazy Families families, @Lazy Entries entries) {
        this.families = families;
        this.entries = entries;
    }

    /** Ids of the children of the family, unborn ones too. */
    public List<Long> children(DelegateExecution execution) {
        return families.people(execution.getProcessBusinessKey()).stream().filter(Person::child).map(Person::id).toList();
    }

    /** The children of whom the newest entry of this process, made with that form, has that answer in their row. */
    public List<Long> children(DelegateExecution execution, String form, String question, String code) {
        Set<Long> said = said(execution, form, question, code);
        return children(execution).stream().filter(said::contains).toList();
    }

    /** All other children, those too of whom the entry says nothing. */
    public List<Long> otherChildren(DelegateExecution execution, String form, String question, String code) {
        Set<Long> said = said(execution, form, question, code);
        return children(execution).stream().filter(child -> !said.contains(child)).toList();
    }

    private Set<Long> said(DelegateExecution execution, String form, String question, String code) {
        String process = ProcessClock.whole(execution);
        return entries.newestOf(process, form).stream().flatMap(entry -> entry.answers().values().stream()).filter(List.class::isInstance).flatMap(rows -> ((List<?>) rows).stream())
                .filter(Map.class::isInstance).map(Map.class::cast).filter(row -> code.equals(row.get(question)) && row.get("person") != null)
                .map(row -> Long.valueOf(row.get("person").toString())).collect(Collectors.toSet());
    }

    /** Ids of the parents: adults who are mother, father, parent or step-parent; where no adult has such a relationship, every adult. */
    public List<Long> parents(DelegateExecution execution) {
        List<Person> adults = families.people(execution.getProcessBusinessKey()).stream().filter(person -> !person.child()).toList();
        List<Long> parents = adults.stream().filter(adult -> PARENTS.contains(String.valueOf(adult.relationship()))).map(Person::id).toList();
        return parents.isEmpty() ? adults.stream().map(Person::id).toList() : parents;
    }
}
