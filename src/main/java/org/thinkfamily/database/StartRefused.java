package org.thinkfamily.database;

/**
 * The application cannot start, for a reason that the person who starts it can put right. The message is the one
 * sentence that person reads, on the error stream, without a stack trace.
 */
public class StartRefused extends RuntimeException {

    public StartRefused(String sentence) {
        super(sentence);
    }

    public StartRefused(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
