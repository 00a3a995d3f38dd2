package org.thinkfamily.clock;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * Days that differ from the rules: a bank holiday proclaimed once, or one withdrawn.
 *
 * <p>They change once in years and are asked for in every count, so each node keeps a copy. The node that changes
 * one forgets its copy at once; the others read again within {@link #KEEP}.
 */
@Component
class ProclaimedDays {

    static final Duration KEEP = Duration.ofMinutes(10);

    private final JdbcClient jdbc;
    private volatile Copy copy;

    ProclaimedDays(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Each proclaimed day, and whether people work on it. */
    Map<LocalDate, Boolean> all() {
        Copy current = copy;
        // Not java.time.Clock: the demo moves that one, and the age of a copy is real time.
        long now = System.nanoTime();
        if (current == null || now - current.readAt() > KEEP.toNanos()) {
            current = new Copy(read(), now);
            copy = current;
        }
        return current.days();
    }

    void put(LocalDate day, String name, boolean working) {
        jdbc.sql("""
                insert into proclaimed_day (day, name, working) values (:day, :name, :working)
                on conflict (day) do update set name = excluded.name, working = excluded.working
                """)
                .param("day", day).param("name", name).param("working", working)
                .update();
        copy = null;
    }

    private Map<LocalDate, Boolean> read() {
        Map<LocalDate, Boolean> days = new HashMap<>();
        jdbc.sql("select day, working from proclaimed_day")
                .query(row -> {
                    days.put(row.getObject("day", LocalDate.class), row.getBoolean("working"));
                });
        return Map.copyOf(days);
    }

    private record Copy(Map<LocalDate, Boolean> days, long readAt) {
    }
}
