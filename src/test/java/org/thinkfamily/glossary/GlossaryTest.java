package org.thinkfamily.glossary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.thinkfamily.Requirement;

@Requirement({"S-059", "S-061", "S-196"})
class GlossaryTest {

    @Test
    void wordsAreFoundWhereTheyAreReadOnceAndAsTheyAreMeant() {
        assertThat(Glossary.in("The IRO asks. Then the independent reviewing officer asks again. Section 47 enquiry, not section 20."))
                .extracting(Glossary.Term::id).containsExactly("iro", "section-47", "section-20");
        assertThat(Glossary.in("Peas and mash, said the irony of it, relapsed")).as("parts of words, and ordinary ones").isEmpty();
    }

    @Test
    void eachWordIsExplainedInPlainSentencesAndMapped() {
        assertThat(Glossary.terms()).hasSizeGreaterThan(30).allSatisfy(term -> assertThat(term.means()).matches("(?s)[A-Z].+\\."));
        assertThat(Glossary.terms()).filteredOn(term -> term.adult() != null && term.children() != null).as("what the two sides call the same thing").hasSizeGreaterThan(5);
        assertThat(Glossary.term("threshold").orElseThrow().fits("adult bar")).isTrue();
    }

    @Test
    void everyRoleHasACard() throws IOException {
        Set<String> roles = new TreeSet<>();
        Matcher code = Pattern.compile("\"([a-z-]+)\"").matcher(Pattern.compile("values-reader\"><text>(.*?)</text>").matcher(Files.readString(Path.of("dmn", "who-sees-what.dmn"))).results()
                .findFirst().orElseThrow().group(1));
        while (code.find()) {
            roles.add(code.group(1));
        }
        roles.removeAll(Set.of("carer", "school", "parent", "other-parent", "child", "police", "voluntary-organisation", "court"));
        assertThat(Glossary.roles().keySet()).containsExactlyInAnyOrderElementsOf(roles);
        assertThat(Glossary.roles().values()).allSatisfy(role -> assertThat(role.when().toLowerCase(Locale.UK)).isNotBlank());
    }
}
