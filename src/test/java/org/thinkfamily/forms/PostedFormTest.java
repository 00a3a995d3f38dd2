package org.thinkfamily.forms;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.LinkedMultiValueMap;

class PostedFormTest {

    private final Form form = Samples.form();

    /** Parameters as a browser sends them: {@code name=value&name=value}, not encoded. */
    private PostedForm post(String query) {
        LinkedMultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        for (String pair : query.split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.add(parts[0], parts[1]);
        }
        return PostedForm.read(form, parameters);
    }

    @Test
    void readsEveryKindOfAnswer() {
        PostedForm posted = post("firstName= Pat &dob-day=27&dob-month=3&dob-year=1986&hasChildren=yes&visits=1,5&worries=&worries=mood&worries=none"
                + "&agrees=&agrees=true&gp=1&_csrf=secret&surprise=1&children=&children[0].person=&children[0].firstName=Cal&children[0].dateOfBirth-day=2"
                + "&children[0].dateOfBirth-month=jan&children[0].dateOfBirth-year=2020&effects[0].person=11&effects[0].effect=a");
        assertThat(posted.again()).isFalse();
        assertThat(posted.answers()).isEqualTo(Map.of("firstName", " Pat ", "dob", "1986-03-27", "hasChildren", "yes", "visits", 15L,
                "worries", List.of("mood", "none"), "agrees", true, "gp", "1",
                "children", List.of(Map.of("firstName", "Cal", "dateOfBirth", "2020-01-02")),
                "effects", List.of(Map.of("person", 11L, "effect", "a"))));
    }

    @Test
    void knowsWhatWasCleared() {
        assertThat(post("firstName=&worries=&agrees=&children=&dob-day=&dob-month=&dob-year=").answers())
                .isEqualTo(Map.of("firstName", "", "worries", List.of(), "agrees", false, "children", List.of(), "dob", ""));
    }

    @ParameterizedTest
    @CsvSource({"31,2,,31/2/", "31,2,2026,31/2/2026", ",,2026,//2026", "1,1,26,1/1/26", "x,y,z,x/y/z", "1,1,20260,1/1/20260", "4,December,2026,2026-12-04"})
    void keepsADateAsTyped(String day, String month, String year, String kept) {
        PostedForm posted = post("dob-day=%s&dob-month=%s&dob-year=%s".formatted(day == null ? "" : day, month == null ? "" : month, year == null ? "" : year));
        assertThat(posted.answers()).containsEntry("dob", kept);
    }

    @Test
    void keepsANumberAsTyped() {
        assertThat(post("visits=seven").answers()).containsEntry("visits", "seven");
        assertThat(post("visits=1.5").answers()).containsEntry("visits", new BigDecimal("1.5"));
        assertThat(post("visits=1e9").answers()).containsEntry("visits", "1e9");
    }

    @Test
    void addsARow() {
        PostedForm posted = post("children[0].firstName=Cal&add=children");
        assertThat(posted.again()).isTrue();
        assertThat(posted.focus()).isEqualTo("q-children-1");
        assertThat(posted.answers()).containsEntry("children", List.of(Map.of("firstName", "Cal"), Map.of()));
        assertThat(post("effects[0].person=11&add=effects").answers()).containsEntry("effects", List.of(Map.of("person", 11L)));
    }

    @Test
    void removesARowButNeverAPersonTheRecordKnows() {
        assertThat(post("children[0].firstName=Cal&children[2].firstName=Dee&remove=children[0]").answers())
                .containsEntry("children", List.of(Map.of("firstName", "Dee")));
        assertThat(post("children[0].person=11&children[0].firstName=Amy&remove=children[0]").answers())
                .containsEntry("children", List.of(Map.of("person", 11L, "firstName", "Amy")));
    }

    @Test
    void aRowNobodyFilledInIsNoRowOnceTheFormIsSent() {
        String rows = "children[0].person=&children[0].firstName=&children[0].livesWith=&children[1].person=&children[1].firstName=Cal";
        assertThat(post(rows).answers()).containsEntry("children", List.of(Map.of("firstName", "Cal")));
        assertThat((List<?>) post(rows + "&again=true").answers().get("children")).hasSize(2);
    }

    @Test
    void oddNamesAreLeftAlone() {
        assertThat(post("children[99999].firstName=a&children[x].firstName=b&[0].a=c&children[0]=d&add=nothing&remove=x").answers()).isEmpty();
    }
}
