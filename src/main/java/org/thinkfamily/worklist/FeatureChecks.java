package org.thinkfamily.worklist;

import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.forms.FeatureCheck;
import org.thinkfamily.forms.Problem;

/** What the features say about answers. They are asked only when the form has nothing against them, so that they need not expect anything odd. */
final class FeatureChecks {

    private FeatureChecks() {
    }

    static CheckedForm after(CheckedForm checked, String form, Map<String, Long> subjects, Long corrects, ObjectProvider<FeatureCheck> features) {
        if (!checked.isAccepted()) {
            return checked;
        }
        List<Problem> problems = features.stream().flatMap(feature -> feature.problems(form, subjects, checked.answers(), corrects).stream()).toList();
        return problems.isEmpty() ? checked : new CheckedForm(checked.answers(), checked.routes(), problems);
    }
}
