package org.thinkfamily.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thinkfamily.ForAny.between;
import static org.thinkfamily.ForAny.one;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.thinkfamily.ForAny;

/** What holds for whatever is sent. */
class FormPropertiesTest {

    private static final int TRIES = 300;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private final Form form = Samples.form();
    private final String[] keys = form.questions().stream().map(Component::key).toArray(String[]::new);

    @Test
    void nothingMakesTheCheckThrow() {
        ForAny.of(TRIES, random -> {
            Map<String, Object> raw = anything(random);
            CheckedForm checked = FormCheck.check(form, raw, Samples.family());
            assertThat(checked.routes()).containsOnlyKeys("hasChildren", "agrees", "mainChild");
            assertThat(checked.problems()).allSatisfy(problem -> assertThat(problem.message()).isNotBlank());
            FormView.of(form, raw, Samples.family(), checked.problems());
            AnswersView.of(form, raw, Samples.family(), restriction -> true);
            Answers.over(form, Answers.initial(form, Samples.family()), raw);
        });
    }

    @Test
    void acceptedAnswersAreAcceptedAgainAsTheyAre() {
        int[] accepted = new int[1];
        ForAny.of(TRIES, random -> {
            CheckedForm once = FormCheck.check(form, likely(random), Samples.family());
            CheckedForm again = FormCheck.check(form, once.answers(), Samples.family());
            assertThat(again.answers()).isEqualTo(once.answers());
            if (once.isAccepted()) {
                accepted[0]++;
                assertThat(again.problems()).isEmpty();
                assertThat(again.routes()).isEqualTo(once.routes());
            }
        });
        assertThat(accepted[0]).as("accepted at all, unless one input is tried again").matches(count -> count > 0 || System.getProperty("seed") != null);
    }

    @Test
    void unknownKeysAreAlwaysRefused() {
        ForAny.of(TRIES, random -> {
            Map<String, Object> more = likely(random);
            String key = "x" + text(random, LETTERS, 1, 20);
            more.put(key, value(random));
            assertThat(FormCheck.check(form, more, Samples.family()).problems()).extracting(Problem::pointer).contains("/" + key);
        });
    }

    @Test
    void hiddenAnswersNeverAppear() {
        ForAny.of(TRIES, random -> {
            Map<String, Object> answers = FormCheck.check(form, likely(random), Samples.family()).answers();
            if (!"yes".equals(answers.get("hasChildren"))) {
                assertThat(answers).doesNotContainKeys("children", "mainChild");
            }
            if (Boolean.TRUE.equals(answers.get("agrees"))) {
                assertThat(answers).doesNotContainKey("why");
            }
            if (answers.get("children") instanceof List<?> rows) {
                rows.forEach(row -> {
                    Map<?, ?> child = (Map<?, ?>) row;
                    assertThat(child.containsKey("where")).as("%s", child).isEqualTo("elsewhere".equals(child.get("livesWith")));
                });
            }
        });
    }

    private static String text(RandomGenerator random, String letters, int least, int most) {
        return random.ints(between(random, least, most), 0, letters.length()).mapToObj(at -> letters.substring(at, at + 1)).reduce("", String::concat);
    }

    /** Characters of any script, control characters and halves of pairs among them. */
    private static String anyText(RandomGenerator random, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = between(random, 0, most); i > 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append((char) random.nextInt(0x80));
                case 1 -> text.append((char) random.nextInt(0x10000));
                case 2 -> text.appendCodePoint(random.nextInt(0x10000, 0x110000));
                default -> text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
        }
        return text.toString();
    }

    private static Object scalar(RandomGenerator random) {
        return switch (random.nextInt(10)) {
            case 0 -> null;
            case 1, 2 -> anyText(random, 30);
            case 3 -> one(random, 0.0, -0.0, 7.0, Double.MAX_VALUE, Double.MIN_VALUE, -Double.MAX_VALUE, random.nextDouble(-1e6, 1e6));
            case 4 -> BigDecimal.valueOf(random.nextLong(), between(random, -20, 20));
            case 5 -> one(random, 0L, -1L, 11L, Long.MAX_VALUE, Long.MIN_VALUE, random.nextLong());
            case 6 -> random.nextBoolean();
            default -> one(random, "yes", "no", "2019-01-01", "2026-02-31", "1/2/", "9990000018", "mood", "elsewhere", "11", "", " ");
        };
    }

    private static List<Object> list(RandomGenerator random, int most, Supplier<Object> element) {
        List<Object> list = new ArrayList<>();
        for (int i = between(random, 0, most); i > 0; i--) {
            list.add(element.get());
        }
        return list;
    }

    private static Map<String, Object> map(RandomGenerator random, int most, String[] known, int longestKey, Supplier<Object> element) {
        Map<String, Object> map = new HashMap<>();
        for (int i = between(random, 0, most); i > 0; i--) {
            map.put(random.nextBoolean() ? one(random, known) : anyText(random, longestKey), element.get());
        }
        return map;
    }

    private static Object value(RandomGenerator random) {
        String[] ofRows = {"person", "firstName", "dateOfBirth", "livesWith", "effect", "name"};
        return switch (random.nextInt(3)) {
            case 0 -> scalar(random);
            case 1 -> list(random, 3, () -> scalar(random));
            default -> list(random, 4, () -> map(random, 5, ofRows, 5, () -> scalar(random)));
        };
    }

    private Map<String, Object> anything(RandomGenerator random) {
        return map(random, 14, keys, 6, () -> value(random));
    }

    /** Mostly well-formed, so that many are accepted. */
    private static Map<String, Object> likely(RandomGenerator random) {
        Supplier<Object> words = () -> "w" + text(random, "ab \r\n\t\u00a0é", 0, 12);
        List<Object> children = list(random, 3, () -> {
            Map<String, Object> row = new HashMap<>(Map.of("firstName", "Cal", "dateOfBirth", "2020-02-29", "livesWith", one(random, "household", "elsewhere", "not-known"), "where", "w"));
            if (random.nextBoolean()) {
                row.put("school", "3");
            }
            return row;
        });
        for (int i = 0; i < Math.min(2, children.size()); i++) {
            @SuppressWarnings("unchecked")
            Map<String, Object> row = (Map<String, Object>) children.get(i);
            row.put("person", i == 0 ? "11" : (Object) 12);
        }
        Object name = words.get();
        Object why = words.get();
        Map<String, Object> raw = new HashMap<>(Map.of("firstName", name, "dob", one(random, "1986-03-27", "1999-12-31"), "hasChildren", one(random, "yes", "no", "not-asked"),
                "agrees", random.nextBoolean(), "why", why, "visits", ForAny.<Number>one(random, 0, 3, 7.0, 100L),
                "worries", list(random, 3, () -> one(random, "mood", "alcohol", "none")), "children", children, "mainChild", "11"));
        raw.put("effects", List.of(Map.of("person", 11, "effect", why), Map.of("person", 12L, "effect", name)));
        return raw;
    }
}
