package org.thinkfamily.contact;

import java.time.LocalDate;
import java.util.List;

/**
 * A contact plan of one child.
 *
 * @param state {@code proposed}, {@code in-force}, {@code replaced} or {@code ended}
 * @param restricts whether it restricts contact; null: not agreed yet
 * @param startsOn null: not agreed yet
 * @param confirmedBy username of the manager; null: not confirmed
 */
public record Plan(long id, long child, String state, Boolean restricts, LocalDate startsOn, String confirmedBy, LocalDate endedOn, List<Arrangement> arrangements) { }
