package org.thinkfamily;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Loads classes and files from the jars inside the packaged jar by an index of their folders. Spring Boot's loader asks a hundred and fifty jars one after the other for each
 * class, which was a third of a start (docs/decisions/start.md). The order of the jars counts as it does there; nothing is unpacked.
 */
final class InnerJars extends URLClassLoader {

    private static final String VERSIONS = "META-INF/versions/";

    static {
        registerAsParallelCapable();
    }

    /** A jar and the names under which it is found: its folders, and its files at the top. */
    private record Inner(URL url, JarFile file, CodeSource source, Set<String> names) {

        static Inner open(URL url) {
            try {
                JarURLConnection connection = (JarURLConnection) url.openConnection();
                connection.setUseCaches(false); // it is ours alone, so nobody closes it
                Inner jar = new Inner(url, connection.getJarFile(), new CodeSource(url, (CodeSigner[]) null), new HashSet<>());
                for (Enumeration<JarEntry> entries = jar.file().entries(); entries.hasMoreElements();) {
                    String name = entries.nextElement().getName();
                    jar.note(name);
                    if (name.startsWith(VERSIONS)) {
                        jar.note(name.substring(name.indexOf('/', VERSIONS.length()) + 1));
                    }
                }
                return jar;
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        private void note(String name) {
            String key = key(name);
            if (names.add(key) && name.indexOf('/') >= 0) {
                note(key); // the folders above it
            }
        }

        boolean has(String name) {
            return file.getJarEntry(name) != null;
        }
    }

    private final Map<String, List<Inner>> having = new HashMap<>();

    /** @param jars addresses of jars, {@code jar:…!/}, what counts first in front */
    InnerJars(URL[] jars, ClassLoader parent) {
        super(jars, parent);
        // On all cores: nothing else can be done before.
        for (Inner jar : Arrays.stream(jars).parallel().map(Inner::open).toList()) {
            jar.names().forEach(name -> having.computeIfAbsent(name, any -> new ArrayList<>(1)).add(jar));
        }
    }

    /** The program's class as this loader loads it, when the program runs from jars inside a jar; null when it does not, or when that is the class asked with. */
    static Class<?> inside(Class<?> program) throws ClassNotFoundException {
        if (!(program.getClassLoader() instanceof URLClassLoader nested) || nested.getClass().getName().equals(InnerJars.class.getName())) {
            return null;
        }
        InnerJars jars = new InnerJars(nested.getURLs(), nested.getParent());
        Thread.currentThread().setContextClassLoader(jars);
        return Class.forName(program.getName(), true, jars);
    }

    private static String key(String name) {
        int end = name.lastIndexOf('/', name.length() - 2);
        return end > 0 ? name.substring(0, end) : name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }

    private List<Inner> having(String name) {
        return name.isEmpty() ? List.of() : having.getOrDefault(key(name), List.of());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/') + ".class";
        try {
            for (Inner jar : having(path)) {
                JarEntry entry = jar.file().getJarEntry(path);
                if (entry != null) {
                    byte[] code;
                    try (InputStream in = jar.file().getInputStream(entry)) {
                        code = in.readAllBytes();
                    }
                    definePackageOf(name, jar);
                    return defineClass(name, code, 0, code.length, jar.source());
                }
            }
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
        throw new ClassNotFoundException(name);
    }

    private void definePackageOf(String name, Inner jar) throws IOException {
        int end = name.lastIndexOf('.');
        if (end < 0 || getDefinedPackage(name.substring(0, end)) != null) {
            return;
        }
        try {
            if (jar.file().getManifest() == null) {
                definePackage(name.substring(0, end), null, null, null, null, null, null, null);
            } else {
                definePackage(name.substring(0, end), jar.file().getManifest(), jar.url());
            }
        } catch (IllegalArgumentException anotherThreadHas) {
            // then it is there
        }
    }

    @Override
    public URL findResource(String name) {
        for (Inner jar : having(name)) {
            if (jar.has(name)) {
                return url(jar, name);
            }
        }
        return null;
    }

    @Override
    public Enumeration<URL> findResources(String name) {
        return Collections.enumeration(having(name).stream().filter(jar -> jar.has(name)).map(jar -> url(jar, name)).toList());
    }

    @Override
    public InputStream getResourceAsStream(String name) {
        InputStream above = getParent() == null ? null : getParent().getResourceAsStream(name);
        if (above != null) {
            return above;
        }
        try {
            for (Inner jar : having(name)) {
                JarEntry entry = jar.file().getJarEntry(name);
                if (entry != null) {
                    return jar.file().getInputStream(entry);
                }
            }
        } catch (IOException unreadable) {
            return null;
        }
        return null;
    }

    private static URL url(Inner jar, String name) {
        try {
            return new URL(jar.url(), new URI(null, null, "/" + name, null).getRawPath().substring(1));
        } catch (MalformedURLException | URISyntaxException wrong) {
            throw new IllegalArgumentException(name, wrong);
        }
    }
}
