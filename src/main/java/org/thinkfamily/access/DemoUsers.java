package org.thinkfamily.access;

import java.util.Arrays;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The made-up people of the demo, who sign in with a password that everybody may know. They exist in the demo profile only. */
@Component
@Profile("demo")
public class DemoUsers {

    /** The password of every demo user. */
    public static final String PASSWORD = "think-family";

    private final JdbcClient jdbc;

    DemoUsers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** {@code role}: the names of the roles in words. */
    public record DemoUser(String username, String password, String name, String service, String team, List<String> roles, String role) { }

    /** All of them, by service. */
    public List<DemoUser> all() {
        return jdbc.sql("""
                select u.username, u.name, s.name as service, t.name as team, array_agg(a.code order by a.code) as roles, string_agg(a.name, ', ' order by a.name) as role
                  from app_user u join user_role r using (username) join app_role a on a.code = r.role left join team t on t.id = u.team_id left join service s on s.id = t.service_id
                 where u.password_hash is not null and u.enabled group by u.username, u.name, s.name, t.name order by s.name, t.name, u.name
                """)
                .query((row, n) -> new DemoUser(row.getString("username"), PASSWORD, row.getString("name"), row.getString("service"), row.getString("team"),
                        Arrays.asList((String[]) row.getArray("roles").getArray()), row.getString("role"))).list();
    }
}
