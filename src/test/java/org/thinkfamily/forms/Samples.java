package org.thinkfamily.forms;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.camunda.feel.api.EvaluationResult;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.api.ParseResult;

import tools.jackson.databind.json.JsonMapper;

/** A form and a family to test with; FEEL is the engine's own. */
final class Samples {

    static final LocalDate TODAY = LocalDate.of(2026, 12, 4);
    static final JsonMapper JSON = new JsonMapper();
    private static final FeelEngineApi ENGINE = FeelEngineBuilder.forJava().build();

    private static final Map<String, ParseResult> PARSED = new ConcurrentHashMap<>();

    static final Feel FEEL = (expression, context) -> {
        ParseResult parsed = PARSED.computeIfAbsent(expression, ENGINE::parseExpression);
        if (parsed.isFailure()) {
            throw new IllegalArgumentException(parsed.failure().message());
        }
        EvaluationResult result = ENGINE.evaluate(parsed.parsedExpression(), context);
        if (result.isFailure()) {
            throw new IllegalArgumentException(result.failure().message());
        }
        return result.result();
    };

    static final KnownRow AMY = new KnownRow(11, "Amy Example", "Amy Example, 7, daughter", Map.of(
            "firstName", new KnownFact("Amy", "screening", LocalDate.of(2026, 3, 3)),
            "dateOfBirth", new KnownFact("2019-05-06", "screening", LocalDate.of(2026, 3, 3)),
            "school", new KnownFact("3", "screening", LocalDate.of(2026, 3, 3)),
            "home", new KnownFact("household", "screening", LocalDate.of(2026, 3, 3))));
    static final KnownRow BEN = new KnownRow(12, "Ben Example", "Ben Example, 3, son", Map.of(
            "firstName", new KnownFact("Ben", "screening", LocalDate.of(2026, 3, 3))));

    private Samples() {
    }

    static Form form() {
        return Form.read(text("/forms/sample.form"));
    }

    static String text(String resource) {
        try (InputStream in = Samples.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A family of two children the record knows. */
    static FormContext family() {
        return context(Map.of("child", List.of(AMY, BEN)), Map.of("adult.gpPractice", new KnownFact("2", "referral", LocalDate.of(2026, 2, 1)),
                "adult.firstName", new KnownFact("Pat", "referral", LocalDate.of(2026, 2, 1))));
    }

    /** Nobody known yet. */
    static FormContext strangers() {
        return context(Map.of(), Map.of());
    }

    private static FormContext context(Map<String, List<KnownRow>> people, Map<String, KnownFact> facts) {
        return new FormContext(TODAY, Map.of(
                "gp-practices", List.of(new Option("1", "Elm Surgery"), new Option("2", "Oak Surgery"), new Option("not-known", "Not known")),
                "schools", List.of(new Option("3", "St Anne’s School"), new Option("not-known", "Not known")),
                "family.children", List.of(new Option("11", "Amy Example"), new Option("12", "Ben Example"))), people, facts, FEEL);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> answers(String json) {
        return JSON.readValue(json, Map.class);
    }

    /** Answers that strangers' forms accept. */
    static Map<String, Object> complete() {
        return answers("""
                {"firstName": " Pat ", "dob": "1986-03-27", "nhsNumber": "999 000 0018", "hasChildren": "yes", "visits": 3, "worries": ["mood", "alcohol"],
                 "agrees": true, "gp": "1", "mainChild": "11",
                 "children": [{"firstName": "Cal", "dateOfBirth": "2020-01-02", "livesWith": "elsewhere", "where": "With an aunt"}],
                 "effects": []}
                """);
    }
}
