package org.thinkfamily.chronology;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.forms.FeatureCheck;
import org.thinkfamily.forms.Problem;
import org.thinkfamily.record.Entry;
import org.thinkfamily.record.EntryFiled;

/** Takes an event from before out of the entry that adds it, in the transaction that files it. What a correction supersedes is no longer shown. */
@Component
class HistoryFacts implements FeatureCheck {

    private static final String FORM = "history-event";

    private final JdbcClient jdbc;
    private final MessageSource messages;
    private final Clock time;

    HistoryFacts(JdbcClient jdbc, MessageSource messages, Clock time) {
        this.jdbc = jdbc;
        this.messages = messages;
        this.time = time;
    }

    @EventListener
    void filed(EntryFiled filed) {
        Entry entry = filed.entry();
        if (!entry.formKey().equals(FORM)) {
            return;
        }
        Map<String, Object> answers = entry.answers();
        jdbc.sql("""
                insert into history_event (family_ref, happened_on, precision, title, detail, about, origin, source, confidence, entry_id, added_by, added_by_name, added_at)
                values (:family, :on, :precision, :title, :detail, :about, :origin, :source, :confidence, :entry, :by, :name, :at)
                """)
                .param("family", entry.family()).param("on", firstDay(answers)).param("precision", answers.get("precision")).param("title", answers.get("title"))
                .param("detail", answers.get("detail")).param("about", people(answers.get("whom"))).param("origin", answers.get("origin")).param("source", answers.get("source"))
                .param("confidence", answers.get("confidence")).param("entry", entry.id()).param("by", entry.author()).param("name", entry.authorName())
                .param("at", Timestamp.from(entry.filedAt())).update();
    }

    /** The form checks a day itself; a month and a year may not be to come either. */
    @Override
    public List<Problem> problems(String form, String family, Map<String, Long> subjects, Map<String, Object> answers, Long corrects, String process) {
        if (!form.equals(FORM) || "day".equals(answers.get("precision")) || !firstDay(answers).isAfter(WorkingDays.dayOf(time.instant()))) {
            return List.of();
        }
        return List.of(new Problem("/year", "q-year", messages.getMessage("chronology.future", null, Locale.UK)));
    }

    private static LocalDate firstDay(Map<String, Object> answers) {
        return switch (answers.get("precision").toString()) {
            case "day" -> LocalDate.parse(answers.get("happenedOn").toString());
            case "month" -> LocalDate.of(year(answers), Integer.parseInt(answers.get("month").toString()), 1);
            default -> LocalDate.of(year(answers), 1, 1);
        };
    }

    private static int year(Map<String, Object> answers) {
        return ((Number) answers.get("year")).intValue();
    }

    private static Long[] people(Object whom) {
        return whom instanceof List<?> several ? several.stream().map(one -> Long.valueOf(one.toString())).toArray(Long[]::new) : new Long[0];
    }
}
