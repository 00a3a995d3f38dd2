package org.thinkfamily.chronology;

import java.time.Instant;
import java.util.Set;

/**
 * One item of a chronology: a headline, never a copy of what it stands for.
 *
 * @param item its name, such as {@code entry-17}: where it comes from and the id there
 * @param at what it is sorted by; midnight in London, at the beginning of the day, month or year, where no more is known
 * @param precision {@code day}, {@code month} or {@code year}
 * @param kind one of {@link Chronology#KINDS}
 * @param day when it was, in words, as exactly as is known: with the time of day for what was written down then
 * @param title what happened, in words
 * @param detail more about it in words; null when there is no more
 * @param about ids of the people it is about; empty: the whole family
 * @param service in words; null when it is no service's
 * @param who the name of who wrote it; null when nobody did
 * @param link the page that shows it whole; null when there is none
 * @param source where an event from before comes from; null otherwise
 * @param confidence how sure that is, {@code confirmed}, {@code likely} or {@code unverified}; null otherwise
 * @param corrected whether it was corrected after it was filed
 * @param significant whether it counts as significant now
 * @param mark who said so last; null when nobody did, and it counts by itself or not
 */
public record Happening(String item, Instant at, String precision, String kind, String day, String title, String detail, Set<Long> about, String service, String who, String link,
        String source, String confidence, boolean corrected, boolean significant, Mark mark) {

    /** Somebody's word on whether an item is significant. */
    public record Mark(boolean significant, String reason, String by, Instant at) { }
}
