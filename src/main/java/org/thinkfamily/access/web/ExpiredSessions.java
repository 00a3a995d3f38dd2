package org.thinkfamily.access.web;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.AuditUnavailable;

/**
 * Takes away sessions that ended by themselves, and writes into the audit whose they were; both or neither. Until then they are there and open nothing. The machine's time counts,
 * as it does for the session's other time limits.
 */
@Component
class ExpiredSessions {

    private static final Logger LOG = LoggerFactory.getLogger(ExpiredSessions.class);
    private static final String EXPIRED = "expiry_time < extract(epoch from clock_timestamp()) * 1000";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Audit audit;

    ExpiredSessions(JdbcClient jdbc, TransactionTemplate transaction, Audit audit) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.audit = audit;
    }

    /** A session of nobody, such as one that only saw the sign-in page, leaves no row. */
    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    void takeAway() {
        try {
            transaction.executeWithoutResult(status -> jdbc.sql("delete from spring_session where " + EXPIRED + " returning principal_name").query(String.class).list().stream()
                    .filter(name -> name != null).forEach(name -> audit.session("session.expired", name, "done")));
        } catch (AuditUnavailable | DataAccessException | TransactionException notYet) {
            LOG.error("Sessions that have ended cannot be taken away yet ({})", notYet.getClass().getSimpleName());
        }
    }

    /** A request with a session that has ended finds none; it would delete it otherwise, and nothing would be written. */
    @Configuration(proxyBeanMethods = false)
    static class Found {

        @Bean
        SessionRepositoryCustomizer<JdbcIndexedSessionRepository> endedSessionsAreNotFound() {
            return sessions -> sessions.setGetSessionQuery("""
                    select s.primary_id, s.session_id, s.creation_time, s.last_access_time, s.max_inactive_interval, a.attribute_name, a.attribute_bytes
                      from spring_session s left join spring_session_attributes a on s.primary_id = a.session_primary_id
                     where s.session_id = ? and not s.""" + EXPIRED);
        }
    }
}
