package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thinkfamily.Requirement;

@DisplayName("When no further action gets a second look")
class SecondLookTest {

    private static final DecisionFile FILE = new DecisionFile("referral-second-look.dmn");

    @AfterAll
    static void everyRuleWasHit() {
        assertThat(FILE.neverHit()).isEmpty();
    }

    private static String look(String decision, boolean threshold, boolean repeat, boolean leftOut, String redFlag) {
        return FILE.decide("referral-second-look", Map.of("decision", decision, "thresholdMet", threshold, "repeatReferral", repeat, "belowEveryBar", leftOut, "redFlagResponse", redFlag)).getSingleEntry();
    }

    @ParameterizedTest
    @CsvSource({"true,false,false,none,threshold", "false,true,false,none,repeat", "false,false,true,same-day,left-out", "false,false,false,immediate,red-flag"})
    @Requirement({"S-051", "S-053", "S-075"})
    void oneReasonIsEnough(boolean threshold, boolean repeat, boolean leftOut, String redFlag, String reason) {
        assertThat(look("nfa", threshold, repeat, leftOut, redFlag)).isEqualTo("yes");
        assertThat(FILE.fired()).containsExactly("second-look-reasons-" + reason, "referral-second-look-yes");
    }

    @Test
    void everyReasonIsSaid() {
        assertThat(look("nfa", true, true, true, "immediate")).isEqualTo("yes");
        assertThat(FILE.fired()).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({"nfa,false,none", "nfa,false,same-day", "assess,true,immediate", "early-help,true,immediate"})
    void nothingElseIsLookedAtAgain(String decision, boolean facts, String redFlag) {
        assertThat(look(decision, facts, facts, facts, redFlag)).isEqualTo("no");
        assertThat(FILE.fired()).containsExactly("referral-second-look-no");
    }
}
