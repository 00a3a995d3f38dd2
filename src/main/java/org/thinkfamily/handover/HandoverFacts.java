package org.thinkfamily.handover;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.access.Actors;
import org.thinkfamily.family.Involvements;
import org.thinkfamily.family.WorkerReplaced;
import org.thinkfamily.forms.FeatureCheck;
import org.thinkfamily.forms.Problem;
import org.thinkfamily.record.Entry;
import org.thinkfamily.record.EntryFiled;
import org.thinkfamily.record.NotCorrectable;

/** Keeps each change of worker with its day, and what the form "Hand the family over" says of it, in the transaction that makes the change. */
@Component
class HandoverFacts implements FeatureCheck {

    private static final String FORM = "handover";

    private final JdbcClient jdbc;
    private final Involvements involvements;
    private final Actors roles;
    private final MessageSource messages;
    private final Clock time;

    HandoverFacts(JdbcClient jdbc, Involvements involvements, Actors roles, MessageSource messages, Clock time) {
        this.jdbc = jdbc;
        this.involvements = involvements;
        this.roles = roles;
        this.messages = messages;
        this.time = time;
    }

    @EventListener
    void on(WorkerReplaced worker) {
        jdbc.sql("insert into change_of_worker (family_ref, role, from_user, to_user, changed_at) values (:family, :role, :before, :now, :at)")
                .param("family", worker.family()).param("role", worker.role()).param("before", worker.before()).param("now", worker.now())
                .param("at", Timestamp.from(time.instant())).update();
    }

    /** Where nobody is known yet the role goes to the team. What was written is kept with the change that it made. */
    @EventListener
    void on(EntryFiled filed) {
        Entry entry = filed.entry();
        if (!entry.formKey().equals(FORM)) {
            return;
        }
        if (entry.supersedes() != null) {
            throw new NotCorrectable("role", "handover.correction");
        }
        String role = entry.answers().get("role").toString();
        if ("no".equals(entry.answers().get("known"))) {
            involvements.toTeam(entry.family(), role);
        }
        jdbc.sql("update change_of_worker set entry_id = :entry where id = (select max(id) from change_of_worker where family_ref = :family and role = :role)")
                .param("entry", entry.id()).param("family", entry.family()).param("role", role).update();
    }

    /** A role is handed over by who holds it by name, who stands in for them, or a manager of their team; and to somebody else. PostgreSQL knows who asks. */
    @Override
    public List<Problem> problems(String form, String family, Map<String, Long> subjects, Map<String, Object> answers, Long corrects, String process) {
        if (!form.equals(FORM) || corrects != null) {
            return List.of();
        }
        List<String> held = mine(family).stream().filter(worker -> worker.role().equals(answers.get("role"))).map(Mine::username).toList();
        if (held.isEmpty()) {
            return List.of(problem("role", "handover.not-yours"));
        }
        return answers.entrySet().stream().filter(answer -> answer.getKey().endsWith("New") && held.contains(String.valueOf(answer.getValue()))).findFirst()
                .map(answer -> List.of(problem(answer.getKey(), "handover.same"))).orElse(List.of());
    }

    /** The roles of this family that who asks can hand over; all of them where that is none, so that the check says why. */
    @Override
    public List<String> without(String form, String family) {
        List<String> mine = !form.equals(FORM) || family == null ? List.of() : mine(family).stream().map(Mine::role).distinct().toList();
        return mine.isEmpty() ? List.of() : roles.roleNames().keySet().stream().filter(role -> !mine.contains(role)).map(role -> "role=" + role).toList();
    }

    private record Mine(String role, String username) { }

    /** Who works with the family by name and is who asks, somebody they stand in for, or of a team they manage. */
    private List<Mine> mine(String family) {
        return jdbc.sql("""
                select role, username from involvement
                 where family_ref = :family and ended_on is null and username is not null
                   and (acts_as_system() or username = any((select asking('workers'))::text[]) or team_id = any((select asking('teams'))::text[]))
                """).param("family", family).query(Mine.class).list();
    }

    private Problem problem(String question, String key) {
        return new Problem("/" + question, "q-" + question, messages.getMessage(key, null, Locale.UK));
    }
}
