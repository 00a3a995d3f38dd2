package org.thinkfamily.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormCheckTest {

    private final Form form = Samples.form();

    private CheckedForm check(String json) {
        return FormCheck.check(form, Samples.answers(json), Samples.strangers());
    }

    private CheckedForm with(String key, Object value) {
        Map<String, Object> answers = new HashMap<>(Samples.complete());
        answers.put(key, value);
        return FormCheck.check(form, answers, Samples.strangers());
    }

    @Test
    void acceptsAndTidies() {
        CheckedForm checked = FormCheck.check(form, Samples.complete(), Samples.strangers());
        assertThat(checked.problems()).isEmpty();
        assertThat(checked.answers()).containsEntry("firstName", "Pat").containsEntry("nhsNumber", "9990000018")
                .containsEntry("visits", 3L).containsEntry("worries", List.of("alcohol", "mood")).containsEntry("agrees", true)
                .doesNotContainKeys("why", "email");
        assertThat(checked.routes()).containsExactly(Map.entry("hasChildren", "yes"), Map.entry("agrees", true), Map.entry("mainChild", 11L));
    }

    @Test
    void dropsHiddenAnswersAndKeepsTheirRoutesAsBlank() {
        CheckedForm checked = with("hasChildren", "no");
        assertThat(checked.problems()).isEmpty();
        assertThat(checked.answers()).doesNotContainKeys("children", "mainChild");
        assertThat(checked.routes()).containsEntry("mainChild", null);
    }

    /** What one child needs most decides for the family, in the order that the form says. */
    @Test
    void ofAnAnswerAboutEachChildTheFirstInOrderBecomesTheFact() {
        Form each = Form.read("""
                {"type": "default", "id": "each", "components": [{"type": "dynamiclist", "id": "children", "path": "children", "label": "Each child", "properties": {"about": "child", "leaveOut": "reason"},
                 "components": [{"type": "radio", "id": "level", "key": "level", "label": "How much?", "values": [{"label": "Little", "value": "little"}, {"label": "Much", "value": "much"},
                  {"label": "More", "value": "more"}], "properties": {"route": "more,much,little"}}]}]}
                """);
        assertThat(each.routes()).containsExactly("level");
        assertThat(levels(each, "little", "much")).isEqualTo("much");
        assertThat(levels(each, "more", "little")).isEqualTo("more");
        assertThat(FormCheck.check(each, Map.of("children", List.of(Map.of("person", 11, "level", "more", "leftOut", "Lives elsewhere."), Map.of("person", 12, "level", "little"))),
                Samples.family()).routes()).as("who is left out does not count").containsEntry("level", "little");
        assertThat(FormCheck.check(each, Map.of(), Samples.family()).routes()).containsEntry("level", null);
    }

    private static Object levels(Form form, String amy, String ben) {
        return FormCheck.check(form, Map.of("children", List.of(Map.of("person", 11, "level", amy), Map.of("person", 12, "level", ben))), Samples.family()).routes().get("level");
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(check("{\"hasChildren\": \"yes\", \"children\": [{\"firstName\": \"Cal\", \"livesWith\": \"elsewhere\"}]}").problems())
                .extracting(Problem::pointer, Problem::field, Problem::message).containsExactly(
                        tuple("/firstName", "q-firstName", "Enter a first name"),
                        tuple("/dob", "q-dob-day", "Enter a date of birth"),
                        tuple("/why", "q-why", "Say why the adult does not know"),
                        tuple("/children/0/dateOfBirth", "q-children-0-dateOfBirth-day", "Cal: enter a date of birth"),
                        tuple("/children/0/where", "q-children-0-where", "Cal: answer “Where does the child live?”"));
    }

    /** The gate says that there are children: the list that it opens cannot stay empty. */
    @ParameterizedTest
    @ValueSource(strings = {"[]", "null"})
    void aListThatNeedsARowIsNotLeftEmpty(String rows) {
        Form screening = screening();
        String gates = "{\"childrenInHousehold\": \"%s\", \"childrenElsewhere\": \"no\", \"contactWithChildren\": \"no\", \"caring\": \"no\", \"pregnancy\": \"no\", \"source\": [\"adult\"], \"children\": "
                + rows + ", \"parents\": [{\"firstName\": \"Pat\", \"lastName\": \"Example\", \"relationship\": \"mother\", \"gpPractice\": \"1\", \"home\": \"household\"}]}";
        assertThat(FormCheck.check(screening, Samples.answers(gates.formatted("yes")), Samples.strangers()).problems())
                .filteredOn(problem -> problem.pointer().equals("/children")).extracting(Problem::field, Problem::message)
                .containsExactly(tuple("q-children", "Add at least one child to “Children”"));
        assertThat(FormCheck.check(screening, Samples.answers(gates.formatted("no")), Samples.strangers()).problems()).as("the list is not shown").isEmpty();
    }

    @Test
    void aListThatNeedsARowIsShownWithOne() {
        FormView page = FormView.of(screening(), Map.of("childrenInHousehold", "yes", "children", List.of()), Samples.strangers(), List.of());
        assertThat(page.questions()).filteredOn(question -> "children".equals(question.name())).singleElement()
                .satisfies(list -> assertThat(list.rows()).singleElement().satisfies(row -> assertThat(row.remove()).as("the last row stays").isNull()));
    }

    private static Form screening() {
        try {
            return Form.read(Files.readString(Path.of("forms/screening.form")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void asksAboutEveryPersonTheRecordKnows() {
        Map<String, Object> answers = new HashMap<>(Samples.complete());
        answers.put("hasChildren", "no");
        answers.put("effects", List.of(Map.of("person", 12, "effect", "Worries at night")));
        assertThat(FormCheck.check(form, answers, Samples.family()).problems()).extracting(Problem::pointer, Problem::field, Problem::message)
                .containsExactly(tuple("/effects", "q-effects-1-effect", "Amy Example: say what effect the parent’s condition has"));
    }

    @Test
    void keepsThePersonOfEachRow() {
        Map<String, Object> answers = new HashMap<>(Samples.complete());
        answers.put("hasChildren", "no");
        answers.put("effects", List.of(Map.of("person", "12", "effect", "a"), Map.of("person", 11, "effect", "b")));
        assertThat(FormCheck.check(form, answers, Samples.family()).answers().get("effects"))
                .isEqualTo(List.of(Map.of("person", 12L, "effect", "a"), Map.of("person", 11L, "effect", "b")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"person": 99, "effect": "a"} | /effects/0/person | “Effect on each child” names a person who is not one of this family’s
            {"person": "x", "effect": "a"} | /effects/0/person | “Effect on each child” names a person who is not one of this family’s
            {"effect": "a"} | /effects/0/person | Each row of “Effect on each child” must say which person it is about
            {"person": 11, "effect": "a", "x/y": 1} | /effects/0/x~1y | There is no question “x/y” in the rows of “Effect on each child”
            {"person": 11, "effect": 5} | /effects/0/effect | Amy Example: “Say what effect the parent’s condition has” must be text
            5 | /effects/0 | Each row of “Effect on each child” must hold answers by name
            """)
    void refusesRowsThatAreNotTheFamilys(String row, String pointer, String message) {
        Map<String, Object> answers = new HashMap<>(Samples.complete());
        answers.put("effects", Samples.answers("{\"rows\": [" + row + "]}").get("rows"));
        assertThat(FormCheck.check(form, answers, Samples.family()).problems()).extracting(Problem::pointer, Problem::message).contains(tuple(pointer, message));
    }

    @Test
    void refusesTwoRowsAboutOnePerson() {
        Map<String, Object> answers = new HashMap<>(Samples.complete());
        answers.put("effects", List.of(Map.of("person", 11, "effect", "a"), Map.of("person", 11, "effect", "b")));
        assertThat(FormCheck.check(form, answers, Samples.family()).problems()).extracting(Problem::pointer).contains("/effects/1/person");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"surprise": 1} | /surprise | There is no question “surprise” in this form
            {"firstName": 5} | /firstName | “First name” must be text
            {"firstName": ["a"]} | /firstName | “First name” must be text
            {"dob": 19860327} | /dob | Date of birth must be a date, like 2026-12-04
            {"dob": "20260-01-01"} | /dob | Date of birth: the year must have 4 numbers
            {"dob": "1/2/20260"} | /dob | Date of birth: the year must have 4 numbers
            {"dob": "2026-02-31"} | /dob | Date of birth must be a real date
            {"dob": "31/2/1986"} | /dob | Date of birth must be a real date
            {"dob": "31/2/"} | /dob | Date of birth must include a year
            {"dob": "31//"} | /dob | Date of birth must include a month and a year
            {"dob": "2090-01-01"} | /dob | Date of birth must be in the past
            {"dob": "1899-01-01"} | /dob | Date of birth must be less than 120 years ago
            {"dob": "soon"} | /dob | Date of birth must be a date, like 2026-12-04
            {"nhsNumber": "9990000019"} | /nhsNumber | Enter an NHS number in the correct format, like 999 000 0018. Check each digit: this is not a valid number
            {"hasChildren": "maybe"} | /hasChildren | Select one of the choices for “Does the adult live with or have contact with children?”
            {"hasChildren": true} | /hasChildren | “Does the adult live with or have contact with children?” must be text
            {"visits": "7"} | /visits | “Number of visits” must be a number, like 7
            {"visits": 1.5} | /visits | “Number of visits” must be a whole number
            {"visits": 101} | /visits | “Number of visits” must be between 0 and 100
            {"visits": 1e999999} | /visits | “Number of visits” must be a number of at most 15 digits
            {"worries": "mood"} | /worries | “Worries” must be a list
            {"worries": ["mood", "drugs"]} | /worries/1 | Select only choices that are offered for “Worries”
            {"worries": ["mood", 5]} | /worries/1 | “Worries” must be a list of choices, each given as text
            {"email": "pat"} | /email | Enter an email address in the correct format, like name@example.com
            {"code": "AB"} | /code | “Case code” must be 3 characters or more
            {"code": "AB1234567"} | /code | “Case code” must be 8 characters or fewer
            {"code": "1AB"} | /code | “Case code” is not in the right form
            {"agrees": "true"} | /agrees | “The adult knows about this referral” must be true or false
            {"gp": "99"} | /gp | Select one of the choices for “GP practice”
            {"children": {}} | /children | “Children” must be a list of rows
            {"agencies": [{"person": 1, "name": "x"}]} | /agencies/0/person | Rows of “Other agencies” are not about people the record knows
            """)
    void refusesWithASentence(String json, String pointer, String message) {
        Map<String, Object> answers = new HashMap<>(Samples.complete());
        answers.put("why", "Asked when the answer before it cannot be read");
        answers.putAll(Samples.JSON.reader().with(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).forType(Map.class).readValue(json));
        assertThat(FormCheck.check(form, answers, Samples.strangers()).problems()).extracting(Problem::pointer, Problem::message).containsExactly(tuple(pointer, message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            adult-date-of-birth | 2016-12-05 | The answer to “When?” must be at least 10 years ago
            adult-date-of-birth | 2016-12-04 |
            adult-date-of-birth | 2027-01-01 | The answer to “When?” must be in the past
            child-date-of-birth | 2001-12-04 | The answer to “When?” must be less than 25 years ago: only children are listed here
            child-date-of-birth | 2001-12-05 |
            past-weekday | 2026-11-28 | The answer to “When?” must be a day from Monday to Friday
            past-weekday | 2026-11-27 |
            past-weekday | 2026-12-07 | The answer to “When?” must be today or in the past
            future-weekday | 2026-12-06 | The answer to “When?” must be a day from Monday to Friday
            future-weekday | 2026-12-07 |
            future-weekday | 2026-11-27 | The answer to “When?” must be today or in the future
            past-year | 2025-12-03 | The answer to “When?” must be in the last 12 months
            past-year | 2025-12-04 |
            past-year | 2026-12-05 | The answer to “When?” must be today or in the past
            """)
    void checksDatesAsTheModelNamesThem(String check, String date, String message) {
        Form when = FormReader.read("""
                {"type": "default", "id": "when", "schemaVersion": 18, "executionPlatform": "Camunda Platform", "executionPlatformVersion": "7.24.0",
                 "components": [{"type": "datetime", "id": "when", "key": "when", "subtype": "date", "dateLabel": "When?", "properties": {"check": "%s"}}]}
                """.formatted(check));
        assertThat(FormCheck.check(when, Map.of("when", date), Samples.strangers()).problems()).extracting(Problem::message).isEqualTo(message == null ? List.of() : List.of(message));
    }

    @Test
    void anAnswerThatStandsAloneIsNotGivenWithAnother() {
        Form who = FormReader.read("""
                {"type": "default", "id": "who", "schemaVersion": 18, "executionPlatform": "Camunda Platform", "executionPlatformVersion": "7.24.0",
                 "components": [{"type": "checklist", "id": "who", "key": "who", "label": "Who said so?", "properties": {"alone": "nobody"},
                   "values": [{"label": "The adult", "value": "adult"}, {"label": "Nobody", "value": "nobody"}]}]}
                """);
        assertThat(FormCheck.check(who, Map.of("who", List.of("nobody")), Samples.strangers()).isAccepted()).isTrue();
        assertThat(FormCheck.check(who, Map.of("who", List.of("adult")), Samples.strangers()).isAccepted()).isTrue();
        assertThat(FormCheck.check(who, Map.of("who", List.of("adult", "nobody")), Samples.strangers()).problems()).extracting(Problem::message)
                .containsExactly("Select either “Nobody” or the other answers to “Who said so?”, not both");
    }

    @Test
    void refusesTwoMegabytesOfTextQuickly() {
        String much = "a ".repeat(1_000_000);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
            assertThat(with("firstName", much).problems()).extracting(Problem::message).containsExactly("“First name” must be 250 characters or fewer");
            assertThat(with(much, 1).problems()).singleElement().satisfies(problem -> assertThat(problem.message()).hasSizeLessThan(120));
            assertThat(with("dob", much).isAccepted()).isFalse();
            assertThat(with("nhsNumber", "9".repeat(2_000_000)).isAccepted()).isFalse();
        });
    }

    @Test
    void aPatternWithoutEndIsGivenUp() {
        Form endless = Form.read("""
                {"type":"default","id":"f","components":[{"type":"textfield","id":"a","key":"x","label":"X","validate":{"pattern":"^(a+)+$"}}]}""");
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(2), () ->
                assertThat(FormCheck.check(endless, Map.of("x", "a".repeat(100) + "!"), Samples.strangers()).isAccepted()).isFalse());
    }

    @Test
    void linesAndUnkeepableCharacters() {
        Map<String, Object> answers = new HashMap<>(Samples.complete());
        answers.put("agrees", false);
        answers.put("why", " one\r\ntwo\rthree\u0000\ud800 \n");
        answers.put("firstName", "Pat\r\nExample");
        CheckedForm checked = FormCheck.check(form, answers, Samples.strangers());
        assertThat(checked.problems()).isEmpty();
        assertThat(checked.answers()).containsEntry("why", "one\ntwo\nthree").containsEntry("firstName", "Pat Example");
    }

    @Test
    void aConditionThatFailsShowsTheQuestion() {
        Form broken = Form.read("""
                {"type":"default","id":"f","components":[{"type":"textfield","id":"a","key":"x","label":"X","conditional":{"hide":"=((("}}]}""");
        assertThat(FormCheck.check(broken, Map.of("x", "kept"), Samples.strangers()).answers()).containsEntry("x", "kept");
    }

    @Test
    void aHiddenAnswerHidesNothingElse() {
        Form chain = Form.read("""
                {"type":"default","id":"f","components":[
                 {"type":"checkbox","id":"a","key":"a","label":"A"},
                 {"type":"textfield","id":"b","key":"b","label":"B","conditional":{"hide":"=a = true"}},
                 {"type":"textfield","id":"c","key":"c","label":"C","conditional":{"hide":"=b = \\"x\\""}}]}""");
        assertThat(FormCheck.check(chain, Map.of("a", true, "b", "x", "c", "kept"), Samples.strangers()).answers())
                .isEqualTo(Map.of("a", true, "c", "kept"));
    }
}
