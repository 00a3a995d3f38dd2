package org.thinkfamily.sharing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * A request for information with what was decided about it.
 *
 * @param person about whom
 * @param askedBy who asked, in words
 * @param askedUser username of who wrote it down
 * @param recipient a role, or for whom a pack is, as the table "who sees what" has it; {@code other} for anybody else
 * @param recipientPerson the member of the family who would receive it, or null
 * @param items what was asked for
 * @param decision {@code shared}, {@code part} or {@code refused}; null while nobody has decided, as all that follows
 * @param exception whether something is to be shared that the rule or a conflict rules out; {@code allowed}: a manager's word on it, or null
 * @param shared what is shared
 * @param told whether the parent was told: {@code yes}, {@code not-yet}, {@code no}
 * @param sharedUntil the day on which somebody looks at it again
 * @param decidedBy name
 * @param endedOn since when nothing is shared any more, or null
 * @param entry the entry that decided last, or else the request
 * @param askedEntry the request
 */
public record Sharing(long id, String family, long person, String askedBy, String askedUser, Instant askedAt, String recipient, Long recipientPerson, String recipientWho, List<String> items,
        String decision, boolean exception, Boolean allowed, List<String> shared, String basis, String consentState, String told, String channel, LocalDate sharedUntil,
        String decidedBy, Instant decidedAt, LocalDate endedOn, long entry, long askedEntry) {

    /** Whether something is passed on at this time: decided so, allowed where that is needed, and not ended. */
    public boolean running() {
        return decision != null && !decision.equals("refused") && (!exception || Boolean.TRUE.equals(allowed)) && endedOn == null;
    }
}
