package org.thinkfamily.pathway;

/** A step no longer waits: the process went another way. Published in the engine's transaction. */
public record StepCancelled(String taskId) { }
