package org.thinkfamily.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestDatabase;

/** The product as an organisation runs it: no demo, one identity provider that properties name, people and programs that come with its claims. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {"thinkfamily.engine.run-jobs=false",
    "spring.security.oauth2.client.registration.council.scope=openid,profile,email", "spring.security.oauth2.client.registration.council.client-name=Council account"})
@ContextConfiguration(initializers = TestDatabase.Own.class)
class OpenIdSignInTest {

    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final String AUDIENCE = "think-family-api";

    @DynamicPropertySource
    static void provider(DynamicPropertyRegistry properties) {
        properties.add("spring.security.oauth2.client.provider.council.issuer-uri", PROVIDER::issuer);
        properties.add("spring.security.oauth2.client.registration.council.client-id", () -> FakeProvider.CLIENT);
        properties.add("spring.security.oauth2.client.registration.council.client-secret", () -> FakeProvider.SECRET);
        properties.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", PROVIDER::issuer);
        properties.add("spring.security.oauth2.resourceserver.jwt.audiences", () -> AUDIENCE);
    }

    @AfterAll
    static void stop() {
        PROVIDER.stop();
    }

    @LocalServerPort
    private int port;
    @Autowired
    private JdbcClient jdbc;
    @Autowired
    private Actors actors;

    private final HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @BeforeEach
    void aTeam() {
        jdbc.sql("insert into service (id, name, kind) values ('trust', 'The Trust', 'mental-health') on conflict do nothing").update();
        jdbc.sql("insert into team (id, service_id, name) values ('community', 'trust', 'Community team') on conflict do nothing").update();
    }

    private static Map<String, Object> claims(String username, Object roles, String team) {
        Map<String, Object> claims = new HashMap<>(Map.of("sub", "id-of-" + username, "preferred_username", username, "name", "Rowan Ash", "email", username + "@council.example", "team", team));
        if (roles != null) {
            claims.put("roles", roles);
        }
        return claims;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : "http://localhost:" + port + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** As a browser goes: to the provider, back with a code, and on to where it is sent; the last answer. */
    private HttpResponse<String> signIn(Map<String, Object> claims) throws IOException, InterruptedException {
        PROVIDER.nextIs(claims);
        HttpResponse<String> answer = get("/oauth2/authorization/council");
        for (int hop = 0; hop < 6 && answer.statusCode() == 302; hop++) {
            answer = get(answer.headers().firstValue("Location").orElseThrow());
        }
        return answer;
    }

    private HttpResponse<String> me(String authorization) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/me")).header("Authorization", authorization).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> meWith(Map<String, Object> claims) throws IOException, InterruptedException {
        return me("Bearer " + PROVIDER.signed(claims, AUDIENCE, null));
    }

    @Test
    void aPersonSignsInAtTheProviderAndIsKnownByTheClaims() throws Exception {
        assertThat(get("/signin").body()).contains("Council account").doesNotContain("id=\"password\"");
        HttpResponse<String> work = signIn(claims("rowan.ash", List.of("adult-mental-health-practitioner", "offline_access"), "community"));
        assertThat(work.statusCode()).isEqualTo(200);
        assertThat(work.uri().getPath()).isEqualTo("/work");
        assertThat(work.body()).contains("Rowan Ash", "Community team");
        Actor rowan = actors.find("rowan.ash").orElseThrow();
        assertThat(rowan.roles()).as("roles that the product does not know are left out").containsExactly("adult-mental-health-practitioner");
        assertThat(rowan.team()).isEqualTo("community");
        assertThat(get("/cases").statusCode()).isEqualTo(200);

        jdbc.sql("update app_user set enabled = false where username = 'rowan.ash'").update();
        assertThat(get("/work").uri().getPath()).as("what is taken away ends at the next request").isEqualTo("/work");
        assertThat(get("/work").statusCode()).isEqualTo(302);
    }

    @Test
    void aTeamThatIsNotKnownHereIsNoTeam() throws Exception {
        assertThat(signIn(claims("sam.reed", List.of("adult-team-manager"), "somewhere-else")).statusCode()).isEqualTo(200);
        Actor sam = actors.find("sam.reed").orElseThrow();
        assertThat(sam.team()).isNull();
        assertThat(sam.manages()).as("a manager of nobody").isFalse();
        assertThat(jdbc.sql("select count(*) from team where id = 'somewhere-else'").query(Integer.class).single()).isZero();
    }

    @Test
    void whoComesWithoutAWordOfRolesIsNotLetIn() throws Exception {
        HttpResponse<String> refused = signIn(claims("kim.vale", null, "community"));
        assertThat(refused.uri().toString()).endsWith("/signin?unknown");
        assertThat(refused.body()).contains("did not sign you in");
        assertThat(actors.find("kim.vale")).isEmpty();
        assertThat(get("/work").statusCode()).isEqualTo(302);
    }

    @Test
    void aTokenThatIsNotTheProvidersOrNotForUsIsRefused() throws Exception {
        Map<String, Object> claims = claims("robot.one", List.of("gp"), "community");
        FakeProvider other = new FakeProvider();
        try {
            assertThat(me("Bearer " + other.signed(claims, AUDIENCE, null)).statusCode()).isEqualTo(401);
        } finally {
            other.stop();
        }
        assertThat(me("Bearer " + PROVIDER.signed(claims, "another-program", null)).statusCode()).isEqualTo(401);
        assertThat(actors.find("robot.one")).isEmpty();
        assertThat(meWith(claims).body()).contains("robot.one", "gp");
    }

    /** The version of a row in PostgreSQL changes whenever it is written. */
    private List<String> versions(String username) {
        return jdbc.sql("select 'user ' || xmin from app_user where username = :user union all select role || ' ' || xmin from user_role where username = :user order by 1")
                .param("user", username).query(String.class).list();
    }

    @Test
    void aTokenWritesOnlyWhatIsNew() throws Exception {
        Map<String, Object> claims = claims("robot.two", List.of("gp", "iro"), "community");
        assertThat(meWith(claims).statusCode()).isEqualTo(200);
        List<String> first = versions("robot.two");
        assertThat(first).hasSize(3);
        assertThat(meWith(claims).statusCode()).isEqualTo(200);
        assertThat(versions("robot.two")).isEqualTo(first);

        assertThat(meWith(claims("robot.two", "iro", "community")).body()).contains("iro").doesNotContain("gp");
        assertThat(meWith(claims("robot.two", List.of(), "community")).body()).doesNotContain("iro");
    }

    /** A token that was issued before a role was taken away is good until it expires; the role is not. */
    @Test
    @Requirement("S-221")
    void anOlderTokenDoesNotBringBackARole() throws Exception {
        Map<String, Object> earlier = claims("robot.five", List.of("childrens-team-manager"), "community");
        earlier.put("iat", Date.from(Instant.now().minusSeconds(60)));
        assertThat(meWith(earlier).body()).contains("childrens-team-manager");
        assertThat(meWith(claims("robot.five", List.of("gp"), "community")).body()).contains("gp").doesNotContain("childrens-team-manager");
        assertThat(meWith(earlier).body()).contains("gp").doesNotContain("childrens-team-manager");
        assertThat(actors.find("robot.five").orElseThrow().roles()).containsExactly("gp");
    }

    @Test
    void aTokenWithoutAWordOfRolesIsRefusedAndChangesNothing() throws Exception {
        assertThat(meWith(claims("robot.three", List.of("gp"), "community")).statusCode()).isEqualTo(200);
        List<String> before = versions("robot.three");
        HttpResponse<String> refused = meWith(claims("robot.three", null, "community"));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("Bearer");
        assertThat(versions("robot.three")).isEqualTo(before);
    }

    @Test
    void nothingOfTheDemoIsThere() throws Exception {
        assertThat(jdbc.sql("select count(*) from app_user where password_hash is not null").query(Integer.class).single()).isZero();
        String token = "Bearer " + PROVIDER.signed(claims("robot.four", List.of("gp"), "community"), AUDIENCE, null);
        for (String path : List.of("/api/v1/demo/users", "/api/v1/demo/clock")) {
            HttpResponse<String> answer = browser.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).header("Authorization", token).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
        }
        assertThat(me("Basic YXNoYS5wYXRlbDp0aGluay1mYW1pbHk=").statusCode()).as("the demo's password opens nothing").isEqualTo(401);
        assertThat(get("/signin").body()).doesNotContain("Synthetic data", "think-family");
    }
}
