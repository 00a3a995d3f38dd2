package org.thinkfamily.attachments;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;
import org.springframework.web.multipart.MultipartFile;
import org.thinkfamily.access.Acting;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.access.Policy;
import org.thinkfamily.record.Entries;

/**
 * Files attached to entries. A file is what its name says it is, or it is refused; it loses what it says about itself, such as author, place and time; and where a virus scanner is
 * configured nobody but the person who added a file sees it before it is found clean. Every file that is taken out is in the audit.
 */
@Component
public class Attachments {

    public static final int LONGEST_REASON = 500;
    public static final long MOST_BYTES = 25L * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Attachments.class);
    private static final int LONGEST_NAME = 150;
    /** Files that are cleaned at a time: they are in memory whole. */
    private static final Semaphore TURNS = new Semaphore(2, true);

    private final JdbcClient jdbc;
    private final Audit audit;
    private final Policy policy;
    private final Entries entries;
    private final Scanner scanner;
    private final Contents contents;
    private final TransactionTemplate transactions;
    private final Clock time;
    private final long quota;

    Attachments(JdbcClient jdbc, Audit audit, Policy policy, Entries entries, Scanner scanner, Contents contents, TransactionTemplate transactions, Clock time,
            @Value("${thinkfamily.attachments.family-quota:500MB}") DataSize quota) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.policy = policy;
        this.entries = entries;
        this.scanner = scanner;
        this.contents = contents;
        this.transactions = transactions;
        this.time = time;
        this.quota = quota.toBytes();
    }

    /**
     * A file as its reader may know of it.
     *
     * @param restricted what it is restricted to, as answers are; null: whoever may read the entry
     * @param scan {@code none}, {@code waiting}, {@code clean} or {@code infected}; the last is destroyed and seen by who added it alone
     * @param name null when it was removed
     * @param sha256 of what was kept, in hexadecimal; null for a removed file, and for one of a time when it was not kept
     * @param removedAt null: it was not removed
     */
    public record Attachment(long id, long entry, String name, String mediaType, long bytes, String sha256, String restricted, String scan, String addedBy, String addedByName, Instant addedAt,
            Instant removedAt, String removedByName, String removedWhy) {

        /** The size in words that need no translation: "3.4 MB". */
        public String size() {
            return bytes >= 1024 * 1024 ? String.format(Locale.UK, "%.1f MB", bytes / 1024.0 / 1024.0) : Math.max(1, bytes / 1024) + " KB";
        }

        public boolean canBeTaken() {
            return !"infected".equals(scan) && removedAt == null;
        }
    }

    private static final String COLUMNS = """
            select id, entry_id as entry, name, media_type, bytes, sha256, restricted, scan, added_by, added_by_name, added_at, removed_at, removed_by_name, removed_why
              from attachment where family_ref = :family
            """;

    /** The files of an entry that this person may see, oldest first. The caller has read the entry. */
    public List<Attachment> of(Actor actor, String family, long entry) {
        return jdbc.sql(COLUMNS + " and entry_id = :entry order by id")
                .param("family", family).param("entry", entry).query(Attachment.class).list().stream().filter(file -> sees(actor, family, file)).toList();
    }

    /** The files of an entry and of those that it corrects, oldest first: a correction takes the place of answers, not of letters. The caller has read the entry. */
    public List<Attachment> withEarlier(Actor actor, String family, long entry) {
        return jdbc.sql("""
                with recursive corrected as (select id, supersedes from entry where id = :entry and family_ref = :family
                                             union select e.id, e.supersedes from entry e join corrected c on e.id = c.supersedes)
                """ + COLUMNS + " and entry_id in (select id from corrected) order by id")
                .param("family", family).param("entry", entry).query(Attachment.class).list().stream().filter(file -> sees(actor, family, file)).toList();
    }

    /** The files of all entries of a family that this person may see, oldest first. The caller has read the family. */
    public List<Attachment> ofFamily(Actor actor, String family) {
        return jdbc.sql(COLUMNS + " order by id").param("family", family).query(Attachment.class).list().stream().filter(file -> sees(actor, family, file)).toList();
    }

    /** The files of an entry, for a program. @throws NotFound when there is no such entry, or the actor may not know of it */
    @Transactional
    public List<Attachment> list(Actor actor, String family, long entry) {
        audit.read(actor, "attachment.list", family, entry);
        entries.one(family, entry).orElseThrow(NotFound::new);
        return of(actor, family, entry);
    }

    /** How much room files take and may take, in megabytes: {@code used} by those of the family that this person may see, {@code most} for all of a family. */
    public record Room(String used, long most) { }

    /** The caller has read the family. */
    public Room room(Actor actor, String family) {
        return new Room(String.format(Locale.UK, "%.1f", ofFamily(actor, family).stream().mapToLong(Attachment::bytes).sum() / 1024.0 / 1024.0), quota / 1024 / 1024);
    }

    /** Whether this person may remove a file that is still there: who added it, and a manager. */
    public static boolean mayRemove(Actor actor, Attachment file) {
        return file.canBeTaken() && (file.addedBy().equals(actor.username()) || actor.manages());
    }

    /**
     * Removes a file that should not be there: content, name and digest are gone for everybody at once. That there was one, who removed it and why stays.
     *
     * @param reason in somebody's words; not blank and not longer than {@link #LONGEST_REASON}
     * @throws NotFound when there is no such file, or the actor may not know of it
     * @throws NotAllowed when the actor may see it and not remove it
     */
    @Transactional
    public void remove(Actor actor, String family, long entry, long id, String reason) throws Refused {
        audit.read(actor, "attachment.remove", family, id, reason.isBlank() ? null : reason.strip());
        Attachment file = of(actor, family, entry).stream().filter(each -> each.id() == id && each.removedAt() == null).findFirst().orElseThrow(NotFound::new);
        if (!mayRemove(actor, file)) {
            throw new NotAllowed();
        }
        if (reason.isBlank() || reason.strip().length() > LONGEST_REASON) {
            throw new Refused(reason.isBlank() ? "attachments.remove.missing" : "attachments.remove.long", LONGEST_REASON);
        }
        contents.destroy(id, key(id));
        jdbc.sql("""
                update attachment set name = null, bytes = 0, sha256 = null, object_key = null, removed_at = :at, removed_by = :by, removed_by_name = :byName, removed_why = :why where id = :id
                """).param("at", Timestamp.from(time.instant())).param("by", actor.username()).param("byName", actor.name()).param("why", reason.strip()).param("id", id).update();
    }

    private String key(long id) {
        return jdbc.sql("select object_key from attachment where id = :id").param("id", id).query((row, n) -> Optional.ofNullable(row.getString(1))).single().orElse(null);
    }

    private boolean sees(Actor actor, String family, Attachment file) {
        return file.addedBy().equals(actor.username())
                || (file.scan().equals("none") || file.scan().equals("clean")) && (file.restricted() == null || policy.mayRead(actor, family, file.restricted()));
    }

    /** Whether this person may restrict a file to who may read a child's own view: who may read one. */
    public boolean mayRestrict(Actor actor, String family) {
        return policy.mayRead(actor, family, "child-view");
    }

    /**
     * Attaches a file to an entry.
     *
     * @param restricted as {@link Attachment#restricted()}
     * @return its id
     * @throws NotFound when there is no such family or entry, or the actor may not know of it
     * @throws Refused when the file is not fit to be kept; the attempt is in the audit
     */
    public long add(Actor actor, String family, long entry, MultipartFile file, String restricted) throws IOException, Refused {
        transactions.executeWithoutResult(open -> {
            audit.change(actor, "attachment.add", family, entry);
            entries.one(family, entry).orElseThrow(NotFound::new);
        });
        if (file == null || file.isEmpty()) {
            throw new Refused(file == null || file.getOriginalFilename() == null || file.getOriginalFilename().isBlank() ? "attachments.none" : "attachments.nothing-in-it");
        }
        if (file.getSize() > MOST_BYTES) {
            throw new Refused("attachments.large");
        }
        String name = name(file.getOriginalFilename());
        FileType type = FileType.named(name).orElseThrow(() -> new Refused("attachments.type"));
        type.check(file::getInputStream, file.getSize());
        if (!type.cleaned()) {
            return keep(actor, family, entry, name, type, file::getInputStream, file.getSize(), restricted);
        }
        TURNS.acquireUninterruptibly();
        try {
            byte[] cleaned = Metadata.cleaned(type, file.getBytes());
            return keep(actor, family, entry, name, type, () -> new ByteArrayInputStream(cleaned), cleaned.length, restricted);
        } finally {
            TURNS.release();
        }
    }

    /** The content first, then the row in one transaction; what a row is never written for is swept. */
    private long keep(Actor actor, String family, long entry, String name, FileType type, FileType.Content content, long bytes, String restricted) throws IOException, Refused {
        String digest = Contents.digest(content);
        String key = contents.put(content, bytes, digest);
        Long id = transactions.execute(write -> {
            // One at a time for a family, so that two together do not pass the quota.
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:family, 101))").param("family", family).query((row, n) -> n).list();
            long kept = jdbc.sql("select coalesce(sum(bytes), 0) from attachment where family_ref = :family and scan <> 'infected'").param("family", family).query(Long.class).single();
            if (kept + bytes > quota) {
                return null;
            }
            long added = jdbc.sql("""
                    insert into attachment (family_ref, entry_id, name, media_type, bytes, sha256, object_key, restricted, scan, added_by, added_by_name, added_at)
                    values (:family, :entry, :name, :type, :bytes, :digest, :key, :restricted, :scan, :by, :byName, :at) returning id
                    """).param("family", family).param("entry", entry).param("name", name).param("type", type.mediaType()).param("bytes", bytes).param("digest", digest).param("key", key)
                    .param("restricted", restricted).param("scan", scanner.configured() ? "waiting" : "none").param("by", actor.username())
                    .param("byName", actor.name()).param("at", Timestamp.from(time.instant())).query(Long.class).single();
            try {
                contents.keep(added, family, key, content);
            } catch (IOException unreadable) {
                throw new IllegalStateException("the file cannot be read", unreadable);
            }
            return added;
        });
        if (id == null) {
            throw new Refused("attachments.quota", quota / 1024 / 1024);
        }
        return id;
    }

    /** The name without a folder, without signs that cannot be seen or that turn it round, and not too long; its ending stays. */
    static String name(String given) {
        String name = given == null ? "" : given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1).replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cn}]", "").strip();
        int dot = name.lastIndexOf('.');
        if (dot > 0 && name.length() > LONGEST_NAME) {
            String ending = name.substring(dot);
            name = name.substring(0, Math.max(1, LONGEST_NAME - ending.length())) + ending;
        }
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }

    /** A place to write a file to, told first what is to come. */
    public interface Target {
        OutputStream open(Attachment file) throws IOException;
    }

    /**
     * Writes a file out. Written into the audit.
     *
     * @throws NotFound when there is no such file, or the actor may not know of it
     */
    public void take(Actor actor, String family, long entry, long id, Target target) throws IOException {
        Attachment file = transactions.execute(reading -> {
            audit.read(actor, "attachment.read", family, id);
            return of(actor, family, entry).stream().filter(each -> each.id() == id && each.canBeTaken()).findFirst().orElseThrow(NotFound::new);
        });
        try (InputStream content = contents.open(id, key(id))) {
            OutputStream out = target.open(file);
            content.transferTo(out);
            out.flush();
        }
    }

    /** Has a file scanned that waits for it, unless another node is at it. A scanner that cannot be reached is asked again later. */
    public void scan(long id) {
        try {
            transactions.executeWithoutResult(one -> {
                if (jdbc.sql("select id from attachment where id = :id and scan = 'waiting' for update skip locked").param("id", id).query(Long.class).optional().isEmpty()) {
                    return;
                }
                try (InputStream content = contents.open(id, key(id))) {
                    boolean clean = scanner.clean(content);
                    jdbc.sql("update attachment set scan = :found, scanned_at = :at where id = :id").param("found", clean ? "clean" : "infected").param("at", Timestamp.from(time.instant()))
                            .param("id", id).update();
                    if (!clean) {
                        contents.destroy(id, key(id));
                        jdbc.sql("update attachment set object_key = null where id = :id").param("id", id).update();
                        LOG.warn("Attachment {} was infected and is destroyed", id);
                    }
                } catch (IOException unreachable) {
                    LOG.warn("The virus scanner does not answer ({}): attachment {} waits", unreachable.getClass().getSimpleName(), id);
                }
            });
        } catch (RuntimeException failed) {
            LOG.warn("Attachment {} could not be scanned and waits: {}", id, failed.getClass().getSimpleName());
        }
    }

    @Scheduled(fixedDelayString = "${thinkfamily.attachments.scan-every:PT1M}", initialDelayString = "PT40S")
    void scanWhatWaits() {
        if (scanner.configured()) {
            Acting.asSystem("have files scanned", () ->
                    jdbc.sql("select id from attachment where scan = 'waiting' order by id limit 50").query(Long.class).list().forEach(this::scan));
        }
    }
}
