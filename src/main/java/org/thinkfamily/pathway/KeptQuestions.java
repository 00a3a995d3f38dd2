package org.thinkfamily.pathway;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import org.thinkfamily.forms.Form;

/** Questions that a form cannot lose ({@code kept-questions.properties}; S-184). */
class KeptQuestions {

    private static final Properties KEPT = read();

    private KeptQuestions() { }

    /** The first key that this form no longer asks, or asks without needing an answer; null when it keeps them all. */
    static String lostBy(Form form) {
        return List.of(KEPT.getProperty(form.id(), "").split("[,\\s]+")).stream().filter(key -> !key.isEmpty())
                .filter(key -> form.all().noneMatch(component -> key.equals(component.key()) && component.rules().required())).findFirst().orElse(null);
    }

    private static Properties read() {
        Properties kept = new Properties();
        try (Reader file = new InputStreamReader(KeptQuestions.class.getResourceAsStream("/kept-questions.properties"), StandardCharsets.UTF_8)) {
            kept.load(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return kept;
    }
}
