package org.thinkfamily;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ForAnyTest {

    @Test
    void eachTryHasAnotherInput() {
        Set<Integer> inputs = new HashSet<>();
        ForAny.of(200, random -> inputs.add(random.nextInt()));
        assertThat(inputs).hasSizeGreaterThan(190);
    }

    @Test
    void aFailureNamesTheSeedThatMakesTheSameInput() {
        int[] failing = new int[1];
        assertThatThrownBy(() -> ForAny.of(100, random -> {
            failing[0] = random.nextInt(1000);
            assertThat(failing[0]).isLessThan(500);
        })).isInstanceOf(AssertionError.class).satisfies(failed -> {
            String seed = failed.getMessage().replaceAll("(?s).*?seed (-?\\d+) .*", "$1");
            assertThat(new SplittableRandom(Long.parseLong(seed)).nextInt(1000)).isEqualTo(failing[0]);
        });
    }
}
