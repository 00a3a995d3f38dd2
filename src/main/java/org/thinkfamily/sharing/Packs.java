package org.thinkfamily.sharing;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.thinkfamily.family.Families;

/** What of a sharing decision can be given to who receives it, today. */
@Component
public class Packs {

    private final Sharings sharings;
    private final SharingRule rule;
    private final Consents consents;
    private final Families families;

    Packs(Sharings sharings, SharingRule rule, Consents consents, Families families) {
        this.sharings = sharings;
        this.rule = rule;
        this.consents = consents;
        this.families = families;
    }

    /**
     * What may be given.
     *
     * @param whole items that are drawn from the record
     * @param inWords items of which only what who decided wrote is given
     */
    public record Pack(Sharing sharing, List<String> whole, List<String> inWords) { }

    /** Whether something can be given today: sharing goes on, its last day is not past, and consent it rests on stands. */
    public boolean open(Sharing sharing) {
        return sharing.running() && (sharing.sharedUntil() == null || !sharing.sharedUntil().isBefore(families.today()))
                && consents.goneUnder(sharing, families.today()).isEmpty();
    }

    /** The caller has asked the policy and written the audit. Empty when there is no such decision, nobody may know of it, or nothing can be given. */
    public Optional<Pack> of(String family, long id) {
        return sharings.of(family).stream().filter(sharing -> sharing.id() == id && open(sharing)).findFirst().map(sharing -> {
            SharingRule.Given given = rule.given(sharing);
            return new Pack(sharing, given.whole(), given.inWords());
        });
    }
}
