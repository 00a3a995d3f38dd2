package org.thinkfamily.access;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who may see what: the people involved with a family and their managers, nobody else. Every query, page, API call and message asks here.
 */
@Component
public class Policy {

    /**
     * True for a family (its reference in {@code f.ref}) that the actor may see. Bind it with {@link #of(Actor)}.
     * A named worker sees it, and who stands in for that worker today; the members of a team in whose queue it waits see it in the role that is asked for;
     * managers see their teams' families; and who has opened it in an emergency sees it until that ends. PostgreSQL holds the same rule beneath, in the view sight.
     */
    public static final String MAY_SEE_FAMILY = """
            exists (select 1 from involvement i
                     where i.family_ref = f.ref
                       and (i.ended_on is null
                            and (i.username = any(:actorFor)
                                 or i.username is null and i.team_id = :actorTeam and i.role = any(:actorRoles)
                                 or i.team_id = any(:actorManages))
                            or i.family_ref = any(:actorOpened)))
            """;

    /** The same for the family in another column. */
    public static String maySeeFamily(String column) {
        return MAY_SEE_FAMILY.replace("f.ref", column);
    }

    private final JdbcClient jdbc;
    private final WhoSees table;

    Policy(JdbcClient jdbc, WhoSees table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    /** The parameters of {@link #MAY_SEE_FAMILY} for this actor. */
    public static Map<String, Object> of(Actor actor) {
        return Map.of("actor", actor.username(),
                "actorFor", actor.standsFor().toArray(String[]::new),
                "actorOpened", actor.opened().toArray(String[]::new),
                "actorTeam", actor.team() == null ? "" : actor.team(),
                "actorRoles", actor.roles().toArray(String[]::new),
                "actorManages", actor.managedTeams().toArray(String[]::new));
    }

    public boolean maySee(Actor actor, String family) {
        return jdbc.sql("select exists (select 1 from family f where f.ref = :family and " + MAY_SEE_FAMILY + ")")
                .param("family", family).params(of(actor)).query(Boolean.class).single();
    }

    /** Passes when the actor may see the family. Otherwise the family is "not found", whether it exists or not. */
    public void requireFamily(Actor actor, String family) {
        if (!maySee(actor, family)) {
            throw new NotFound();
        }
    }

    /**
     * Whether the actor, who may see the family, may read what stands under this restriction there: as the table "who sees what" says for one of the actor's roles.
     * A restriction that the table does not name is read by nobody.
     *
     * @param family the family's reference
     * @param restriction null: there is none
     */
    public boolean mayRead(Actor actor, String family, String restriction) {
        return restriction == null || actor.roles().stream().anyMatch(role -> table.of(restriction, role, involvement(actor, family, role)) == WhoSees.Sight.FULL);
    }

    /**
     * Whether a document for these readers may hold what stands under this restriction: as the table "who sees what" says for each of them. Who makes it must be allowed to read
     * it as well, which this does not ask.
     *
     * @param readers roles, or for whom a document is, as in {@link WhoSees#of}
     * @param restriction null: there is none
     */
    public boolean mayBeGiven(Collection<String> readers, WhoSees.Involvement involvement, String restriction) {
        return restriction == null || readers.stream().allMatch(reader -> table.of(restriction, reader, involvement) == WhoSees.Sight.FULL);
    }

    /** Whether the actor sees the family for no other reason than that they have opened it in an emergency. */
    public boolean onlyInEmergency(Actor actor, String family) {
        Map<String, Object> involved = new HashMap<>(of(actor));
        involved.put("actorOpened", new String[0]);
        return actor.opened().contains(family) && !jdbc.sql("select exists (select 1 from family f where f.ref = :family and " + MAY_SEE_FAMILY + ")")
                .param("family", family).params(involved).query(Boolean.class).single();
    }

    /** Whether what others have filed in a family is not shown to the actor, as the table says for all of the actor's roles. PostgreSQL holds the rule ({@code seen_whole}). */
    public boolean seesOwnPart(Actor actor, String family) {
        return !actor.roles().isEmpty() && actor.roles().stream().noneMatch(role -> table.of("others-entries", role, involvement(actor, family, role)) == WhoSees.Sight.FULL);
    }

    private static WhoSees.Involvement involvement(Actor actor, String family, String role) {
        return actor.named().contains(new Actor.Named(family, role)) ? WhoSees.Involvement.NAMED
                : actor.opened().contains(family) ? WhoSees.Involvement.EMERGENCY : WhoSees.Involvement.TEAM;
    }
}
