package org.thinkfamily.review;

import java.time.LocalDate;

/**
 * A period in which a child is looked after.
 *
 * @param legalStatus a code of the national list LS, such as {@code V2}
 * @param placement a code of the national list PLACE, such as {@code U6}
 * @param endedOn null while it lasts
 * @param endReason a code of the national list REC; null while it lasts
 */
public record CarePeriod(long id, String family, long child, LocalDate fromOn, String legalStatus, String placement, LocalDate endedOn, String endReason) { }
