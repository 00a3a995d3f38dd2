package org.thinkfamily.database;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The PostgreSQL inside the application: durable, reached over the loopback interface with a secret only, and started
 * again when its process is gone.
 */
final class PostgresServer implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);

    private static final String SUPERUSER = "postgres";
    /** Recovery after a crash may take long; a start that fails says so at once. */
    private static final Duration START = Duration.ofMinutes(10);
    private static final Duration STOP = Duration.ofMinutes(1);
    private static final Duration STOP_ORPHAN = Duration.ofSeconds(8);
    private static final long LARGE_LOG = 5_000_000;

    private static final String WHO_MAY_CONNECT = """
            # Written by Think Family at every start: a secret is needed, and only this machine is heard.
            # TYPE  DATABASE  USER  ADDRESS       METHOD
            host    all       all   127.0.0.1/32  scram-sha-256
            """;

    private final DataFolder data;
    private final DataFolder.Secrets secrets;
    private final PostgresPrograms programs;
    private final int port;
    private final ScheduledExecutorService watch;
    private volatile ProcessHandle postmaster;
    private boolean closed;

    private PostgresServer(DataFolder data, DataFolder.Secrets secrets, PostgresPrograms programs, int port) {
        this.data = data;
        this.secrets = secrets;
        this.programs = programs;
        this.port = port;
        this.watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "postgres-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts it on an open data folder: whatever a crash has left there is brought to a clean stop first.
     *
     * @param wantedPort the port on the loopback interface; 0: any that is free
     * @throws StartRefused when it cannot start
     */
    static PostgresServer start(DataFolder data, int wantedPort) {
        try {
            DataFolder.Secrets secrets = data.secrets();
            PostgresPrograms programs = PostgresPrograms.unpack(data);
            stopOrphans(data, programs);
            programs.removeOthers();
            int port = port(wantedPort);
            if (!Files.exists(data.cluster())) {
                create(data, secrets, programs);
            }
            PostgresServer server = new PostgresServer(data, secrets, programs, port);
            try {
                server.startProcess();
                server.verify();
                LOG.info("The PostgreSQL inside runs on port {}, its data in {}.", port, data.folder());
                server.watch.scheduleWithFixedDelay(server::startAgainIfGone, 500, 500, TimeUnit.MILLISECONDS);
            } catch (RuntimeException | SQLException | IOException e) {
                server.close();
                throw e;
            }
            return server;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (SQLException e) {
            throw new StartRefused("The PostgreSQL inside does not accept the passwords in " + data.folder().resolve("secrets")
                    + " or is damaged: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of the database of the record. */
    String url() {
        return url(Roles.DATABASE);
    }

    String ownerPassword() {
        return secrets.owner();
    }

    String applicationPassword() {
        return secrets.application();
    }

    private String url(String database) {
        // The detail of a server error can hold values, and messages of exceptions reach logs.
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?logServerErrorDetail=false";
    }

    private static int port(int wanted) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), wanted));
            return socket.getLocalPort();
        } catch (BindException e) {
            throw new StartRefused("Port " + wanted + ", which thinkfamily.postgres-port gives to the database,"
                    + " is in use by another program.", e);
        }
    }

    /**
     * Makes the data of a new PostgreSQL. Passwords are asked for from its first moment, and it gets its name only
     * when it is complete, so that a crash in between leaves nothing behind that looks like data.
     */
    private static void create(DataFolder data, DataFolder.Secrets secrets, PostgresPrograms programs)
            throws IOException, InterruptedException {
        Path part = data.folder().resolve("cluster.part");
        FileSystemUtils.deleteRecursively(part);
        Path password = data.folder().resolve("password");
        data.writeForOwner(password, secrets.superuser() + "\n");
        try {
            // Order of text by code point, the same on every machine and after every upgrade of its libraries.
            int code = programs.run("initdb", "-D", part.toString(), "-U", SUPERUSER, "-A", "scram-sha-256",
                    "--pwfile=" + password, "-E", "UTF8", "--locale=C", "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8", "--data-checksums");
            if (code != 0) {
                throw new StartRefused("The database could not be made in " + data.folder() + ": " + lastWords(data));
            }
        } finally {
            Files.deleteIfExists(password);
        }
        Files.move(part, data.cluster(), StandardCopyOption.ATOMIC_MOVE);
    }

    private synchronized void startProcess() throws IOException, InterruptedException {
        data.restrictCluster();
        data.writeForOwner(data.cluster().resolve("pg_hba.conf"), WHO_MAY_CONNECT);
        if (Files.exists(data.log()) && Files.size(data.log()) > LARGE_LOG) {
            Files.delete(data.log());
        }
        int code = programs.run("pg_ctl", "start", "-D", data.cluster().toString(), "-w",
                "-t", String.valueOf(START.toSeconds()), "-o", String.join(" ", options()));
        if (code != 0) {
            throw new StartRefused("The PostgreSQL inside did not start: " + lastWords(data)
                    + " More is in " + data.log() + ".");
        }
        postmaster = postmaster(data)
                .orElseThrow(() -> new StartRefused("The PostgreSQL inside ended as soon as it had started."));
    }

    private List<String> options() {
        return List.of("-p", String.valueOf(port),
                "-c", "listen_addresses=127.0.0.1",
                "-c", "unix_socket_directories=" + (System.getProperty("os.name").startsWith("Windows") ? "" : "''"),
                "-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "full_page_writes=on",
                "-c", "timezone=UTC", "-c", "log_timezone=UTC", "-c", "max_connections=100",
                "-c", "shared_buffers=128MB",
                // Errors go back to the application. In a log their text, values and statements could name people.
                "-c", "log_min_messages=log", "-c", "log_min_error_statement=panic", "-c", "log_error_verbosity=terse",
                "-c", "log_statement=none", "-c", "log_checkpoints=off");
    }

    private void verify() throws SQLException {
        try (Connection superuser = DriverManager.getConnection(url("postgres"), SUPERUSER, secrets.superuser())) {
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                try (Statement statement = superuser.createStatement();
                     ResultSet row = statement.executeQuery("show " + setting)) {
                    row.next();
                    if (!row.getString(1).equals("on")) {
                        throw new StartRefused("The PostgreSQL inside would lose data in a crash: " + setting + " is "
                                + row.getString(1) + ".");
                    }
                }
            }
            Roles.prepare(superuser, secrets.owner(), secrets.application());
        }
    }

    private synchronized void startAgainIfGone() {
        if (closed || postmaster.isAlive()) {
            return;
        }
        LOG.error("The PostgreSQL inside is gone; starting it again.");
        try {
            stopOrphans(data, programs);
            startProcess();
            LOG.info("The PostgreSQL inside runs again.");
        } catch (IOException | RuntimeException e) {
            // The watch tries again. Until then whoever needs the database is told it is not there.
            LOG.error("The PostgreSQL inside could not be started again: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends what a killed application or a killed PostgreSQL has left running on this folder. Only for the holder of
     * the folder's lock: the processes found then belong to nobody.
     */
    private static void stopOrphans(DataFolder data, PostgresPrograms programs) throws IOException, InterruptedException {
        if (postmaster(data).isPresent()) {
            LOG.warn("A PostgreSQL is still running on {} from an earlier run; stopping it.", data.folder());
            programs.run("pg_ctl", "stop", "-D", data.cluster().toString(), "-m", "fast", "-w",
                    "-t", String.valueOf(STOP_ORPHAN.toSeconds()));
        }
        // Processes that outlived their killed postmaster, or would not stop. What was committed is on disk.
        List<ProcessHandle> left = ProcessHandle.allProcesses().filter(p -> PostgresPrograms.isOf(data, p)).toList();
        left.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle process : left) {
            awaitEnd(process);
        }
        // None of ours is left, so the number in this file means nothing, or by now a stranger's process.
        Files.deleteIfExists(data.cluster().resolve("postmaster.pid"));
    }

    private static void awaitEnd(ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(STOP_ORPHAN.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new StartRefused("The process " + process.pid() + " still uses the data folder and does not end.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The main process of PostgreSQL on this folder, when one runs. */
    private static Optional<ProcessHandle> postmaster(DataFolder data) throws IOException {
        Path file = data.cluster().resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.get(0).strip().matches("\\d+")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                .filter(process -> PostgresPrograms.isOf(data, process));
    }

    private static String lastWords(DataFolder data) throws IOException {
        if (!Files.exists(data.log())) {
            return "it left no message.";
        }
        List<String> lines = Files.readAllLines(data.log());
        for (int i = lines.size() - 1; i >= 0; i--) {
            String line = lines.get(i);
            for (String mark : List.of("PANIC:", "FATAL:", "error:")) {
                if (line.contains(mark)) {
                    return line.substring(line.indexOf(mark) + mark.length()).strip() + ".";
                }
            }
        }
        return "it left no message.";
    }

    /** Stops it in order: what was committed is on disk in any case, and the next start needs no recovery. */
    @Override
    public void close() {
        watch.shutdown();
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            try {
                if (postmaster(data).isPresent()) {
                    programs.run("pg_ctl", "stop", "-D", data.cluster().toString(), "-m", "fast", "-w",
                            "-t", String.valueOf(STOP.toSeconds()));
                }
            } catch (IOException e) {
                LOG.error("The PostgreSQL inside could not be stopped; the next start will stop it.", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
