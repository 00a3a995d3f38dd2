package org.thinkfamily.referral;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thinkfamily.record.Entry;

/** Brings together what was said about a family in several steps. A later answer replaces an earlier one, unless it is "not known"; of two parents' answers the graver counts. */
final class Gravity {

    private static final List<String> YES_OR_NO = List.of("yes", "not-known", "not-asked", "declined", "no");

    /** Answers that the family threshold asks for, the gravest first. */
    private static final Map<String, List<String>> OF_FAMILY = Map.of(
            "mentalHealth", List.of("severe", "moderate", "mild", "not-known", "none"),
            "substances", List.of("dependent", "some", "not-known", "none"),
            "engagement", List.of("discharged", "none", "no-insight", "poor", "not-known", "good"),
            "hospital", List.of("no-safe-care", "home-without-check", "not-known", "home-with-check", "safe-care", "no"),
            "domesticAbuse", YES_OR_NO, "isolated", YES_OR_NO, "earlierHarm", YES_OR_NO, "pregnancy", YES_OR_NO);
    private static final Map<String, List<String>> OF_CHILD = Map.of(
            "effect", List.of("harm", "affected", "routines", "not-known", "none"),
            "careGiven", List.of("main", "regular", "small", "not-known", "none"),
            "carerIfUnwell", List.of("nobody", "not-known", "named"));

    private static final Set<String> UNKNOWN = Set.of("not-known", "not-asked", "declined");

    private Gravity() {
    }

    /** What these entries, oldest first, say about the family as a whole. */
    static Map<String, Object> ofFamily(List<Entry> entries) {
        return latest(entries.stream().map(Entry::answers).toList(), OF_FAMILY);
    }

    /** What these entries, oldest first, say about one child. */
    static Map<String, Object> ofChild(List<Entry> entries, long child) {
        return latest(entries.stream().flatMap(entry -> entry.answers().get("children") instanceof List<?> rows ? rows.stream() : null)
                .filter(row -> row instanceof Map<?, ?> map && String.valueOf(child).equals(String.valueOf(map.get("person"))))
                .<Map<?, ?>>map(row -> (Map<?, ?>) row).toList(), OF_CHILD);
    }

    private static Map<String, Object> latest(List<? extends Map<?, ?>> said, Map<String, List<String>> questions) {
        Map<String, Object> answers = new LinkedHashMap<>();
        said.forEach(each -> questions.keySet().forEach(question -> {
            Object answer = each.get(question);
            if (answer != null && !(UNKNOWN.contains(answer) && answers.containsKey(question))) {
                answers.put(question, answer);
            }
        }));
        return answers;
    }

    /** The graver of each answer. */
    static Map<String, Object> gravest(List<Map<String, Object>> ofEach) {
        Map<String, Object> gravest = new HashMap<>();
        ofEach.forEach(answers -> answers.forEach((question, answer) -> gravest.merge(question, answer, (one, other) -> rank(question, other) < rank(question, one) ? other : one)));
        return gravest;
    }

    private static int rank(String question, Object answer) {
        List<String> order = OF_FAMILY.containsKey(question) ? OF_FAMILY.get(question) : OF_CHILD.get(question);
        int rank = order.indexOf(String.valueOf(answer));
        return rank < 0 ? order.size() : rank;
    }
}
