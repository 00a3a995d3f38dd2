package org.thinkfamily.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.thinkfamily.access.Acting;
import org.thinkfamily.access.Actor;

/**
 * A request with a key is carried out once in 24 hours; a repetition gets the first answer. Key, effect and answer are one transaction: after a crash either
 * all are there or none. An answer that changed nothing (4xx, 5xx) is not kept: the same request may be tried again.
 */
@Component
class RepeatedRequests {

    private static final Duration KEPT = Duration.ofHours(24);
    private static final int LONGEST_KEY = 200;
    /** Keys of the API never meet those of the pages. */
    private static final String PREFIX = "api ";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock time;

    RepeatedRequests(JdbcClient jdbc, PlatformTransactionManager transactions, Clock time) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.time = time;
    }

    private record Answer(String digest, Integer status, String location, String body) { }

    void once(Actor actor, String key, HttpServletRequest request, byte[] body, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw ApiProblem.invalid("", "api.error.key", LONGEST_KEY);
        }
        String digest = digest(request, body);
        ContentCachingResponseWrapper answered = new ContentCachingResponseWrapper(response);
        try {
            Answer first = transaction.execute(status -> {
                if (!reserve(actor, key, digest)) {
                    return first(actor, key);
                }
                try {
                    chain.doFilter(request, answered);
                } catch (IOException | ServletException failed) {
                    throw new Failed(failed);
                }
                if (answered.getStatus() >= 400) {
                    status.setRollbackOnly();
                } else {
                    keep(actor, key, answered);
                }
                return null;
            });
            if (first == null) {
                answered.copyBodyToResponse();
            } else {
                repeat(first, digest, response);
            }
        } catch (Failed failed) {
            if (failed.getCause() instanceof IOException unsent) {
                throw unsent;
            }
            throw (ServletException) failed.getCause();
        } catch (ConcurrencyFailureException | QueryTimeoutException stillAtWork) {
            throw ApiProblem.conflict("in-progress", Map.of());
        }
    }

    private boolean reserve(Actor actor, String key, String digest) {
        jdbc.sql("set local lock_timeout = '5s'").update();
        Instant now = time.instant();
        boolean ours = jdbc.sql("""
                insert into repeated_request as r (username, key, at, digest) values (:user, :key, :now, :digest)
                on conflict (username, key) do update set at = excluded.at, digest = excluded.digest, status = null, location = null, body = null where r.at < :before
                """)
                .param("user", actor.username()).param("key", PREFIX + key).param("now", Timestamp.from(now)).param("digest", digest)
                .param("before", Timestamp.from(now.minus(KEPT))).update() == 1;
        jdbc.sql("set local lock_timeout = 0").update();
        return ours;
    }

    private Answer first(Actor actor, String key) {
        return jdbc.sql("select digest, status, location, body from repeated_request where username = :user and key = :key")
                .param("user", actor.username()).param("key", PREFIX + key).query(Answer.class).single();
    }

    private void keep(Actor actor, String key, ContentCachingResponseWrapper answered) {
        jdbc.sql("update repeated_request set status = :status, location = :location, body = :body where username = :user and key = :key")
                .param("status", answered.getStatus()).param("location", answered.getHeader(HttpHeaders.LOCATION))
                .param("body", new String(answered.getContentAsByteArray(), StandardCharsets.UTF_8))
                .param("user", actor.username()).param("key", PREFIX + key).update();
    }

    private static void repeat(Answer first, String digest, HttpServletResponse response) throws IOException {
        if (!first.digest().equals(digest)) {
            throw ApiProblem.invalid("", "api.error.key-used");
        }
        response.setStatus(first.status());
        if (first.location() != null) {
            response.setHeader(HttpHeaders.LOCATION, first.location());
        }
        if (first.body() != null && !first.body().isEmpty()) {
            response.setContentType("application/json");
            response.getOutputStream().write(first.body().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String digest(HttpServletRequest request, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((request.getRequestURI() + '?' + Objects.toString(request.getQueryString(), "") + '\n').getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** Answers hold what was in them for a day and no longer. */
    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT5M")
    void forget() {
        Acting.asSystem("forget old answers", () -> {
            jdbc.sql("delete from repeated_request where at < :before").param("before", Timestamp.from(time.instant().minus(KEPT))).update();
        });
    }

    private static final class Failed extends RuntimeException {
        Failed(Exception cause) {
            super(cause);
        }
    }
}
