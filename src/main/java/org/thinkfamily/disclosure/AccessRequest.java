package org.thinkfamily.disclosure;

import java.time.LocalDate;

/**
 * A request to see what is held about a person.
 *
 * @param family in which it was made
 * @param state {@code open} (items are gone through), {@code decided}, {@code checked}, {@code answered} or {@code withdrawn}
 * @param items how many things are held, {@code undecided} how many of them nobody has decided about
 */
public record AccessRequest(long id, String family, long person, String name, LocalDate receivedOn, String state, long items, long undecided, long withheld) {

    /** Whether decisions can be made and changed. */
    public boolean open() {
        return state.equals("open");
    }

    /** Whether it can be answered: every decision was checked by somebody else. */
    public boolean released() {
        return state.equals("checked") || state.equals("answered");
    }
}
