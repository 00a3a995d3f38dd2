package org.thinkfamily.access;

/** The asker may know of it but may not do this. */
public class NotAllowed extends RuntimeException {

    public NotAllowed() {
        super("not allowed", null, false, false);
    }
}
