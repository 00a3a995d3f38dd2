package org.thinkfamily.overview.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.thinkfamily.family.Person;
import org.thinkfamily.kin.Kin;

/**
 * A family as a picture, and the same in words (U05). Generations stand one below the other, homes side by side, each with a line round it. A line goes from parents to
 * their children, broken where it is not by birth or adoption; one above partners, double; one in zigzag between people in conflict.
 *
 * @param width and {@code height} of the drawing, in its own units
 * @param view whose view the words take; null: nobody's
 */
record FamilyDiagram(int width, int height, List<Home> homes, List<Box> boxes, List<Line> lines, Long view, List<Relation> relations) {

    private static final int WIDTH = 210;
    private static final int HEIGHT = 62;
    private static final int GAP = 24;
    private static final int DROP = 84;
    private static final int EDGE = 34;
    /** So many stand side by side in a home; more stand in a second row. */
    private static final int SIDE_BY_SIDE = 4;
    private static final int LETTERS = 24;
    private static final int MOST_GENERATIONS = 5;
    private static final List<String> HOMES = List.of("first", "second", "third");
    private static final Set<String> UP = Set.of("parent", "step-parent", "carer", "parental-responsibility");

    /** A home with a line round it; {@code kind} is {@code first}, {@code second} or {@code third}. */
    record Home(String kind, int x, int y, int width, int height) { }

    /** A person; {@code name} is short enough for the box, {@code detail} is relation or age. */
    record Box(long person, int x, int y, String name, String whole, String detail, boolean elsewhere, boolean chosen, boolean unborn, boolean died) {

        public int middle() {
            return x + WIDTH / 2;
        }

        public int right() {
            return x + WIDTH;
        }

        public int bottom() {
            return y + HEIGHT;
        }
    }

    /** @param points as SVG wants them; {@code kind} is {@code parent}, {@code broken}, {@code partner} or {@code conflict}; {@code ended}: it is so no more */
    record Line(String points, String kind, boolean ended) { }

    /** What somebody is to the person whose view is taken. */
    record Relation(String who, String what) { }

    /** Words of the drawing. */
    interface Words {

        /** What somebody is to somebody: a message by the last part of its key and one value, or null. */
        String relation(String key, String relationship);

        /** What stands under a name. */
        String detail(Person person);
    }

    /** Where somebody stands: in which home, in which generation, in which place of both. */
    private record Place(int home, int generation, int row, int column) { }

    /**
     * @param away children the council looks after: they live elsewhere, whatever was said of the home before
     */
    static FamilyDiagram of(List<Person> people, Kin.Web web, Long view, Set<Long> away, Words words) {
        Person chosen = people.stream().filter(person -> view != null && person.id() == view).findFirst().orElse(null);
        Map<Long, Integer> generations = generations(people, web);
        Function<Person, Integer> homeOf = person -> {
            int home = away.contains(person.id()) ? -1 : HOMES.indexOf(web.homes().getOrDefault(person.id(), "away"));
            return home < 0 ? HOMES.size() : home;
        };
        Map<Long, Place> places = new LinkedHashMap<>();
        Map<Integer, Integer> columns = new TreeMap<>();
        Map<Integer, Integer> rows = new TreeMap<>();
        people.stream().collect(Collectors.groupingBy(homeOf, TreeMap::new, Collectors.groupingBy(person -> generations.get(person.id()), TreeMap::new, Collectors.toList())))
                .forEach((home, each) -> each.forEach((generation, members) -> {
                    List<Person> ordered = besidePartners(members, web);
                    for (int at = 0; at < ordered.size(); at++) {
                        places.put(ordered.get(at).id(), new Place(home, generation, at / SIDE_BY_SIDE, at % SIDE_BY_SIDE));
                    }
                    columns.merge(home, Math.min(SIDE_BY_SIDE, ordered.size()), Math::max);
                    rows.merge(generation, (ordered.size() - 1) / SIDE_BY_SIDE + 1, Math::max);
                }));

        Map<Integer, Integer> left = new HashMap<>();
        int x = GAP;
        for (var home : columns.entrySet()) {
            left.put(home.getKey(), x);
            x += home.getValue() * (WIDTH + GAP) + GAP;
        }
        Map<Integer, Integer> top = new HashMap<>();
        int y = EDGE + GAP;
        for (var generation : rows.entrySet()) {
            top.put(generation.getKey(), y);
            y += generation.getValue() * (HEIGHT + EDGE) - EDGE + DROP;
        }
        Map<Long, Box> boxes = new LinkedHashMap<>();
        for (Person person : people) {
            Place place = places.get(person.id());
            String name = person.name().strip();
            int spare = (columns.get(place.home()) - Math.min(SIDE_BY_SIDE, inRow(places, place))) * (WIDTH + GAP) / 2;
            boxes.put(person.id(), new Box(person.id(), left.get(place.home()) + spare + place.column() * (WIDTH + GAP), top.get(place.generation()) + place.row() * (HEIGHT + EDGE),
                    name.length() <= LETTERS ? name : name.substring(0, LETTERS - 1) + "…", name, words.detail(person), away.contains(person.id()) || "away".equals(web.homes().get(person.id())),
                    person == chosen, person.unborn(), web.died().containsKey(person.id())));
        }
        List<Home> homes = new ArrayList<>();
        for (int home = 0; home < HOMES.size(); home++) {
            int which = home;
            List<Box> inside = people.stream().filter(person -> homeOf.apply(person) == which).map(person -> boxes.get(person.id())).toList();
            if (!inside.isEmpty()) {
                int from = inside.stream().mapToInt(Box::x).min().orElseThrow() - GAP / 2;
                int over = inside.stream().mapToInt(Box::y).min().orElseThrow() - EDGE + 4;
                homes.add(new Home(HOMES.get(home), from, over, inside.stream().mapToInt(Box::right).max().orElseThrow() + GAP / 2 - from,
                        inside.stream().mapToInt(Box::bottom).max().orElseThrow() + GAP / 2 - over));
            }
        }
        return new FamilyDiagram(Math.max(x, WIDTH + 2 * GAP), people.isEmpty() ? 0 : y - DROP + GAP, homes, List.copyOf(boxes.values()), lines(web, boxes, generations), chosen == null ? null : chosen.id(),
                chosen == null ? List.of() : people.stream().filter(person -> person != chosen).map(person -> new Relation(person.name(), tie(chosen, person, web, words))).toList());
    }

    private static int inRow(Map<Long, Place> places, Place place) {
        return (int) places.values().stream().filter(other -> other.home() == place.home() && other.generation() == place.generation() && other.row() == place.row()).count();
    }

    /** Children stand below their parents, partners and brothers and sisters beside each other; adults of whom nothing is known stand above the children. */
    private static Map<Long, Integer> generations(List<Person> people, Kin.Web web) {
        Map<Long, Integer> generations = new HashMap<>();
        people.forEach(person -> generations.put(person.id(), person.child() ? 1 : 0));
        for (int pass = 0; pass < people.size() + MOST_GENERATIONS; pass++) {
            for (Kin.Tie tie : web.ties()) {
                int one = generations.get(tie.who());
                int other = generations.get(tie.whose());
                if (tie.kind().equals("parent")) {
                    generations.put(tie.whose(), Math.min(MOST_GENERATIONS, Math.max(other, one + 1)));
                } else if (tie.kind().equals("partner") || tie.kind().equals("sibling")) {
                    generations.put(tie.who(), Math.max(one, other));
                    generations.put(tie.whose(), Math.max(one, other));
                }
            }
        }
        return generations;
    }

    /** Each followed by their partners, as far as they stand in the same row. */
    private static List<Person> besidePartners(List<Person> members, Kin.Web web) {
        List<Person> left = new ArrayList<>(members);
        List<Person> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            Person next = left.remove(0);
            ordered.add(next);
            left.stream().filter(other -> web.ties().stream().anyMatch(tie -> tie.kind().equals("partner") && !tie.ended() && Set.of(tie.who(), tie.whose()).equals(Set.of(next.id(), other.id()))))
                    .findFirst().ifPresent(partner -> {
                        left.remove(partner);
                        ordered.add(partner);
                    });
        }
        return ordered;
    }

    private static List<Line> lines(Kin.Web web, Map<Long, Box> boxes, Map<Long, Integer> generations) {
        List<Line> lines = new ArrayList<>();
        // Children with the same adults above them hang from the same bar; each set of adults has a bar at its own height.
        Map<Long, Map<Long, Boolean>> above = new LinkedHashMap<>();
        web.ties().stream().filter(tie -> !tie.ended() && (tie.kind().equals("parent") || tie.kind().equals("step-parent") || tie.kind().equals("carer")) && boxes.get(tie.who()).y() < boxes.get(tie.whose()).y())
                .forEach(tie -> above.computeIfAbsent(tie.whose(), child -> new TreeMap<>()).merge(tie.who(), !tie.kind().equals("parent"), Boolean::logicalAnd));
        Map<Map<Long, Boolean>, List<Long>> hanging = above.entrySet().stream().collect(Collectors.groupingBy(Map.Entry::getValue, LinkedHashMap::new, Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        int nth = 0;
        for (var group : hanging.entrySet()) {
            int under = group.getKey().keySet().stream().mapToInt(adult -> generations.get(adult)).max().orElse(0);
            int lowest = boxes.values().stream().filter(box -> generations.get(box.person()) <= under).mapToInt(Box::bottom).max().orElse(0);
            int bar = lowest + 14 + 9 * (nth++ % 4);
            int join = boxes.get(group.getValue().get(0)).middle();
            group.getKey().forEach((adult, broken) -> lines.add(new Line(down(boxes.get(adult), bar, boxes) + " " + join + "," + bar, broken ? "broken" : "parent", false)));
            boolean allBroken = !group.getKey().containsValue(false);
            group.getValue().forEach(child -> lines.add(new Line(join + "," + bar + " " + up(boxes.get(child), bar, boxes), allBroken ? "broken" : "parent", false)));
        }
        for (Kin.Tie tie : web.ties()) {
            if (tie.kind().equals("partner") || tie.kind().equals("conflict")) {
                Box one = boxes.get(tie.who());
                Box other = boxes.get(tie.whose());
                boolean conflict = tie.kind().equals("conflict");
                Box first = one.x() <= other.x() ? one : other;
                Box second = first == one ? other : one;
                int over = Math.min(first.y(), second.y()) - (conflict ? 16 : 8);
                int from = first.middle() + (conflict ? 40 : 20);
                int to = second.middle() - (conflict ? 40 : 20);
                String across = conflict ? zigzag(from, to, over) : from + "," + over + " " + to + "," + over;
                lines.add(new Line(from + "," + first.y() + " " + across + " " + to + "," + second.y(), conflict ? "conflict" : "partner", tie.ended()));
            }
        }
        return lines;
    }

    /** From an adult down to the bar: straight, or beside the box below when there is one. */
    private static String down(Box box, int bar, Map<Long, Box> boxes) {
        boolean free = boxes.values().stream().noneMatch(other -> other.y() > box.y() && other.y() < bar && other.x() < box.middle() && other.right() > box.middle());
        int beside = box.right() + GAP / 2;
        return box.middle() + "," + box.bottom() + " " + (free ? "" : box.middle() + "," + (box.bottom() + 8) + " " + beside + "," + (box.bottom() + 8) + " " + beside + "," + bar + " ")
                + (free ? box.middle() : beside) + "," + bar;
    }

    /** From the bar to a child, the other way round. */
    private static String up(Box box, int bar, Map<Long, Box> boxes) {
        boolean free = boxes.values().stream().noneMatch(other -> other.bottom() > bar && other.y() < box.y() && other.x() < box.middle() && other.right() > box.middle());
        int beside = box.x() - GAP / 2;
        return (free ? box.middle() + "," + bar : beside + "," + bar + " " + beside + "," + (box.y() - 10) + " " + box.middle() + "," + (box.y() - 10)) + " " + box.middle() + "," + box.y();
    }

    private static String zigzag(int from, int to, int y) {
        StringBuilder points = new StringBuilder(from + "," + y);
        int step = from <= to ? 12 : -12;
        int teeth = Math.abs(to - from) / 12;
        for (int tooth = 1; tooth < teeth; tooth++) {
            points.append(' ').append(from + tooth * step).append(',').append(y + (tooth % 2 == 0 ? 5 : -5));
        }
        return points.append(' ').append(to).append(',').append(y).toString();
    }

    /** What {@code other} is to {@code from}, in words: what was said of the two, or else what both are in the family. */
    private static String tie(Person from, Person other, Kin.Web web, Words words) {
        TreeSet<String> found = new TreeSet<>(Comparator.naturalOrder());
        List<String> said = new ArrayList<>();
        for (Kin.Tie tie : web.ties()) {
            boolean towards = tie.who() == other.id() && tie.whose() == from.id();
            if (!towards && !(tie.who() == from.id() && tie.whose() == other.id())) {
                continue;
            }
            // What the screening said of an adult is said more exactly below: mother, father.
            if (towards && !tie.ended() && UP.contains(tie.kind()) && other.relationship() != null && from.child() && !tie.kind().equals("parental-responsibility")) {
                continue;
            }
            String key = "tie." + tie.kind() + (tie.mutual() ? "" : towards ? "" : ".of") + (tie.ended() ? ".ended" : "");
            if (found.add(key)) {
                said.add(words.relation(key, null));
            }
        }
        boolean known = said.isEmpty() || towardsByScreening(from, other, web);
        if (known) {
            said.add(0, words.relation(relation(from, other), other.relationship()));
        }
        return String.join(", ", said);
    }

    private static boolean towardsByScreening(Person from, Person other, Kin.Web web) {
        return from.child() && !other.child() && other.relationship() != null
                && web.ties().stream().anyMatch(tie -> tie.who() == other.id() && tie.whose() == from.id() && !tie.ended() && UP.contains(tie.kind()) && !tie.kind().equals("parental-responsibility"));
    }

    /** What {@code other} is to {@code from} by what both are in the family: the last part of a message's key. */
    private static String relation(Person from, Person other) {
        if (from.child()) {
            return other.child() ? "sibling" : other.relationship() == null ? "adult" : "adult-known";
        }
        String own = String.valueOf(from.relationship());
        if (other.child()) {
            return Set.of("mother", "father", "parent").contains(own) ? "own-child" : own.equals("step-parent") ? "step-child" : own.equals("carer") ? "cared-for" : "family-child";
        }
        return other.relationship() == null ? "adult" : "adult-of-children";
    }
}
