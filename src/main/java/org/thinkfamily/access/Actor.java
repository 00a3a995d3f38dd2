package org.thinkfamily.access;

import java.util.Set;

/**
 * A person at work in the product, as the database has them at this moment.
 *
 * @param team the id of the team the person works in, or null (then there is no queue and nobody to manage)
 * @param managedTeams ids of the teams whose work and families the person oversees; empty for who manages nobody
 */
public record Actor(String username, String name, String team, String teamName, String serviceName,
        Set<String> roles, Set<String> managedTeams) {

    public boolean has(String role) {
        return roles.contains(role);
    }

    public boolean hasAny(Set<String> wanted) {
        return roles.stream().anyMatch(wanted::contains);
    }

    public boolean manages() {
        return !managedTeams.isEmpty();
    }

    /** The role in which this person acts when a step asks for {@code wanted}: that one if held, else the first one held, else "none". */
    public String actingAs(String wanted) {
        return roles.contains(wanted) ? wanted : roles.stream().sorted().findFirst().orElse("none");
    }
}
