package org.thinkfamily.overview;

import java.util.List;
import org.thinkfamily.clock.Clock;
import org.thinkfamily.contact.Contacts;
import org.thinkfamily.family.Involvements.Involvement;
import org.thinkfamily.family.Person;
import org.thinkfamily.pathway.Pathway;
import org.thinkfamily.record.Decisions;
import org.thinkfamily.record.Entry;
import org.thinkfamily.review.Reviews;
import org.thinkfamily.worklist.WorkItem;

/** Everything the product knows about a family, as one reader may see it. */
public record FamilyOverview(String ref, List<Person> people, List<Involvement> involvement, List<Pathway.Running> running, List<WorkItem> work, List<Clock> clocks,
        List<Entry> entries, List<Decisions.Kept> decisions, List<Pathway.Awaited> changes,
        List<Reviews.LookedAfter> lookedAfter, Contacts.Today contact) {

    /** Whether nobody has acted yet on a red flag, which is due the same day. */
    public boolean redFlag() {
        return clocks.stream().anyMatch(Clock::redFlagOpen);
    }
}
