package org.thinkfamily.database;

import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.FluentConfiguration;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets the application's role work with what migrations create: before each migration it becomes the default for the
 * owner's new tables and sequences that this role may read and write them.
 *
 * <p>A default, and not a grant afterwards, so that a migration can take a right away for good:
 * {@code revoke update, delete on entry from ${application}}.
 */
public final class ApplicationRights implements Callback {

    /** The placeholder in migrations that stands for the application's role. */
    public static final String PLACEHOLDER = "application";

    private final String role;

    private ApplicationRights(String role) {
        this.role = role;
    }

    /**
     * Adds the rights and the placeholder to a configuration of Flyway.
     *
     * @param role the role the application connects as
     */
    public static void add(FluentConfiguration flyway, String role) {
        Map<String, String> placeholders = new HashMap<>(flyway.getPlaceholders());
        placeholders.put(PLACEHOLDER, quoted(role));
        flyway.placeholders(placeholders);
        Callback[] before = flyway.getCallbacks();
        Callback[] callbacks = new Callback[before.length + 1];
        System.arraycopy(before, 0, callbacks, 0, before.length);
        callbacks[before.length] = new ApplicationRights(role);
        flyway.callbacks(callbacks);
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        requireBoundRole(context);
        try (Statement statement = context.getConnection().createStatement()) {
            statement.execute("alter default privileges grant select, insert, update, delete on tables to " + quoted(role));
            statement.execute("alter default privileges grant usage, select on sequences to " + quoted(role));
        } catch (SQLException e) {
            throw new FlywayException("The role " + role + " could not be given its rights.", e);
        }
    }

    /** Row-level security binds neither a superuser nor the owner of the tables, nor who may pass it by name. */
    private void requireBoundRole(Context context) {
        try (PreparedStatement query = context.getConnection().prepareStatement(
                "select rolsuper or rolbypassrls or pg_has_role(rolname, current_user, 'MEMBER') from pg_roles where rolname = ?")) {
            query.setString(1, role);
            try (ResultSet answer = query.executeQuery()) {
                if (answer.next() && answer.getBoolean(1)) {
                    throw new StartRefused("The database role " + role + " can pass row-level security: give the application a role that owns nothing"
                            + " and migrations another (docs/operations.md, \"A PostgreSQL of your own\").");
                }
            }
        } catch (SQLException e) {
            throw new FlywayException("The rights of the role " + role + " could not be read.", e);
        }
    }

    @Override
    public String getCallbackName() {
        return "application-rights";
    }

    private static String quoted(String role) {
        return '"' + role.replace("\"", "\"\"") + '"';
    }
}
