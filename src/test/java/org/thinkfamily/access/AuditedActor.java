package org.thinkfamily.access;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Asha Patel in a database where there is nobody yet. */
final class AuditedActor {

    private AuditedActor() { }

    static Actor of(JdbcClient jdbc, String... roles) {
        jdbc.sql("insert into app_user (username, name) values ('asha.patel', 'Asha Patel')").update();
        List.of(roles).forEach(role -> jdbc.sql("insert into user_role (username, role) values ('asha.patel', ?)").param(role).update());
        return new Actors(jdbc).find("asha.patel").orElseThrow();
    }
}
