package org.thinkfamily.pathway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thinkfamily.forms.Form;
import org.thinkfamily.forms.FormCheck;
import org.thinkfamily.forms.FormContext;
import org.thinkfamily.forms.KnownRow;
import org.thinkfamily.forms.Problem;

/** A form as it stands in the folder, asked without an engine, for a family of one child and one parent on 28 August 2026. */
record FormFile(Form form) {

    private static final FormContext CONTEXT = new FormContext(LocalDate.of(2026, 8, 28), Map.of(),
            Map.of("child", List.of(new KnownRow(1, "Ann Example", "Ann Example, 7", Map.of())), "parent", List.of(new KnownRow(2, "Mia Example", "Mia Example, mother", Map.of()))),
            Map.of(), new EngineFeel());

    static FormFile of(String id) {
        return read(Path.of("forms", id + ".form"));
    }

    static FormFile read(Path file) {
        try {
            return new FormFile(Form.read(Files.readString(file)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Where these answers alone are not accepted, as pointers such as {@code /children/0/effect}. */
    List<String> missing(Map<String, Object> answers) {
        Map<String, Object> sent = new HashMap<>(answers);
        form.question("children").ifPresent(list -> sent.putIfAbsent("children", List.of(Map.of("person", 1))));
        form.question("parents").ifPresent(list -> sent.putIfAbsent("parents", List.of(Map.of("person", 2))));
        return FormCheck.check(form, sent, CONTEXT).problems().stream().map(Problem::pointer).toList();
    }

    /** What this question is restricted as; empty when everybody reads it who sees the family. */
    String restriction(String key) {
        return form.question(key).orElseThrow().property("restricted").orElse("");
    }
}
