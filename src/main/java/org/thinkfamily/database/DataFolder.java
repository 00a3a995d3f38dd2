package org.thinkfamily.database;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Properties;
import java.util.Set;

/**
 * The folder that holds the PostgreSQL inside: {@code cluster} (its data), {@code secrets} (the passwords of its
 * roles), {@code server-*} (the programs) and {@code postgres.log}. Only its owner can look into it, and while it is
 * open no other application can open it.
 */
final class DataFolder implements Closeable {

    /** The PostgreSQL whose data this application reads and writes. */
    static final int MAJOR = 18;

    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path folder;
    private final FileChannel lockFile;
    private final FileLock lock;

    private DataFolder(Path folder, FileChannel lockFile, FileLock lock) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * Opens the folder, made when it is not there, and keeps others out until it is closed.
     *
     * @throws StartRefused when it cannot be used; nothing in it is touched then
     */
    static DataFolder open(Path path) {
        Path folder = path.toAbsolutePath().normalize();
        check(folder);
        FileChannel lockFile = null;
        try {
            Files.createDirectories(folder);
            folder = folder.toRealPath();
            lockFile = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(lockFile);
            if (lock == null) {
                lockFile.close();
                throw new StartRefused("Think Family is already running with the data folder " + folder
                        + "; stop it first, or give this one a folder of its own with thinkfamily.data-dir.");
            }
            restrict(folder, OWNER_FOLDER);
            return new DataFolder(folder, lockFile, lock);
        } catch (IOException e) {
            closeQuietly(lockFile);
            throw new StartRefused("The data folder " + folder + " cannot be used: " + inWords(e) + ".", e);
        }
    }

    private static void check(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new StartRefused("The data folder " + folder + " is not a folder.");
        }
        Path cluster = folder.resolve("cluster");
        if (!Files.isReadable(folder) || !Files.isWritable(folder) || !Files.isExecutable(folder)
                || Files.exists(cluster) && !(Files.isDirectory(cluster) && Files.isReadable(cluster)
                        && Files.isWritable(cluster) && Files.isExecutable(cluster))) {
            throw new StartRefused("The data folder " + folder + " cannot be read and written by this user.");
        }
        checkVersion(cluster);
        if (Files.exists(folder.resolve("PG_VERSION"))) {
            checkVersion(folder);
            throw new StartRefused("The data folder " + folder + " holds a PostgreSQL that Think Family did not make;"
                    + " choose another folder with thinkfamily.data-dir.");
        }
        if (Files.exists(cluster) && !Files.exists(folder.resolve("secrets"))) {
            throw new StartRefused("The file " + folder.resolve("secrets")
                    + " with the passwords of the database is missing; put it back from the backup.");
        }
    }

    private static void checkVersion(Path cluster) {
        Path file = cluster.resolve("PG_VERSION");
        if (!Files.exists(cluster)) {
            return;
        }
        String version;
        try {
            version = Files.readString(file).strip();
        } catch (IOException e) {
            throw new StartRefused("The data folder " + cluster + " cannot be read: " + inWords(e) + ".", e);
        }
        int major;
        try {
            // Before PostgreSQL 10 the version had two parts: 9.6
            major = (int) Double.parseDouble(version);
        } catch (NumberFormatException e) {
            throw new StartRefused("The data folder " + cluster + " is damaged: its PG_VERSION is not a version.", e);
        }
        if (major > MAJOR) {
            throw new StartRefused("The data folder " + cluster + " was written by PostgreSQL " + version
                    + ", which is newer than the PostgreSQL " + MAJOR + " in this version of Think Family;"
                    + " start the version that wrote it.");
        }
        if (major < MAJOR) {
            throw new StartRefused("The data folder " + cluster + " was written by PostgreSQL " + version
                    + ", and this version of Think Family has PostgreSQL " + MAJOR
                    + "; move the data as docs/operations.md says under \"Upgrade\".");
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String inWords(IOException e) {
        return e instanceof AccessDeniedException ? "access is denied"
                : e instanceof FileSystemException f && f.getReason() != null ? f.getReason()
                : e.getMessage();
    }

    Path folder() {
        return folder;
    }

    Path cluster() {
        return folder.resolve("cluster");
    }

    Path log() {
        return folder.resolve("postgres.log");
    }

    /** The passwords of the roles, made at random the first time and written before the database exists. */
    Secrets secrets() {
        Path file = folder.resolve("secrets");
        try {
            Properties properties = new Properties();
            if (Files.exists(file)) {
                restrict(file, OWNER_FILE);
                try (var in = Files.newBufferedReader(file)) {
                    properties.load(in);
                }
            } else {
                SecureRandom random = new SecureRandom();
                StringBuilder text = new StringBuilder();
                for (String role : Set.of("superuser", "owner", "application")) {
                    byte[] secret = new byte[32];
                    random.nextBytes(secret);
                    String password = HexFormat.of().formatHex(secret);
                    properties.setProperty(role, password);
                    text.append(role).append('=').append(password).append('\n');
                }
                writeForOwner(file, text.toString());
            }
            return new Secrets(required(properties, "superuser"), required(properties, "owner"),
                    required(properties, "application"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a whole file that only the owner can read; a crash leaves the old one or none, never half of one. */
    void writeForOwner(Path file, String text) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        if (POSIX) {
            Files.createFile(part, PosixFilePermissions.asFileAttribute(OWNER_FILE));
        } else {
            Files.createFile(part);
        }
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    static void restrict(Path path, Set<PosixFilePermission> permissions) throws IOException {
        if (POSIX && !Files.getPosixFilePermissions(path).equals(permissions)) {
            Files.setPosixFilePermissions(path, permissions);
        }
    }

    /** PostgreSQL refuses data that others can read; a restored backup has often lost its permissions. */
    void restrictCluster() throws IOException {
        restrict(cluster(), OWNER_FOLDER);
    }

    private String required(Properties secrets, String role) {
        String secret = secrets.getProperty(role);
        if (secret == null || secret.isBlank()) {
            throw new StartRefused("The file " + folder.resolve("secrets") + " has no password for " + role
                    + "; put it back from the backup.");
        }
        return secret;
    }

    @Override
    public void close() throws IOException {
        lock.close();
        lockFile.close();
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException ignored) {
            // It could not be opened properly in the first place, and that is what is reported.
        }
    }

    /** The passwords of the three roles. */
    record Secrets(String superuser, String owner, String application) {

        @Override
        public String toString() {
            return "Secrets[hidden]";
        }
    }
}
