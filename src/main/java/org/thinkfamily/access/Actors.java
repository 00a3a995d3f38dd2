package org.thinkfamily.access;

import java.sql.Array;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The people who may sign in. */
@Component
public class Actors {

    private final JdbcClient jdbc;

    Actors(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The enabled user of that name, read afresh, so that access which ends, ends at the next request; empty for who is unknown or disabled. */
    public Optional<Actor> find(String username) {
        return jdbc.sql("""
                select u.username, u.name, u.team_id, t.name as team_name, s.name as service_name,
                       array(select r.role from user_role r where r.username = u.username order by r.role) as roles,
                       array(select m.team_id from managed_team m where m.username = u.username
                             union
                             select u.team_id from user_role r join app_role a on a.code = r.role and a.manages
                              where r.username = u.username and u.team_id is not null) as managed
                  from app_user u
                  left join team t on t.id = u.team_id
                  left join service s on s.id = t.service_id
                 where u.username = :username and u.enabled
                """)
                .param("username", username)
                .query((row, n) -> new Actor(row.getString("username"), row.getString("name"), row.getString("team_id"),
                        row.getString("team_name"), row.getString("service_name"),
                        texts(row.getArray("roles")), texts(row.getArray("managed"))))
                .optional();
    }

    /** Enabled people who hold a role, by name; with a team, only those who work in it. */
    public List<Colleague> withRole(String role, String team) {
        return jdbc.sql("""
                select u.username, u.name, t.name as team
                  from app_user u join user_role r using (username) left join team t on t.id = u.team_id
                 where r.role = :role and u.enabled and (cast(:team as text) is null or u.team_id = :team)
                 order by u.name
                """)
                .param("role", role).param("team", team)
                .query(Colleague.class).list();
    }

    /** Whom work can be given to: a user, by name and team. */
    public record Colleague(String username, String name, String team) { }

    /** The roles there are: their names by their codes. */
    public Map<String, String> roleNames() {
        return jdbc.sql("select code, name from app_role").query((row, n) -> Map.entry(row.getString("code"), row.getString("name"))).list().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Set<String> texts(Array array) throws SQLException {
        return Set.of((String[]) array.getArray());
    }
}
