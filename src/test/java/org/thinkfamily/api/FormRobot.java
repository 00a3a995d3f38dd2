package org.thinkfamily.api;

import static org.thinkfamily.api.ApiClient.JSON;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/**
 * Answers any form: starts from the values it is given and from the choices it was told to make, sends, and answers what the 422's pointers ask for. Knows the
 * form's JSON and nothing of the product.
 */
final class FormRobot {

    private static final int MOST_TRIES = 15;

    private final LocalDate today;
    private final Map<String, Object> choices;

    /** @param choices answers by the key of a question, or by form and key ({@code form.key}) where one key means several things */
    FormRobot(LocalDate today, Map<String, Object> choices) {
        this.today = today;
        this.choices = choices;
    }

    /** Sends answers until they are taken; the last reply. */
    ApiClient.Reply answer(JsonNode form, JsonNode values, Function<Map<String, Object>, ApiClient.Reply> send) {
        Map<String, Object> answers = JSON.convertValue(values, new TypeReference<LinkedHashMap<String, Object>>() { });
        String id = form.get("id").asString();
        choose(form, id, answers);
        Map<String, Integer> tries = new HashMap<>();
        ApiClient.Reply reply = send.apply(answers);
        for (int i = 0; i < MOST_TRIES && reply.status() == 422; i++) {
            reply.pointers().forEach(pointer -> fill(form, id, answers, pointer, tries.merge(pointer, 1, Integer::sum)));
            reply = send.apply(answers);
        }
        return reply;
    }

    private Object choice(String form, String key) {
        return choices.getOrDefault(form + "." + key, choices.get(key));
    }

    /** The choices made beforehand, where the form asks for them. */
    private void choose(JsonNode container, String form, Map<String, Object> answers) {
        for (JsonNode component : container.path("components")) {
            String type = component.path("type").asString();
            if (type.equals("group")) {
                choose(component, form, answers);
            } else if (type.equals("dynamiclist")) {
                String path = component.get("path").asString();
                if (choice(form, path) != null) {
                    answers.put(path, JSON.convertValue(choice(form, path), new TypeReference<ArrayList<LinkedHashMap<String, Object>>>() { }));
                }
                rows(answers.get(path)).forEach(row -> choose(component, form, row));
            } else if (component.has("key") && choice(form, component.get("key").asString()) != null) {
                answers.put(component.get("key").asString(), choice(form, component.get("key").asString()));
            }
        }
    }

    private void fill(JsonNode form, String id, Map<String, Object> answers, String pointer, int attempt) {
        String[] path = pointer.substring("/answers/".length()).split("/");
        JsonNode asked = find(form, path[0]);
        if (asked == null) {
            answers.remove(path[0]);
            return;
        }
        if (!asked.path("type").asString().equals("dynamiclist")) {
            answers.put(path[0], value(asked, id, attempt));
            return;
        }
        List<Map<String, Object>> rows = rows(answers.get(path[0]));
        answers.put(path[0], rows);
        if (path.length < 3) {
            rows.add(new LinkedHashMap<>());
            return;
        }
        Map<String, Object> row = rows.get(Integer.parseInt(path[1]));
        JsonNode inner = find(asked, path[2]);
        if (inner == null) {
            row.remove(path[2]);
        } else {
            row.put(path[2], value(inner, id, attempt));
        }
    }

    private static JsonNode find(JsonNode container, String key) {
        for (JsonNode component : container.path("components")) {
            if (component.path("type").asString().equals("group")) {
                JsonNode found = find(component, key);
                if (found != null) {
                    return found;
                }
            } else if (key.equals(component.path("key").asString()) || key.equals(component.path("path").asString())) {
                return component;
            }
        }
        return null;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(Object list) {
        List<Map<String, Object>> rows = new ArrayList<>();
        if (list instanceof List<?> all) {
            all.forEach(row -> rows.add((Map<String, Object>) row));
        }
        return rows;
    }

    private static final AtomicInteger NUMBERS = new AtomicInteger(9_990_500);

    /** A valid NHS number that nobody else has. */
    private static String nhsNumber() {
        while (true) {
            String nine = NUMBERS.incrementAndGet() + "00";
            int sum = 0;
            for (int at = 0; at < 9; at++) {
                sum += (10 - at) * (nine.charAt(at) - '0');
            }
            int check = (11 - sum % 11) % 11;
            if (check < 10) {
                return nine + check;
            }
        }
    }

    private Object value(JsonNode question, String form, int attempt) {
        Object chosen = choice(form, question.path("key").asString());
        if (chosen != null && attempt == 1) {
            return chosen;
        }
        JsonNode options = question.path("values");
        return switch (question.path("type").asString()) {
            case "radio", "select" -> options.get((attempt - 1) % options.size()).get("value").asString();
            case "checklist" -> List.of(options.get((attempt - 1) % options.size()).get("value").asString());
            case "checkbox" -> true;
            case "number" -> question.at("/validate/min").isNumber() ? question.at("/validate/min").asInt() : attempt;
            case "datetime" -> today.plusDays(attempt == 1 ? 0 : attempt == 2 ? 7 : -4000).toString();
            default -> attempt == 1 ? "Something that was seen and written down." : nhsNumber();
        };
    }
}
