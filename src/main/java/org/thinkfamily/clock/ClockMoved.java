package org.thinkfamily.clock;

/** A clock counts from another day since now. Published in the same transaction, so that what wakes up with it is set anew. */
public record ClockMoved(Clock clock) { }
