package org.thinkfamily.clock;

/**
 * What a clock runs for.
 *
 * @param family          reference of the family, for example {@code F-10023}
 * @param person          person id of the child or adult it is about; null: the whole family
 * @param processInstance id of the process instance that runs it
 */
public record ClockKey(String family, Long person, String processInstance) {
}
