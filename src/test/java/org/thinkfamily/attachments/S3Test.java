package org.thinkfamily.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against S3Proxy, which checks signatures and digests as S3 does, and keeps objects in memory. */
class S3Test {

    private static final byte[] CONTENT = "Seen by the family’s doctor".getBytes(StandardCharsets.UTF_8);

    private static BlobStoreContext stored;
    private static S3Proxy proxy;

    @BeforeAll
    static void aStore() throws Exception {
        stored = ContextBuilder.newBuilder(new TransientApiMetadata()).credentials("id", "secret").buildView(BlobStoreContext.class);
        stored.getBlobStore().createContainerInLocation(null, "files");
        proxy = S3Proxy.builder().blobStore(stored.getBlobStore()).endpoint(URI.create("http://127.0.0.1:0")).awsAuthentication(AuthenticationType.AWS_V4, "access", "secret").build();
        proxy.start();
    }

    @AfterAll
    static void closed() throws Exception {
        if (proxy != null) {
            proxy.stop();
        }
        stored.close();
    }

    private static S3 store(String bucket, String secret) {
        return new S3("http://127.0.0.1:" + proxy.getPort() + "/", bucket, "eu-west-2", "access", secret);
    }

    private static FileType.Content content(byte[] bytes) {
        return () -> new ByteArrayInputStream(bytes);
    }

    @Test
    void anObjectIsPutTakenAndGone() throws IOException {
        S3 store = store("files", "secret");
        assertThat(store.configured()).isTrue();
        store.put("one", content(CONTENT), CONTENT.length, Contents.digest(content(CONTENT)));
        try (InputStream in = store.get("one")) {
            assertThat(in.readAllBytes()).isEqualTo(CONTENT);
        }
        store.delete("one");
        assertThatThrownBy(() -> store.get("one")).isInstanceOf(IOException.class).hasMessageContaining("404");
        store.delete("one");
    }

    @Test
    void aLargeObjectComesBackWhole() throws IOException {
        S3 store = store("files", "secret");
        byte[] large = new byte[3_000_000];
        large[2_999_999] = 7;
        store.put("large", content(large), large.length, Contents.digest(content(large)));
        try (InputStream in = store.get("large")) {
            assertThat(in.readAllBytes()).isEqualTo(large);
        }
    }

    @Test
    void aWrongKeyAnUnknownBucketAndOtherContentAreRefused() throws IOException {
        String digest = Contents.digest(content(CONTENT));
        assertThatThrownBy(() -> store("files", "guessed").put("two", content(CONTENT), CONTENT.length, digest)).hasMessageContaining("403");
        assertThatThrownBy(() -> store("elsewhere", "secret").put("two", content(CONTENT), CONTENT.length, digest)).hasMessageContaining("404");
        byte[] other = CONTENT.clone();
        other[0] = 'X';
        assertThatThrownBy(() -> store("files", "secret").put("two", content(other), other.length, digest)).isInstanceOf(IOException.class);
        assertThat(stored.getBlobStore().blobExists("files", "two")).isFalse();
    }

    @Test
    void aStoreWithoutKeysStopsTheStart() {
        assertThat(new S3("", "", "us-east-1", "", "").configured()).isFalse();
        assertThatThrownBy(() -> new S3("http://127.0.0.1:1", "files", "us-east-1", "", "")).isInstanceOf(IllegalStateException.class).hasMessageContaining("access-key");
    }
}
