package org.thinkfamily.access;

import java.util.Set;

/**
 * A person at work in the product, as the database has them at this moment.
 *
 * @param team the id of the team the person works in, or null (then there is no queue and nobody to manage)
 * @param managedTeams ids of the teams whose work and families the person oversees; empty for who manages nobody
 * @param standsFor whose families and work the person has: the own username, and those of the workers whose deputy the person is today
 * @param opened references of the families that the person has opened in an emergency, as long as that lasts
 * @param named the families of which the person, or whom the person stands in for, is the named worker
 */
public record Actor(String username, String name, String team, String teamName, String serviceName,
        Set<String> roles, Set<String> managedTeams, Set<String> standsFor, Set<String> opened, Set<Named> named) {

    /** Named worker of a family in a role. */
    public record Named(String family, String role) { }

    public boolean has(String role) {
        return roles.contains(role);
    }

    public boolean hasAny(Set<String> wanted) {
        return roles.stream().anyMatch(wanted::contains);
    }

    public boolean manages() {
        return !managedTeams.isEmpty();
    }

    /** Whether the work of that user is the actor's: the own, or that of somebody the actor stands in for. */
    public boolean isFor(String worker) {
        return standsFor.contains(worker);
    }

    /** The role in which this person acts when a step asks for {@code wanted}: that one if held, else the first one held, else "none". */
    public String actingAs(String wanted) {
        return roles.contains(wanted) ? wanted : roles.stream().sorted().findFirst().orElse("none");
    }
}
