package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thinkfamily.pathway.Walk.AMH;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.Requirement;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.family.Families;

@ProcessTest
@Import(Typical.class)
@DisplayName("Who pays for a package of support")
class SupportPackageProcessTest {

    private static final String SOCIAL_WORKER = "childrens-social-worker";

    @Autowired
    private Walk walk;
    @Autowired
    private Typical typical;
    @Autowired
    private Families families;
    @Autowired
    private WorkingDays workingDays;
    @Autowired
    private JdbcClient jdbc;

    private LookedAfterFamily family;

    @BeforeEach
    void aFamilyIsKnown() {
        family = new LookedAfterFamily(walk, families, jdbc);
    }

    @AfterAll
    static void everyFlowWasTaken() {
        assertThat(FlowsTaken.never("support-package")).isEmpty();
    }

    @Test
    void theTableSaysHowMuchEachLevelMayAgreeAndSettle() {
        DecisionFile rules = new DecisionFile("funding-rules.dmn");
        assertThat(List.of(100, 250, 251, 2500, 10000, 10001).stream().map(amount -> rules.decide("funding-limits", Map.of("amount", (double) amount, "startedByRole", AMH)).getSingleResult().getSingleEntry()))
                .containsExactly(AMH, AMH, "childrens-team-manager", "childrens-team-manager", "service-manager", "director");
        for (String kind : List.of("school-run", "childcare", "respite", "home-help", "parent-treatment", "contact", "other")) {
            Map<String, Object> said = rules.decide("funding-meanwhile", Map.of("itemKind", kind)).getSingleResult().getEntryMap();
            assertThat(said).as("somebody pays for " + kind).containsKeys("meanwhilePayer", "meanwhileRole", "meanwhileRule");
        }
        assertThat(level(rules, 0, 200)).isEqualTo("1 childrens-team-manager funding.small no");
        assertThat(level(rules, 0, 900)).isEqualTo("1 childrens-team-manager funding.level-1 no");
        assertThat(level(rules, 1, 900)).isEqualTo("2 service-manager funding.level-2 yes");
        assertThat(rules.neverHit()).isEmpty();
    }

    private static String level(DecisionFile rules, int level, double amount) {
        Map<String, Object> said = rules.decide("funding-levels", Map.of("level", level, "amount", amount)).getSingleResult().getEntryMap();
        return String.join(" ", List.of("level", "levelRole", "levelClock", "lastLevel").stream().map(key -> String.valueOf(said.get(key))).toList());
    }

    private void ask(int amount, String disputed, String kind) {
        typical.start(SOCIAL_WORKER, "support-package", family.ref, "itemKind", kind, "amount", amount, "disputed", disputed);
    }

    @Test
    @Requirement("S-064")
    void aSmallItemIsAgreedByWhoAsksAndALargerOneByALevelAbove() {
        ask(120, "no", "school-run");
        assertThat(walk.task(family.ref, "agree").role()).isEqualTo(SOCIAL_WORKER);
        assertThat(FormFile.of("package-agreed").missing(Map.of("itemAgreed", "yes"))).contains("/payer", "/provider", "/agreedAmount", "/agreedOn");
        typical.complete(family.ref, "agree", "itemAgreed", "yes");
        assertThat(walk.ended(family.ref, "support-package")).containsExactly("item-agreed");
        ask(5000, "no", "respite");
        assertThat(walk.task(family.ref, "agree").role()).isEqualTo("service-manager");
        typical.complete(family.ref, "agree", "itemAgreed", "no");
        assertThat(walk.ended(family.ref, "support-package")).contains("not-agreed");
    }

    @Test
    @Requirement({"S-064", "S-065"})
    void theChildDoesNotWaitForADispute() {
        ask(900, "yes", "school-run");
        assertThat(walk.fact(family.ref, "support-package", "meanwhilePayer")).isEqualTo("childrens");
        assertThat(walk.steps(family.ref)).containsExactlyInAnyOrder("start-now", "settle");
        assertThat(walk.task(family.ref, "start-now").dueOn()).isEqualTo(workingDays.plus(families.today(), 2));
        walk.fire(family.ref, "not-started");
        walk.fire(family.ref, "tell-not-started");
        assertThat(walk.mail(family.ref)).filteredOn(mail -> mail.startsWith("funding-not-started")).as("service manager and director").hasSize(2);
        typical.complete(family.ref, "start-now");
        assertThat(FormFile.of("funding-settled").missing(Map.of("fundingSettled", "yes"))).contains("/ruleUsed", "/ruleWords", "/paidBack", "/minutesSpent");
        typical.complete(family.ref, "settle", "fundingSettled", "yes", "ruleUsed", "W1");
        assertThat(walk.ended(family.ref, "support-package")).contains("started", "settled");
    }

    @Test
    @Requirement("S-065")
    void whatIsNotSettledInTimeGoesUpALevelToTheDirector() {
        ask(900, "yes", "home-help");
        assertThat(walk.task(family.ref, "start-now").role()).as("help in the home: the adult service pays meanwhile").isEqualTo("adult-team-manager");
        assertThat(walk.task(family.ref, "settle").role()).isEqualTo("childrens-team-manager");
        walk.fire(family.ref, "level-late");
        assertThat(walk.task(family.ref, "settle").role()).isEqualTo("service-manager");
        assertThat(walk.clocks(family.ref, "funding.level-1")).containsExactly("stopped");
        typical.complete(family.ref, "settle", "fundingSettled", "no");
        assertThat(walk.task(family.ref, "decide").role()).isEqualTo("director");
        assertThat(FormFile.of("funding-decided").missing(Map.of())).as("the rule is kept with the outcome").contains("/ruleUsed", "/ruleWords", "/minutesSpent");
        typical.complete(family.ref, "decide");
        assertThat(walk.ended(family.ref, "support-package")).contains("decided");
    }
}
