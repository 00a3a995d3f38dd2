package org.thinkfamily.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/** An OpenID Connect provider as small as can be: the code flow, for whoever {@link #nextIs} says is at the keyboard. */
final class FakeProvider {

    static final String CLIENT = "think-family";
    static final String SECRET = "told to nobody";

    private final JsonMapper json = JsonMapper.builder().build();
    private final RSAKey key;
    private final HttpServer server;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private volatile Map<String, Object> person = Map.of();

    FakeProvider() {
        try {
            key = new RSAKeyGenerator(2048).keyID("1").generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException | JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
        server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, 200, Map.of("issuer", issuer(),
                "authorization_endpoint", issuer() + "/authorize", "token_endpoint", issuer() + "/token", "jwks_uri", issuer() + "/keys",
                "response_types_supported", new String[] {"code"}, "subject_types_supported", new String[] {"public"},
                "id_token_signing_alg_values_supported", new String[] {"RS256"}, "token_endpoint_auth_methods_supported", new String[] {"client_secret_basic"})));
        server.createContext("/keys", exchange -> answer(exchange, 200, new JWKSet(key.toPublicJWK()).toJSONObject()));
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void nextIs(Map<String, Object> claims) {
        person = claims;
    }

    void stop() {
        server.stop(0);
    }

    /** A token with these claims, signed by the provider. */
    String signed(Map<String, Object> claims, String audience, String nonce) {
        JWTClaimsSet.Builder set = new JWTClaimsSet.Builder().issuer(issuer()).audience(audience).issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
        claims.forEach(set::claim);
        if (nonce != null) {
            set.claim("nonce", nonce);
        }
        try {
            SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("1").build(), set.build());
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void authorize(HttpExchange exchange) {
        Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        boolean known = CLIENT.equals(asked.get("client_id")) && "code".equals(asked.get("response_type")) && asked.getOrDefault("scope", "").contains("openid");
        if (!known) {
            answer(exchange, 400, Map.of("error", "invalid_request"));
            return;
        }
        exchange.getResponseHeaders().add("Location", asked.get("redirect_uri") + "?code=" + code + "&state=" + asked.get("state").replace("=", "%3D"));
        answer(exchange, 302, Map.of());
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> sent = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> asked = codes.remove(sent.getOrDefault("code", ""));
        String client = "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET.replace(' ', '+')).getBytes(StandardCharsets.UTF_8));
        if (asked == null || !client.equals(exchange.getRequestHeaders().getFirst("Authorization")) || !asked.get("redirect_uri").equals(sent.get("redirect_uri"))
                || asked.containsKey("code_challenge") && !asked.get("code_challenge").equals(challenge(sent.get("code_verifier")))) {
            answer(exchange, 400, Map.of("error", "invalid_grant"));
            return;
        }
        answer(exchange, 200, Map.of("access_token", "opaque", "token_type", "Bearer", "expires_in", 300, "scope", "openid", "id_token", signed(person, CLIENT, asked.get("nonce"))));
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, String> form(String encoded) {
        Map<String, String> fields = new HashMap<>();
        for (String field : encoded.split("&")) {
            String[] parts = field.split("=", 2);
            fields.put(URLDecoder.decode(parts[0], StandardCharsets.UTF_8), parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "");
        }
        return fields;
    }

    private void answer(HttpExchange exchange, int status, Object body) {
        try (exchange) {
            byte[] bytes = json.writeValueAsBytes(body);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
