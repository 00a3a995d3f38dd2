package org.thinkfamily.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormTest {

    private static final String FORM = "{\"type\":\"default\",\"id\":\"f\",\"components\":[%s]}";

    @Test
    void knowsItsQuestions() {
        Form form = Samples.form();
        assertThat(form.id()).isEqualTo("sample");
        assertThat(form.questions()).extracting(Component::key).startsWith("firstName", "dob", "nhsNumber", "hasChildren", "visits");
        assertThat(form.question("dob")).get().extracting(Component::label).isEqualTo("Date of birth");
        assertThat(form.routes()).containsExactly("hasChildren", "agrees", "mainChild");
        assertThat(form.properties("fact")).contains("adult.dateOfBirth", "school", "home");
        assertThat(form.conditions()).containsEntry("why", "agrees = true").hasSize(4);
    }

    @Test
    void writesOutTheChoicesForAnotherProgram() {
        var json = Samples.form().toJson(Samples.family());
        assertThat(json.at("/components/6/valuesKey").isMissingNode()).isTrue();
        assertThat(json.at("/components/6/values/1/label").stringValue()).isEqualTo("Oak Surgery");
        assertThat(json.at("/components/8/components/2/values/0/value").stringValue()).isEqualTo("3");
        assertThat(Samples.form().json().at("/components/6/valuesKey").stringValue()).isEqualTo("gp-practices");
    }

    @Test
    void startsWithWhatIsKnown() {
        assertThat(Answers.initial(Samples.form(), Samples.family())).isEqualTo(Samples.answers("""
                {"firstName": "Pat", "gp": "2", "agencies": [],
                 "children": [{"person": 11, "firstName": "Amy", "dateOfBirth": "2019-05-06", "school": "3", "livesWith": "household"}, {"person": 12, "firstName": "Ben"}],
                 "effects": [{"person": 11}, {"person": 12}]}
                """.replace("11,", "11,").replace("\n", " ")).entrySet().stream().collect(java.util.stream.Collectors.toMap(e -> e.getKey(), e -> longs(e.getValue()))));
        assertThat(Answers.initial(Samples.form(), Samples.strangers())).isEqualTo(Samples.answers("{\"children\": [{}], \"effects\": [], \"agencies\": []}"));
    }

    /** JSON reads small numbers as Integer; ids are Long. */
    private static Object longs(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(FormTest::longs).toList();
        }
        if (value instanceof java.util.Map<?, ?> map) {
            java.util.Map<Object, Object> copy = new java.util.LinkedHashMap<>();
            map.forEach((key, inner) -> copy.put(key, longs(inner)));
            return copy;
        }
        return value instanceof Integer number ? (Object) number.longValue() : value;
    }

    @Test
    void laysADraftOverWhatIsKnown() {
        Form form = Samples.form();
        var below = Answers.initial(form, Samples.family());
        var over = Answers.over(form, below, Samples.answers("""
                {"firstName": "", "gone": 1, "children": [{"person": 12, "firstName": "Benjamin"}, {"firstName": "Cal"}]}
                """));
        assertThat(over).containsEntry("firstName", "").containsEntry("gp", "2").doesNotContainKey("gone");
        assertThat((List<?>) over.get("children")).hasSize(3);
        assertThat(over.get("children").toString()).contains("Amy", "Benjamin", "Cal");
    }

    @Test
    void aDraftTakesThePlaceOfTheBlankRowAListOfNewPeopleStartsWith() {
        Form form = Samples.form();
        var over = Answers.over(form, Answers.initial(form, Samples.strangers()), Samples.answers("""
                {"children": [{"firstName": "Cal"}, {"firstName": "Dee"}]}
                """));
        assertThat((List<?>) over.get("children")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'type':'image','id':'a'} | which is not in use
            {'type':'textfield','id':'a','key':'x','label':'X'},{'type':'number','id':'b','key':'x','label':'X'} | used twice
            {'type':'textfield','id':'a','key':'x','label':'X'},{'type':'number','id':'a','key':'y','label':'X'} | needs an id
            {'type':'textfield','id':'a','key':'x','label':'X','properties':{'colour':'red'}} | not known
            {'type':'textfield','id':'a','key':'x','label':'X','properties':{'route':'true'}} | cannot have the property route
            {'type':'textfield','id':'a','key':'x'} | has no label
            {'type':'textfield','id':'a','key':'x.y','label':'X'} | A key starts with a letter
            {'type':'textfield','id':'a','key':'x','label':'=today()'} | cannot be an expression
            {'type':'textfield','id':'a','key':'x','label':'X','validate':{'pattern':'('}} | cannot be read
            {'type':'textfield','id':'a','key':'x','label':'X','conditional':{'hide':'y = 1'}} | begins with =
            {'type':'textfield','id':'a','key':'x','label':'X','readonly':true} | read-only
            {'type':'textfield','id':'a','key':'x','label':'X','defaultValue':'y'} | default value
            {'type':'checkbox','id':'a','key':'x','label':'X','defaultValue':true} | default value
            {'type':'textfield','id':'a','key':'x','label':'X','validate':{'maxLength':'=3'}} | must be a number
            {'type':'radio','id':'a','key':'x','label':'X','values':[]} | has no choices
            {'type':'radio','id':'a','key':'x','label':'X','valuesKey':'pets'} | not known
            {'type':'dynamiclist','id':'a','path':'x','components':[{'type':'checkbox','id':'b','key':'y','label':'Y','properties':{'route':'true'}}]} | cannot have the property route
            {'type':'dynamiclist','id':'a','path':'x','properties':{'about':'child'},'components':[{'type':'radio','id':'b','key':'y','label':'Y','values':[{'label':'One','value':'one'},{'label':'Two','value':'two'}],'properties':{'route':'one'}}]} | cannot have the property route
            {'type':'dynamiclist','id':'a','path':'x','components':[{'type':'dynamiclist','id':'b','path':'y','components':[]}]} | list inside a list
            {'type':'dynamiclist','id':'a','path':'x','components':[{'type':'textfield','id':'b','key':'person','label':'Y'}]} | that name is taken
            {'type':'dynamiclist','id':'a','path':'x','components':[{'type':'textfield','id':'b','key':'y','label':'Y','properties':{'fact':'school'}}]} | cannot have the property fact
            {'type':'datetime','id':'a','key':'x','dateLabel':'X','subtype':'time'} | Only dates are in use
            {'type':'dynamiclist','id':'a','path':'x','properties':{'rows':'last-decisions'},'components':[]} | cannot have the property rows
            {'type':'dynamiclist','id':'a','path':'x','components':[{'type':'textfield','id':'b','key':'y','label':'Y','properties':{'told':'true'}}]} | cannot have the property told
            {'type':'group','id':'a','path':'x','components':[]} | has a path
            """, quoteCharacter = '~')
    void refusesWithASentence(String components, String sentence) {
        assertThatThrownBy(() -> Form.read(FORM.formatted(components.replace('\'', '"')))).isInstanceOf(InvalidForm.class)
                .asInstanceOf(type(InvalidForm.class))
                .satisfies(invalid -> assertThat(invalid.problems()).hasSize(1).first().asString().contains(sentence));
    }

    @Test
    void refusesWhatIsNoForm() {
        assertThatThrownBy(() -> Form.read("{")).isInstanceOf(InvalidForm.class).hasMessageContaining("not readable JSON");
        assertThatThrownBy(() -> Form.read("[]")).isInstanceOf(InvalidForm.class).hasMessageContaining("JSON object");
        assertThatThrownBy(() -> Form.read("{\"id\":\"a\",\"id\":\"b\"}")).isInstanceOf(InvalidForm.class);
        assertThatThrownBy(() -> Form.read("{}")).asInstanceOf(type(InvalidForm.class))
                .satisfies(invalid -> assertThat(invalid.problems()).hasSize(3));
    }
}
