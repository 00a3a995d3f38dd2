package org.thinkfamily.protection;

import java.sql.Timestamp;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.forms.FeatureCheck;
import org.thinkfamily.forms.Problem;
import org.thinkfamily.record.Entries;
import org.thinkfamily.record.Entry;

/** A service that was invited to a conference, and neither came nor wrote, is not passed over in silence: its manager is told (S-125, S-126). */
@Component
class ConferenceAttendance implements FeatureCheck {

    /** Who is invited, how a service stands among those that took part, and the step in which it writes; null where it has none. */
    private record Invited(String question, List<String> takesPart, String writes) { }

    private static final List<Invited> SERVICES = List.of(
            new Invited("parentService", List.of("adult-service", "substance"), "adult-contributes"),
            new Invited("otherParentService", List.of("other-adult-service"), null),
            new Invited("consultant", List.of("consultant"), "consultant-contributes"),
            new Invited("gps", List.of("health"), "gp-contributes"),
            new Invited("childHealth", List.of("health"), "health-contributes"),
            new Invited("midwife", List.of("midwifery"), null),
            new Invited("school", List.of("school"), "school-contributes"),
            new Invited("police", List.of("police"), null));

    private final Entries entries;
    private final JdbcClient jdbc;
    private final MessageSource messages;

    ConferenceAttendance(Entries entries, JdbcClient jdbc, MessageSource messages) {
        this.entries = entries;
        this.jdbc = jdbc;
        this.messages = messages;
    }

    @Override
    public List<Problem> problems(String form, String family, Map<String, Long> subjects, Map<String, Object> answers, Long corrects, String process) {
        if (!form.equals("initial-conference") || corrects != null || !"held".equals(answers.get("sitting")) || !"no".equals(answers.get("absent"))) {
            return List.of();
        }
        Optional<Entry> invitations = entries.newest(family, "conference-invitations", null);
        List<String> silent = invitations.map(invited -> silent(invited, answers)).orElse(List.of());
        return silent.isEmpty() ? List.of() : List.of(new Problem("/absent", "q-absent",
                messages.getMessage("conference.absent", new Object[] {silent.stream().map(this::name).collect(Collectors.joining(", "))}, Locale.UK)));
    }

    private List<String> silent(Entry invitations, Map<String, Object> answers) {
        List<?> came = answers.get("takenPart") instanceof List<?> services ? services : List.of();
        Set<String> wrote = Set.copyOf(jdbc.sql("select step_key from entry where family_ref = :family and form_key = 'conference-contribution' and filed_at >= :since")
                .param("family", invitations.family()).param("since", Timestamp.from(invitations.filedAt())).query(String.class).list());
        return SERVICES.stream().filter(service -> "invited".equals(invitations.answers().get(service.question())))
                .filter(service -> service.takesPart().stream().noneMatch(came::contains) && (service.writes() == null || !wrote.contains(service.writes())))
                .map(Invited::question).toList();
    }

    private String name(String question) {
        return messages.getMessage("conference.service." + question, null, Locale.UK);
    }
}
