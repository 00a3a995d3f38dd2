package org.thinkfamily.clock;

/** How far a timescale may be relied on. The code is what {@code dmn/timescales.dmn} writes. */
public enum Status {

    /** An Act or regulations of England. */
    STATUTE("statute"),
    /** Statutory or national guidance. */
    GUIDANCE("guidance"),
    /** One area's own rule; another area may set another. */
    LOCAL_DEFAULT("local default"),
    /** Not confirmed in any source; to be settled locally. */
    UNCONFIRMED("unconfirmed");

    private final String code;

    Status(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** @throws IllegalArgumentException when there is no such code */
    public static Status ofCode(String code) {
        for (Status status : values()) {
            if (status.code.equals(code)) {
                return status;
            }
        }
        throw new IllegalArgumentException("There is no status of a timescale called \"" + code + "\".");
    }
}
