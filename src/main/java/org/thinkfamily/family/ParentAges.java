package org.thinkfamily.family;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.thinkfamily.forms.FeatureCheck;
import org.thinkfamily.forms.Problem;

/** Nobody is the mother or father in a family with an older child: one of the two dates is wrong, or they are something else to the children. */
@Component
class ParentAges implements FeatureCheck {

    private final MessageSource messages;

    ParentAges(MessageSource messages) {
        this.messages = messages;
    }

    @Override
    public List<Problem> problems(String form, String family, Map<String, Long> subjects, Map<String, Object> answers, Long corrects, String process) {
        List<Problem> problems = new ArrayList<>();
        List<Map<?, ?>> parents = rows(answers, "parents");
        for (int at = 0; at < parents.size(); at++) {
            Map<?, ?> parent = parents.get(at);
            LocalDate born = day(parent);
            if (born != null && List.of("mother", "father").contains(String.valueOf(parent.get("relationship")))) {
                int row = at;
                rows(answers, "children").stream().filter(child -> day(child) != null && !day(child).isAfter(born)).findFirst().ifPresent(child ->
                        problems.add(new Problem("/parents/" + row + "/dateOfBirth", "q-parents-" + row + "-dateOfBirth-day",
                                messages.getMessage("family.younger-than-child", new Object[] {parent.get("firstName"), child.get("firstName")}, Locale.UK))));
            }
        }
        return problems;
    }

    private static List<Map<?, ?>> rows(Map<String, Object> answers, String list) {
        List<Map<?, ?>> rows = new ArrayList<>();
        if (answers.get(list) instanceof List<?> given) {
            given.forEach(row -> rows.add(row instanceof Map<?, ?> map ? map : Map.of()));
        }
        return rows;
    }

    private static LocalDate day(Map<?, ?> person) {
        return person.get("dateOfBirth") == null ? null : LocalDate.parse(person.get("dateOfBirth").toString());
    }
}
