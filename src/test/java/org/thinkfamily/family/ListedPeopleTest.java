package org.thinkfamily.family;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.StaticMessageSource;
import org.thinkfamily.forms.Problem;

class ListedPeopleTest {

    private static List<Problem> problems(Map<String, Object> answers, Long corrects) {
        StaticMessageSource messages = new StaticMessageSource();
        messages.addMessage("family.younger-than-child", Locale.UK, "{0} is younger than {1}");
        messages.addMessage("family.grown-up", Locale.UK, "not under {0}");
        messages.addMessage("family.child-without-name", Locale.UK, "no name");
        return new ListedPeople(messages, Clock.fixed(Instant.parse("2026-12-04T12:00:00Z"), ZoneOffset.UTC)).problems("screening", "F-1", Map.of(), answers, corrects, null);
    }

    private static List<Problem> parents(String relationship, String born) {
        return problems(Map.of(
                "children", List.of(Map.of("firstName", "Baby"), Map.of("firstName", "Aoife", "dateOfBirth", "2014-06-05")),
                "parents", List.of(Map.of("firstName", "Siobhan", "relationship", "mother", "dateOfBirth", "1990-03-14"),
                        Map.of("firstName", "Connor", "relationship", relationship, "dateOfBirth", born))), null);
    }

    private static List<Problem> child(Map<String, Object> child, Long corrects) {
        return problems(Map.of("children", List.of(child)), corrects);
    }

    @Test
    void aFatherYoungerThanAChildIsAMistake() {
        assertThat(parents("father", "2015-01-01")).containsExactly(new Problem("/parents/1/dateOfBirth", "q-parents-1-dateOfBirth-day", "Connor is younger than Aoife"));
        assertThat(parents("father", "1988-01-01")).isEmpty();
    }

    @Test
    void anOlderBrotherMayCare() {
        assertThat(parents("carer", "2015-01-01")).isEmpty();
    }

    @Test
    void whoIsGrownUpIsListedAsAChildOnlyWhenTheRecordKnewThemAsOne() {
        Map<String, Object> eighteen = Map.of("born", "born", "firstName", "Kit", "dateOfBirth", "2008-12-04");
        assertThat(child(eighteen, null)).containsExactly(new Problem("/children/0/dateOfBirth", "q-children-0-dateOfBirth-day", "not under 18"));
        assertThat(child(eighteen, 7L)).as("a correction speaks of the day on which it was said").isEmpty();
        assertThat(child(Map.of("born", "born", "firstName", "Kit", "dateOfBirth", "2008-12-05"), null)).isEmpty();
        assertThat(child(Map.of("born", "born", "firstName", "Kit", "dateOfBirth", "2003-12-04", "person", "12"), null)).isEmpty();
    }

    @Test
    void aChildThatIsBornHasAName() {
        assertThat(child(Map.of("born", "born", "dateOfBirth", "2020-01-01"), null)).containsExactly(new Problem("/children/0/firstName", "q-children-0-firstName", "no name"));
        assertThat(child(Map.of("born", "unborn", "expectedOn", "2027-01-01"), null)).isEmpty();
    }
}
