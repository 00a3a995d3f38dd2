package org.thinkfamily.forms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thinkfamily.Requirement;

/** A term of the law or the field is explained in each form whose questions or choices use it. */
@Requirement("U48")
class TermsTest {

    private static final Map<String, String> EXPLAINED = Map.of(
            "PACE", "Police and Criminal Evidence Act", "UPN", "[Uu]nique pupil number", "significant harm", "ill-treatment",
            "parental responsibility", "rights and duties", "[Aa]dvocate", "speaks for|spoke for", "[Ss]ection 20\\b", "with the agreement",
            "[Ss]ection 34", "Children Act 1989", "strategy discussion", "must be protected", "kinship", "relative or friend", "personal education plan", "needs to learn");

    static Stream<Path> forms() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("forms"))) {
            return files.filter(file -> file.toString().endsWith(".form")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void eachTermIsExplainedWhereItIsUsed(Path file) throws IOException {
        Form form = Form.read(Files.readString(file));
        List<Component> all = form.all().toList();
        String asked = all.stream().map(component -> component.label() + "\n" + component.options().stream().map(Option::text).collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n"));
        String everything = asked + all.stream().map(component -> component.hint() + "\n" + component.text()).collect(Collectors.joining("\n"));
        EXPLAINED.forEach((term, explanation) -> {
            if (Pattern.compile(term).matcher(asked).find()) {
                assertThat(Pattern.compile(explanation).matcher(everything).find()).as("%s uses “%s”", file, term).isTrue();
            }
        });
    }
}
