package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Policy;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.Person;
import org.thinkfamily.referral.Referrals;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;
import org.thinkfamily.worklist.WorkItem;

@ProcessTest
@Import(Typical.class)
@DisplayName("Somebody tells of a family that nobody knows")
class FirstContactProcessTest {

    private static final String SCREENER = "front-door-screener";

    @Autowired
    private Walk walk;
    @Autowired
    private Typical typical;
    @Autowired
    private Fillings fillings;
    @Autowired
    private Families families;
    @Autowired
    private Referrals referrals;
    @Autowired
    private Policy policy;

    @BeforeEach
    void people() {
        walk.settle();
    }

    @AfterAll
    static void everyFlowWasTaken() {
        assertThat(FlowsTaken.never("first-contact")).isEmpty();
    }

    private String told(String role, String next) {
        Actor actor = walk.user(role);
        Filling filling = fillings.start(actor, "first-contact", null);
        Map<String, Object> answers = new HashMap<>(Map.of("toldHow", "telephone", "worry", "He hits their mother at night.", "strengths", "Not known.", "parentKnows", "no", "nextStep", next,
                "children", List.of(Map.of("firstName", "Unknown", "lastName", "Faraday", "born", "born", "home", "household")),
                "parents", List.of(Map.of("firstName", "Joy", "lastName", "Faraday", "relationship", "mother", "home", "household"))));
        return fillings.file(filling, fillings.check(filling, fillings.context(filling), answers), actor, null).family();
    }

    @Test
    void theFrontDoorTakesAFamilyOnAndRefersItTheSameDay() {
        String family = told(SCREENER, "refer");
        assertThat(families.people(family)).extracting(Person::name).containsExactlyInAnyOrder("Unknown Faraday", "Joy Faraday");
        WorkItem refer = walk.task(family, "refer");
        assertThat(refer.assignee()).as("whoever was told").isEqualTo(SCREENER);
        assertThat(refer.dueOn()).isEqualTo(families.today());
        assertThat(walk.shown(family, "refer")).containsExactly("first-contact");
        typical.complete(family, "refer", "threatToKill", "yes");
        assertThat(referrals.of(family)).singleElement().satisfies(referral -> assertThat(referral.referrer()).isEqualTo(SCREENER));
        assertThat(walk.steps(family)).as("a threat to kill").containsExactly("strategy");
    }

    @Test
    void aWardThatTakesInAParentNobodyKnowsSeesTheFamilyAndReportsTheStay() {
        String family = told("ward-nurse", "page");
        assertThat(walk.ended(family, "first-contact")).containsExactly("known");
        assertThat(policy.maySee(walk.user("ward-nurse"), family)).isTrue();
        assertThat(fillings.changes(walk.user("ward-nurse"), family)).extracting(Pathway.Awaited::message).contains("parent-admitted");
    }
}
