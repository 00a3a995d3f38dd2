package org.thinkfamily.api;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Words that nobody else writes, one for each field something personal is typed into, and where they must not be found. */
final class Canaries implements AutoCloseable {

    private static final String MARK = "wombat";

    private final Map<String, String> words = new LinkedHashMap<>();
    private final Instant began = Instant.now();
    private final Logger all = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("org.thinkfamily");
    private final Level before = ours.getLevel();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    Canaries() {
        logged.start();
        all.addAppender(logged);
        ours.setLevel(Level.TRACE);
        ours.info("what is logged is kept here");
    }

    @Override
    public void close() {
        all.detachAppender(logged);
        ours.setLevel(before);
    }

    /** The word of a field: letters alone, so that it can be a name. */
    synchronized String word(String field) {
        return words.computeIfAbsent(field, any -> {
            StringBuilder letters = new StringBuilder();
            for (int number = words.size(), place = 0; place < 4; place++, number /= 26) {
                letters.append((char) ('a' + number % 26));
            }
            return "Wombat" + letters;
        });
    }

    static boolean in(String text) {
        return text != null && text.toLowerCase(Locale.ROOT).contains(MARK);
    }

    Map<String, String> words() {
        return words;
    }

    /** What was logged that holds a word. */
    List<String> logs() {
        return List.copyOf(logged.list).stream().map(event -> event.getLoggerName() + ": " + event.getFormattedMessage() + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy())))
                .filter(Canaries::in).map(line -> line.substring(0, Math.min(300, line.length()))).toList();
    }

    /** How much was logged at all. */
    int lines() {
        return logged.list.size();
    }

    /** Columns of these tables (a pattern of {@code like}) in which a word is found, bytes as well as text. */
    static List<String> columns(JdbcClient jdbc, String tables, String... but) {
        record Column(String table, String name, String type) { }
        List<String> found = new ArrayList<>();
        for (Column column : jdbc.sql("select table_name as table, column_name as name, data_type as type from information_schema.columns where table_schema = 'public' and table_name like ?").param(tables)
                .query(Column.class).list()) {
            String as = column.type().equals("bytea") ? "encode(" + column.name() + ", 'escape')" : column.name() + "::text";
            long rows = jdbc.sql("select count(*) from " + column.table() + " where " + as + " ilike '%" + MARK + "%'").query(Long.class).single();
            if (rows > 0 && !List.of(but).contains(column.table() + "." + column.name())) {
                found.add(column.table() + "." + column.name() + ": " + rows);
            }
        }
        return found;
    }

    /** Files below a folder that hold a word. */
    static List<String> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(Canaries::holds).map(Path::toString).toList();
        } catch (IOException | UncheckedIOException gone) {
            return List.of(); // somebody else's, which is gone or not open to us
        }
    }

    /** Files for a time that were made since the beginning and hold a word; those of the tests' own database aside. */
    List<String> temporaryFiles() {
        try (Stream<Path> tops = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return tops.filter(top -> !top.getFileName().toString().startsWith("embedded-pg")).filter(this::isNew).flatMap(top -> files(top).stream()).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private boolean isNew(Path top) {
        try {
            return Files.isReadable(top) && Files.readAttributes(top, BasicFileAttributes.class).creationTime().toInstant().isAfter(began);
        } catch (IOException gone) {
            return false;
        }
    }

    private static boolean holds(Path file) {
        try {
            return in(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)) || in(file.getFileName().toString());
        } catch (IOException gone) {
            return false;
        }
    }
}
