package org.thinkfamily.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** When the provider has issued a token: what an earlier one says is older than what is kept. */
    private static final String ISSUED = "iat";

    private record Known(String name, String email, String team, Set<String> roles) { }

    /**
     * Keeps the person with the team and roles that the provider says now; writes nothing when it says what is known, or said it before what is known: a token from before a
     * role was taken away does not bring it back. A user who was disabled here stays disabled.
     *
     * @return the username, the subject of the token where the provider gives no other; empty, and nothing is kept, when the provider says nothing of roles.
     *         A provider that leaves the claim out for who has none any more must not leave them the old ones, and a token that was never meant to carry roles
     *         must not take them from a person at work. No role at all is an empty list.
     */
    @Transactional
    public Optional<String> keep(Map<String, Object> claims) {
        List<String> said = texts(claims.get(roles));
        if (said == null) {
            return Optional.empty();
        }
        String user = text(claims, username, text(claims, "sub", null));
        Known now = jdbc.sql("""
                select cast(:name as text) as name, cast(:email as text) as email, (select id from team where id = :team) as team,
                       array(select code from app_role where code = any(:roles)) as roles
                """)
                .param("name", text(claims, name, user)).param("email", text(claims, email, null)).param("team", text(claims, team, null))
                .param("roles", said.toArray(String[]::new)).query(Claims::known).single();
        Optional<Known> before = jdbc.sql("""
                select name, email, team_id as team, array(select role from user_role where username = :user) as roles from app_user where username = :user
                """)
                .param("user", user).query(Claims::known).optional();
        if (!before.equals(Optional.of(now))) {
            write(user, now, claims.get(ISSUED) instanceof Instant issued ? Timestamp.from(issued) : null);
        }
        return Optional.of(user);
    }

    private static Known known(ResultSet row, int n) throws SQLException {
        return new Known(row.getString("name"), row.getString("email"), row.getString("team"), Set.of((String[]) row.getArray("roles").getArray()));
    }

    private void write(String user, Known now, Timestamp issued) {
        boolean newer = jdbc.sql("""
                insert into app_user as u (username, name, email, team_id, claims_at) values (:user, :name, :email, :team, :issued)
                on conflict (username) do update set name = excluded.name, email = excluded.email, team_id = excluded.team_id, claims_at = coalesce(excluded.claims_at, u.claims_at)
                 where u.claims_at is null or excluded.claims_at is null or excluded.claims_at >= u.claims_at
                """)
                .param("user", user).param("name", now.name()).param("email", now.email()).param("team", now.team()).param("issued", issued).update() == 1;
        if (!newer) {
            return;
        }
        String[] held = now.roles().toArray(String[]::new);
        jdbc.sql("delete from user_role where username = :user and role <> all(:roles)").param("user", user).param("roles", held).update();
        jdbc.sql("insert into user_role (username, role) select :user, unnest(cast(:roles as text[])) on conflict do nothing").param("user", user).param("roles", held).update();
    }

    /** A list of texts, or the one text of a provider that makes no list of one; null when the claim is missing or something else. */
    private static List<String> texts(Object claim) {
        return claim instanceof Collection<?> list ? list.stream().map(String::valueOf).toList() : claim instanceof String one ? List.of(one) : null;
    }

    private static String text(Map<String, Object> claims, String claim, String otherwise) {
        Object value = claims.get(claim);
        if (value instanceof List<?> list && !list.isEmpty()) {
            value = list.get(0);
        }
        return value == null || value.toString().isBlank() ? otherwise : value.toString();
    }
}
