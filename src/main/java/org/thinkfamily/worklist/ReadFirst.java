package org.thinkfamily.worklist;

import java.time.LocalDate;
import org.thinkfamily.record.Entry;

/**
 * What to read before answering.
 *
 * @param name what was asked, and of whom when that is known; null when {@code entry} says it
 * @param entry what was answered; null when nobody answered in time
 * @param earlier whether it was answered in an earlier round of the same process, and not asked for this time
 * @param lastReview the day the last review was held, when it is from before that; else null
 */
public record ReadFirst(String name, Entry entry, boolean earlier, LocalDate lastReview) { }
