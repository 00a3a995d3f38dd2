package org.thinkfamily.pathway;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.thinkfamily.family.Involvements;

/** The adult side of a family, for a process that was started without being told of it. */
@Component
class AdultSide {

    /** What a form says for {@code adultRole} when no adult service works with the parent. */
    private static final String NONE = "none";
    private static final List<String> ROLES = List.of("adult-mental-health-practitioner", "drug-alcohol-practitioner");

    private final Involvements involvements;

    AdultSide(Involvements involvements) {
        this.involvements = involvements;
    }

    /**
     * The facts a process of the family starts with: these, the family itself, {@code adultRole} (who is involved, else adult mental health) and {@code adult}, null
     * when nobody said who it is.
     */
    Map<String, Object> startOf(String family, Map<String, Object> facts) {
        Map<String, Object> all = new HashMap<>(facts);
        all.put("family", family);
        all.putIfAbsent("adult", null);
        if (all.get("adultRole") == null) {
            all.put("adultRole", of(family));
        }
        return all;
    }

    /** Whose a step is that is still taken where no adult service works with the parent: who is involved, else adult mental health. */
    String taking(String role, String family) {
        return NONE.equals(role) ? of(family) : role;
    }

    private String of(String family) {
        return involvements.of(family).stream().filter(each -> each.endedOn() == null).map(Involvements.Involvement::role).filter(ROLES::contains).findFirst().orElse(ROLES.get(0));
    }
}
