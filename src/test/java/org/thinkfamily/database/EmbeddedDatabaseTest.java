package org.thinkfamily.database;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.TestDatabase;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The PostgreSQL inside, with real processes that are really killed. */
class EmbeddedDatabaseTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path temp;
    private static Path folder;

    private final List<Keeper> keepers = new ArrayList<>();

    @BeforeAll
    static void firstStartAfterOneThatWasCutShort() throws Exception {
        folder = temp.resolve("data/postgres");
        Files.createDirectories(folder.resolve("cluster.part/base"));
        Files.writeString(folder.resolve("cluster.part/PG_VERSION"), "18\n");
        Files.createDirectories(folder.resolve("unpacking/bin"));
        try (DataFolder data = DataFolder.open(folder); PostgresServer server = PostgresServer.start(data, 0)) {
            migrate(server);
        }
    }

    @AfterEach
    void endKeepers() throws Exception {
        for (Keeper keeper : keepers) {
            keeper.kill();
        }
    }

    @AfterAll
    static void endServers() throws Exception {
        try (DataFolder data = DataFolder.open(folder)) {
            ProcessHandle.allProcesses().filter(process -> PostgresPrograms.isOf(data, process))
                    .forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void nobodyConnectsWithoutTheSecret() throws Exception {
        try (DataFolder data = DataFolder.open(folder); PostgresServer server = PostgresServer.start(data, 0)) {
            for (String role : List.of("postgres", Roles.OWNER, Roles.APPLICATION)) {
                assertThatThrownBy(() -> DriverManager.getConnection(server.url(), role, null))
                        .as("no secret").isInstanceOf(SQLException.class);
                assertThatThrownBy(() -> DriverManager.getConnection(server.url(), role, "wrong"))
                        .as("wrong secret").isInstanceOfSatisfying(SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
            }
            try (Connection superuser = superuser(data, server)) {
                assertThat(value(superuser, "show fsync")).isEqualTo("on");
                assertThat(value(superuser, "show synchronous_commit")).isEqualTo("on");
                assertThat(value(superuser, "show data_checksums")).isEqualTo("on");
                assertThat(value(superuser, "show listen_addresses")).isEqualTo("127.0.0.1");
                assertThat(value(superuser, "show unix_socket_directories")).isEmpty();
                assertThat(value(superuser, "select string_agg(distinct auth_method, ',') from pg_hba_file_rules"))
                        .isEqualTo("scram-sha-256");
                assertThat(value(superuser, "select string_agg(distinct address, ',') from pg_hba_file_rules"))
                        .isEqualTo("127.0.0.1");
                assertThat(value(superuser, "show server_version_num")).startsWith(String.valueOf(DataFolder.MAJOR));
            }
        }
    }

    @Test
    void onlyTheOwnerOfTheFolderCanLookIntoIt() throws Exception {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "needs file permissions");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secrets")))).isEqualTo("rw-------");
        assertThat(folder.resolve("password")).as("only for the moment of making the database").doesNotExist();
    }

    @Test
    void theApplicationOwnsNothing() throws Exception {
        try (DataFolder data = DataFolder.open(folder); PostgresServer server = PostgresServer.start(data, 0);
             Connection application = DriverManager.getConnection(server.url(), Roles.APPLICATION, server.applicationPassword())) {
            run(application, "insert into answer (text) values ('by the application')");
            run(application, "delete from answer where text = 'by the application'");
            run(application, "insert into kept values ('for good')");
            for (String refused : List.of("delete from kept", "update kept set text = ''", "truncate answer",
                    "drop table answer", "alter table hidden disable row level security", "create table mine (id int)",
                    "create role me superuser", "copy answer to program 'true'")) {
                assertThatThrownBy(() -> run(application, refused)).as(refused).isInstanceOfSatisfying(SQLException.class,
                        e -> assertThat(e.getSQLState()).isEqualTo("42501"));
            }
            assertThat(value(application, "select count(*) from hidden")).as("row-level security binds it").isEqualTo("0");
        }
    }

    @Test
    void aKilledApplicationLosesNothing() throws Exception {
        Keeper first = keeper();
        first.put("before the application was killed");
        long orphan = postmaster();
        first.kill();
        assertThat(ProcessHandle.of(orphan)).as("PostgreSQL lives on").isPresent();
        Keeper second = keeper();
        assertThat(second.list()).contains("before the application was killed");
        assertThat(postmaster()).isNotEqualTo(orphan);
    }

    @Test
    void aKilledDatabaseLosesNothingAtTheNextStart() throws Exception {
        Keeper first = keeper();
        first.put("before both were killed");
        first.kill();
        kill(postmaster());
        assertThat(folder.resolve("cluster/postmaster.pid")).exists();
        assertThat(answersAtTheNextStart()).contains("before both were killed");
    }

    @Test
    void aKilledDatabaseIsStartedAgainUnderTheRunningApplication() throws Exception {
        Keeper keeper = keeper();
        keeper.put("before the database was killed");
        long before = postmaster();
        kill(before);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!keeper.ask("put after the database was killed").equals("kept")) {
            assertThat(System.nanoTime()).as("the application works again").isLessThan(deadline);
        }
        assertThat(keeper.list()).contains("before the database was killed", "after the database was killed");
        assertThat(postmaster()).isNotEqualTo(before);
    }

    @Test
    void anOrderlyEndStopsTheDatabaseInOrder() throws Exception {
        Keeper keeper = keeper();
        keeper.put("before an orderly end");
        keeper.process.destroy();
        assertThat(keeper.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("cluster/postmaster.pid")).doesNotExist();
        List<String> log = Files.readAllLines(folder.resolve("postgres.log"));
        assertThat(log.subList(log.size() - 3, log.size())).anyMatch(line -> line.contains("database system is shut down"));
        assertThat(answersAtTheNextStart()).contains("before an orderly end");
    }

    /** Ctrl-C reaches every process of the terminal at the same moment, the database's too. */
    @Test
    void ctrlCLosesNothing() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "needs a session of its own to be interrupted");
        ProcessBuilder launch = launch(folder);
        launch.command().addAll(0, List.of("/usr/bin/setsid", "env", "--default-signal=INT")); // a run in the background ignores it
        Keeper keeper = keeper(launch);
        keeper.put("before Ctrl-C");
        assertThat(new ProcessBuilder("kill", "-INT", "--", "-" + keeper.process.pid()).inheritIO().start().waitFor()).isZero();
        assertThat(keeper.process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("cluster/postmaster.pid")).doesNotExist();
        assertThat(answersAtTheNextStart()).contains("before Ctrl-C");
    }

    @Test
    void aFileOfAnEarlierRunThatNamesAStrangersProcessIsNoHindrance() throws Exception {
        Files.writeString(folder.resolve("cluster/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + folder.resolve("cluster") + "\n1\n5432\n\n\n");
        try (DataFolder data = DataFolder.open(folder); PostgresServer server = PostgresServer.start(data, 0);
             Connection superuser = superuser(data, server)) {
            assertThat(value(superuser, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aSecondApplicationOnTheSameFolderIsRefusedAndDisturbsNothing() throws Exception {
        Keeper first = keeper();
        long before = postmaster();
        Refusal refusal = refusal(folder);
        assertThat(refusal.sentence()).contains("already running").contains(folder.toString());
        first.put("after the second was refused");
        assertThat(postmaster()).isEqualTo(before);
    }

    @Test
    void dataOfANewerPostgresIsLeftAlone() throws Exception {
        Path newer = temp.resolve("newer");
        Files.createDirectories(newer.resolve("cluster"));
        Files.writeString(newer.resolve("cluster/PG_VERSION"), "99\n");
        Files.writeString(newer.resolve("secrets"), "superuser=a\nowner=b\napplication=c\n");
        Map<String, String> before = contents(newer);
        assertThat(refusal(newer).sentence()).contains("PostgreSQL 99").contains("newer");
        assertThat(contents(newer)).isEqualTo(before);
    }

    @Test
    void aFileInThePlaceOfTheFolderIsLeftAlone() throws Exception {
        Path file = Files.writeString(temp.resolve("a-file"), "mine");
        assertThatThrownBy(() -> DataFolder.open(file)).isInstanceOf(StartRefused.class).hasMessageContaining("is not a folder");
        assertThat(file).hasContent("mine");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "cluster/PG_VERSION | 15    | written by PostgreSQL 15",
        "cluster/PG_VERSION | 9.6   | written by PostgreSQL 9.6",
        "cluster/PG_VERSION | bad   | is damaged",
        "cluster/base       | x     | cannot be read",
        "cluster/PG_VERSION | 18    | passwords of the database is missing",
        "PG_VERSION         | 18    | did not make",
        "PG_VERSION         | 99    | newer"
    })
    void aFolderThatCannotBeUsedIsLeftAlone(String file, String content, String sentence, @TempDir Path other) throws Exception {
        Files.createDirectories(other.resolve(file).getParent());
        Files.writeString(other.resolve(file), content);
        Map<String, String> before = contents(other);
        assertThatThrownBy(() -> DataFolder.open(other)).isInstanceOf(StartRefused.class).hasMessageContaining(sentence);
        assertThat(contents(other)).isEqualTo(before);
    }

    @Test
    void aDatabaseThatIsNamedIsUsedInPlaceOfTheOneInside() {
        Path unused = temp.resolve("unused");
        try (ConfigurableApplicationContext context = AnswerKeeper.application()
                .initializers(new TestDatabase())
                .run("--thinkfamily.data-dir=" + unused, "--spring.flyway.enabled=false")) {
            assertThat(context.getBean(JdbcClient.class).sql("select current_user").query(String.class).single())
                    .isEqualTo(Roles.APPLICATION);
            assertThat(context.getBeanNamesForType(PostgresServer.class)).isEmpty();
        }
        assertThat(unused).doesNotExist();
    }

    @Test
    void aPortInUseIsSaid() throws Exception {
        try (DataFolder data = DataFolder.open(folder);
             ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> PostgresServer.start(data, taken.getLocalPort())).isInstanceOf(StartRefused.class)
                    .hasMessageContaining("Port " + taken.getLocalPort()).hasMessageContaining("in use");
        }
        assertThat(folder.resolve("cluster/postmaster.pid")).doesNotExist();
    }

    private static void migrate(PostgresServer server) {
        FluentConfiguration flyway = Flyway.configure().dataSource(server.url(), Roles.OWNER, server.ownerPassword())
                .locations("classpath:db/embedded-database-test");
        ApplicationRights.add(flyway, Roles.APPLICATION);
        flyway.load().migrate();
    }

    private static String answersAtTheNextStart() throws Exception {
        try (DataFolder data = DataFolder.open(folder); PostgresServer server = PostgresServer.start(data, 0);
             Connection application = DriverManager.getConnection(server.url(), Roles.APPLICATION, server.applicationPassword())) {
            return value(application, "select string_agg(text, ', ') from answer");
        }
    }

    private static Connection superuser(DataFolder data, PostgresServer server) throws SQLException {
        return DriverManager.getConnection(server.url(), "postgres", data.secrets().superuser());
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(folder.resolve("cluster/postmaster.pid")).get(0).strip());
    }

    /** SIGKILL, and waits until it is gone. */
    private static void kill(long pid) throws Exception {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                contents.put(folder.relativize(path).toString(), Files.isDirectory(path) ? "folder" : Files.readString(path));
            }
        }
        return contents;
    }

    private Keeper keeper() throws Exception {
        return keeper(launch(folder));
    }

    private Keeper keeper(ProcessBuilder launch) throws Exception {
        Keeper keeper = new Keeper(launch.redirectError(ProcessBuilder.Redirect.INHERIT).start());
        keepers.add(keeper);
        assertThat(keeper.answer()).isEqualTo("ready");
        return keeper;
    }

    private static Refusal refusal(Path folder) throws Exception {
        Path out = Files.createTempFile(temp, "out", "");
        Path err = Files.createTempFile(temp, "err", "");
        Process process = launch(folder).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        assertThat(Files.readString(out)).as("nothing but the sentence").isEmpty();
        return new Refusal(Files.readAllLines(err));
    }

    private static ProcessBuilder launch(Path folder) {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-Xmx192m",
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                AnswerKeeper.class.getName(), "--thinkfamily.data-dir=" + folder);
    }

    private record Refusal(List<String> lines) {

        String sentence() {
            assertThat(lines).as("one sentence").hasSize(1);
            return lines.get(0);
        }
    }

    private static final class Keeper {

        private final Process process;
        private final PrintStream in;
        private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

        Keeper(Process process) {
            this.process = process;
            this.in = new PrintStream(process.getOutputStream(), true);
            BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream()));
            Thread reader = new Thread(() -> read(out));
            reader.setDaemon(true);
            reader.start();
        }

        private void read(BufferedReader out) {
            try {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    if (line.startsWith(AnswerKeeper.ANSWER)) {
                        answers.add(line.substring(AnswerKeeper.ANSWER.length()));
                    }
                }
            } catch (IOException e) {
                // The process was killed: there are no more answers.
            }
        }

        String ask(String command) throws InterruptedException {
            in.println(command);
            return answer();
        }

        void put(String text) throws InterruptedException {
            assertThat(ask("put " + text)).isEqualTo("kept");
        }

        String list() throws InterruptedException {
            return ask("list");
        }

        String answer() throws InterruptedException {
            String answer = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(answer).as("an answer in time").isNotNull();
            return answer;
        }

        /** SIGKILL. */
        void kill() throws InterruptedException {
            process.destroyForcibly();
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }
}
