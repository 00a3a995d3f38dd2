package org.thinkfamily.worklist;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.thinkfamily.access.Acting;
import org.thinkfamily.family.Families;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.forms.FeatureCheck;
import org.thinkfamily.forms.Form;
import org.thinkfamily.forms.FormCheck;
import org.thinkfamily.forms.FormContext;
import org.thinkfamily.forms.Problem;
import org.thinkfamily.record.Entry;

/** Whether answers may be filed: what their form says, that no NHS number is somebody else's, and what the features know. */
@Component
class AnswerChecks {

    private final Families families;
    private final ObjectProvider<FeatureCheck> features;
    private final MessageSource messages;

    AnswerChecks(Families families, ObjectProvider<FeatureCheck> features, MessageSource messages) {
        this.families = families;
        this.features = features;
        this.messages = messages;
    }

    /**
     * The features are asked only when nothing else is wrong, so that they need not expect anything odd. That a number is taken is said, and not whose it is: the
     * asker may not know of that family.
     *
     * @param family its reference; null when there is none yet
     * @param process of the step; null for a start or a change
     * @param corrects the entry that the answers correct; null when they are new. An NHS number that stands in it is not asked about again
     */
    CheckedForm check(Form form, String family, Map<String, ?> raw, FormContext context, Map<String, Long> subjects, Entry corrects, String process) {
        CheckedForm checked = FormCheck.alsoWrong(FormCheck.check(form, raw, context), form, raw, context, "nhsNumber", said ->
                (corrects == null || !says(corrects.answers(), said.value()))
                        && Acting.asSystem("is an NHS number taken", () -> families.numberTaken(said.value().toString(), said.person() == null ? subjects.get(said.who()) : said.person()))
                        ? messages.getMessage("work.number-taken", null, Locale.UK) : null);
        if (!checked.isAccepted()) {
            return checked;
        }
        Long id = corrects == null ? null : corrects.id();
        List<Problem> problems = features.stream().flatMap(feature -> feature.problems(form.id(), family, subjects, checked.answers(), id, process).stream()).toList();
        return problems.isEmpty() ? checked : new CheckedForm(checked.answers(), checked.routes(), problems);
    }

    /** Choices that no feature lets be made, as {@link FeatureCheck#without} has them. */
    List<String> without(String form, String family) {
        return features.stream().flatMap(feature -> feature.without(form, family).stream()).toList();
    }

    private static boolean says(Object answers, Object value) {
        return answers instanceof Map<?, ?> map ? map.values().stream().anyMatch(each -> says(each, value))
                : answers instanceof Collection<?> rows ? rows.stream().anyMatch(row -> says(row, value)) : value.equals(answers);
    }
}
