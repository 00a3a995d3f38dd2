package org.thinkfamily.record;

import java.util.Map;

/**
 * An entry was filed. Published in the same transaction, so that the feature which owns a fact can take it from the answers.
 *
 * @param subjects the people the step was about by variable name ({@code adult}, {@code child}, {@code person})
 */
public record EntryFiled(Entry entry, Map<String, Long> subjects) { }
