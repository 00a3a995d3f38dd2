package org.thinkfamily.forms;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One component of a form: a question, a list of rows, a group or a piece of guidance.
 *
 * @param id unique in the form
 * @param key the name of the answer; null for guidance and groups
 * @param label the question, or the title of a group or list; empty when there is none
 * @param hint what helps to answer it; empty when there is none
 * @param text guidance in Markdown; empty except for {@code TEXT}
 * @param hide the condition that hides it, FEEL without the leading {@code =}; null when always shown
 * @param options the choices written in the form
 * @param valuesKey the name of choices that depend on the family; null when they are written in the form
 * @param rules what an answer must keep to
 * @param properties what the record needs, see {@code docs/models.md}
 * @param components what stands inside a group or in each row of a list
 * @param rows how many rows a list starts with, and whether rows can be added; null except for {@code LIST}
 */
public record Component(String id, Type type, String key, String label, String hint, String text, String hide,
        List<Option> options, String valuesKey, Rules rules, Map<String, String> properties, List<Component> components,
        Rows rows) {

    /** The components in use. */
    public enum Type {
        TEXT, GROUP, TEXTFIELD, TEXTAREA, NUMBER, DATE, CHECKBOX, CHECKLIST, RADIO, SELECT, LIST;

        /** Whether it asks something that has one answer. */
        public boolean asks() {
            return this != TEXT && this != GROUP && this != LIST;
        }

        boolean hasOptions() {
            return this == CHECKLIST || this == RADIO || this == SELECT;
        }
    }

    /**
     * What an answer must keep to.
     *
     * @param maxLength characters, never null for text
     * @param min the least number, or null
     * @param max the greatest number, or null
     * @param decimals the most digits after the point, or null for any
     * @param pattern found somewhere in the text, or null
     * @param patternMessage said when the pattern is not found, or null
     * @param kind {@code email}, {@code phone} or null
     */
    public record Rules(boolean required, int minLength, Integer maxLength, BigDecimal min, BigDecimal max,
            Integer decimals, Pattern pattern, String patternMessage, String kind) {
    }

    /** The rows a list starts with, and whether people may add and remove rows. */
    public record Rows(int first, boolean addRemove) {
    }

    /** The value of a property, for example {@code fact}. */
    public Optional<String> property(String name) {
        return Optional.ofNullable(properties.get(name));
    }

    /** The day; where the question asks for one from Monday to Friday, the Friday before for a day that must be past, else the Monday after. */
    public LocalDate fitting(LocalDate day) {
        String check = property("check").orElse("");
        return !check.endsWith("-weekday") || day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0 ? day
                : day.with(check.startsWith("past-") ? TemporalAdjusters.previous(DayOfWeek.FRIDAY) : TemporalAdjusters.next(DayOfWeek.MONDAY));
    }

    /** Whether the answer becomes a process variable. */
    public boolean isRoute() {
        return properties.containsKey("route");
    }

    /** Whether its rows are what a feature knows. */
    boolean isKnown() {
        return properties.containsKey("rows");
    }

    /** Whether it stands there to read, in a row that a feature knows, and is not typed. */
    boolean isTold() {
        return properties.containsKey("told");
    }

    /** {@code child}, {@code parent} or {@code baby} when the rows of this list are people; else null. */
    String peopleKind() {
        String about = properties.get("about");
        return about == null ? properties.get("people") : about;
    }

    /** How many rows this list needs when it is shown; 0 when it may stay empty. */
    int atLeast() {
        return Integer.parseInt(properties.getOrDefault("atLeast", "0"));
    }

    /** Whether a child can be left out of this list, with a reason. */
    boolean leavesOut() {
        return properties.containsKey("leaveOut");
    }

    boolean isAbout() {
        return properties.containsKey("about");
    }
}
