package org.thinkfamily.worklist;

import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.notify.Outbox;
import org.thinkfamily.pathway.Unanswered;

/** Tasks that were taken away because their time was over: who had them, and who manages the team with which they were. */
@Component
class NotAnswered implements Unanswered {

    private final JdbcClient jdbc;

    NotAnswered(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Outbox.To of(String process, Collection<String> steps) {
        return jdbc.sql("""
                select role, assignee, team_id from (
                  select distinct on (step_key, subjects) * from work_item
                   where process_id = :process and step_key = any(:steps) order by step_key, subjects, created_at desc) asked
                 where done_at is not null and done_by is null
                """)
                .param("process", process).param("steps", steps.toArray(String[]::new))
                .query((row, n) -> (row.getString("assignee") == null ? Outbox.To.role(row.getString("role")) : Outbox.To.user(row.getString("assignee")))
                        .and(Outbox.To.managersOf(row.getString("team_id"))))
                .list().stream().reduce(Outbox.To.NOBODY, Outbox.To::and);
    }
}
