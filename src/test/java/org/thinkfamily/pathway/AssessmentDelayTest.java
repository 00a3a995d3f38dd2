package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thinkfamily.Requirement;

@DisplayName("Who is told of an assessment's points and delay")
class AssessmentDelayTest {

    private static final DecisionFile FILE = new DecisionFile("assessment-delay.dmn");

    @AfterAll
    static void everyRuleWasHit() {
        assertThat(FILE.neverHit()).isEmpty();
    }

    @ParameterizedTest(name = "{0}, adult side {1}, {2} missing: {3}")
    @CsvSource({
            "review-1, false, 3, review1NoAdultSide, childrens-social-worker adult-mental-health-practitioner",
            "review-1, true, 2, review1, childrens-social-worker",
            "review-2, false, 1, review2NoAdultSide, childrens-social-worker adult-team-manager adult-mental-health-practitioner",
            "review-2, true, 1, review2Missing, childrens-social-worker childrens-team-manager",
            "review-2, true, 0, review2, childrens-social-worker",
            "review-3, false, 1, review3NoAdultSide, childrens-social-worker childrens-team-manager adult-team-manager adult-mental-health-practitioner",
            "review-3, true, 1, review3Missing, childrens-social-worker childrens-team-manager adult-team-manager",
            "review-3, true, 0, review3, childrens-social-worker childrens-team-manager",
            "limit, false, 1, limitNoAdultSide, childrens-social-worker childrens-team-manager adult-team-manager adult-mental-health-practitioner",
            "limit, true, 0, limit, childrens-social-worker childrens-team-manager",
            "late-1, false, 1, late5NoAdultSide, childrens-team-manager adult-team-manager service-manager",
            "late-1, true, 0, late5, childrens-team-manager service-manager",
            "late-2, true, 0, late10, childrens-team-manager adult-team-manager service-manager",
            "late-2, false, 4, late10, childrens-team-manager adult-team-manager service-manager"})
    @Requirement({"S-089", "S-091"})
    void tells(String point, boolean adultSide, int missing, String rule, String roles) {
        assertThat(told("adult-mental-health-practitioner", point, adultSide, missing).split(",")).containsExactly(roles.split(" "));
        assertThat(FILE.fired()).containsExactly(rule);
    }

    @ParameterizedTest
    @CsvSource({"drug-alcohol-practitioner", "adult-mental-health-practitioner"})
    void theAdultSideIsTheOneOfThisFamily(String adultRole) {
        assertThat(told(adultRole, "review-1", false, 1)).endsWith("," + adultRole);
    }

    @ParameterizedTest
    @CsvSource({"no-such-point, true, 0", "no-such-point, false, 9"})
    void whenNoLineFitsTheManagerIsTold(String point, boolean adultSide, int missing) {
        assertThat(told("adult-mental-health-practitioner", point, adultSide, missing)).isEqualTo("childrens-team-manager");
        assertThat(FILE.fired()).containsExactly("otherwise");
    }

    private static String told(String adultRole, String point, boolean adultSide, int missing) {
        return FILE.decide("assessment-delay", Map.of("adultRole", adultRole, "point", point, "adultSide", adultSide, "missing", missing)).getSingleEntry();
    }
}
