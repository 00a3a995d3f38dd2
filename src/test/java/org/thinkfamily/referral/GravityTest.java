package org.thinkfamily.referral;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.thinkfamily.Requirement;
import org.thinkfamily.record.Entry;

@DisplayName("What was said in several steps")
class GravityTest {

    private static Entry entry(Map<String, Object> answers) {
        return new Entry(1, "F-1", "Step", "process", "p", "step", "form", 1, "d", Set.of(), answers, "user", "User", "role", "service", Instant.EPOCH, null, null, null);
    }

    @SafeVarargs
    private static Entry children(Map<String, Object>... rows) {
        return entry(Map.of("children", List.of(rows)));
    }

    @Test
    void aLaterAnswerReplacesAnEarlierOne() {
        assertThat(Gravity.ofFamily(List.of(entry(Map.of("mentalHealth", "severe", "note", "text")), entry(Map.of("mentalHealth", "mild"))))).isEqualTo(Map.of("mentalHealth", "mild"));
    }

    @Test
    @Requirement("S-016")
    void notKnownReplacesNothingThatIsKnown() {
        assertThat(Gravity.ofFamily(List.of(entry(Map.of("domesticAbuse", "yes")), entry(Map.of("domesticAbuse", "not-known"))))).isEqualTo(Map.of("domesticAbuse", "yes"));
        assertThat(Gravity.ofFamily(List.of(entry(Map.of("domesticAbuse", "not-known"))))).isEqualTo(Map.of("domesticAbuse", "not-known"));
        assertThat(Gravity.ofFamily(List.of())).isEmpty();
    }

    @Test
    @Requirement({"S-009", "S-074"})
    void ofTwoParentsTheGraverAnswerCounts() {
        Map<String, Object> mother = Map.of("mentalHealth", "severe", "substances", "none", "engagement", "good");
        Map<String, Object> father = Map.of("mentalHealth", "none", "substances", "some", "engagement", "none");

        Map<String, Object> both = Map.of("mentalHealth", "severe", "substances", "some", "engagement", "none");
        assertThat(Gravity.gravest(List.of(mother, father))).isEqualTo(both);
        assertThat(Gravity.gravest(List.of(father, mother))).isEqualTo(both);
        assertThat(Gravity.gravest(List.of())).isEmpty();
    }

    @Test
    void notKnownIsGraverThanNothing() {
        assertThat(Gravity.gravest(List.of(Map.of("effect", "none"), Map.of("effect", "not-known")))).isEqualTo(Map.of("effect", "not-known"));
        assertThat(Gravity.gravest(List.of(Map.of("effect", "routines"), Map.of("effect", "not-known")))).isEqualTo(Map.of("effect", "routines"));
    }

    @Test
    @Requirement("S-041")
    void eachChildHasItsOwnAnswers() {
        Entry first = children(Map.of("person", 7L, "effect", "none"), Map.of("person", 8L, "effect", "harm", "careGiven", "main"));
        Entry second = children(Map.of("person", 7, "effect", "affected"));

        assertThat(Gravity.ofChild(List.of(first, second), 7)).isEqualTo(Map.of("effect", "affected"));
        assertThat(Gravity.ofChild(List.of(first, second), 8)).isEqualTo(Map.of("effect", "harm", "careGiven", "main"));
        assertThat(Gravity.ofChild(List.of(first, entry(Map.of("children", "odd"))), 9)).isEmpty();
    }
}
