package org.thinkfamily.forms;

/**
 * Something wrong with the answers.
 *
 * @param pointer JSON pointer into what was sent; to the missing member when an answer is missing
 * @param field id of the page's element that the error summary links to; {@code questions} when there is none
 * @param message in plain words, naming the question, and the person where it stands in a person's row
 */
public record Problem(String pointer, String field, String message) {

    /** What is wrong with the answer to a question outside lists. */
    public static Problem with(Form form, String key, String message) {
        return new Problem("/" + key, Filled.id(form.question(key).orElseThrow(), null), message);
    }
}
