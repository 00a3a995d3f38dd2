package org.thinkfamily.forms;

import java.util.List;

/** A form that cannot be used, with what is wrong in plain words. */
public final class InvalidForm extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    InvalidForm(List<String> problems) {
        super(String.join(" ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Everything found wrong, one sentence each; at least one. */
    public List<String> problems() {
        return problems;
    }
}
