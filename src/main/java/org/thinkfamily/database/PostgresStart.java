package org.thinkfamily.database;

import java.io.Closeable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The PostgreSQL inside, starting beside the rest of the program. */
final class PostgresStart implements Closeable {

    private final CompletableFuture<PostgresServer> server;

    /** @param wantedPort the port on the loopback interface; 0: any that is free */
    PostgresStart(DataFolder folder, int wantedPort) {
        server = CompletableFuture.supplyAsync(() -> PostgresServer.start(folder, wantedPort), task -> new Thread(task, "postgres-start").start());
    }

    /**
     * The server that runs, waited for.
     *
     * @throws StartRefused when it cannot start
     */
    PostgresServer server() {
        try {
            return server.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    /** Stops it, also when nobody has asked for it yet. */
    @Override
    public void close() {
        try {
            server.join().close();
        } catch (CompletionException neverStarted) {
            // There is nothing to stop, and whoever asked for it has been told.
        }
    }
}
