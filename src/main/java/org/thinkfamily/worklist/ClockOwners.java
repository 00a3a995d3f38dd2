package org.thinkfamily.worklist;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.Clock;
import org.thinkfamily.notify.Outbox;

/** Who is working against a clock: the holders of the open tasks that are due by it, or where nobody holds them the role's workers. */
@Component
class ClockOwners {

    private final JdbcClient jdbc;

    ClockOwners(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** {@code managers}: of the team with which the task is. */
    record Owner(Outbox.To to, Outbox.To managers, String path) { }

    List<Owner> of(Clock clock) {
        return jdbc.sql("""
                select id, role, assignee, team_id from work_item
                 where process_id = :process and clock = :clock and done_at is null
                   and (cast(:person as bigint) is null or :person = any(about))
                """)
                .param("process", clock.processInstance()).param("clock", clock.name()).param("person", clock.person())
                .query((row, n) -> new Owner(row.getString("assignee") == null ? Outbox.To.role(row.getString("role")) : Outbox.To.user(row.getString("assignee")),
                        Outbox.To.managersOf(row.getString("team_id")), "/work/" + row.getString("id"))).list();
    }
}
