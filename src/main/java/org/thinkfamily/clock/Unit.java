package org.thinkfamily.clock;

/** What a timescale is counted in. The code is what {@code dmn/timescales.dmn} writes. */
public enum Unit {

    /** Monday to Friday, except bank holidays in England and other proclaimed days. */
    WORKING_DAYS("working-days"),
    /** Calendar days; 0 is the same day. */
    DAYS("days"),
    /** Seven calendar days each. */
    WEEKS("weeks"),
    /** Calendar months, a maximum: brought back to the last working day on or before. */
    MONTHS("months"),
    /** Hours by the clock, to the minute. */
    HOURS("hours");

    private final String code;

    Unit(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** @throws IllegalArgumentException when there is no such code */
    public static Unit ofCode(String code) {
        for (Unit unit : values()) {
            if (unit.code.equals(code)) {
                return unit;
            }
        }
        throw new IllegalArgumentException("There is no unit of time called \"" + code + "\".");
    }
}
