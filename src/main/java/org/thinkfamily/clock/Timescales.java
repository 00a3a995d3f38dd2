package org.thinkfamily.clock;

/** The limits that service managers keep. The only source of the length of any clock. */
public interface Timescales {

    /**
     * The timescale in force now.
     *
     * @param clock its name, for example {@code referral.decide}
     * @throws UnknownClock when nothing is known under that name
     */
    Timescale of(String clock);

    /** A model names a clock that the table of timescales does not have. */
    class UnknownClock extends IllegalArgumentException {

        public UnknownClock(String clock) {
            super("There is no clock called \"" + clock + "\" in the table of timescales. Add a row for it to timescales.dmn.");
        }
    }
}
