package org.thinkfamily.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The two roles of the database: {@link #OWNER} owns what migrations create, {@link #APPLICATION} works with it and
 * owns nothing, so that it cannot give itself rights.
 */
public final class Roles {

    /** Owns the database and all in it. Only migrations connect as this role. */
    public static final String OWNER = "thinkfamily_owner";
    /** What the application connects as. */
    public static final String APPLICATION = "thinkfamily_app";
    /** The database of the record. */
    public static final String DATABASE = "thinkfamily";

    private Roles() {
    }

    /**
     * Makes the roles, with these passwords, and the database, as far as they are not there. Can be run again.
     *
     * @param superuser a connection of a superuser, in autocommit
     */
    public static void prepare(Connection superuser, String ownerPassword, String applicationPassword) throws SQLException {
        role(superuser, OWNER, ownerPassword);
        role(superuser, APPLICATION, applicationPassword);
        if (!exists(superuser, "select 1 from pg_database where datname = '" + DATABASE + "'")) {
            execute(superuser, "create database " + DATABASE + " owner " + OWNER);
        }
        execute(superuser, "revoke all on database " + DATABASE + " from public");
        execute(superuser, "grant connect on database " + DATABASE + " to " + APPLICATION);
    }

    private static void role(Connection superuser, String name, String password) throws SQLException {
        String verb = exists(superuser, "select 1 from pg_roles where rolname = '" + name + "'") ? "alter" : "create";
        execute(superuser, verb + " role " + name + " login nosuperuser nobypassrls password '"
                + password.replace("'", "''") + "'");
    }

    private static boolean exists(Connection superuser, String query) throws SQLException {
        try (Statement statement = superuser.createStatement()) {
            return statement.executeQuery(query).next();
        }
    }

    private static void execute(Connection superuser, String sql) throws SQLException {
        try (Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }
}
