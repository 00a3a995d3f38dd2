package org.thinkfamily.challenge;

import java.time.Instant;

/**
 * A practitioner's disagreement with a decision.
 *
 * @param process the process instance in which the decision was made
 * @param stage the stage it has reached, from 1
 * @param raisedBy username
 * @param outcome {@code changed}, {@code stands}, or {@code unanswered} when it was taken on because nobody had answered in time; null while an answer is waited for
 * @param answeredBy username, or null
 */
public record Challenge(long id, String family, String process, int stage, String raisedBy, String raisedRole, String raisedService, Instant raisedAt,
        String outcome, String answeredBy, Instant answeredAt) { }
