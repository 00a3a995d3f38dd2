package org.thinkfamily.pathway;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.Person;

/** The bean {@code people} of expressions in diagrams, public because they call it: for whom an activity is repeated. */
@Component("people")
public class ProcessPeople {

    private static final List<String> PARENTS = List.of("mother", "father", "parent", "step-parent");

    private final Families families;

    ProcessPeople(@Lazy Families families) {
        this.families = families;
    }

    /** Ids of the children of the family, unborn ones too. */
    public List<Long> children(DelegateExecution execution) {
        return families.people(execution.getProcessBusinessKey()).stream().filter(Person::child).map(Person::id).toList();
    }

    /** Ids of the parents: adults who are mother, father, parent or step-parent; where no adult has such a relationship, every adult. */
    public List<Long> parents(DelegateExecution execution) {
        List<Person> adults = families.people(execution.getProcessBusinessKey()).stream().filter(person -> !person.child()).toList();
        List<Long> parents = adults.stream().filter(adult -> PARENTS.contains(String.valueOf(adult.relationship()))).map(Person::id).toList();
        return parents.isEmpty() ? adults.stream().map(Person::id).toList() : parents;
    }
}
