package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.thinkfamily.Requirement;

@DisplayName("The forms of a looked-after review")
class ReviewFormsTest {

    private static final Map<String, Object> HELD = Map.of("sitting", "finished", "reviewHeldOn", "2026-08-27", "dateOfBirth", "2018-03-02");

    @Test
    @Requirement("S-184")
    void noReviewLeavesOutTheParentsHealth() {
        assertThat(missing("review-sitting", HELD)).contains("/parentHealth");
        assertThat(missing("review-record", Map.of())).contains("/parentHealth");
    }

    @Test
    @Requirement({"S-152", "S-119", "S-175"})
    void eachReviewAsksWhatTheChildKnowsAboutTheIllnessAndWhoExplainsItByWhen() {
        assertThat(missing("review-sitting", HELD)).contains("/informedChild");
        assertThat(missing("review-view-child", Map.of("asked", "yes"))).contains("/understandsIllness", "/informationOwner", "/informationBy");
        assertThat(missing("review-view-child", Map.of("asked", "declined"))).as("a child who says nothing is told all the same").contains("/informationOwner", "/informationBy");
        assertThat(missing("review-record", Map.of())).contains("/information");
    }

    @Test
    @Requirement({"S-150", "S-153"})
    void whatTheCarerThinksOfTheIllnessAndHowConfidentTheyAreIsSaidBeforeAndAtTheReview() {
        assertThat(missing("review-view-carer", Map.of())).contains("/carerView", "/confidence", "/training", "/informed");
        assertThat(missing("review-sitting", HELD)).contains("/carerView");
    }

    @Test
    @Requirement("S-158")
    void anAdvocateOfAParentIsRefusedWithAReasonOnly() {
        assertThat(missing("review-arrangements", Map.of("parentAdvocate", "refused"))).contains("/parentAdvocateWhy");
        assertThat(missing("review-arrangements", Map.of("parentAdvocate", "agreed"))).doesNotContain("/parentAdvocateWhy");
    }

    @Test
    @Requirement("S-161")
    void theAdultPractitionerIsLeftOutWithAReasonOnly() {
        assertThat(missing("review-arrangements", Map.of("invited", List.of("mother", "carer")))).contains("/adultPractitionerNotInvited");
        assertThat(missing("review-arrangements", Map.of("invited", List.of("mother", "adult-practitioner")))).doesNotContain("/adultPractitionerNotInvited");
    }

    @Test
    @Requirement("S-168")
    void howMuchAParentsPresenceMattersToTheChildIsAskedAndKeptFromTheParent() {
        assertThat(missing("review-arrangements", Map.of())).contains("/parentMatters");
        assertThat(FormFile.of("review-arrangements").restriction("parentMatters")).isEqualTo("child-view");
    }

    @Test
    @Requirement("S-173")
    void whatMayGoWrongAndWhoKeepsEverybodyInformedIsDecided() {
        assertThat(missing("review-care-plan", Map.of())).contains("/contingency");
        assertThat(missing("review-record", Map.of())).contains("/communicator");
    }

    @Test
    @Requirement("S-183")
    void whatLivingApartDoesToChildAndParentIsMeasuredAtEachReview() {
        assertThat(missing("review-sitting", HELD)).contains("/separationChild", "/separationParent");
        assertThat(missing("review-record", Map.of())).contains("/separation");
    }

    @Test
    @Requirement("S-101")
    void aReviewBeginsWithWhatHasChangedForTheFamily() {
        assertThat(FormFile.of("review-sitting").form().questions().get(0).key()).isEqualTo("familyChanged");
        assertThat(missing("review-sitting", HELD)).contains("/familyChanged");
    }

    @Test
    @Requirement("S-170")
    void whoDidNotComeToAReviewSaysWhy() {
        for (String absent : List.of("apologies", "absent")) {
            assertThat(missing("review-sitting", Map.of("attendance", List.of(Map.of("who", "The father", "cameAs", absent))))).contains("/attendance/0/reason");
        }
        for (String there : List.of("came", "part", "phone", "wrote")) {
            assertThat(missing("review-sitting", Map.of("attendance", List.of(Map.of("who", "The father", "cameAs", there))))).doesNotContain("/attendance/0/reason");
        }
    }

    @Test
    void aSignificantChangeToACarePlanWasConsideredAtAReviewOrItSaysWhyNot() {
        assertThat(missing("review-care-plan", Map.of("planChanged", "yes"))).contains("/consideredAtReview");
        assertThat(missing("review-care-plan", Map.of("planChanged", "yes", "consideredAtReview", "no"))).contains("/notConsideredWhy");
        assertThat(missing("review-care-plan", Map.of("planChanged", "yes", "consideredAtReview", "yes"))).doesNotContain("/notConsideredWhy");
        assertThat(missing("review-care-plan", Map.of("planChanged", "no"))).doesNotContain("/consideredAtReview", "/notConsideredWhy");
        assertThat(missing("care-ended", Map.of("considered", "no"))).as("ending care is such a change").contains("/notConsideredWhy");
        assertThat(missing("care-ended", Map.of())).contains("/considered");
    }

    private static List<String> missing(String form, Map<String, Object> answers) {
        return FormFile.of(form).missing(answers);
    }
}
