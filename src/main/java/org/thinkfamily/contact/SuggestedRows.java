package org.thinkfamily.contact;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.family.RowFacts;
import org.thinkfamily.forms.KnownFact;

/** The plan's form starts with what the rule suggests for each parent and condition. */
@Component
class SuggestedRows implements RowFacts {

    private final JdbcClient jdbc;
    private final MessageSource messages;

    SuggestedRows(JdbcClient jdbc, MessageSource messages) {
        this.jdbc = jdbc;
        this.messages = messages;
    }

    private record Row(long parent, String condition, String kind, String supervision, LocalDate on) { }

    @Override
    public String feature() {
        return "contact";
    }

    @Override
    public Map<Long, Map<String, KnownFact>> of(Map<String, Long> subjects) {
        Map<Long, Map<String, KnownFact>> known = new HashMap<>();
        String source = messages.getMessage("contact.rule", null, Locale.UK);
        jdbc.sql("""
                select parent_id as parent, condition, kind, supervision, cast(suggested_at at time zone 'Europe/London' as date) as on
                  from contact_suggestion where child_id = :child
                """).param("child", subjects.get("child")).query(Row.class).list().forEach(row -> {
                    String name = "contact." + ("in-hospital".equals(row.condition()) ? "inHospital" : row.condition());
                    Map<String, KnownFact> facts = known.computeIfAbsent(row.parent(), parent -> new HashMap<>());
                    facts.put(name + "Kind", new KnownFact(row.kind(), source, row.on()));
                    facts.put(name + "Supervision", new KnownFact(row.supervision(), source, row.on()));
                });
        return known;
    }
}
