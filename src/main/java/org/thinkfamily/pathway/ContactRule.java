package org.thinkfamily.pathway;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.engine.DecisionService;
import org.springframework.stereotype.Component;
import org.thinkfamily.contact.Contacts;
import org.thinkfamily.contact.Judgement;
import org.thinkfamily.contact.Suggestion;

/** Asks {@code dmn/contact-by-condition.dmn} and keeps what it suggests. The child's wish is no input, so that nobody can read it from the rule (S-178). */
@Component
class ContactRule {

    private final DecisionService decisions;
    private final Contacts contacts;

    ContactRule(DecisionService decisions, Contacts contacts) {
        this.decisions = decisions;
        this.contacts = contacts;
    }

    void suggest(long child, long parent, String condition) {
        Optional<Judgement> judged = contacts.judgement(child, parent);
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("condition", condition);
        inputs.put("risk", judged.map(Judgement::risk).orElse(null));
        inputs.put("meeting", judged.map(Judgement::meeting).orElse(null));
        inputs.put("basis", judged.map(Judgement::basis).orElse(null));
        DmnDecisionRuleResult said = decisions.evaluateDecisionTableByKey("contact-by-condition").variables(inputs).evaluate().getSingleResult();
        contacts.suggest(child, new Suggestion(parent, condition, said.getEntry("kind"), said.getEntry("supervision"), said.getEntry("decides"),
                ((Number) said.getEntry("lookAgainWithin")).intValue()));
    }
}
