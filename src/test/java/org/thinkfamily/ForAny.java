package org.thinkfamily;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What holds for any input: tried with many that chance picks, others at each run. A failure names the seed that picked the input; {@code -Dseed=…} picks the same
 * input again, and only that.
 */
public final class ForAny {

    private static final Long AGAIN = Long.getLong("seed");

    private ForAny() { }

    /** Tries a property so many times. It takes all that is random from the generator it is given, and fails by throwing. */
    public static void of(int tries, Consumer<RandomGenerator> property) {
        if (AGAIN != null) {
            once(AGAIN, property);
            return;
        }
        SplittableRandom seeds = new SplittableRandom();
        for (int i = 0; i < tries; i++) {
            once(seeds.nextLong(), property);
        }
    }

    private static void once(long seed, Consumer<RandomGenerator> property) {
        try {
            property.accept(new SplittableRandom(seed));
        } catch (RuntimeException | AssertionError failed) {
            throw new AssertionError("Does not hold for the input of seed " + seed + " (-Dseed=" + seed + " tries it again): " + failed.getMessage(), failed);
        }
    }

    /** One of them. */
    @SafeVarargs
    public static <T> T one(RandomGenerator random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** A whole number from the least to the most, both included. */
    public static int between(RandomGenerator random, int least, int most) {
        return random.nextInt(least, most + 1);
    }
}
