package org.thinkfamily.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happens to a family: {@code demo/storylines.yml}. It begins when an adult is accepted for treatment; from then on every step that comes up is done after so many
 * working days, or never.
 *
 * @param begins working days before today
 * @param households the kinds of family it is told about, in turn
 * @param adultRoles the adult side, in turn
 * @param pace by step: working days from the moment it comes up until it is done, {@code never}, or {@code claimed}: somebody has taken it and not done it; a list when
 *        it comes up several times. {@code *} stands for every other step
 * @param answers by form: what is answered otherwise than usual; a list when the form is filled in several times
 * @param events what people do without being asked
 */
record Storyline(String name, int begins, List<String> households, List<String> adultRoles, Map<String, Object> pace, Map<String, Object> answers, List<Event> events) {

    /** Instead of a role: the one of the adult side. */
    static final String ADULT_SIDE = "adult-side";
    static final String NEVER = "never";
    static final String CLAIMED = "claimed";

    /**
     * Somebody starts a process or reports a change.
     *
     * @param on working days after the story began
     * @param start key of the process, or null
     * @param report name of the message, or null
     * @param by role of who does it, or {@code adult-side}; the family's own worker in it
     */
    record Event(int on, String start, String report, String by, Map<String, Object> answers) { }

    /** All storylines, in order, and the kinds of household they are told about. */
    record Book(List<Storyline> storylines, Map<String, Household.Kind> households, Map<String, Object> pace) {

        static Book open() {
            Map<String, Object> file = DemoFile.read("storylines");
            Map<String, Household.Kind> kinds = new LinkedHashMap<>();
            map(file.get("households")).forEach((name, kind) -> kinds.put(name, Household.Kind.of(map(kind))));
            Map<String, Storyline> told = new LinkedHashMap<>();
            map(file.get("storylines")).forEach((name, line) -> told.put(name, read(name, map(line), told)));
            return new Book(List.copyOf(told.values()), kinds, map(file.get("pace")));
        }

        Storyline named(String name) {
            return storylines.stream().filter(line -> line.name().equals(name)).findFirst().orElseThrow();
        }
    }

    private static Storyline read(String name, Map<String, Object> line, Map<String, Storyline> told) {
        Storyline like = line.containsKey("like") ? told.get(line.get("like").toString()) : null;
        List<Event> events = new ArrayList<>(like == null ? List.of() : like.events());
        for (Object each : (List<?>) line.getOrDefault("events", List.of())) {
            Map<String, Object> event = map(each);
            events.add(new Event((Integer) event.get("day"), (String) event.get("start"), (String) event.get("report"), (String) event.get("by"), map(event.get("answers"))));
        }
        return new Storyline(name, (Integer) line.get("begins"), texts(line.get("households"), like == null ? List.of("one-child") : like.households()),
                texts(line.get("adult"), like == null ? List.of("adult-mental-health-practitioner") : like.adultRoles()),
                over(like == null ? Map.of() : like.pace(), map(line.get("pace"))), over(like == null ? Map.of() : like.answers(), map(line.get("answers"))), List.copyOf(events));
    }

    private static Map<String, Object> over(Map<String, Object> below, Map<String, Object> above) {
        Map<String, Object> both = new LinkedHashMap<>(below);
        both.putAll(above);
        return both;
    }

    private static List<String> texts(Object list, List<String> otherwise) {
        return list == null ? otherwise : ((List<?>) list).stream().map(Object::toString).toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    /** The value for the time something comes up, from 0: of a list the one at that place, or its last. */
    static Object turn(Object value, int time) {
        return value instanceof List<?> turns ? turns.get(Math.min(time, turns.size() - 1)) : value;
    }
}
