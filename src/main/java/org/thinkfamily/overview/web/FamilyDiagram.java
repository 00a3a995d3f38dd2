package org.thinkfamily.overview.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.thinkfamily.family.Person;

/**
 * A family as a picture, drawn from what the record knows of how its people are related, and the same in words (U05). Adults stand above, children below; a line goes from
 * each adult to the children they are a parent of or care for, broken where it is not by birth or adoption.
 *
 * @param width and {@code height} of the drawing, in its own units
 * @param view whose view the words take; null: nobody's
 */
record FamilyDiagram(int width, int height, List<Box> boxes, List<Line> lines, Long view, List<Relation> relations) {

    private static final int WIDTH = 210;
    private static final int HEIGHT = 62;
    private static final int GAP = 20;
    private static final int DROP = 70;
    private static final int LETTERS = 24;
    private static final Set<String> PARENTS = Set.of("mother", "father", "parent");
    private static final Set<String> CARERS = Set.of("step-parent", "carer");

    /** A person; {@code name} is short enough for the box, {@code detail} is relation or age. */
    record Box(long person, int x, int y, String name, String whole, String detail, boolean elsewhere, boolean chosen) {

        public int middle() {
            return x + WIDTH / 2;
        }
    }

    /** @param points as SVG wants them; {@code broken}: not a parent by birth or adoption */
    record Line(String points, boolean broken) { }

    /** What somebody is to the person whose view is taken. */
    record Relation(String who, String what) { }

    /**
     * @param away children the council looks after: they live elsewhere, whatever was said of the home before
     * @param words a message by its key and one value; used for relations
     * @param detail what stands under a name
     */
    static FamilyDiagram of(List<Person> people, Long view, Set<Long> away, Function<Person, String> detail, BinaryOperator<String> words) {
        List<Person> adults = people.stream().filter(person -> !person.child()).toList();
        List<Person> children = people.stream().filter(Person::child).toList();
        int most = Math.max(1, Math.max(adults.size(), children.size()));
        int width = most * WIDTH + (most + 1) * GAP;
        Person chosen = people.stream().filter(person -> view != null && person.id() == view).findFirst().orElse(null);
        List<Box> boxes = new ArrayList<>(row(adults, GAP, width, chosen, away, detail));
        int below = adults.isEmpty() ? GAP : GAP + HEIGHT + DROP;
        List<Box> young = row(children, below, width, chosen, away, detail);
        List<Line> lines = new ArrayList<>();
        if (!young.isEmpty()) {
            int bar = below - DROP / 2;
            for (int at = 0; at < adults.size(); at++) {
                String relationship = adults.get(at).relationship();
                boolean carer = CARERS.contains(String.valueOf(relationship));
                if (carer || PARENTS.contains(String.valueOf(relationship))) {
                    lines.add(new Line(boxes.get(at).middle() + "," + (GAP + HEIGHT) + " " + boxes.get(at).middle() + "," + bar + " " + young.get(0).middle() + "," + bar, carer));
                }
            }
            if (!lines.isEmpty()) {
                young.forEach(child -> lines.add(new Line(young.get(0).middle() + "," + bar + " " + child.middle() + "," + bar + " " + child.middle() + "," + child.y(), false)));
            }
        }
        boxes.addAll(young);
        int height = below + (children.isEmpty() ? 0 : HEIGHT + GAP);
        return new FamilyDiagram(width, height, List.copyOf(boxes), List.copyOf(lines), chosen == null ? null : chosen.id(),
                chosen == null ? List.of() : people.stream().filter(person -> person != chosen).map(person -> new Relation(person.name(), words.apply(relation(chosen, person), person.relationship()))).toList());
    }

    private static List<Box> row(List<Person> people, int y, int width, Person chosen, Set<Long> away, Function<Person, String> detail) {
        List<Box> boxes = new ArrayList<>();
        int x = (width - people.size() * WIDTH - (people.size() - 1) * GAP) / 2;
        for (Person person : people) {
            String name = person.name().strip();
            boxes.add(new Box(person.id(), x, y, name.length() <= LETTERS ? name : name.substring(0, LETTERS - 1) + "…", name, detail.apply(person), away.contains(person.id()) || "elsewhere".equals(person.home()),
                    person == chosen));
            x += WIDTH + GAP;
        }
        return boxes;
    }

    /** What {@code other} is to {@code from}: the last part of a message's key. */
    private static String relation(Person from, Person other) {
        if (from.child()) {
            return other.child() ? "sibling" : other.relationship() == null ? "adult" : "adult-known";
        }
        String own = String.valueOf(from.relationship());
        if (other.child()) {
            return PARENTS.contains(own) ? "own-child" : own.equals("step-parent") ? "step-child" : own.equals("carer") ? "cared-for" : "family-child";
        }
        return other.relationship() == null ? "adult" : "adult-of-children";
    }
}
