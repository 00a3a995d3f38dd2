package org.thinkfamily.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description of the API for people to read: the same that programs read. */
@Controller
class ApiPage {

    private final OpenApiWebMvcResource description;
    private final JsonMapper json;

    ApiPage(OpenApiWebMvcResource description, JsonMapper json) {
        this.description = description;
        this.json = json;
    }

    /** One call: {@code parameters} by name, {@code answers} by status. */
    record Call(String method, String path, String summary, String text, List<String> parameters, List<String> answers) { }

    @GetMapping("/api-docs")
    String calls(HttpServletRequest request, Model model) throws Exception {
        JsonNode api = json.readTree(description.openapiJson(request, "/v3/api-docs", Locale.UK));
        List<Call> calls = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : api.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                calls.add(call(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()));
            }
        }
        model.addAttribute("paragraphs", List.of(api.at("/info/description").asString().split("\n\n")));
        model.addAttribute("calls", calls);
        return "api";
    }

    private static Call call(String method, String path, JsonNode operation) {
        List<String> parameters = new ArrayList<>();
        operation.path("parameters").forEach(parameter -> parameters.add(parameter.path("name").asString()));
        List<String> answers = new ArrayList<>();
        operation.path("responses").properties().forEach(answer -> answers.add(answer.getKey()));
        return new Call(method, path, operation.path("summary").asString(), operation.path("description").asString(), parameters, answers);
    }
}
