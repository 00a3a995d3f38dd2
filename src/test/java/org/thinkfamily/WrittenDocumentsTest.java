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
        asWritten("requirements.md", """
                # Requirements and the tests that prove them

                The rows of the requirements that inspections, case reviews and surveys led to, each with the tests that would fail without what it asks. Made by
                `WrittenDocumentsTest` from `@Requirement`.

                | row | tests |
                |---|---|
                """ + tests.entrySet().stream().map(row -> "| " + row.getKey() + " | " + String.join("<br>", row.getValue()) + " |\n").collect(joining()));
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
