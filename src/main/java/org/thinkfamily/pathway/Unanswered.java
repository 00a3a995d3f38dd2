package org.thinkfamily.pathway;

import java.util.Collection;
import org.thinkfamily.notify.Outbox;

/** Who was asked and did not answer before the process went on. The worklist knows it. */
public interface Unanswered {

    /**
     * Whom to tell that steps were not answered: who held each, or else its role, and the managers of the team with which it was.
     *
     * @param process id of the process instance
     * @param steps   of the diagram; of each only the newest counts
     */
    Outbox.To of(String process, Collection<String> steps);
}
