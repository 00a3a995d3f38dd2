package org.thinkfamily.forms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;

/** What holds for whatever is sent. */
class FormPropertiesTest {

    private final Form form = Samples.form();
    private final List<String> keys = form.questions().stream().map(Component::key).toList();

    @Property(tries = 120)
    void nothingMakesTheCheckThrow(@ForAll("anything") Map<String, Object> raw) {
        CheckedForm checked = FormCheck.check(form, raw, Samples.family());
        assertThat(checked.routes()).containsOnlyKeys("hasChildren", "agrees", "mainChild");
        assertThat(checked.problems()).allSatisfy(problem -> assertThat(problem.message()).isNotBlank());
        FormView.of(form, raw, Samples.family(), checked.problems());
        AnswersView.of(form, raw, Samples.family(), restriction -> true);
        Answers.over(form, Answers.initial(form, Samples.family()), raw);
    }

    @Property(tries = 120)
    void acceptedAnswersAreAcceptedAgainAsTheyAre(@ForAll("likely") Map<String, Object> raw) {
        CheckedForm once = FormCheck.check(form, raw, Samples.family());
        CheckedForm again = FormCheck.check(form, once.answers(), Samples.family());
        assertThat(again.answers()).isEqualTo(once.answers());
        if (once.isAccepted()) {
            assertThat(again.problems()).isEmpty();
            assertThat(again.routes()).isEqualTo(once.routes());
        }
    }

    @Property(tries = 120)
    void unknownKeysAreAlwaysRefused(@ForAll("likely") Map<String, Object> raw, @ForAll @AlphaChars @StringLength(min = 1, max = 20) String key, @ForAll("value") Object value) {
        Map<String, Object> more = new HashMap<>(raw);
        more.put("x" + key, value);
        assertThat(FormCheck.check(form, more, Samples.family()).problems()).extracting(Problem::pointer).contains("/x" + key);
    }

    @Property(tries = 120)
    void hiddenAnswersNeverAppear(@ForAll("likely") Map<String, Object> raw) {
        Map<String, Object> answers = FormCheck.check(form, raw, Samples.family()).answers();
        if (!"yes".equals(answers.get("hasChildren"))) {
            assertThat(answers).doesNotContainKeys("children", "mainChild");
        }
        if (Boolean.TRUE.equals(answers.get("agrees"))) {
            assertThat(answers).doesNotContainKey("why");
        }
        if (answers.get("children") instanceof List<?> rows) {
            rows.forEach(row -> {
                if (!"elsewhere".equals(((Map<?, ?>) row).get("livesWith"))) {
                    assertThat(asMap(row)).doesNotContainKey("where");
                }
            });
        }
    }

    @Provide
    Arbitrary<Object> value() {
        Arbitrary<Object> scalar = Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(30).map(Object.class::cast),
                Arbitraries.of("yes", "no", "2019-01-01", "2026-02-31", "1/2/", "9990000018", "mood", "elsewhere", "11", "", " "),
                Arbitraries.doubles().map(Object.class::cast), Arbitraries.bigDecimals().map(Object.class::cast),
                Arbitraries.longs().map(Object.class::cast), Arbitraries.of(true, false)).injectNull(0.1);
        Arbitrary<Object> list = scalar.list().ofMaxSize(3).map(Object.class::cast);
        Arbitrary<Object> rows = Arbitraries.maps(Arbitraries.oneOf(Arbitraries.of("person", "firstName", "dateOfBirth", "livesWith", "effect", "name"),
                Arbitraries.strings().ofMaxLength(5)), scalar).ofMaxSize(5).list().ofMaxSize(4).map(Object.class::cast);
        return Arbitraries.oneOf(scalar, list, rows);
    }

    @Provide
    Arbitrary<Map<String, Object>> anything() {
        return Arbitraries.maps(Arbitraries.oneOf(Arbitraries.of(keys), Arbitraries.strings().ofMaxLength(6)), value()).ofMaxSize(14);
    }

    /** Mostly well-formed, so that many are accepted. */
    @Provide
    Arbitrary<Map<String, Object>> likely() {
        Arbitrary<Object> text = Arbitraries.strings().withChars("ab \r\n\t\u00a0é").ofMaxLength(12).map(Object.class::cast);
        Arbitrary<Object> words = text.map(some -> "w" + some);
        Arbitrary<Object> child = Arbitraries.maps(Arbitraries.of("where", "school"), Arbitraries.of("3")).map(more -> {
            Map<String, Object> row = new HashMap<>(more);
            row.put("firstName", "Cal");
            row.put("dateOfBirth", "2020-02-29");
            return row;
        }).flatMap(row -> Arbitraries.of("household", "elsewhere", "not-known").map(home -> {
            Map<String, Object> whole = new HashMap<>(row);
            whole.put("livesWith", home);
            whole.put("where", "w");
            return (Object) whole;
        }));
        Arbitrary<List<Object>> children = child.list().ofMaxSize(3).map(rows -> {
            for (int i = 0; i < Math.min(2, rows.size()); i++) {
                asMap(rows.get(i)).put("person", i == 0 ? "11" : (Object) 12);
            }
            return rows;
        });
        return Combinators.combine(words, Arbitraries.of("1986-03-27", "1999-12-31"), Arbitraries.of("yes", "no", "not-asked"),
                Arbitraries.of(true, false), words, Arbitraries.of(0, 3, 7.0, 100L), Arbitraries.of("mood", "alcohol", "none").list().ofMaxSize(3), children)
                .as((name, dob, has, agrees, why, visits, worries, rows) -> {
                    Map<String, Object> raw = new HashMap<>(Map.of("firstName", name, "dob", dob, "hasChildren", has, "agrees", agrees, "why", why,
                            "visits", visits, "worries", worries, "children", rows, "mainChild", "11"));
                    raw.put("effects", List.of(Map.of("person", 11, "effect", why), Map.of("person", 12L, "effect", name)));
                    return raw;
                });
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object row) {
        return (Map<String, Object>) row;
    }
}
