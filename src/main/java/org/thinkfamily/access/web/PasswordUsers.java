package org.thinkfamily.access.web;

import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Component;

/** The demo users sign in with a password. */
@Component
@Profile("demo")
class PasswordUsers implements UserDetailsService {

    private final JdbcClient jdbc;

    PasswordUsers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public UserDetails loadUserByUsername(String username) {
        if (username.indexOf('\0') >= 0) { // which the database does not take as text
            throw new UsernameNotFoundException("unknown");
        }
        return jdbc.sql("select username, password_hash from app_user where username = :username and enabled and password_hash is not null")
                .param("username", username)
                .query((row, n) -> User.withUsername(row.getString("username")).password(row.getString("password_hash")).authorities(new String[0]).build())
                .optional().orElseThrow(() -> new UsernameNotFoundException("unknown"));
    }
}
