package org.thinkfamily.family;

/**
 * Somebody else is a family's named worker in a role now, or the team is. Published in the transaction that names them.
 *
 * @param before username of who is no longer involved in that role
 * @param now username of who is; null: the team's queue
 */
public record WorkerReplaced(String family, String role, String before, String now) { }
