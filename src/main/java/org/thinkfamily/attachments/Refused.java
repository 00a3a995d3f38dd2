package org.thinkfamily.attachments;

/** A file cannot be attached. Nothing was kept. */
public class Refused extends Exception {

    private final String key;
    private final transient Object[] values;

    /** @param key of the message that says why; {@code values} of the message */
    Refused(String key, Object... values) {
        super(key, null, false, false);
        this.key = key;
        this.values = values;
    }

    public String key() {
        return key;
    }

    public Object[] values() {
        return values;
    }
}
