package org.thinkfamily.known.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.thinkfamily.family.Families;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.forms.Feel;
import org.thinkfamily.forms.Form;
import org.thinkfamily.forms.FormCheck;
import org.thinkfamily.forms.FormContext;
import org.thinkfamily.forms.Option;
import org.thinkfamily.forms.Problem;
import org.thinkfamily.known.Known;

/** The form of a check: what is asked, for pages and programs alike. */
@Component
class CheckForm {

    private final Form form;
    private final Feel feel;
    private final Families families;
    private final MessageSource messages;

    CheckForm(Feel feel, Families families, MessageSource messages) {
        this.feel = feel;
        this.families = families;
        this.messages = messages;
        try {
            this.form = Form.read(new ClassPathResource("known/known-check.form").getContentAsString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Form form() {
        return form;
    }

    FormContext context() {
        return new FormContext(families.today(), Map.of(), Map.of(), Map.of(), feel);
    }

    /** Checks the answers, and that they are enough to look with. */
    CheckedForm check(Map<String, ?> raw) {
        CheckedForm checked = FormCheck.check(form, raw, context());
        if (!checked.isAccepted() || question(checked).enough()) {
            return checked;
        }
        List<Problem> problems = new ArrayList<>(checked.problems());
        problems.add(new Problem("/nhsNumber", "q-nhsNumber", messages.getMessage("known.too-little", null, Locale.UK)));
        return new CheckedForm(checked.answers(), checked.routes(), problems);
    }

    Known.Question question(CheckedForm checked) {
        Map<String, Object> answers = checked.answers();
        String postcode = text(answers, "postcode");
        String born = text(answers, "dateOfBirth");
        return new Known.Question(text(answers, "nhsNumber"), text(answers, "firstName"), text(answers, "lastName"), born == null ? null : LocalDate.parse(born),
                postcode == null ? null : postcode.replaceAll("\\s", "").toUpperCase(Locale.UK), text(answers, "reason"), text(answers, "reasonWords"));
    }

    /** The reason as the form words it. */
    String reason(String code) {
        return form.question("reason").stream().flatMap(question -> question.options().stream()).filter(option -> option.value().equals(code)).map(Option::text).findFirst().orElse(code);
    }

    private static String text(Map<String, Object> answers, String key) {
        return answers.get(key) == null ? null : answers.get(key).toString();
    }
}
