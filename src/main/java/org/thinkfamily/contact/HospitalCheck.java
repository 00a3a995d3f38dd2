package org.thinkfamily.contact;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.forms.FeatureCheck;
import org.thinkfamily.forms.Problem;

/**
 * What is said of a parent's stay in hospital agrees with the record: who goes home was admitted, a child who is looked after is not said to live at home, and children
 * whose needs are not met do not open the way home.
 */
@Component
class HospitalCheck implements FeatureCheck {

    private final Contacts contacts;
    private final JdbcClient jdbc;
    private final MessageSource messages;

    HospitalCheck(Contacts contacts, JdbcClient jdbc, MessageSource messages) {
        this.contacts = contacts;
        this.jdbc = jdbc;
        this.messages = messages;
    }

    @Override
    public List<Problem> problems(String form, String family, Map<String, Long> subjects, Map<String, Object> answers, Long corrects, String process) {
        return switch (form) {
            case "hospital-discharge-planned", "hospital-left" -> corrects == null && !inHospital(answers.get("adult")) ? problem("adult", "hospital.not-in") : List.of();
            case "hospital-admission" -> corrects == null && "no".equals(answers.get("fostered")) && lookedAfter(family) ? problem("fostered", "hospital.looked-after") : List.of();
            case "hospital-discharge-children" -> "yes".equals(answers.get("needsMet")) && answers.get("children") instanceof List<?> children
                    && children.stream().anyMatch(row -> row instanceof Map<?, ?> child && "no".equals(child.get("met"))) ? problem("needsMet", "hospital.needs-not-met") : List.of();
            default -> List.of();
        };
    }

    private boolean inHospital(Object parent) {
        return contacts.condition(Long.parseLong(Objects.toString(parent))).filter(condition -> condition.condition().equals("in-hospital")).isPresent();
    }

    private boolean lookedAfter(String family) {
        return jdbc.sql("select exists (select 1 from care_period where family_ref = :family and ended_on is null)").param("family", family).query(Boolean.class).single();
    }

    private List<Problem> problem(String question, String key) {
        return List.of(new Problem("/" + question, "q-" + question, messages.getMessage(key, null, Locale.UK)));
    }
}
