package org.thinkfamily.assessment;

import java.time.LocalDate;
import java.util.List;

/**
 * A joint assessment as far as it has come. Dates are days in England.
 *
 * @param process the process instance that carries it
 * @param adult the parent known to the adult service, or null
 * @param startedOn the day it was allocated
 * @param factors codes of the children in need census, such as 4B; empty until the analysis is written
 * @param agreed whether the adult side agrees with the analysis; null: not said
 * @param signedAlone {@code childrens} or {@code adult} when that side signed without the other, else null (S-084)
 * @param authorisedOn the day the manager authorised it, or null
 * @param authorisedBy username, or null
 * @param completedOn the day it was authorised and the family and the agencies had been told (T-05), or null
 * @param children how each side sees the risk to each child, and the outcome
 */
public record Assessment(String process, String family, Long adult, LocalDate startedOn, List<String> factors, Boolean agreed, String signedAlone,
        LocalDate authorisedOn, String authorisedBy, LocalDate completedOn, List<ForChild> children) {

    /**
     * @param childrensBand the children's side's view of the risk: {@code significant-harm}, {@code in-need}, {@code low}; null: not said
     * @param adultBand the adult side's view, in the same bands (S-093)
     * @param changePossible whether enough can change in the child's time: {@code yes}, {@code partly}, {@code no}, {@code not-known}
     * @param outcome {@code looked-after}, {@code child-protection}, {@code child-in-need}, {@code early-help}, {@code close}; null: none yet
     */
    public record ForChild(long child, String childrensBand, String adultBand, String changePossible, String outcome) { }
}
