package org.thinkfamily.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.function.LongSupplier;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Remembers for a moment that the database could not be reached, so that what comes after is told at once instead of waiting for the pool again. A pool whose connections are all
 * in use is not that: its next request waits its own turn.
 */
public final class DatabaseAway {

    /** In nanoseconds. */
    private static final long MOMENT = 1_000_000_000L;

    private final LongSupplier ticker;
    /** By the machine's own counter: the clock of the product can be moved. Null while the database answers. */
    private volatile Long until;

    DatabaseAway() {
        this(System::nanoTime);
    }

    DatabaseAway(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /** How a connection is got. */
    @FunctionalInterface
    interface Source {
        Connection get() throws SQLException;
    }

    /** A connection; refused without a try within a second of a try that failed because the database was away. */
    Connection orElseGet(Source source) throws SQLException {
        Long away = until;
        if (away != null && ticker.getAsLong() - away < 0) {
            throw new SQLTransientConnectionException("the database is away");
        }
        try {
            Connection connection = source.get();
            until = null;
            return connection;
        } catch (SQLTransientConnectionException failed) {
            if (failed.getCause() != null) { // why no connection could be made; there is none when all are in use
                until = ticker.getAsLong() + MOMENT;
            }
            throw failed;
        }
    }

    /** Whether something failed because the database cannot be reached, or has too much to do to be reached in time. */
    public static boolean caused(Throwable problem) {
        for (Throwable each = problem; each != null; each = each.getCause()) {
            if (each instanceof SQLTransientConnectionException || each instanceof CannotGetJdbcConnectionException || each instanceof CannotCreateTransactionException
                    || each instanceof SQLException failed && failed.getSQLState() != null && (failed.getSQLState().startsWith("08") || failed.getSQLState().startsWith("57P"))) {
                return true;
            }
        }
        return false;
    }
}
