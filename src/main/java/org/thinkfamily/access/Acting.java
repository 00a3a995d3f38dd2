package org.thinkfamily.access;

import java.util.function.Supplier;

/**
 * For whom this thread asks the database. PostgreSQL shows rows of families to the person named here, and nothing where nobody is named
 * (docs/decisions/row-level-security.md). What people are shown is read as that person. What the product does because of what somebody filed, and what it does
 * by itself, is its own act: declared here, in few places, each with a reason.
 */
public final class Acting {

    private static final String NOBODY = "";
    private static final String USER = "user:";
    private static final String SYSTEM = "system:";

    private static final ThreadLocal<String> WHO = ThreadLocal.withInitial(() -> NOBODY);

    private Acting() {
    }

    /** Until it is closed, the thread asks for somebody; then again for whom it asked before. */
    public interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /** The user of this name asks from now on, for as long as a request takes. Who is unknown or disabled sees nothing. */
    public static Turn as(String username) {
        return turn(USER + username);
    }

    /**
     * Does something as the product itself, which sees every row. The policy has been asked for what led to it.
     *
     * @param why in a few words, for whoever reads the code or watches the database
     */
    public static <T> T asSystem(String why, Supplier<T> act) {
        try (Turn turn = system(why)) {
            return act.get();
        }
    }

    /** As {@link #asSystem(String, Supplier)}, for what gives nothing back. */
    public static void asSystem(String why, Runnable act) {
        asSystem(why, () -> {
            act.run();
            return null;
        });
    }

    /** The product itself from now on, until it is closed. */
    static Turn system(String why) {
        return turn(SYSTEM + why);
    }

    private static Turn turn(String who) {
        String before = WHO.get();
        WHO.set(who);
        return () -> {
            if (before.isEmpty()) {
                WHO.remove();
            } else {
                WHO.set(before);
            }
        };
    }

    /** The value of the setting {@code thinkfamily.acting}: {@code user:} with a username, {@code system:} with a reason, or nothing. */
    static String setting() {
        return WHO.get();
    }
}
