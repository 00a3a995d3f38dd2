package org.thinkfamily.forms;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A row of a list.
 *
 * @param index where it stands among all rows, those nobody sent last
 * @param raw what was sent; empty when nobody sent the row
 * @param known the person it is about; null for a new person or a row about no person
 */
record Row(Component list, int index, boolean sent, Map<?, ?> raw, KnownRow known, Map<Component, Normal> cells) {

    /** In what was sent: why this child has no part in the entry. Blank: left out, and nobody has said why. */
    static final String LEFT_OUT = "leftOut";
    static final int LONGEST_REASON = 1_000;

    String prefix() {
        return list.key() + "[" + index + "].";
    }

    String id() {
        return "q-" + list.key() + "-" + index;
    }

    String pointer() {
        return "/" + list.key() + "/" + index;
    }

    /** Whether the child has no part in the entry: none of the questions is asked. */
    boolean leftOut() {
        return list.leavesOut() && raw.get(LEFT_OUT) != null;
    }

    /** Why; as it was sent, when {@link #reasonError} says that it will not do. */
    String reason() {
        return raw.get(LEFT_OUT) instanceof String typed ? Normal.clean(typed, true) : "";
    }

    /** What is wrong with the reason; null when nothing is, or the child is not left out. */
    String reasonError() {
        return !leftOut() ? null : reason().isEmpty() ? Words.say("forms.error.leftOut", name())
                : reason().length() > LONGEST_REASON ? Words.say("forms.error.leftOut.long", name(), LONGEST_REASON) : null;
    }

    /** How messages and headings call it. */
    String name() {
        if (known != null) {
            return known.name();
        }
        String typed = list.components().isEmpty() ? "" : Form.answered(list.components())
                .filter(question -> question.property("fact").filter(fact -> fact.equals("firstName") || fact.equals("lastName")).isPresent())
                .sorted((one, other) -> one.property("fact").get().compareTo(other.property("fact").get()))
                .map(question -> cells.get(question).value())
                .filter(Objects::nonNull).map(Object::toString).collect(Collectors.joining(" "));
        return typed.isBlank() ? placeName(list, index) : typed;
    }

    static String placeName(Component list, int index) {
        return list.peopleKind() != null ? Words.say("forms.row." + list.peopleKind(), index + 1)
                : Words.say("forms.row", list.label(), index + 1);
    }
}
