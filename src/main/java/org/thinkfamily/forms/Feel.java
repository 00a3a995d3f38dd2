package org.thinkfamily.forms;

import java.util.Map;

/** Evaluates FEEL, the expression language of conditions in forms. */
@FunctionalInterface
public interface Feel {

    /**
     * The value of an expression.
     *
     * @param expression FEEL without the leading {@code =}
     * @param context the names the expression may use; a value may be null
     * @return a Java value ({@code Boolean} for a condition), or null
     * @throws RuntimeException when the expression cannot be read or evaluated
     */
    Object evaluate(String expression, Map<String, Object> context);
}
