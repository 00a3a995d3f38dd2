package org.thinkfamily.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Another program: it has an address, the demo users, and JSON. */
public final class ApiClient {

    static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final Map<String, User> users = new LinkedHashMap<>();

    public record User(String username, String password, String team, List<String> roles) { }

    public record Reply(int status, HttpHeaders headers, String text) {

        public JsonNode json() {
            return JSON.readTree(text);
        }

        public String type() {
            return json().path("type").asString().replaceAll(".*/", "");
        }

        public String header(String name) {
            return headers.firstValue(name).orElse(null);
        }

        public List<String> pointers() {
            return json().path("errors").valueStream().map(error -> error.path("pointer").asString()).toList();
        }
    }

    public ApiClient(int port) {
        base = "http://localhost:" + port;
        get(null, "/api/v1/demo/users").json().get("items").forEach(user -> users.put(user.get("username").asString(), new User(user.get("username").asString(),
                user.get("password").asString(), user.path("team").asString(), user.get("roles").valueStream().map(JsonNode::asString).toList())));
    }

    public List<User> users() {
        return List.copyOf(users.values());
    }

    public String withRole(String role) {
        return users.values().stream().filter(user -> user.roles().contains(role)).map(User::username).findFirst().orElseThrow();
    }

    public Reply get(String user, String path) {
        return send(user, "GET", path, null);
    }

    public Reply post(String user, String path, Object body, String... headers) {
        return send(user, "POST", path, body, headers);
    }

    public Reply send(String user, String method, String path, Object body, String... headers) {
        return raw(user == null ? null : user + ":" + users.get(user).password(), method, path, body == null ? null : body instanceof String text ? text : JSON.writeValueAsString(body),
                body == null ? null : "application/json", headers);
    }

    public Reply raw(String credentials, String method, String path, String body, String contentType, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (credentials != null) {
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
