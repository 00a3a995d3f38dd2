package org.thinkfamily.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every form opens in Camunda Modeler (the schema allows a part of what form-js 1.23 reads) and in this product. */
class FormSchemaTest {

    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
            .getSchema(FormSchemaTest.class.getResourceAsStream("/forms/form.schema.json"));

    static Stream<Path> forms() throws IOException {
        Path folder = Path.of("forms");
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            return Stream.concat(Stream.of(Path.of("src/test/resources/forms/sample.form")),
                    files.filter(file -> file.toString().endsWith(".form")).sorted().toList().stream());
        }
    }

    private static Set<ValidationMessage> problems(String form) {
        return SCHEMA.validate(form, InputFormat.JSON);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void isACamundaForm(Path file) throws IOException {
        assertThat(problems(Files.readString(file))).as(file.toString()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void isAFormOfThisProduct(Path file) throws IOException {
        Form form = Form.read(Files.readString(file));
        assertThat(file.getFileName()).as("the file is called after its form").hasToString(form.id() + ".form");
        form.conditions().forEach((component, condition) -> {
            try {
                Samples.FEEL.evaluate(condition, Map.of());
            } catch (RuntimeException unreadable) {
                // Names without values fail too, as they may; what cannot be read at all must not pass.
                assertThat(unreadable.getMessage()).as(file + ": the condition of " + component).doesNotContain("failed to parse");
            }
        });
        assertThat(form.all().filter(component -> component.type().asks()).count()).as("questions in " + file).isLessThanOrEqualTo(25);
    }

    @Test
    void aConditionThatIsNotFeelIsFound() {
        assertThatThrownBy(() -> Samples.FEEL.evaluate("a = (", Map.of())).hasMessageContaining("failed to parse");
    }

    @Test
    void theSchemaFindsMistakes() {
        String start = "{\"type\":\"default\",\"id\":\"f\",\"schemaVersion\":18,\"executionPlatform\":\"Camunda Platform\",\"executionPlatformVersion\":\"7.24.0\",\"components\":[";
        assertThat(problems(start + "{\"type\":\"textfield\",\"id\":\"a\",\"key\":\"a\",\"label\":\"A\"}]}")).isEmpty();
        assertThat(problems(start + "{\"type\":\"textfield\",\"id\":\"a\",\"label\":\"A\"}]}")).isNotEmpty();
        assertThat(problems(start + "{\"type\":\"textarea\",\"id\":\"a\",\"key\":\"a\",\"label\":\"A\",\"validate\":{\"pattern\":\"x\"}}]}")).isNotEmpty();
        assertThat(problems(start + "{\"type\":\"datetime\",\"id\":\"a\",\"key\":\"a\",\"label\":\"A\",\"subtype\":\"time\"}]}")).isNotEmpty();
        assertThat(problems(start + "{\"type\":\"group\",\"id\":\"a\",\"description\":\"A\",\"components\":[]}]}")).isNotEmpty();
        assertThat(problems(start + "{\"type\":\"textfield\",\"id\":\"a\",\"key\":\"a\",\"label\":\"A\",\"hint\":\"x\"}]}")).isNotEmpty();
    }
}
