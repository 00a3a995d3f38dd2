package org.thinkfamily.database;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The programs of the PostgreSQL inside, unpacked into the data folder: in a shared folder for temporary files another
 * local user could put programs of theirs in place first.
 */
final class PostgresPrograms {

    private static final String PREFIX = "server-";

    private final Path home;
    private final Path log;

    private PostgresPrograms(Path home, Path log) {
        this.home = home;
        this.log = log;
    }

    /** Unpacks the programs unless they are there, which takes some seconds the first time. */
    static PostgresPrograms unpack(DataFolder data) throws IOException {
        byte[] archive;
        try (InputStream in = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system(), machine())) {
            archive = in.readAllBytes();
        } catch (IllegalStateException e) {
            throw new StartRefused("Think Family has no PostgreSQL inside for this machine (" + system() + ", "
                    + machine() + "); give it one with SPRING_DATASOURCE_URL.", e);
        }
        Path home = data.folder().resolve(PREFIX + digest(archive));
        if (!Files.isDirectory(home)) {
            Path part = data.folder().resolve("unpacking");
            FileSystemUtils.deleteRecursively(part);
            untar(archive, part);
            Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
        }
        return new PostgresPrograms(home, data.log());
    }

    /** Whether a process runs one of the programs of a data folder, also of an earlier version of them. */
    static boolean isOf(DataFolder data, ProcessHandle process) {
        String start = data.folder().resolve(PREFIX).toString();
        return process.info().command().filter(command -> command.startsWith(start)).isPresent();
    }

    /** Removes the programs of earlier versions. */
    void removeOthers() throws IOException {
        List<Path> others;
        try (Stream<Path> files = Files.list(home.getParent())) {
            others = files.filter(path -> path.getFileName().toString().startsWith(PREFIX) && !path.equals(home)).toList();
        }
        for (Path other : others) {
            FileSystemUtils.deleteRecursively(other);
        }
    }

    /**
     * Runs a program to its end; what it says goes to the log file.
     *
     * @return its exit code
     */
    int run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            // PostgreSQL refuses to run as root; in a user namespace of its own it does not see that it is.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command);
        process.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
        // Variables such as PGDATA or PGPORT of the person who starts the application are not meant for it.
        process.environment().keySet().removeIf(name -> name.startsWith("PG"));
        return process.start().waitFor();
    }

    private static String system() {
        String name = System.getProperty("os.name");
        return name.startsWith("Windows") ? "Windows" : name.startsWith("Mac") ? "Darwin" : name;
    }

    private static String machine() {
        String machine = System.getProperty("os.arch");
        return machine.equals("amd64") ? "x86_64" : machine;
    }

    private static String digest(byte[] archive) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive)).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void untar(byte[] archive, Path target) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("The archive of PostgreSQL has an entry outside it.");
                }
                Files.createDirectories(entry.isDirectory() ? path : path.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else if (!entry.isDirectory()) {
                    Files.copy(tar, path);
                    if ((entry.getMode() & 0100) != 0) {
                        path.toFile().setExecutable(true, true);
                    }
                }
            }
        }
    }
}
