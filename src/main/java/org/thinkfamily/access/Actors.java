package org.thinkfamily.access;

import java.sql.Array;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
                              where r.username = u.username and u.team_id is not null) as managed,
                       stands.in_for,
                       array(select b.family_ref from break_glass b where b.username = u.username and b.until_at > record_time()) as opened,
                       array(select i.family_ref || ' ' || i.role from involvement i where i.username = any(stands.in_for) and i.ended_on is null) as named
                  from app_user u
                  cross join lateral (select array(
                         select u.username
                         union select d.username from deputy d where d.deputy = u.username and d.ended_at is null
                                  and (record_time() at time zone 'Europe/London')::date between d.from_on and d.until_on) as in_for) stands
                  left join team t on t.id = u.team_id
                  left join service s on s.id = t.service_id
                 where u.username = :username and u.enabled
                """)
                .param("username", username)
                .query((row, n) -> new Actor(row.getString("username"), row.getString("name"), row.getString("team_id"),
                        row.getString("team_name"), row.getString("service_name"),
                        texts(row.getArray("roles")), texts(row.getArray("managed")), texts(row.getArray("in_for")), texts(row.getArray("opened")),
                        texts(row.getArray("named")).stream().map(Actors::named).collect(Collectors.toUnmodifiableSet())))
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

    /** How to reach somebody: e-mail address, or that of their team, and their team's telephone number; each null when none is known. Empty for an unknown username. */
    public Optional<Contact> contact(String username) {
        return jdbc.sql("select coalesce(u.email, t.email) as email, t.phone from app_user u left join team t on t.id = u.team_id where u.username = :username")
                .param("username", username).query(Contact.class).optional();
    }

    /** How somebody is reached. */
    public record Contact(String email, String phone) { }

    /** Enabled people who work in one of these teams, by name. */
    public List<Colleague> inTeams(Set<String> teams) {
        return jdbc.sql("select u.username, u.name, t.name as team from app_user u join team t on t.id = u.team_id where u.enabled and u.team_id = any(:teams) order by u.name")
                .param("teams", teams.toArray(String[]::new)).query(Colleague.class).list();
    }

    /** Whom work can be given to: a user, by name and team. */
    public record Colleague(String username, String name, String team) { }

    /** The roles there are: their names by their codes. */
    public Map<String, String> roleNames() {
        return jdbc.sql("select code, name from app_role").query((row, n) -> Map.entry(row.getString("code"), row.getString("name"))).list().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Actor.Named named(String both) {
        int space = both.indexOf(' ');
        return new Actor.Named(both.substring(0, space), both.substring(space + 1));
    }

    private static Set<String> texts(Array array) throws SQLException {
        return Stream.of((String[]) array.getArray()).collect(Collectors.toUnmodifiableSet());
    }
}
