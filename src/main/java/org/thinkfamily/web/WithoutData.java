package org.thinkfamily.web;

/** A problem as it may be logged: where it happened and of which kind, without the messages, which may hold what somebody typed. */
final class WithoutData extends Exception {

    private WithoutData(Throwable problem, int depth) {
        super(problem.getClass().getName(), problem.getCause() == null || problem.getCause() == problem || depth > 8 ? null : new WithoutData(problem.getCause(), depth + 1), false, true);
        setStackTrace(problem.getStackTrace());
    }

    static WithoutData of(Throwable problem) {
        return new WithoutData(problem, 0);
    }
}
