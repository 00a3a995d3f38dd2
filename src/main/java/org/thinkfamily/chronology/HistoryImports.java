package org.thinkfamily.chronology;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.Person;
import org.thinkfamily.pathway.Pathway;

/**
 * Events from before, from a file of comma separated values: all of its lines or none. Who may add one by hand may import them. What was imported wrongly is withdrawn as a whole,
 * with a reason; it is no longer shown, and kept.
 */
@Component
public class HistoryImports {

    /** The columns of a file, in any order. Only date, title, origin, source and confidence must be filled in. */
    public static final List<String> COLUMNS = List.of("date", "title", "detail", "about", "origin", "source", "confidence");
    public static final int MOST_BYTES = 500_000;
    public static final int MOST_LINES = 1_000;

    private static final List<String> ORIGINS = List.of("children", "mental-health", "drug-alcohol", "health", "education", "police", "court", "housing", "family", "other");
    private static final List<String> CONFIDENCES = List.of("confirmed", "likely", "unverified");
    private static final Map<String, Integer> LONGEST = Map.of("title", 150, "detail", 2000, "source", 200);
    /** 2019, 2019-03, 2019-03-12, 03/2019, 12/03/2019. */
    private static final Pattern DATE = Pattern.compile("(?<y>\\d{4})(-(?<m>\\d{1,2})(-(?<d>\\d{1,2}))?)?|((?<d2>\\d{1,2})/)?(?<m2>\\d{1,2})/(?<y2>\\d{4})");
    private static final int FIRST_YEAR = 1900;

    private final JdbcClient jdbc;
    private final Audit audit;
    private final Families families;
    private final Pathway pathway;
    private final MessageSource messages;
    private final Clock time;

    HistoryImports(JdbcClient jdbc, Audit audit, Families families, Pathway pathway, MessageSource messages, Clock time) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.families = families;
        this.pathway = pathway;
        this.messages = messages;
        this.time = time;
    }

    /** One line of a file. {@code day}: the date in words. */
    public record Event(LocalDate on, String precision, String day, String title, String detail, List<Long> about, String names, String origin, String source, String confidence) { }

    /** What a file holds: its events in order, or what is wrong, one sentence each, with the number of the line. */
    public record Read(List<Event> events, List<String> problems) { }

    /** An import that can be withdrawn, or was. */
    public record Import(long id, int events, String importedByName, Instant importedAt, Instant withdrawnAt, String withdrawnWhy) { }

    /** Whether this person may import: who may start the process that adds one event. */
    public boolean mayImport(Actor actor) {
        return pathway.startable(actor.roles()).stream().anyMatch(start -> start.key().equals("history-event"));
    }

    /** The text of a file, whichever of the two usual ways a spreadsheet has written it in. */
    public static String text(byte[] file) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
        } catch (CharacterCodingException fromASpreadsheet) {
            text = new String(file, Charset.forName("windows-1252"));
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /**
     * Reads a file without keeping anything. Written into the audit, because it tells who belongs to the family.
     *
     * @throws NotFound when there is no such family, or the actor may not know of it or may not import
     */
    @Transactional
    public Read read(Actor actor, String family, String csv) {
        require(actor);
        audit.read(actor, "history.import.read", family, null);
        return check(family, csv);
    }

    /** The imports of a family, newest first. The caller has read the family. */
    public List<Import> of(String family) {
        return jdbc.sql("select id, events, imported_by_name, imported_at, withdrawn_at, withdrawn_why from history_import where family_ref = :family order by id desc")
                .param("family", family).query(Import.class).list();
    }

    /**
     * Imports every line of a file, or none of them when one is wrong.
     *
     * @return what was read; nothing was imported when it has problems
     * @throws NotFound as {@link #read}
     */
    @Transactional
    public Read take(Actor actor, String family, String csv) {
        require(actor);
        audit.change(actor, "history.import", family, null);
        Read read = check(family, csv);
        if (!read.problems().isEmpty()) {
            return read;
        }
        Timestamp now = Timestamp.from(time.instant());
        long id = jdbc.sql("""
                insert into history_import (family_ref, events, imported_by, imported_by_name, imported_at) values (:family, :events, :by, :name, :at) returning id
                """).param("family", family).param("events", read.events().size()).param("by", actor.username()).param("name", actor.name()).param("at", now)
                .query(Long.class).single();
        for (Event event : read.events()) {
            jdbc.sql("""
                    insert into history_event (family_ref, happened_on, precision, title, detail, about, origin, source, confidence, import_id, added_by, added_by_name, added_at)
                    values (:family, :on, :precision, :title, :detail, :about, :origin, :source, :confidence, :import, :by, :name, :at)
                    """)
                    .param("family", family).param("on", event.on()).param("precision", event.precision()).param("title", event.title()).param("detail", event.detail())
                    .param("about", event.about().toArray(Long[]::new)).param("origin", event.origin()).param("source", event.source()).param("confidence", event.confidence())
                    .param("import", id).param("by", actor.username()).param("name", actor.name()).param("at", now).update();
        }
        return read;
    }

    /**
     * Withdraws an import: its events are no longer shown.
     *
     * @param why in the actor's words; not blank
     * @throws NotFound as {@link #read}, and when there is no such import or it is withdrawn already
     */
    @Transactional
    public void withdraw(Actor actor, String family, long id, String why) {
        require(actor);
        audit.change(actor, "history.import.withdraw", family, id);
        int withdrawn = jdbc.sql("""
                update history_import set withdrawn_by = :by, withdrawn_at = :at, withdrawn_why = :why where id = :id and family_ref = :family and withdrawn_at is null
                """).param("by", actor.username()).param("at", Timestamp.from(time.instant())).param("why", why.strip()).param("id", id).param("family", family).update();
        if (withdrawn == 0) {
            throw new NotFound();
        }
    }

    private void require(Actor actor) {
        if (!mayImport(actor)) {
            throw new NotFound();
        }
    }

    private Read check(String family, String csv) {
        List<Event> events = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        try (CSVParser lines = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setIgnoreHeaderCase(true).setTrim(true).setIgnoreEmptyLines(true)
                .setAllowMissingColumnNames(true).get().parse(new StringReader(csv))) {
            Set<String> given = lines.getHeaderNames().stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
            List<String> missing = Stream.of("date", "title", "origin", "source", "confidence").filter(column -> !given.contains(column)).toList();
            if (!missing.isEmpty()) {
                return new Read(List.of(), List.of(say("chronology.import.columns", String.join(", ", missing))));
            }
            List<Person> people = families.people(family);
            Set<String> known = known(family);
            for (CSVRecord line : lines) {
                Line read = new Line(line.getRecordNumber() + 1, line, people, problems);
                Event event = read.event();
                if (event != null && !known.add(key(event.on(), event.precision(), event.title()))) {
                    read.wrong("twice");
                }
                events.add(event);
                if (events.size() > MOST_LINES) {
                    return new Read(List.of(), List.of(say("chronology.import.long", MOST_LINES)));
                }
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException unreadable) {
            return new Read(List.of(), List.of(say("chronology.import.unreadable")));
        }
        if (events.isEmpty() && problems.isEmpty()) {
            problems.add(say("chronology.import.empty"));
        }
        return new Read(problems.isEmpty() ? List.copyOf(events) : List.of(), List.copyOf(problems));
    }

    /** What is in the chronology already, so that a file taken twice is noticed. */
    private Set<String> known(String family) {
        return new HashSet<>(jdbc.sql("""
                select h.happened_on, h.precision, h.title from history_event h left join history_import m on m.id = h.import_id where h.family_ref = :family and m.withdrawn_at is null
                """).param("family", family).query((row, n) -> key(row.getDate(1).toLocalDate(), row.getString(2), row.getString(3))).list());
    }

    private static String key(LocalDate on, String precision, String title) {
        return on + " " + precision + " " + title.toLowerCase(Locale.UK);
    }

    private String say(String key, Object... values) {
        return messages.getMessage(key, Arrays.stream(values).map(String::valueOf).toArray(), Locale.UK);
    }

    /** A line while it is read; what is wrong goes to the problems of the file. */
    private final class Line {

        private final long number;
        private final CSVRecord line;
        private final List<Person> people;
        private final List<String> problems;
        private boolean wrong;

        Line(long number, CSVRecord line, List<Person> people, List<String> problems) {
            this.number = number;
            this.line = line;
            this.people = people;
            this.problems = problems;
        }

        void wrong(String what, Object... values) {
            wrong = true;
            problems.add(say("chronology.import.line", number, say("chronology.import.wrong." + what, values)));
        }

        /** The event; null when something is wrong. */
        Event event() {
            String date = value("date");
            LocalDate on = null;
            String precision = "day";
            Matcher parts = DATE.matcher(date);
            if (date.isEmpty()) {
                wrong("missing", "date");
            } else if (!parts.matches()) {
                wrong("date", date);
            } else {
                String year = parts.group("y") == null ? parts.group("y2") : parts.group("y");
                String month = parts.group("m") == null ? parts.group("m2") : parts.group("m");
                String day = parts.group("d") == null ? parts.group("d2") : parts.group("d");
                precision = day != null ? "day" : month != null ? "month" : "year";
                try {
                    on = LocalDate.of(Integer.parseInt(year), month == null ? 1 : Integer.parseInt(month), day == null ? 1 : Integer.parseInt(day));
                    if (on.isAfter(WorkingDays.dayOf(time.instant())) || on.getYear() < FIRST_YEAR) {
                        wrong("when", date);
                    }
                } catch (DateTimeException noSuchDay) {
                    wrong("date", date);
                }
            }
            String title = text("title", true);
            String detail = text("detail", false);
            String source = text("source", true);
            String origin = code("origin", ORIGINS);
            String confidence = code("confidence", CONFIDENCES);
            Map<Long, String> about = about();
            return wrong ? null : new Event(on, precision, Chronology.words(on, precision), title, detail.isEmpty() ? null : detail, List.copyOf(about.keySet()),
                    String.join(", ", about.values()), origin, source, confidence);
        }

        private String value(String column) {
            return line.isMapped(column) && line.isSet(column) ? line.get(column).strip() : "";
        }

        private String text(String column, boolean required) {
            String text = value(column);
            if (required && text.isEmpty()) {
                wrong("missing", column);
            } else if (text.length() > LONGEST.get(column)) {
                wrong("long", column, LONGEST.get(column));
            }
            return text;
        }

        private String code(String column, List<String> codes) {
            String code = value(column).toLowerCase(Locale.ROOT);
            if (code.isEmpty()) {
                wrong("missing", column);
            } else if (!codes.contains(code)) {
                wrong("code", column, code, String.join(", ", codes));
            }
            return code;
        }

        private Map<Long, String> about() {
            Map<Long, String> about = new LinkedHashMap<>();
            for (String name : value("about").split(";")) {
                String wanted = name.strip();
                if (wanted.isEmpty()) {
                    continue;
                }
                List<Person> meant = people.stream().filter(person -> person.name().equalsIgnoreCase(wanted)).toList();
                meant = meant.isEmpty() ? people.stream().filter(person -> person.firstName().equalsIgnoreCase(wanted)).toList() : meant;
                if (meant.size() == 1) {
                    about.put(meant.get(0).id(), meant.get(0).name());
                } else {
                    wrong(meant.isEmpty() ? "nobody" : "several", wanted);
                }
            }
            return about;
        }
    }
}
