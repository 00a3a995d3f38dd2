package org.thinkfamily.access;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.stereotype.Component;

/**
 * Tells PostgreSQL for whom each statement asks. Before a statement is made, the setting {@code thinkfamily.acting} of its connection becomes what
 * {@link Acting} says of the thread; nothing is sent when it is that already, as it mostly is.
 */
@Component
class ActingConnections implements BeanPostProcessor, PriorityOrdered {

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource source && !(bean instanceof Acted) ? new Acted(source) : bean;
    }

    /** Directly around the pool. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    private static final class Acted extends DelegatingDataSource {

        /** What each connection of the pool has been told; without an entry it is not known. */
        private final Map<PGConnection, String> told = Collections.synchronizedMap(new WeakHashMap<>());

        private final DatabaseAway away = new DatabaseAway();

        Acted(DataSource pool) {
            super(pool);
        }

        @Override
        public Connection getConnection() throws SQLException {
            return acting(away.orElseGet(super::getConnection));
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return acting(away.orElseGet(() -> super.getConnection(username, password)));
        }

        private Connection acting(Connection connection) throws SQLException {
            PGConnection server = connection.unwrap(PGConnection.class);
            return (Connection) Proxy.newProxyInstance(Acted.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                switch (method.getName()) {
                    case "prepareStatement", "prepareCall", "createStatement" -> tell(connection, server);
                    case "rollback" -> told.remove(server); // undoes what the transaction has set
                    case "close" -> {
                        if (!connection.isClosed() && !connection.getAutoCommit()) {
                            told.remove(server); // the pool will roll back
                        }
                    }
                    default -> { }
                }
                try {
                    return method.invoke(connection, arguments);
                } catch (InvocationTargetException thrown) {
                    if ("commit".equals(method.getName())) {
                        told.remove(server);
                    }
                    throw thrown.getCause();
                }
            });
        }

        private void tell(Connection connection, PGConnection server) throws SQLException {
            String who = Acting.setting();
            if (!Objects.equals(told.get(server), who)) {
                told.remove(server);
                try (Statement setting = connection.createStatement()) {
                    setting.execute("set thinkfamily.acting = '" + who.replace("'", "''") + "'");
                }
                told.put(server, who);
            }
        }
    }
}
