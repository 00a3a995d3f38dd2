package org.thinkfamily.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The texts of the synthetic families")
class NarrativesTest {

    @ParameterizedTest
    @CsvSource({"father, He did it himself. Watch him and his sleep: Dad says he is well.", "mother, She did it herself. Watch her and her sleep: Mum says she is well."})
    void speakOfTheParentAsTheParentIs(String relationship, String text) {
        Household.Adult parent = new Household.Adult("Robin", "Example", LocalDate.of(1990, 1, 1), null, relationship, null, "household", null);
        Answerer.About about = new Answerer.About(new Household(List.of(parent), List.of()), Map.of(), "adult-mental-health-practitioner", null, 0, new Random(1));
        assertThat(Narratives.named("{She} did it {herself}. Watch {them} and {their} sleep: {Mum} says {she} is well.", about, null)).isEqualTo(text);
    }

    /** An aunt is she whoever the parent is; nobody else in the bank is. */
    @Test
    void nameNobodyAsAWomanOfThemselves() throws IOException {
        String bank = new String(NarrativesTest.class.getResourceAsStream("/demo/narratives.yml").readAllBytes(), StandardCharsets.UTF_8);
        assertThat(Pattern.compile("\\b(she|her|herself|Mum|he|him|his|himself|Dad)\\b", Pattern.CASE_INSENSITIVE).matcher(bank.replaceAll("\\{\\w+}", "").replace("an aunt who comes when she is called", ""))
                .results().map(found -> found.group()).toList()).isEmpty();
    }
}
