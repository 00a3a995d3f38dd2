package org.thinkfamily.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every word that pages, models and Java ask for is in the message files, and those hold nothing else. */
class TemplatesTest {

    private static final Path RESOURCES = Path.of("src/main/resources");

    private final Set<String> known = new TreeSet<>();
    private final String templates;
    private final String java;
    private final String models;
    /** What stands in templates and Java as a word with full stops and dashes, as keys are written. */
    private final Set<String> named;

    TemplatesTest() throws IOException {
        for (Path file : files(RESOURCES.resolve("messages"), ".properties")) {
            Properties words = new Properties();
            try (var reader = Files.newBufferedReader(file)) {
                words.load(reader);
            }
            known.addAll(words.stringPropertyNames());
        }
        templates = text(RESOURCES.resolve("templates"), ".html");
        java = text(Path.of("src/main/java"), ".java");
        models = text(Path.of("bpmn"), ".bpmn");
        named = all("([\\w.-]*[\\w-])", templates + java);
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    private static String text(Path folder, String ending) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Path file : files(folder, ending)) {
            texts.add(Files.readString(file));
        }
        assertThat(texts).isNotEmpty();
        return String.join("\n", texts);
    }

    private static Set<String> all(String pattern, String text) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        return found.results().map(result -> result.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyMailThatAModelSendsHasItsWords() {
        Set<String> mails = all("name=\"mail\"\\s+value=\"([^\"]+)\"", models);
        mails.addAll(all("outbox\\.queue\\(\"([^\"]+)\"", java));
        mails.add("challenge-answered-last"); // of disagreements that began before their stages came from a table, and still run
        assertThat(mails).isNotEmpty();
        assertThat(known).containsAll(mails.stream().flatMap(mail -> Stream.of("mail." + mail + ".subject", "mail." + mail + ".body")).toList());
    }

    @Test
    void everyKeyThatATemplateNamesIsKnown() {
        Set<String> keys = all("#\\{([a-zA-Z0-9.-]+)[}(]", templates);
        keys.addAll(all("#messages\\.msg(?:OrNull)?\\('([^']+)'", templates));
        assertThat(keys).isNotEmpty();
        assertThat(known).containsAll(keys);
    }

    /** Where a key is put together, its first part ends with a full stop, or its last part begins with one: a message that begins, or goes on, like that is used. */
    @Test
    void noMessageIsLeftOver() {
        Set<String> beginnings = all("['\"|]((?:[a-zA-Z0-9-]+\\.)+)['\"$]", templates + java);
        Set<String> mails = all("name=\"mail\"\\s+value=\"([^\"]+)\"", models);
        mails.addAll(all("outbox\\.queue\\(\"([^\"]+)\"", java));
        mails.add("challenge-answered-last"); // of disagreements that began before their stages came from a table, and still run
        Set<String> endings = all("\"(\\.[a-z-]+)\"", java);
        List<String> unused = known.stream()
                .filter(key -> !isNamed(key) && endings.stream().noneMatch(ending -> key.endsWith(ending) && isNamed(key.substring(0, key.length() - ending.length()))))
                .filter(key -> key.startsWith("mail.") ? mails.stream().noneMatch(mail -> key.startsWith("mail." + mail + ".")) : beginnings.stream().noneMatch(key::startsWith))
                .toList();
        assertThat(unused).isEmpty();
    }

    private boolean isNamed(String key) {
        return named.contains(key);
    }
}
