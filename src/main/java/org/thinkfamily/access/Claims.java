package org.thinkfamily.access;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What an identity provider says of a person. The claims' names are configurable ({@code thinkfamily.sign-in.*-claim}); roles and teams that the product does
 * not know are left out.
 */
@Component
public class Claims {

    private final JdbcClient jdbc;
    private final String username;
    private final String name;
    private final String email;
    private final String team;
    private final String roles;

    Claims(JdbcClient jdbc,
            @Value("${thinkfamily.sign-in.username-claim:preferred_username}") String username,
            @Value("${thinkfamily.sign-in.name-claim:name}") String name,
            @Value("${thinkfamily.sign-in.email-claim:email}") String email,
            @Value("${thinkfamily.sign-in.team-claim:team}") String team,
            @Value("${thinkfamily.sign-in.roles-claim:roles}") String roles) {
        this.jdbc = jdbc;
        this.username = username;
        this.name = name;
        this.email = email;
        this.team = team;
        this.roles = roles;
    }

    public String usernameClaim() {
        return username;
    }

    /**
     * Keeps the person with the team and roles that the provider says now. A user who was disabled here stays disabled.
     *
     * @return the username; the subject of the token where the provider gives no other
     */
    @Transactional
    public String keep(Map<String, Object> claims) {
        String user = text(claims, username, text(claims, "sub", null));
        jdbc.sql("""
                insert into app_user (username, name, email, team_id) values (:user, :name, :email, (select id from team where id = :team))
                on conflict (username) do update set name = excluded.name, email = excluded.email, team_id = excluded.team_id
                """)
                .param("user", user).param("name", text(claims, name, user)).param("email", text(claims, email, null)).param("team", text(claims, team, null)).update();
        String[] held = claims.get(roles) instanceof Collection<?> list ? list.stream().map(Object::toString).toArray(String[]::new) : new String[0];
        jdbc.sql("delete from user_role where username = :user and role <> all(:roles)").param("user", user).param("roles", held).update();
        jdbc.sql("insert into user_role (username, role) select :user, code from app_role where code = any(:roles) on conflict do nothing")
                .param("user", user).param("roles", held).update();
        return user;
    }

    private static String text(Map<String, Object> claims, String claim, String otherwise) {
        Object value = claims.get(claim);
        if (value instanceof List<?> list && !list.isEmpty()) {
            value = list.get(0);
        }
        return value == null || value.toString().isBlank() ? otherwise : value.toString();
    }
}
