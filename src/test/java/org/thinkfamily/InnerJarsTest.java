package org.thinkfamily;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program finds the same classes and files as if its jars were asked one after the other. */
class InnerJarsTest {

    @TempDir
    private Path folder;

    /** Something to load. */
    public static final class Loaded { }

    private static final String LOADED = Loaded.class.getName();
    private static final String FILE = LOADED.replace('.', '/') + ".class";

    private URL jar(String name, Map<String, byte[]> files) throws IOException {
        Path file = folder.resolve(name);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            for (Map.Entry<String, byte[]> each : files.entrySet()) {
                out.putNextEntry(new JarEntry(each.getKey()));
                out.write(each.getValue());
            }
        }
        return new URL("jar:" + file.toFile().toURI() + "!/");
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private InnerJars jars() throws IOException {
        Map<String, byte[]> first = new LinkedHashMap<>(Map.of("META-INF/services/some.Service", text("one"), "top.txt", text("one")));
        Map<String, byte[]> second = new LinkedHashMap<>(Map.of("META-INF/services/some.Service", text("two"), "top.txt", text("two"), "models/a b ü%.form", text("two"), "models/deep/er.txt", text("two")));
        second.put("models/", new byte[0]);
        try (InputStream code = InnerJarsTest.class.getClassLoader().getResourceAsStream(FILE)) {
            second.put(FILE, code.readAllBytes());
        }
        return new InnerJars(new URL[] {jar("first.jar", first), jar("second.jar", second)}, ClassLoader.getPlatformClassLoader());
    }

    private static String read(URL url) throws IOException {
        try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aClassComesFromTheJarThatHasIt() throws Exception {
        Class<?> loaded = jars().loadClass(LOADED);
        assertThat(loaded).isNotEqualTo(Loaded.class);
        assertThat(loaded.getPackage().getImplementationVersion()).isEqualTo("second.jar");
        assertThat(loaded.getProtectionDomain().getCodeSource().getLocation().toString()).endsWith("second.jar!/");
        assertThatThrownBy(() -> jars().loadClass("org.thinkfamily.Nothing")).isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> jars().loadClass("nowhere.Nothing")).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void aFileComesFromTheFirstJarThatHasItAndAllAreFoundInOrder() throws Exception {
        InnerJars jars = jars();
        assertThat(read(jars.getResource("top.txt"))).isEqualTo("one");
        assertThat(new String(jars.getResourceAsStream("top.txt").readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("one");
        assertThat(Collections.list(jars.getResources("META-INF/services/some.Service"))).extracting(InnerJarsTest::read).containsExactly("one", "two");
        assertThat(read(jars.getResource("models/a b ü%.form"))).isEqualTo("two");
        assertThat(read(jars.getResource("models/deep/er.txt"))).isEqualTo("two");
        assertThat(jars.getResource("nothing.txt")).isNull();
        assertThat(jars.getResource("models/nothing.txt")).isNull();
        assertThat(jars.getResourceAsStream("models/nothing.txt")).isNull();
        assertThat(Collections.list(jars.getResources("nowhere/nothing.txt"))).isEmpty();
    }

    /** The JDK's own loader answers the same, for folders too, by which classes and models are looked for. */
    @Test
    void itAnswersAsTheJdkDoes() throws Exception {
        InnerJars jars = jars();
        try (URLClassLoader plain = new URLClassLoader(jars.getURLs(), ClassLoader.getPlatformClassLoader())) {
            for (String name : new String[] {"top.txt", "models/", "models", "models/deep/", FILE, "META-INF/MANIFEST.MF", "META-INF/", "org/", "org/thinkfamily/", "nowhere/", ""}) {
                assertThat(Collections.list(jars.findResources(name))).as(name).extracting(URL::toString)
                        .containsExactlyElementsOf(Collections.list(plain.findResources(name)).stream().map(URL::toString).toList());
            }
        }
    }
}
