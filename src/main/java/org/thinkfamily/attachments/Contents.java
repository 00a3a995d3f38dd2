package org.thinkfamily.attachments;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.thinkfamily.access.Acting;

/**
 * Where the content of files is kept: in the database in pieces, or in an S3-compatible store where one is configured. An object is put before its row is written, and is
 * noted beforehand as belonging to nobody; the row's transaction takes the note away. What is noted for longer than an hour is an orphan and is removed.
 */
@Component
class Contents {

    private static final Logger LOG = LoggerFactory.getLogger(Contents.class);
    private static final int PART = 256 * 1024;
    private static final Duration ORPHANED = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final S3 s3;
    private final TransactionTemplate transactions;
    private final Clock time;

    Contents(JdbcClient jdbc, S3 s3, TransactionTemplate transactions, Clock time) {
        this.jdbc = jdbc;
        this.s3 = s3;
        this.transactions = transactions;
        this.time = time;
    }

    /** The SHA-256 of some content, in hexadecimal. */
    static String digest(FileType.Content content) throws IOException {
        try (DigestInputStream in = new DigestInputStream(content.open(), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /**
     * Puts content into the store, outside the transaction that will keep it.
     *
     * @return the key of the object; null when content is kept in the database
     */
    String put(FileType.Content content, long bytes, String sha256) throws IOException {
        if (!s3.configured()) {
            return null;
        }
        String key = UUID.randomUUID().toString();
        transactions.executeWithoutResult(note -> note(key));
        s3.put(key, content, bytes, sha256);
        return key;
    }

    /** Within the transaction that writes the row: the object belongs to it now, or the pieces are written. */
    void keep(long id, String family, String key, FileType.Content content) throws IOException {
        if (key != null) {
            if (jdbc.sql("delete from attachment_orphan where object_key = :key").param("key", key).update() == 0) {
                throw new IllegalStateException("the object was swept before its row was written");
            }
            return;
        }
        try (InputStream in = content.open()) {
            int position = 0;
            for (byte[] part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
                jdbc.sql("insert into attachment_part (attachment_id, family_ref, position, content) values (:id, :family, :position, :content)")
                        .param("id", id).param("family", family).param("position", position++).param("content", part).update();
            }
        }
    }

    /** Within a transaction: the content goes. An object is removed after the transaction, or by the next sweep. */
    void destroy(long id, String key) {
        jdbc.sql("delete from attachment_part where attachment_id = :id").param("id", id).update();
        if (key == null) {
            return;
        }
        note(key);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                try {
                    s3.delete(key); // the note stays until the next sweep, which finds the object gone
                } catch (IOException later) {
                    LOG.warn("An object of a removed file waits to be removed: {}", later.getMessage());
                }
            }
        });
    }

    private void note(String key) {
        jdbc.sql("insert into attachment_orphan (object_key, noted_at) values (:key, :now) on conflict do nothing").param("key", key).param("now", Timestamp.from(time.instant())).update();
    }

    /** The content, to be closed; from the database piece by piece, so that a slow line holds no connection to it. @throws IOException when the store does not answer */
    InputStream open(long id, String key) throws IOException {
        return key == null ? new SequenceInputStream(new Pieces(id)) : s3.get(key);
    }

    private final class Pieces implements Enumeration<InputStream> {

        private final long id;
        private int position;
        private Optional<byte[]> next = Optional.empty();

        Pieces(long id) {
            this.id = id;
        }

        @Override
        public boolean hasMoreElements() {
            if (next.isEmpty()) {
                next = jdbc.sql("select content from attachment_part where attachment_id = :id and position = :position").param("id", id).param("position", position)
                        .query((row, n) -> row.getBytes(1)).optional();
            }
            return next.isPresent();
        }

        @Override
        public InputStream nextElement() {
            if (!hasMoreElements()) {
                throw new NoSuchElementException();
            }
            InputStream piece = new ByteArrayInputStream(next.get());
            next = Optional.empty();
            position++;
            return piece;
        }
    }

    /** Removes objects that no row has: of an upload that was broken off, and of files that were removed while the store did not answer. */
    @Scheduled(fixedDelayString = "${thinkfamily.attachments.sweep-every:PT15M}", initialDelayString = "PT5M")
    void sweep() {
        if (!s3.configured()) {
            return;
        }
        Acting.asSystem("sweep objects of no file", () -> transactions.executeWithoutResult(one ->
                jdbc.sql("select object_key from attachment_orphan where noted_at < :before order by noted_at limit 50 for update skip locked")
                        .param("before", Timestamp.from(time.instant().minus(ORPHANED))).query(String.class).list().forEach(key -> {
                            try {
                                s3.delete(key);
                                jdbc.sql("delete from attachment_orphan where object_key = :key").param("key", key).update();
                            } catch (IOException later) {
                                LOG.warn("An object of no file waits to be removed: {}", later.getMessage());
                            }
                        })));
    }
}
