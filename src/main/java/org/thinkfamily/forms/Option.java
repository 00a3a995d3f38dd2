package org.thinkfamily.forms;

/**
 * One choice of a radio, select or checklist.
 *
 * @param value the code that is kept
 * @param text what people read
 */
public record Option(String value, String text) {
}
