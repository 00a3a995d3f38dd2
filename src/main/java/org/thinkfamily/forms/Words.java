package org.thinkfamily.forms;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The module's sentences, from {@code messages/forms.properties}. */
final class Words {

    private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("messages.forms", Locale.ROOT);

    private Words() {
    }

    static String say(String key, Object... values) {
        return new MessageFormat(BUNDLE.getString(key), Locale.UK).format(values);
    }

    /** Who does not see an answer under that restriction. */
    static String restriction(String restriction) {
        String own = "forms.restricted." + restriction;
        return say(BUNDLE.containsKey(own) ? own : "forms.restricted");
    }

    /** The text as it reads inside a sentence: "Date of birth" becomes "date of birth", "NHS number" and "Amy" stay. */
    static String inside(String text) {
        boolean capitalised = text.length() > 1 && Character.isUpperCase(text.charAt(0))
                && Character.isLowerCase(text.charAt(1));
        return capitalised || text.startsWith("A ") ? Character.toLowerCase(text.charAt(0)) + text.substring(1) : text;
    }

    /** No longer than people read at a glance, for text that came from outside. */
    static String brief(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ");
        return line.length() <= 60 ? line : line.substring(0, 59) + "…";
    }
}
