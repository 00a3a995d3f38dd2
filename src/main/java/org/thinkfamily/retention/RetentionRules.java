package org.thinkfamily.retention;

import java.util.List;

/** The table "how long records are kept" as the models have it now ({@code dmn/retention.dmn}). */
public interface RetentionRules {

    /**
     * Every rule that applies to a kind of record.
     *
     * @param died {@code no}, {@code under-18} or {@code later}
     * @return empty for a kind that the table does not name
     */
    List<RetentionRule> of(String kind, String died);
}
