package org.thinkfamily.family;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** A fact about a person that a form may ask, by the name models use for it (docs/models.md, {@code fact}). */
enum Fact {
    FIRST_NAME("firstName", "person", "first_name"),
    LAST_NAME("lastName", "person", "last_name"),
    DATE_OF_BIRTH("dateOfBirth", "person", "date_of_birth"),
    EXPECTED_ON("expectedOn", "person", "expected_on"),
    NHS_NUMBER("nhsNumber", "person", "nhs_number"),
    SEX("sex", "person", "sex"),
    GP_PRACTICE("gpPractice", "person", "gp_practice_id"),
    SCHOOL("school", "person", "school_id"),
    HOME("home", "family_member", "home"),
    RELATIONSHIP("relationship", "family_member", "relationship"),
    YOUNG_CARER("youngCarer", "family_member", "young_carer"),
    ADDRESS("address", "person_address", "address"),
    WITHHELD_ADDRESS("withheldAddress", "person_address", "address"),
    EARLIER_FIRST_NAME("earlierFirstName", "person_other_name", "first_name"),
    EARLIER_LAST_NAME("earlierLastName", "person_other_name", "last_name"),
    UPN("upn", "person_fact", "value"),
    CHILD_ID("childId", "person_fact", "value"),
    ETHNICITY("ethnicity", "person_fact", "value"),
    RELIGION("religion", "person_fact", "value"),
    FIRST_LANGUAGE("firstLanguage", "person_fact", "value"),
    INTERPRETER("interpreter", "person_fact", "value"),
    COMMUNICATION("communication", "person_fact", "value"),
    DISABILITY("disability", "person_fact", "value"),
    IMMIGRATION("immigration", "person_fact", "value"),
    DIED_ON("diedOn", "person_fact", "value");

    private static final String NOT_KNOWN = "not-known";

    final String name;
    final String table;
    final String column;

    Fact(String name, String table, String column) {
        this.name = name;
        this.table = table;
        this.column = column;
    }

    static Optional<Fact> named(String name) {
        return Arrays.stream(values()).filter(fact -> fact.name.equals(name)).findFirst();
    }

    /** The value as the column keeps it. A practice or school that is not known is kept as null, with its source. */
    Object stored(Object answer) {
        return switch (this) {
            case DATE_OF_BIRTH, EXPECTED_ON -> LocalDate.parse(answer.toString());
            case GP_PRACTICE, SCHOOL -> NOT_KNOWN.equals(answer) ? null : answer;
            default -> answer.toString();
        };
    }

    /** The value as it is kept with its source: several codes are one text. */
    static String said(Object answer) {
        return answer instanceof Collection<?> codes ? codes.stream().map(String::valueOf).collect(Collectors.joining(",")) : answer.toString().strip();
    }

    /** The value as a form's answer, or null when it was never asked or is not filled in beforehand. */
    Object answered(Person person, boolean asked) {
        return switch (this) {
            case FIRST_NAME -> person.firstName();
            case LAST_NAME -> person.lastName();
            case DATE_OF_BIRTH -> person.dateOfBirth() == null ? null : person.dateOfBirth().toString();
            case EXPECTED_ON -> person.expectedOn() == null ? null : person.expectedOn().toString();
            case NHS_NUMBER -> person.nhsNumber();
            case SEX -> person.sex();
            case GP_PRACTICE -> person.gpPractice() == null && asked ? NOT_KNOWN : person.gpPractice();
            case SCHOOL -> person.school() == null && asked ? NOT_KNOWN : person.school();
            case HOME -> person.home();
            case RELATIONSHIP -> person.relationship();
            case YOUNG_CARER -> person.youngCarer();
            case ADDRESS -> person.address();
            default -> null;
        };
    }
}
