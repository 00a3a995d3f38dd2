package org.thinkfamily.access;

/** It does not exist, or the asker may not know that it does: the same answer for both. */
public class NotFound extends RuntimeException {

    public NotFound() {
        super("not found", null, false, false);
    }
}
