package org.thinkfamily.family;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.forms.FeatureCheck;
import org.thinkfamily.forms.Problem;

/**
 * Who is listed can be who they are said to be. Nobody is the mother or father in a family with an older child: one of the two dates is wrong, or they are something else
 * to the children. Only children are listed as children, apart from those the record has known since they were; and a child that is born has a name.
 */
@Component
class ListedPeople implements FeatureCheck {

    private static final int GROWN_UP = 18;

    private final MessageSource messages;
    private final InstantSource time;

    ListedPeople(MessageSource messages, InstantSource time) {
        this.messages = messages;
        this.time = time;
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
        List<Map<?, ?>> children = rows(answers, "children");
        for (int row = 0; row < children.size(); row++) {
            Map<?, ?> child = children.get(row);
            if ("born".equals(child.get("born")) && Objects.toString(child.get("firstName"), "").isBlank()) {
                problems.add(problem(row, "firstName", "firstName", "family.child-without-name"));
            }
            if (corrects == null && child.get("person") == null && day(child) != null && !day(child).isAfter(WorkingDays.dayOf(time.instant()).minusYears(GROWN_UP))) {
                problems.add(problem(row, "dateOfBirth", "dateOfBirth-day", "family.grown-up"));
            }
        }
        return problems;
    }

    private Problem problem(int row, String question, String field, String key) {
        return new Problem("/children/" + row + "/" + question, "q-children-" + row + "-" + field, messages.getMessage(key, new Object[] {GROWN_UP}, Locale.UK));
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
