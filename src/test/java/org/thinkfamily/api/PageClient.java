package org.thinkfamily.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thinkfamily.access.DemoUsers;

/** A browser without scripts: signs in, keeps the cookie, sends forms with the page's token, and remembers every address it was given. */
final class PageClient {

    private static final Pattern ADDRESS = Pattern.compile("(?:href|src|action|formaction|data-[a-z-]*url)=\"([^\"]*)\"");
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf-token\" content=\"([^\"]*)\"");

    private final HttpClient http = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final String base;
    private final List<String> addresses = new ArrayList<>();
    private String token = "";

    PageClient(int port) {
        base = "http://localhost:" + port;
    }

    PageClient signIn(String username) {
        get("/signin");
        post("/signin", "username", username, "password", DemoUsers.PASSWORD);
        get("/work");
        return this;
    }

    /** Where links, forms and redirects have led. */
    List<String> addresses() {
        return addresses;
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(base + path)).build());
    }

    HttpResponse<String> post(String path, String... parameters) {
        StringBuilder body = new StringBuilder("_csrf=" + token);
        for (int i = 0; i < parameters.length; i += 2) {
            body.append('&').append(URLEncoder.encode(parameters[i], StandardCharsets.UTF_8)).append('=').append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        return send(request(path, "application/x-www-form-urlencoded", BodyPublishers.ofString(body.toString())));
    }

    HttpResponse<String> upload(String path, String name, byte[] content) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--part\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n" + token + "\r\n--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: application/pdf\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n--part--\r\n".getBytes(StandardCharsets.UTF_8));
        return send(request(path, "multipart/form-data; boundary=part", BodyPublishers.ofByteArray(body.toByteArray())));
    }

    private HttpRequest request(String path, String type, BodyPublisher body) {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Content-Type", type).header("X-CSRF-TOKEN", token).POST(body).build();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            answer.headers().firstValue("Location").ifPresent(addresses::add);
            Matcher address = ADDRESS.matcher(answer.body());
            while (address.find()) {
                addresses.add(address.group(1));
            }
            Matcher fresh = TOKEN.matcher(answer.body());
            if (fresh.find()) {
                token = fresh.group(1);
            }
            return answer;
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
