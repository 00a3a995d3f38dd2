package org.thinkfamily.pathway;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.access.WhoSees;
import org.thinkfamily.access.WhoSees.Involvement;
import org.thinkfamily.access.WhoSees.Sight;

/** Tells PostgreSQL what the table "who sees what" says of what others have filed, for each role: row-level security cannot ask the table. */
@Component
class PartOfTheRecord {

    private static final String ITEM = "others-entries";

    private final JdbcClient jdbc;
    private final WhoSees table;

    PartOfTheRecord(JdbcClient jdbc, WhoSees table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    /** To be called when the table may have changed. */
    void tell() {
        List<String> roles = jdbc.sql("select code from app_role").query(String.class).list();
        roles.forEach(role -> jdbc.sql("update app_role set sees_others = :sees where code = :role and sees_others <> :sees").param("role", role).param("sees", sees(role)).update());
    }

    private String sees(String role) {
        return table.of(ITEM, role, Involvement.NAMED) != Sight.FULL ? "none" : table.of(ITEM, role, Involvement.TEAM) != Sight.FULL ? "named" : "all";
    }
}
