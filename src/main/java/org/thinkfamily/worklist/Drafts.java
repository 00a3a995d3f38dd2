package org.thinkfamily.worklist;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Answers not yet given. Nobody but their author sees them, and nothing checks them. */
@Component
class Drafts {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock time;

    Drafts(JdbcClient jdbc, JsonMapper json, Clock time) {
        this.jdbc = jdbc;
        this.json = json;
        this.time = time;
    }

    record Draft(Map<String, Object> answers, Instant savedAt) { }

    Optional<Draft> find(String subject, String username) {
        return jdbc.sql("select answers, saved_at from draft where subject = :subject and username = :username")
                .param("subject", subject).param("username", username)
                .query((row, n) -> new Draft(json.readValue(row.getString("answers"), new TypeReference<Map<String, Object>>() { }), row.getTimestamp("saved_at").toInstant()))
                .optional();
    }

    /** Whether it is the first of this person for this subject. */
    boolean save(String subject, String username, Map<String, Object> answers) {
        return jdbc.sql("""
                insert into draft (subject, username, answers, saved_at) values (:subject, :username, cast(:answers as jsonb), :now)
                on conflict (subject, username) do update set answers = excluded.answers, saved_at = excluded.saved_at
                returning xmax = 0
                """)
                .param("subject", subject).param("username", username).param("answers", json.writeValueAsString(answers).replace("\\u0000", ""))
                .param("now", Timestamp.from(time.instant())).query(Boolean.class).single();
    }

    /** When each draft of a person was saved, by what it is kept under, the newest first. */
    Map<String, Instant> of(String username) {
        Map<String, Instant> saved = new LinkedHashMap<>();
        jdbc.sql("select subject, saved_at from draft where username = :username order by saved_at desc").param("username", username)
                .query(row -> {
                    saved.put(row.getString("subject"), row.getTimestamp("saved_at").toInstant());
                });
        return saved;
    }

    void delete(String subject, String username) {
        jdbc.sql("delete from draft where subject = :subject and username = :username").param("subject", subject).param("username", username).update();
    }
}
