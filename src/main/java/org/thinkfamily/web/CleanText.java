package org.thinkfamily.web;

/** What a person types, without signs that nobody types: those that a database or a document cannot hold, and those that turn the order of what follows round, so that it reads otherwise than it is. */
public final class CleanText {

    private CleanText() {
    }

    /** The text as it is when there is nothing to take out; null stays null. Ends of lines and tabs stay. */
    public static String of(String text) {
        if (text == null) {
            return null;
        }
        StringBuilder kept = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair || stays(c)) {
                if (kept != null) {
                    kept.append(c);
                    if (pair) {
                        kept.append(text.charAt(i + 1));
                    }
                }
            } else if (kept == null) {
                kept = new StringBuilder(text.length()).append(text, 0, i);
            }
            if (pair) {
                i++;
            }
        }
        return kept == null ? text : kept.toString();
    }

    private static boolean stays(char c) {
        return c == '\n' || c == '\r' || c == '\t' || !Character.isISOControl(c) && !Character.isSurrogate(c) && c < '\uFFFE' && !turns(c);
    }

    /** Overrides, embeddings and isolates. The marks of direction that languages written from right to left need stay. */
    private static boolean turns(char c) {
        return c >= '\u202A' && c <= '\u202E' || c >= '\u2066' && c <= '\u2069';
    }
}
