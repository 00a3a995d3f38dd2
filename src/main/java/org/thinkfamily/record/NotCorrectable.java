package org.thinkfamily.record;

/** A feature cannot follow a correction, because too much rests on what was said before. Nothing is filed. */
public class NotCorrectable extends RuntimeException {

    private final String question;
    private final String key;

    /**
     * @param question key of the question whose answer cannot change
     * @param key of the message that says why and what to do instead
     */
    public NotCorrectable(String question, String key) {
        super("not correctable", null, false, false);
        this.question = question;
        this.key = key;
    }

    public String question() {
        return question;
    }

    public String key() {
        return key;
    }
}
