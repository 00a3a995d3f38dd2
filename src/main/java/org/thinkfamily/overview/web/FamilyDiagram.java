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
    /** From a generation down to the bar of its first children, between bars, and from the last bar to the next line round a home. */
    private static final int BAR = 14;
    private static final int BARS = 9;
    private static final int BELOW = 12;
    /** Above a row: the name of a home, and below it the lines above partners and of conflict, each at a height of its own. */
    private static final int EDGE = 52;
    private static final int OVER = 8;
    private static final int OVERS = 7;
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

        Map<Map<Long, Boolean>, List<Long>> hanging = hanging(web, generations);
        Map<Integer, Long> bars = hanging.keySet().stream().collect(Collectors.groupingBy(adults -> under(adults, generations), Collectors.counting()));
        Map<Integer, Integer> left = new HashMap<>();
        int x = GAP;
        for (var home : columns.entrySet()) {
            left.put(home.getKey(), x);
            x += home.getValue() * (WIDTH + GAP) + GAP;
        }
        Map<Integer, Integer> top = new HashMap<>();
        int y = EDGE + GAP;
        int end = 0;
        for (var generation : rows.entrySet()) {
            top.put(generation.getKey(), y);
            end = y + generation.getValue() * (HEIGHT + EDGE) - EDGE;
            y = end + BAR + (int) (BARS * bars.getOrDefault(generation.getKey(), 0L)) + BELOW + EDGE;
        }
        Map<Long, Box> boxes = new LinkedHashMap<>();
        for (Person person : people) {
            Place place = places.get(person.id());
            String name = person.name().strip();
            // A second row stands under the first, so that lines can pass between.
            int spare = place.row() > 0 ? 0 : (columns.get(place.home()) - Math.min(SIDE_BY_SIDE, inRow(places, place))) * (WIDTH + GAP) / 2;
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
        return new FamilyDiagram(Math.max(x, WIDTH + 2 * GAP), people.isEmpty() ? 0 : end + GAP, homes, List.copyOf(boxes.values()), lines(web, boxes, generations, hanging), chosen == null ? null : chosen.id(),
                chosen == null ? List.of() : people.stream().filter(person -> person != chosen).map(person -> new Relation(person.name(), tie(chosen, person, web, words))).toList());
    }

    private static int inRow(Map<Long, Place> places, Place place) {
        return (int) places.values().stream().filter(other -> other.home() == place.home() && other.generation() == place.generation() && other.row() == place.row()).count();
    }

    /** Children stand below their parents, partners and brothers and sisters beside each other; adults of whom nothing is known stand above the children. */
    private static Map<Long, Integer> generations(List<Person> people, Kin.Web web) {
        Map<Long, Integer> generations = new HashMap<>();
        people.forEach(person -> generations.put(person.id(), person.child() ? 1 : 0));
        Set<Long> children = people.stream().filter(Person::child).map(Person::id).collect(Collectors.toSet());
        for (int pass = 0; pass < people.size() + MOST_GENERATIONS; pass++) {
            for (Kin.Tie tie : web.ties()) {
                int one = generations.get(tie.who());
                int other = generations.get(tie.whose());
                if (tie.kind().equals("parent") || (tie.kind().equals("step-parent") || tie.kind().equals("carer")) && !tie.ended() && !children.contains(tie.who()) && children.contains(tie.whose())) {
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

    /** Children by the adults above them: whether each is above them otherwise than by birth or adoption. Children of the same adults hang from the same bar. */
    private static Map<Map<Long, Boolean>, List<Long>> hanging(Kin.Web web, Map<Long, Integer> generations) {
        Map<Long, Map<Long, Boolean>> above = new LinkedHashMap<>();
        web.ties().stream().filter(tie -> !tie.ended() && (tie.kind().equals("parent") || tie.kind().equals("step-parent") || tie.kind().equals("carer"))
                        && generations.get(tie.who()) < generations.get(tie.whose()))
                .forEach(tie -> above.computeIfAbsent(tie.whose(), child -> new TreeMap<>()).merge(tie.who(), !tie.kind().equals("parent"), Boolean::logicalAnd));
        return above.entrySet().stream().collect(Collectors.groupingBy(Map.Entry::getValue, LinkedHashMap::new, Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
    }

    /** The generation under which their bar is drawn. */
    private static int under(Map<Long, Boolean> adults, Map<Long, Integer> generations) {
        return adults.keySet().stream().mapToInt(generations::get).max().orElse(0);
    }

    private static List<Line> lines(Kin.Web web, Map<Long, Box> boxes, Map<Long, Integer> generations, Map<Map<Long, Boolean>, List<Long>> hanging) {
        List<Line> lines = new ArrayList<>();
        Map<Integer, Integer> barsOf = new HashMap<>();
        Map<Long, Integer> barsFrom = new HashMap<>();
        hanging.forEach((adults, children) -> {
            int under = under(adults, generations);
            int lowest = boxes.values().stream().filter(box -> generations.get(box.person()) <= under).mapToInt(Box::bottom).max().orElse(0);
            int bar = lowest + BAR + BARS * (barsOf.merge(under, 1, Integer::sum) - 1);
            int join = boxes.get(children.get(0)).middle();
            // Each bar has its own line down from an adult, so that nobody takes the children of one for those of another.
            adults.forEach((adult, broken) -> lines.add(new Line(down(boxes.get(adult), 12 * (barsFrom.merge(adult, 1, Integer::sum) - 1), bar, boxes) + " " + join + "," + bar, broken ? "broken" : "parent", false)));
            boolean allBroken = !adults.containsValue(false);
            children.forEach(child -> lines.add(new Line(join + "," + bar + " " + up(boxes.get(child), bar, boxes), allBroken ? "broken" : "parent", false)));
        });
        List<int[]> taken = new ArrayList<>();
        for (Kin.Tie tie : web.ties()) {
            if (tie.kind().equals("partner") || tie.kind().equals("conflict")) {
                Box one = boxes.get(tie.who());
                Box other = boxes.get(tie.whose());
                Box first = one.x() <= other.x() ? one : other;
                Box second = first == one ? other : one;
                lines.add(new Line(over(first, second, height(first, second, taken), tie.kind().equals("conflict")), tie.kind(), tie.ended()));
            }
        }
        return lines;
    }

    /** The lowest height above a row at which nothing runs yet between these two. {@code taken}: row, from, to and height of the lines so far. */
    private static int height(Box first, Box second, List<int[]> taken) {
        int row = Math.min(first.y(), second.y());
        int height = 0;
        while (true) {
            int tried = height;
            if (taken.stream().noneMatch(line -> line[0] == row && line[3] == tried && line[1] < second.right() && first.x() < line[2])) {
                taken.add(new int[] {row, first.x(), second.right(), height});
                return height;
            }
            height++;
        }
    }

    /** Over the heads of two people, and where one stands in a row below, down between the columns. */
    private static String over(Box first, Box second, int height, boolean conflict) {
        int aside = 20 + 14 * Math.min(height, 5);
        int from = first.middle() + aside;
        int to = second.middle() - aside;
        int over = Math.min(first.y(), second.y()) - OVER - OVERS * height;
        int lower = Math.max(first.y(), second.y()) - OVER;
        boolean level = first.y() == second.y();
        int start = level || first.y() < second.y() ? from : first.right() + GAP / 2;
        int finish = level || second.y() < first.y() ? to : second.x() - GAP / 2;
        return from + "," + first.y() + " " + (start == from ? "" : from + "," + lower + " " + start + "," + lower + " ")
                + (conflict ? zigzag(start, finish, over) : start + "," + over + " " + finish + "," + over)
                + (finish == to ? "" : " " + finish + "," + lower + " " + to + "," + lower) + " " + to + "," + second.y();
    }

    /** From an adult down to the bar: straight, or beside the box below when there is one. */
    private static String down(Box box, int aside, int bar, Map<Long, Box> boxes) {
        int from = box.middle() + Math.min(aside, WIDTH / 2 - 4);
        boolean free = boxes.values().stream().noneMatch(other -> other.y() > box.y() && other.y() < bar && other.x() < from && other.right() > from);
        int beside = box.right() + GAP / 2;
        return from + "," + box.bottom() + " " + (free ? from + "," + bar : from + "," + (box.bottom() + 8) + " " + beside + "," + (box.bottom() + 8) + " " + beside + "," + bar);
    }

    /** From the bar to a child, the other way round. */
    private static String up(Box box, int bar, Map<Long, Box> boxes) {
        boolean free = boxes.values().stream().noneMatch(other -> other.bottom() > bar && other.y() < box.y() && other.x() < box.middle() && other.right() > box.middle());
        int beside = box.x() - 8;
        return (free ? box.middle() + "," + bar : beside + "," + bar + " " + beside + "," + (box.y() - 10) + " " + box.middle() + "," + (box.y() - 10)) + " " + box.middle() + "," + box.y();
    }

    private static String zigzag(int from, int to, int y) {
        StringBuilder points = new StringBuilder(from + "," + y);
        int step = from <= to ? 12 : -12;
        int teeth = Math.abs(to - from) / 12;
        for (int tooth = 1; tooth < teeth; tooth++) {
            points.append(' ').append(from + tooth * step).append(',').append(y + (tooth % 2 == 0 ? 3 : -3));
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
