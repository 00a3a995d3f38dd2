package org.thinkfamily;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.thinkfamily.database.ApplicationRights;
import org.thinkfamily.database.Roles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

/**
 * One fresh PostgreSQL for all tests of a run, with the roles of production: tests connect as the application does.
 *
 * <p>For a Spring test: {@code @ContextConfiguration(initializers = TestDatabase.class)}; the application migrates it.
 * For a test without Spring: {@link #fresh()}.
 */
public final class TestDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String OWNER_PASSWORD = "owner";
    private static final String APPLICATION_PASSWORD = "app";
    private static final String TEMPLATE = "migrated";

    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static boolean templateReady;

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        use(Roles.DATABASE, context);
    }

    /** A database beside the shared one, for tests that bring their own authority. */
    public static final class Beside implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        private static boolean made;

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            synchronized (Beside.class) {
                if (!made) {
                    execute("create database beside owner " + Roles.OWNER);
                    made = true;
                }
            }
            use("beside", context);
        }
    }

    /** A database of its own for tests that move time, so that no other test's timers fire. */
    public static final class Own implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            String name = "own_" + COUNT.incrementAndGet();
            execute("create database " + name + " owner " + Roles.OWNER);
            use(name, context);
        }
    }

    private static void use(String database, ConfigurableApplicationContext context) {
        String url = url(database);
        TestPropertyValues.of(
                "spring.datasource.url=" + url,
                "spring.datasource.username=" + Roles.APPLICATION,
                "spring.datasource.password=" + APPLICATION_PASSWORD,
                "spring.flyway.url=" + url,
                "spring.flyway.user=" + Roles.OWNER,
                "spring.flyway.password=" + OWNER_PASSWORD,
                // Of this database alone, so that no other application carries it in.
                "thinkfamily.audit.journal=target/journals/" + ProcessHandle.current().pid() + "-" + database + ".jsonl").applyTo(context);
    }

    /** A migrated database of its own, for a test that counts or takes rows whoever wrote them. */
    public static synchronized DataSource fresh() {
        if (!templateReady) {
            execute("create database " + TEMPLATE + " owner " + Roles.OWNER);
            migrate(url(TEMPLATE), "latest");
            templateReady = true;
        }
        String name = "fresh_" + COUNT.incrementAndGet();
        execute("create database " + name + " template " + TEMPLATE + " owner " + Roles.OWNER);
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url(name));
        pool.setUsername(Roles.APPLICATION);
        pool.setPassword(APPLICATION_PASSWORD);
        pool.setMaximumPoolSize(8);
        pool.setMinimumIdle(0);
        pool.setConnectionInitSql("set thinkfamily.acting = 'system:test'"); // there is no application here that would say so
        return new HikariDataSource(pool);
    }

    /** Brings the tables of a database to a version, for a test of what a migration makes of what is there. */
    public static void migrate(DataSource database, String version) throws SQLException {
        migrate(database.unwrap(HikariDataSource.class).getJdbcUrl(), version);
    }

    private static void migrate(String url, String version) {
        FluentConfiguration flyway = Flyway.configure().dataSource(url, Roles.OWNER, OWNER_PASSWORD).locations("classpath:db/migration").javaMigrations(engineTables()).target(version);
        if (!version.equals("latest")) {
            flyway.repeatableSqlMigrationPrefix("none"); // they rest on the newest tables
        }
        ApplicationRights.add(flyway, Roles.APPLICATION);
        flyway.load().migrate();
    }

    /** A connection of the role that owns what the application works with: for what nobody may do through the application. */
    public static Connection owner(DataSource database) throws SQLException {
        return DriverManager.getConnection(database.unwrap(HikariDataSource.class).getJdbcUrl(), Roles.OWNER, OWNER_PASSWORD);
    }

    /** Takes a database away from whoever is connected to it and whoever wants to be, until {@link #back}. */
    public static void away(DataSource database) throws SQLException {
        execute("alter database " + name(database) + " allow_connections false");
        execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name(database) + "'");
    }

    /** Gives it back. */
    public static void back(DataSource database) throws SQLException {
        execute("alter database " + name(database) + " allow_connections true");
    }

    private static String name(DataSource database) throws SQLException {
        return database.unwrap(HikariDataSource.class).getJdbcUrl().replaceAll(".*/", "");
    }

    /** A bean of the application, which hands it to Flyway; there is no application here. */
    private static JavaMigration engineTables() {
        try {
            return (JavaMigration) BeanUtils.instantiateClass(Class.forName("org.thinkfamily.pathway.V001__EngineTables"));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void close(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedPostgres start() {
        try {
            // Nothing in it outlives the run, so it need not reach the disk.
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    // Text is ordered as in production.
                    .setLocaleConfig("locale", "C").setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8")
                    .setRegisterShutdownHook(false)
                    .start();
            // After the applications that use it, which would otherwise wait for it while it is gone.
            SpringApplication.getShutdownHandlers().add(() -> close(server));
            try (Connection superuser = server.getPostgresDatabase().getConnection()) {
                Roles.prepare(superuser, OWNER_PASSWORD, APPLICATION_PASSWORD);
            }
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(String sql) {
        try (Connection superuser = SERVER.getPostgresDatabase().getConnection()) {
            superuser.createStatement().execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String url(String database) {
        return "jdbc:postgresql://localhost:" + SERVER.getPort() + "/" + database;
    }
}
