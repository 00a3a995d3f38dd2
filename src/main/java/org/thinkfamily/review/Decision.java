package org.thinkfamily.review;

import java.time.LocalDate;

/**
 * A decision of a review. Its words are in the entry.
 *
 * @param position its number in the review, from 1
 * @param kind {@code decision}, {@code recommendation} or {@code share-information} (S-165)
 * @param owner the role that does it
 * @param decidedBefore whether it had been decided before the review (S-157)
 * @param entry the entry with its words
 * @param outcome {@code done}, {@code in-hand}, {@code not-done}, {@code superseded}; null: not said yet
 */
public record Decision(int position, String kind, String owner, LocalDate dueOn, boolean decidedBefore, long entry, String outcome) { }
