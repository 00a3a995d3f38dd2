package org.thinkfamily.demo;

import java.util.Comparator;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Actors;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.Involvements;
import org.thinkfamily.family.Person;
import org.thinkfamily.worklist.WorkItem;
import org.thinkfamily.worklist.WorkItems;

/** Who does what in the synthetic authority: the people the database knows, by role and team. */
@Component
@Profile("demo")
class Colleagues {

    private static final int MOST_OPEN = 200;

    private final Actors actors;
    private final WorkItems items;
    private final Involvements involvements;
    private final Families families;

    Colleagues(Actors actors, WorkItems items, Involvements involvements, Families families) {
        this.actors = actors;
        this.items = items;
        this.involvements = involvements;
        this.families = families;
    }

    /** The open tasks of a family, always in the same order: by step, then by whom it is about. */
    List<WorkItem> open(String family) {
        return items.ofFamily(family, null, MOST_OPEN).stream().sorted(Comparator.comparing(WorkItem::step).thenComparing(task -> task.about().toString())).toList();
    }

    /** Who does a task: its holder, else somebody in its role in its team. */
    Actor doing(WorkItem task, int number) {
        return task.assignee() != null ? actor(task.assignee()) : pick(actors.withRole(task.role(), task.team()), number);
    }

    /** The family's worker in a role, else anybody who holds it. */
    Actor of(String family, String role, int number) {
        return involvements.of(family).stream().filter(each -> each.endedOn() == null && each.username() != null && each.role().equals(role)).findFirst()
                .map(each -> actor(each.username())).orElseGet(() -> any(role, number));
    }

    /** Somebody who holds a role, another one for the next family. */
    Actor any(String role, int number) {
        return pick(actors.withRole(role, null), number);
    }

    /** The first name of a person of the family; null when there is none. */
    String firstName(String family, Long person) {
        return person == null ? null : families.people(family).stream().filter(each -> each.id() == person).map(Person::firstName).findFirst().orElse(null);
    }

    private Actor pick(List<Actors.Colleague> colleagues, int number) {
        if (colleagues.isEmpty()) {
            throw new IllegalStateException("nobody is there to do it");
        }
        return actor(colleagues.get(number % colleagues.size()).username());
    }

    private Actor actor(String username) {
        return actors.find(username).orElseThrow();
    }
}
