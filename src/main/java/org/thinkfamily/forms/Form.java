package org.thinkfamily.forms;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A Camunda Form as {@code docs/models.md} describes it. Immutable. */
public final class Form {

    private final String id;
    private final ObjectNode json;
    private final List<Component> components;
    private final Map<String, Component> byKey = new LinkedHashMap<>();
    private final Map<String, Set<String>> conditionNames;

    Form(String id, ObjectNode json, List<Component> components, Map<String, Set<String>> conditionNames) {
        this.id = id;
        this.json = json;
        this.components = components;
        this.conditionNames = conditionNames;
        answered(components).forEach(component -> byKey.put(component.key(), component));
    }

    /**
     * Reads a form. Conditions are not evaluated here: an expression that is not FEEL is found by whoever knows FEEL.
     *
     * @throws InvalidForm with every problem found
     */
    public static Form read(String json) {
        return FormReader.read(json);
    }

    /** The id by which processes refer to the form. */
    public String id() {
        return id;
    }

    /** The form as it was read; a copy that the caller may change. */
    public ObjectNode json() {
        return json.deepCopy();
    }

    /** The components in order, groups and lists holding theirs. */
    public List<Component> components() {
        return components;
    }

    /** The question or list whose answer stands outside lists under this key. */
    public Optional<Component> question(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** Questions and lists outside lists, by key, in the order of the form. */
    public List<Component> questions() {
        return List.copyOf(byKey.values());
    }

    /** Every component in order, also those inside groups and lists. */
    public Stream<Component> all() {
        return components.stream().flatMap(Form::withInner);
    }

    /** The values a property has anywhere in the form, for example every {@code fact} asked. Facts in the rows of lists are plain names. */
    public Set<String> properties(String name) {
        Set<String> values = new TreeSet<>();
        all().forEach(component -> component.property(name).ifPresent(values::add));
        return values;
    }

    /** The keys of the answers that become process variables, in order. */
    public List<String> routes() {
        return all().filter(Component::isRoute).map(Component::key).toList();
    }

    /** Every condition in the form by component id, FEEL without the leading {@code =}: for a check by whoever knows FEEL. */
    public Map<String, String> conditions() {
        Map<String, String> conditions = new LinkedHashMap<>();
        all().filter(component -> component.hide() != null).forEach(component -> conditions.put(component.id(), component.hide()));
        return conditions;
    }

    /**
     * The form for another program: as it was read, with the choices that depend on the family written out as
     * {@code values}. With {@link Answers#initial} it is all a program needs to answer.
     */
    public ObjectNode toJson(FormContext context) {
        ObjectNode copy = json.deepCopy();
        expand(copy, context);
        return copy;
    }

    private static void expand(ObjectNode node, FormContext context) {
        JsonNode key = node.get("valuesKey");
        if (key != null && key.isString()) {
            node.remove("valuesKey");
            ArrayNode values = node.putArray("values");
            context.options().getOrDefault(key.stringValue(), List.of())
                    .forEach(option -> values.addObject().put("label", option.text()).put("value", option.value()));
        }
        if (node.get("components") instanceof ArrayNode inner) {
            inner.forEach(child -> {
                if (child instanceof ObjectNode object) {
                    expand(object, context);
                }
            });
        }
    }

    /** Whether answers outside lists can be copied from the entry of a sibling. */
    public boolean copiesOutsideLists() {
        return byKey.values().stream().anyMatch(question -> question.properties().containsKey("copy"));
    }

    /**
     * The form as a step asks it that does not offer every choice.
     *
     * @param choices as {@code question=code}; what the form does not have is left alone
     */
    public Form without(List<String> choices) {
        if (choices.isEmpty()) {
            return this;
        }
        ObjectNode copy = json.deepCopy();
        withdraw(copy, choices);
        return read(copy.toString());
    }

    private static void withdraw(ObjectNode node, List<String> choices) {
        if (node.get("values") instanceof ArrayNode values) {
            String key = node.path("key").asString();
            values.removeIf(value -> choices.contains(key + "=" + value.path("value").asString()));
        }
        if (node.get("components") instanceof ArrayNode inner) {
            inner.forEach(child -> {
                if (child instanceof ObjectNode object) {
                    withdraw(object, choices);
                }
            });
        }
    }

    /** The names a component's condition uses; some may be FEEL's own words. */
    Set<String> namesInCondition(Component component) {
        return conditionNames.getOrDefault(component.id(), Set.of());
    }

    /** Whether some condition uses the answer. */
    boolean decidesConditions(Component question) {
        return conditionNames.values().stream().anyMatch(names -> names.contains(question.key()));
    }

    /** Questions and lists in groups at any depth, not in lists. */
    static Stream<Component> answered(List<Component> components) {
        return components.stream().flatMap(component -> switch (component.type()) {
            case TEXT -> Stream.empty();
            case GROUP -> answered(component.components());
            default -> Stream.of(component);
        });
    }

    private static Stream<Component> withInner(Component component) {
        return Stream.concat(Stream.of(component), component.components().stream().flatMap(Form::withInner));
    }

    @Override
    public String toString() {
        return "Form " + id;
    }
}
