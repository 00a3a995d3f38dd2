package org.thinkfamily.pathway;

import java.nio.charset.StandardCharsets;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** The engine's own tables, from the create scripts that come with it. */
@Component
class V001__EngineTables extends BaseJavaMigration {

    private static final List<String> SCRIPTS = List.of("engine", "history", "identity", "case.engine", "case.history", "decision.engine", "decision.history");

    @Override
    public void migrate(Context context) throws Exception {
        try (Statement statement = context.getConnection().createStatement()) {
            for (String script : SCRIPTS) {
                ClassPathResource sql = new ClassPathResource("org/camunda/bpm/engine/db/create/activiti.postgres.create." + script + ".sql");
                statement.execute(sql.getContentAsString(StandardCharsets.UTF_8));
            }
        }
    }
}
