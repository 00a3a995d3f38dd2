package org.thinkfamily.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticMessageSource;
import org.thinkfamily.forms.Problem;

class ParentAgesTest {

    private static List<Problem> problems(String relationship, String born) {
        StaticMessageSource messages = new StaticMessageSource();
        messages.addMessage("family.younger-than-child", Locale.UK, "{0} is younger than {1}");
        return new ParentAges(messages).problems("screening", "F-1", Map.of(), Map.of(
                "children", List.of(Map.of("firstName", "Baby"), Map.of("firstName", "Aoife", "dateOfBirth", "2014-06-05")),
                "parents", List.of(Map.of("firstName", "Siobhan", "relationship", "mother", "dateOfBirth", "1990-03-14"),
                        Map.of("firstName", "Connor", "relationship", relationship, "dateOfBirth", born))), null, null);
    }

    @Test
    void aFatherYoungerThanAChildIsAMistake() {
        assertThat(problems("father", "2015-01-01")).containsExactly(new Problem("/parents/1/dateOfBirth", "q-parents-1-dateOfBirth-day", "Connor is younger than Aoife"));
        assertThat(problems("father", "1988-01-01")).isEmpty();
    }

    @Test
    void anOlderBrotherMayCare() {
        assertThat(problems("carer", "2015-01-01")).isEmpty();
    }
}
