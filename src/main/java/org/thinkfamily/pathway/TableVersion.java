package org.thinkfamily.pathway;

import java.time.Duration;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;

/**
 * Whether there is a new version of a table of rules, looked up at most every half minute: what was read of the one before holds until then. Asking a table of hundreds
 * of lines takes longer than looking for its newest version.
 */
class TableVersion {

    private static final Duration KEEP = Duration.ofSeconds(30);

    private final RepositoryService repository;
    private final String decision;
    /** Of the machine's own time, which the demonstration does not move. */
    private volatile long lookedAt;
    private volatile String newest = "";

    TableVersion(RepositoryService repository, String decision) {
        this.repository = repository;
        this.decision = decision;
    }

    /** Whether what was read before must be read anew. */
    boolean isNew() {
        long now = System.nanoTime();
        if (!newest.isEmpty() && now - lookedAt < KEEP.toNanos()) {
            return false;
        }
        lookedAt = now;
        DecisionDefinition found = repository.createDecisionDefinitionQuery().decisionDefinitionKey(decision).latestVersion().singleResult();
        String before = newest;
        newest = found == null ? "" : found.getId();
        return !newest.equals(before);
    }
}
