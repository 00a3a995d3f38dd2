package org.thinkfamily.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** The packaged program as an installation runs it: how fast a later start serves a page, also after everything was killed, and what it holds of memory with the demo authority loaded. */
class StartBench {

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    @AfterAll
    static void print() {
        Table.print();
    }

    @Test
    void secondStartAndMemory() throws Exception {
        // Of its own each time: in the folder of an earlier run the families are there already.
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/bench").toAbsolutePath()), "start-");
        Path log = folder.resolve("first.log");
        Run first = new Run(folder, log);
        first.firstPage();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(log).contains("synthetic families were built")) {
            first.pause(deadline, "the families were not built in time");
        }
        long resident = first.residentMiB();
        first.stop();
        Table.row("Resident memory with the demo authority loaded (-Xmx512m, serial collector)", resident + " MiB", "under 700 MiB", resident < 700);

        Run second = new Run(folder, folder.resolve("second.log"));
        startRow("Second start of the jar to the first page served", second.firstPage(), 12);

        second.process.destroyForcibly().waitFor();
        Run third = new Run(folder, folder.resolve("third.log"));
        startRow("Start after a kill -9 of the application", third.firstPage(), 15);

        third.process.destroyForcibly().waitFor();
        long database = Long.parseLong(Files.readAllLines(folder.resolve("data/postgres/cluster/postmaster.pid")).get(0).strip());
        ProcessHandle.of(database).orElseThrow().destroyForcibly();
        Run fourth = new Run(folder, folder.resolve("fourth.log"));
        startRow("Start after a kill -9 of application and database", fourth.firstPage(), 15);
        fourth.stop();
        FileSystemUtils.deleteRecursively(folder);
    }

    private static void startRow(String what, double seconds, int bound) {
        Table.row(what, String.format("%.1f s", seconds), "under " + bound + " s", seconds < bound);
    }

    /** One run of the program on a port of its own. */
    private static final class Run {

        private final int port;
        private final long started = System.nanoTime();
        private final Process process;
        private final Path log;

        Run(Path folder, Path log) throws IOException {
            this.log = log;
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-XX:+UseSerialGC",
                    "-jar", Path.of(System.getProperty("bench.jar")).toAbsolutePath().toString(), "--spring.profiles.active=demo", "--server.port=" + port))
                    .directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        }

        /** Seconds from the start until the sign-in page is served. */
        double firstPage() throws InterruptedException {
            long deadline = started + PATIENCE.toNanos();
            while (!served()) {
                pause(deadline, "no page was served in time");
            }
            return (System.nanoTime() - started) / 1e9;
        }

        void pause(long deadline, String late) throws InterruptedException {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroy();
                throw new IllegalStateException((process.isAlive() ? late : "the program ended") + "; see its log in " + log.getParent());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }

        private boolean served() throws InterruptedException {
            try {
                return HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/signin")).timeout(Duration.ofSeconds(5)).build(),
                        HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
            } catch (IOException notYet) {
                return false;
            }
        }

        long residentMiB() throws IOException {
            return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream().filter(line -> line.startsWith("VmRSS"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).findFirst().orElseThrow();
        }

        void stop() throws InterruptedException {
            process.destroy();
            process.waitFor(60, TimeUnit.SECONDS);
        }
    }
}
