package org.thinkfamily.attachments;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * An S3-compatible store: put, get and delete of whole objects, addressed by path, signed with AWS Signature Version 4 (the digest of the content is signed as well). Without
 * an endpoint there is none. Requests are signed with the machine's time, which the store compares with its own: the demonstration's clock is of no use here.
 */
@Component
class S3 {

    static final String NOTHING = sha256(new byte[0]);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final String endpoint;
    private final String bucket;
    private final String region;
    private final String accessKey;
    private final String secretKey;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).followRedirects(HttpClient.Redirect.NEVER).build();

    S3(@Value("${thinkfamily.attachments.s3.endpoint:}") String endpoint, @Value("${thinkfamily.attachments.s3.bucket:}") String bucket,
            @Value("${thinkfamily.attachments.s3.region:us-east-1}") String region, @Value("${thinkfamily.attachments.s3.access-key:}") String accessKey,
            @Value("${thinkfamily.attachments.s3.secret-key:}") String secretKey) {
        if (!endpoint.isBlank() && (bucket.isBlank() || accessKey.isBlank() || secretKey.isBlank())) {
            throw new IllegalStateException("thinkfamily.attachments.s3.endpoint needs .bucket, .access-key and .secret-key beside it.");
        }
        this.endpoint = endpoint.replaceAll("/+$", "");
        this.bucket = bucket;
        this.region = region;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
    }

    boolean configured() {
        return !endpoint.isBlank();
    }

    /**
     * Keeps an object.
     *
     * @param sha256 of the content, in hexadecimal; the store refuses other content
     * @throws IOException when the store does not answer or refuses
     */
    void put(String key, FileType.Content content, long bytes, String sha256) throws IOException {
        HttpRequest.BodyPublisher body = BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> {
            try {
                return content.open();
            } catch (IOException unreadable) {
                return InputStream.nullInputStream();
            }
        }), bytes);
        done(send(request("PUT", key, sha256).PUT(body)));
    }

    /** The object's content, to be closed. @throws IOException when there is none, or the store does not answer */
    InputStream get(String key) throws IOException {
        HttpResponse<InputStream> answer = send(request("GET", key, NOTHING).GET());
        if (answer.statusCode() != 200) {
            done(answer);
        }
        return answer.body();
    }

    /** Removes an object; one that is gone already is removed. @throws IOException when the store does not answer or refuses */
    void delete(String key) throws IOException {
        HttpResponse<InputStream> answer = send(request("DELETE", key, NOTHING).DELETE());
        if (answer.statusCode() != 404) {
            done(answer);
        }
    }

    private static void done(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            body.readAllBytes();
        }
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("the store of files answered " + answer.statusCode());
        }
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofInputStream());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the store of files answered", interrupted);
        }
    }

    /** "Signature Calculations for the Authorization Header", AWS Signature Version 4. Keys are of letters, digits and hyphens, so that nothing needs to be escaped. */
    private HttpRequest.Builder request(String method, String key, String sha256) {
        URI address = URI.create(endpoint + "/" + bucket + "/" + key);
        String host = address.getPort() < 0 ? address.getHost() : address.getHost() + ":" + address.getPort();
        String stamp = STAMP.format(Instant.now());
        String day = stamp.substring(0, 8);
        String scope = day + "/" + region + "/s3/aws4_request";
        String signed = "host;x-amz-content-sha256;x-amz-date";
        String asked = method + "\n" + address.getRawPath() + "\n\nhost:" + host + "\nx-amz-content-sha256:" + sha256 + "\nx-amz-date:" + stamp + "\n\n" + signed + "\n" + sha256;
        String toSign = "AWS4-HMAC-SHA256\n" + stamp + "\n" + scope + "\n" + sha256(asked.getBytes(StandardCharsets.UTF_8));
        byte[] signing = hmac(hmac(hmac(hmac(("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8), day), region), "s3"), "aws4_request");
        return HttpRequest.newBuilder(address).header("x-amz-content-sha256", sha256).header("x-amz-date", stamp)
                .header("Authorization", "AWS4-HMAC-SHA256 Credential=" + accessKey + "/" + scope + ", SignedHeaders=" + signed + ", Signature=" + HexFormat.of().formatHex(hmac(signing, toSign)));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
