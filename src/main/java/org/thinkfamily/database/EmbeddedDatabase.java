package org.thinkfamily.database;

import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * The PostgreSQL inside, when no other is configured, and for any PostgreSQL the rights of the application's role.
 *
 * <p>Only the addresses and passwords are given to Spring; pools and migrations are set up as for any database, and
 * are closed before it, because they depend on it.
 */
@Configuration(proxyBeanMethods = false)
class EmbeddedDatabase {

    @Bean
    FlywayConfigurationCustomizer applicationRights(ObjectProvider<JdbcConnectionDetails> application) {
        return flyway -> application.ifAvailable(details -> ApplicationRights.add(flyway, details.getUsername()));
    }

    /** Nobody has named another database. */
    static final class NoOtherNamed implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            Environment environment = context.getEnvironment();
            return !StringUtils.hasText(environment.getProperty("spring.datasource.url"))
                    && !StringUtils.hasText(environment.getProperty("spring.datasource.jndi-name"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(NoOtherNamed.class)
    static class Inside {

        @Bean(destroyMethod = "close")
        PostgresServer postgresServer(PostgresStart start) {
            return start.server();
        }

        @Bean
        JdbcConnectionDetails applicationConnection(PostgresServer server) {
            return new Application(server.url(), server.applicationPassword());
        }

        @Bean
        FlywayConnectionDetails ownerConnection(PostgresServer server) {
            return new Owner(server.url(), server.ownerPassword());
        }
    }

    private record Application(String getJdbcUrl, String getPassword) implements JdbcConnectionDetails {

        @Override
        public String getUsername() {
            return Roles.APPLICATION;
        }

        @Override
        public String toString() {
            return "Application[" + getJdbcUrl + "]";
        }
    }

    private record Owner(String getJdbcUrl, String getPassword) implements FlywayConnectionDetails {

        @Override
        public String getUsername() {
            return Roles.OWNER;
        }

        @Override
        public String toString() {
            return "Owner[" + getJdbcUrl + "]";
        }
    }
}
