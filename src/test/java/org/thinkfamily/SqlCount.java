package org.thinkfamily;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Counts the statements that this thread sends to the database. Each statement of a batch counts. */
public class SqlCount implements BeanPostProcessor {

    private static final ThreadLocal<List<String>> SENT = ThreadLocal.withInitial(ArrayList::new);

    /** Something that is done and may fail. */
    @FunctionalInterface
    public interface Act {
        void run() throws Exception;
    }

    /** The statements that were sent meanwhile, in order. */
    public static List<String> of(Act act) throws Exception {
        SENT.get().clear();
        act.run();
        return List.copyOf(SENT.get());
    }

    public static DataSource counting(DataSource source) {
        return new Counted(source);
    }

    private static final class Counted extends DelegatingDataSource {

        Counted(DataSource source) {
            super(source);
        }

        @Override
        public Connection getConnection() throws SQLException {
            return counting(Connection.class, super.getConnection(), null);
        }
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource source && !(bean instanceof Counted) ? counting(source) : bean;
    }

    private static <T> T counting(Class<T> type, T target, String sql) {
        return type.cast(Proxy.newProxyInstance(SqlCount.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            boolean sends = target instanceof Statement && (method.getName().equals("addBatch") || method.getName().startsWith("execute") && !method.getName().endsWith("Batch"));
            if (sends) {
                SENT.get().add(arguments != null && arguments.length > 0 && arguments[0] instanceof String text ? text : sql);
            }
            try {
                Object result = method.invoke(target, arguments);
                if (result instanceof PreparedStatement statement) {
                    return counting(PreparedStatement.class, statement, (String) arguments[0]);
                }
                return result instanceof Statement statement && method.getName().equals("createStatement") ? counting(Statement.class, statement, null) : result;
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        }));
    }
}
