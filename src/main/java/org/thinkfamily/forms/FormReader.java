package org.thinkfamily.forms;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.thinkfamily.forms.Component.Rows;
import org.thinkfamily.forms.Component.Rules;
import org.thinkfamily.forms.Component.Type;

/** Reads one form and gathers everything that is wrong with it, so that a service manager can mend it in one go. */
final class FormReader {

    static final int TEXTFIELD_LENGTH = 250;
    static final int TEXTAREA_LENGTH = 20_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
    private static final Pattern NAME_OR_TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|[A-Za-z_][A-Za-z0-9_]*");
    private static final Map<String, Type> TYPES = Map.ofEntries(
            Map.entry("text", Type.TEXT), Map.entry("group", Type.GROUP), Map.entry("textfield", Type.TEXTFIELD),
            Map.entry("textarea", Type.TEXTAREA), Map.entry("number", Type.NUMBER), Map.entry("datetime", Type.DATE),
            Map.entry("checkbox", Type.CHECKBOX), Map.entry("checklist", Type.CHECKLIST), Map.entry("radio", Type.RADIO),
            Map.entry("select", Type.SELECT), Map.entry("dynamiclist", Type.LIST));
    private static final Set<String> PROPERTIES = Set.of("route", "about", "people", "fact", "check", "restricted", "copy", "atLeast", "summary", "summaryDays", "alone", "advice", "with", "asksAgain", "leaveOut", "item", "rows", "told");
    private static final Set<String> RESERVED = Set.of("person", "copied", "in", Row.LEFT_OUT);
    private static final Pattern SUMMARY = Pattern.compile("(worry|plan|contact|do-not)(:[^,]+(,[^,]+)*)?");
    private static final Set<String> ROW_FACTS = Set.of("firstName", "lastName", "dateOfBirth", "expectedOn", "nhsNumber",
            "sex", "gpPractice", "school", "home", "relationship", "youngCarer", "address", "upn", "childId", "earlierFirstName", "earlierLastName",
            "ethnicity", "firstLanguage", "interpreter", "communication", "religion", "immigration", "disability", "diedOn", "withheldAddress");
    /** How the facts beside it are said: from where, how sure, and what becomes of what stood there. */
    private static final Set<String> MANNER = Set.of("source", "status", "instead");
    private static final Pattern OPTIONS_KEY = Pattern.compile(
            "family\\.(children|unborn|adults|people)|workers\\.[a-z][a-z-]*|gp-practices|schools");

    private final List<String> problems = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final Set<String> routes = new HashSet<>();
    private final Map<String, Set<String>> conditionNames = new HashMap<>();

    private FormReader() {
    }

    static Form read(String text) {
        JsonNode tree;
        try {
            tree = JSON.readTree(text);
        } catch (JacksonException unreadable) {
            throw new InvalidForm(List.of(Words.say("forms.invalid.json", Words.brief(unreadable.getOriginalMessage()))));
        }
        if (!(tree instanceof ObjectNode json)) {
            throw new InvalidForm(List.of(Words.say("forms.invalid.object")));
        }
        return new FormReader().form(json);
    }

    private Form form(ObjectNode json) {
        String id = text(json, "id");
        if (!id.matches("[A-Za-z][A-Za-z0-9_-]{0,99}")) {
            problem("forms.invalid.id", Words.brief(id));
        }
        if (!"default".equals(text(json, "type"))) {
            problem("forms.invalid.kind");
        }
        List<Component> components = components(json, null, new HashSet<>());
        if (!problems.isEmpty()) {
            throw new InvalidForm(problems);
        }
        return new Form(id, json.deepCopy(), components, Map.copyOf(conditionNames));
    }

    private List<Component> components(ObjectNode parent, ObjectNode list, Set<String> keys) {
        List<Component> components = new ArrayList<>();
        JsonNode inner = parent.get("components");
        if (inner == null || !inner.isArray()) {
            problem("forms.invalid.components", Words.brief(nameOf(parent)));
            return components;
        }
        for (JsonNode node : inner) {
            if (node instanceof ObjectNode object) {
                Component component = component(object, list, keys);
                if (component != null) {
                    components.add(component);
                }
            } else {
                problem("forms.invalid.component");
            }
        }
        return List.copyOf(components);
    }

    private Component component(ObjectNode node, ObjectNode list, Set<String> keys) {
        Type type = TYPES.get(text(node, "type"));
        String name = Words.brief(nameOf(node));
        if (type == null) {
            problem("forms.invalid.type", name, Words.brief(text(node, "type")));
            return null;
        }
        if (type == Type.LIST && list != null) {
            problem("forms.invalid.nested", name);
            return null;
        }
        String id = text(node, "id");
        if (id.isEmpty() || !ids.add(id)) {
            problem("forms.invalid.componentId", name);
        }
        String key = key(node, type, name, list != null, keys);
        if (type == Type.DATE && !text(node, "subtype").isEmpty() && !text(node, "subtype").equals("date")) {
            problem("forms.invalid.subtype", name);
        }
        String label = label(node, type);
        if (type.asks() && label.isBlank()) {
            problem("forms.invalid.label", name);
        }
        for (String field : List.of("label", "description", "text", "dateLabel")) {
            String value = text(node, field);
            if (value.startsWith("=") || value.contains("{{")) {
                problem("forms.invalid.expression", name, field);
            }
        }
        for (String field : List.of("readonly", "disabled")) {
            if (node.has(field) && !node.get(field).isNull() && !"false".equals(node.get(field).asString())) {
                problem("forms.invalid.readonly", name);
            }
        }
        JsonNode beforehand = node.path("defaultValue");
        if (!beforehand.isMissingNode() && !beforehand.isNull() && !beforehand.isEmpty() || beforehand.isValueNode()
                && !beforehand.isNull() && !Set.of("", "false").contains(beforehand.asString())) {
            problem("forms.invalid.default", name);
        }
        String valuesKey = node.has("valuesKey") ? text(node, "valuesKey") : null;
        List<Option> options = type.hasOptions() ? options(node, valuesKey, name) : List.of();
        Map<String, String> properties = properties(node, name);
        placement(properties, type, node, list, name);
        if (properties.containsKey("route") && key != null && !routes.add(key)) {
            problem("forms.invalid.twice", key);
        }
        List<Component> inner = switch (type) {
            case GROUP -> components(node, list, keys);
            case LIST -> components(node, node, new HashSet<>());
            default -> List.of();
        };
        Rows rows = type != Type.LIST ? null
                : new Rows(node.path("defaultRepetitions").asInt(1), node.path("allowAddRemove").asBoolean(true));
        return new Component(id, type, key, label, text(node, "description"), text(node, "text"), hide(node, name), options,
                valuesKey, rules(node, type, name), properties, inner, rows);
    }

    private String key(ObjectNode node, Type type, String name, boolean inList, Set<String> keys) {
        if (type == Type.TEXT) {
            return null;
        }
        if (type == Type.GROUP) {
            // A path would nest the answers: they stay flat, so that a question can move between groups.
            if (!text(node, "path").isEmpty()) {
                problem("forms.invalid.groupPath", name);
            }
            return null;
        }
        String key = text(node, type == Type.LIST ? "path" : "key");
        if (!KEY.matcher(key).matches()) {
            problem("forms.invalid.key", name, Words.brief(key));
        } else if (inList && RESERVED.contains(key) || key.equals("copied")) {
            problem("forms.invalid.reserved", name, key);
        } else if (!keys.add(key)) {
            problem("forms.invalid.twice", key);
        }
        return key;
    }

    private static String label(ObjectNode node, Type type) {
        // form-js draws and edits the dateLabel of a date.
        String dateLabel = type == Type.DATE ? text(node, "dateLabel") : "";
        return dateLabel.isEmpty() ? text(node, "label") : dateLabel;
    }

    private List<Option> options(ObjectNode node, String valuesKey, String name) {
        if (valuesKey != null) {
            if (!OPTIONS_KEY.matcher(valuesKey).matches()) {
                problem("forms.invalid.valuesKey", name, Words.brief(valuesKey));
            }
            return List.of();
        }
        Map<String, Option> options = new LinkedHashMap<>();
        for (JsonNode value : node.path("values")) {
            String code = text(value, "value");
            if (code.isBlank() || text(value, "label").isBlank()) {
                problem("forms.invalid.option", name);
            } else if (options.put(code, new Option(code, text(value, "label"))) != null) {
                problem("forms.invalid.optionTwice", name, Words.brief(code));
            }
        }
        if (options.isEmpty()) {
            problem("forms.invalid.options", name);
        }
        return List.copyOf(options.values());
    }

    private Map<String, String> properties(ObjectNode node, String name) {
        Map<String, String> properties = new TreeMap<>();
        JsonNode given = node.path("properties");
        if (!given.isMissingNode() && !given.isObject()) {
            problem("forms.invalid.properties", name);
            return properties;
        }
        for (Map.Entry<String, JsonNode> property : given.properties()) {
            if (!PROPERTIES.contains(property.getKey())) {
                problem("forms.invalid.property", name, Words.brief(property.getKey()));
            } else if (!property.getValue().isString()) {
                problem("forms.invalid.propertyText", name, property.getKey());
            } else {
                properties.put(property.getKey(), property.getValue().stringValue());
            }
        }
        return Map.copyOf(properties);
    }

    private static boolean ordersItsChoices(ObjectNode node, Type type, String codes) {
        List<String> choices = new ArrayList<>();
        node.path("values").forEach(value -> choices.add(text(value, "value")));
        List<String> ordered = List.of(codes.split(","));
        return (type == Type.RADIO || type == Type.SELECT) && ordered.size() == choices.size() && Set.copyOf(choices).equals(new HashSet<>(ordered));
    }

    /** Whether each property has a value it may have and stands on a component it may stand on. */
    private void placement(Map<String, String> properties, Type type, ObjectNode node, ObjectNode list, String name) {
        properties.forEach((property, value) -> {
            boolean right = switch (property) {
                case "route" -> list == null ? value.equals("true") && type.asks() && type != Type.TEXTFIELD && type != Type.TEXTAREA && type != Type.CHECKLIST
                        : ordersItsChoices(node, type, value) && !text(list.path("properties"), "about").isEmpty();
                case "about", "people" -> type == Type.LIST && (value.equals("child") || value.equals("parent") || property.equals("people") && value.equals("baby"))
                        && !(properties.containsKey("about") && properties.containsKey("people"));
                case "told" -> value.equals("true") && type.asks() && list != null && !text(list.path("properties"), "rows").isEmpty();
                case "rows" -> type == Type.LIST && value.matches("[a-z]+-[a-z]+") && !properties.containsKey("about") && !properties.containsKey("people") && !properties.containsKey("atLeast")
                        && !node.path("allowAddRemove").asBoolean(true);
                case "atLeast" -> type == Type.LIST && value.matches("[1-9]") && !properties.containsKey("about");
                case "leaveOut" -> type == Type.LIST && value.equals("reason") && "child".equals(properties.get("about"));
                case "fact" -> type.asks() && isFact(value, list);
                case "check" -> switch (value) {
                    case "nhs-number" -> type == Type.TEXTFIELD;
                    case "past-date", "past-year", "past-weekday", "future-date", "future-weekday", "date-of-birth", "adult-date-of-birth", "child-date-of-birth" -> type == Type.DATE;
                    default -> false;
                };
                case "alone" -> type == Type.CHECKLIST && offers(node, value);
                case "advice" -> type.hasOptions() && value.matches("[a-z]+-[a-z]+");
                case "with" -> list == null && type.asks() && value.matches("\\w+(,\\w+)*") && !properties.containsKey("summary");
                case "asksAgain" -> list == null && type.asks() && value.equals("true");
                // Which there are is said in dmn/who-sees-what.dmn. A process variable and a fact of the record are seen by everybody who sees the family.
                case "restricted" -> value.matches("[a-z]+(-[a-z]+)*") && !properties.containsKey("route") && !(properties.containsKey("fact") && !properties.get("fact").endsWith("withheldAddress"));
                case "item" -> type.asks() && value.matches("[a-z]+(-[a-z]+)*") && !properties.containsKey("restricted");
                case "copy" -> type == Type.TEXTAREA && (list == null ? !properties.containsKey("restricted") : !text(list.path("properties"), "about").isEmpty());
                case "summary" -> SUMMARY.matcher(value).matches() && value.contains(":") == type.hasOptions()
                        && (type.hasOptions() || type == Type.TEXTFIELD || type == Type.TEXTAREA);
                case "summaryDays" -> value.matches("[1-9]\\d{0,2}") && properties.containsKey("summary");
                default -> false;
            };
            if (!right) {
                problem("forms.invalid.placement", name, property, Words.brief(value));
            }
        });
    }

    private static boolean offers(ObjectNode node, String code) {
        for (JsonNode value : node.path("values")) {
            if (code.equals(text(value, "value"))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFact(String value, ObjectNode list) {
        if (list != null) {
            JsonNode properties = list.path("properties");
            return (ROW_FACTS.contains(value) || value.matches("[a-z]+\\.[a-z][A-Za-z]*")) && (properties.has("about") || properties.has("people"));
        }
        return value.matches("worker\\.[a-z][a-z-]*")
                || value.matches("(adult|child|person)\\..*") && (ROW_FACTS.contains(value.substring(value.indexOf('.') + 1)) || MANNER.contains(value.substring(value.indexOf('.') + 1)));
    }

    private String hide(ObjectNode node, String name) {
        JsonNode given = node.path("conditional").path("hide");
        if (given.isMissingNode() || given.isNull() || given.isBoolean() && !given.booleanValue()) {
            return null;
        }
        String hide = given.isString() ? given.stringValue().strip() : "";
        if (!hide.startsWith("=") || hide.length() == 1) {
            problem("forms.invalid.hide", name);
            return null;
        }
        Matcher names = NAME_OR_TEXT.matcher(hide);
        while (names.find()) {
            if (!names.group().startsWith("\"")) {
                conditionNames.computeIfAbsent(text(node, "id"), id -> new LinkedHashSet<>()).add(names.group());
            }
        }
        return hide.substring(1).strip();
    }

    private Rules rules(ObjectNode node, Type type, String name) {
        JsonNode validate = node.path("validate");
        Integer maxLength = switch (type) {
            case TEXTFIELD -> TEXTFIELD_LENGTH;
            case TEXTAREA -> TEXTAREA_LENGTH;
            default -> null;
        };
        BigDecimal longest = number(validate, "maxLength", name);
        BigDecimal shortest = number(validate, "minLength", name);
        Pattern pattern = null;
        String wanted = text(validate, "pattern");
        if (!wanted.isEmpty()) {
            try {
                pattern = Pattern.compile(wanted);
            } catch (PatternSyntaxException wrong) {
                problem("forms.invalid.pattern", name, Words.brief(wanted));
            }
        }
        String kind = text(validate, "validationType");
        if (!Set.of("", "custom", "email", "phone").contains(kind)) {
            problem("forms.invalid.validationType", name, Words.brief(kind));
        }
        String message = text(validate, "patternErrorMessage");
        BigDecimal decimals = type == Type.NUMBER && "true".equals(text(node.path("properties"), "route"))
                ? BigDecimal.ZERO : number(node, "decimalDigits", name);
        return new Rules(validate.path("required").asBoolean(false), shortest == null ? 0 : shortest.intValue(),
                longest == null || maxLength == null ? maxLength : Integer.valueOf(longest.intValue()),
                number(validate, "min", name), number(validate, "max", name),
                decimals == null ? null : decimals.intValue(), pattern, message.isEmpty() ? null : message,
                kind.equals("email") || kind.equals("phone") ? kind : null);
    }

    /** form-js keeps limits as numbers or as text; an expression is not known before the answers are. */
    private BigDecimal number(JsonNode node, String field, String name) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull() || value.isString() && value.stringValue().isBlank()) {
            return null;
        }
        try {
            return new BigDecimal(value.asString());
        } catch (NumberFormatException notNumber) {
            problem("forms.invalid.number", name, field);
            return null;
        }
    }

    private static String nameOf(JsonNode node) {
        for (String field : List.of("key", "path", "label", "id")) {
            String name = text(node, field);
            if (!name.isEmpty()) {
                return name;
            }
        }
        return Words.say("forms.invalid.unnamed");
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isString() ? value.stringValue() : "";
    }

    private void problem(String key, Object... values) {
        if (problems.size() < 50) {
            problems.add(Words.say(key, values));
        }
    }
}
