package org.thinkfamily;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.core.DependencyDepth;

/** Documents that are made from the code are as the code is. {@code mvn test -Dtest=WrittenDocumentsTest -Dthinkfamily.documents=true} writes them anew. */
class WrittenDocumentsTest {

    private static final boolean WRITE = Boolean.getBoolean("thinkfamily.documents");

    @Test
    void requirementsAndTheirTests() throws IOException {
        Map<String, Set<String>> tests = new TreeMap<>();
        for (JavaClass type : new ClassFileImporter().withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS).importPackages("org.thinkfamily")) {
            if (type.isAnnotatedWith(Requirement.class)) {
                prove(tests, type.getAnnotationOfType(Requirement.class), "`" + type.getSimpleName() + "`");
            }
            for (JavaMethod method : type.getMethods()) {
                if (method.isAnnotatedWith(Requirement.class)) {
                    prove(tests, method.getAnnotationOfType(Requirement.class), "`" + type.getSimpleName() + "." + method.getName() + "`");
                }
            }
        }
        Map<String, Asked> asked = asked();
        Set<String> seeds = tests.keySet().stream().filter(row -> row.startsWith("S-")).collect(toCollection(TreeSet::new));
        assertThat(asked.keySet()).as("rows that tests name").containsAll(seeds);
        assertThat(asked).allSatisfy((row, is) -> assertThat(is.open().isBlank()).as(row + " has a test, or what is said of it instead, not both").isEqualTo(tests.containsKey(row)));
        asWritten("requirements.md", """
                # Requirements and the tests that prove them

                What inspections, case reviews and surveys led to, each row with the tests that would fail without it, or with what it waits for. %d of %d rows have tests. Made by
                `WrittenDocumentsTest` from `@Requirement` and `requirements.tsv`.

                | row | what the software should do | tests |
                |---|---|---|
                """.formatted(seeds.size(), asked.size())
                + asked.entrySet().stream().map(row -> "| " + row.getKey() + " | " + row.getValue().what() + " | " + proof(tests, row.getKey(), row.getValue().open()) + " |\n").collect(joining())
                + """

                ## Ways of working

                | row | tests |
                |---|---|
                """ + tests.keySet().stream().filter(row -> !asked.containsKey(row)).map(row -> "| " + row + " | " + proof(tests, row, "") + " |\n").collect(joining()));
    }

    /**
     * A row of the requirements.
     *
     * @param open what it waits for, or why software cannot serve it; empty where tests prove it
     */
    private record Asked(String what, String open) { }

    private static Map<String, Asked> asked() throws IOException {
        Map<String, Asked> asked = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("src/test/resources/requirements.tsv"))) {
            String[] cells = line.split("\t", -1);
            asked.put(cells[0], new Asked(cells[1], cells[2]));
        }
        return asked;
    }

    private static String proof(Map<String, Set<String>> tests, String row, String open) {
        return tests.containsKey(row) ? String.join("<br>", tests.get(row)) : open;
    }

    private static void prove(Map<String, Set<String>> tests, Requirement requirement, String test) {
        for (String row : requirement.value()) {
            tests.computeIfAbsent(row, any -> new TreeSet<>()).add(test);
        }
    }

    @Test
    void modulesAndWhatTheyUse() throws IOException {
        ApplicationModules modules = ApplicationModules.of(ThinkFamily.class);
        Map<String, Set<String>> uses = new TreeMap<>();
        for (ApplicationModule module : modules) {
            uses.put(module.getIdentifier().toString(), module.getDependencies(modules, DependencyDepth.IMMEDIATE).uniqueModules()
                    .map(used -> used.getIdentifier().toString()).collect(toCollection(TreeSet::new)));
        }
        StringBuilder rows = new StringBuilder();
        for (Map.Entry<String, Set<String>> module : uses.entrySet()) {
            rows.append("| `").append(module.getKey()).append("` | ").append(purpose(module.getKey())).append(" | ")
                    .append(module.getValue().stream().filter(used -> direct(uses, module.getKey(), used)).map(used -> "`" + used + "`").collect(joining(" "))).append(" |\n");
        }
        String arrows = uses.entrySet().stream().flatMap(module -> module.getValue().stream().filter(used -> direct(uses, module.getKey(), used))
                .map(used -> "  " + module.getKey() + " --> " + used + "\n")).collect(joining());
        asWritten("modules.md", """
                # Modules

                Each package under `org.thinkfamily` is a module. An arrow leads from a module to one it uses; what can be reached by other arrows has none of its own. Made by
                `WrittenDocumentsTest`.

                ```mermaid
                flowchart TD
                """ + arrows + """
                ```

                | module | what it is for | uses |
                |---|---|---|
                """ + rows);
    }

    /** Whether no other module that is used leads there already. */
    private static boolean direct(Map<String, Set<String>> uses, String module, String used) {
        return uses.get(module).stream().filter(other -> !other.equals(used)).noneMatch(other -> reaches(uses, other, used));
    }

    private static boolean reaches(Map<String, Set<String>> uses, String from, String to) {
        return uses.get(from).contains(to) || uses.get(from).stream().anyMatch(next -> reaches(uses, next, to));
    }

    private static String purpose(String module) throws IOException {
        List<String> lines = Arrays.asList(Files.readString(Path.of("src/main/java/org/thinkfamily", module, "package-info.java")).split("\\*/")[0].split("\n"));
        return lines.stream().map(line -> line.replaceFirst("^\\s*/?\\*+\\s?", "").strip()).filter(line -> !line.isBlank()).collect(joining(" "))
                .replaceAll("\\{@code ([^}]*)}", "`$1`").replaceAll("\\{@link ([^}]*)}", "`$1`");
    }

    private static void asWritten(String name, String content) throws IOException {
        Path file = Path.of("docs", name);
        if (WRITE) {
            Files.writeString(file, content);
        }
        assertThat(file).as("write it anew with -Dthinkfamily.documents=true").hasContent(content);
    }
}
