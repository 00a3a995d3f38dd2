package org.thinkfamily.pathway;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;
import org.thinkfamily.contact.Contacts;

/** {@code ${proposeContact}}: what the rule suggests for each parent and each condition (S-169). */
@Component("proposeContact")
class ProposeContact implements JavaDelegate {

    private final ContactRule rule;
    private final ProcessPeople people;

    ProposeContact(ContactRule rule, ProcessPeople people) {
        this.rule = rule;
        this.people = people;
    }

    @Override
    public void execute(DelegateExecution execution) {
        long child = ((Number) execution.getVariable("child")).longValue();
        for (Long parent : people.parents(execution)) {
            Contacts.CONDITIONS.forEach(condition -> rule.suggest(child, parent, condition));
        }
    }
}
