package org.thinkfamily.web;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.thinkfamily.Requirement;
import org.thinkfamily.access.Policy;

/** The table of who may reach what, once more, with the application's own predicate made true in every statement: row-level security alone gives the same answers. */
@Import(PredicateStrippedTest.Strip.class)
@Requirement("S-221")
class PredicateStrippedTest extends AccessTest {

    private static final AtomicInteger STRIPPED = new AtomicInteger();

    @AfterAll
    static void thePredicateWasThere() {
        Assertions.assertThat(STRIPPED).as("statements whose predicate was made true").hasValueGreaterThan(100);
    }

    static class Strip implements BeanPostProcessor, Ordered {

        private static final Pattern PREDICATE = Pattern.compile(Stream.of(Policy.MAY_SEE_FAMILY.replaceAll(":\\w+", "?").split("f\\.ref", -1))
                .map(Pattern::quote).collect(Collectors.joining("(?:f\\.ref|w\\.family_ref)")));

        @Override
        public int getOrder() {
            return LOWEST_PRECEDENCE;
        }

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return !(bean instanceof DataSource source) ? bean : new DelegatingDataSource(source) {
                @Override
                public Connection getConnection() throws SQLException {
                    return strip(super.getConnection());
                }
            };
        }

        private static Connection strip(Connection connection) {
            return (Connection) Proxy.newProxyInstance(Strip.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("prepareStatement") && arguments[0] instanceof String sql && PREDICATE.matcher(sql).find()) {
                    STRIPPED.incrementAndGet();
                    arguments[0] = PREDICATE.matcher(sql).replaceAll(found -> Matcher.quoteReplacement("(" + found.group() + " or true)"));
                }
                try {
                    return method.invoke(connection, arguments);
                } catch (InvocationTargetException thrown) {
                    throw thrown.getCause();
                }
            });
        }
    }
}
