package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thinkfamily.Requirement;
import org.thinkfamily.forms.Component;
import org.thinkfamily.forms.Form;

@DisplayName("The forms of the joint assessment")
class AssessmentFormsTest {

    static Stream<Path> forms() throws IOException {
        return Files.list(Path.of("forms")).filter(file -> file.getFileName().toString().startsWith("assessment-")).sorted();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void asksNoMoreThanTwentyFiveQuestions(Path file) {
        assertThat(FormFile.read(file).form().all().filter(component -> component.type().asks()).count()).isBetween(1L, 25L);
    }

    @ParameterizedTest
    @MethodSource("forms")
    @Requirement("S-099")
    void givesStrengthsTheSameSpaceAsWorriesWhereverItAsksForEither(Path file) {
        List<Component> all = FormFile.read(file).form().all().toList();
        List<Component> strengths = all.stream().filter(component -> "strengths".equals(component.key())).toList();
        List<Component> worries = all.stream().filter(component -> "worries".equals(component.key())).toList();
        assertThat(strengths).hasSameSizeAs(worries);
        for (int i = 0; i < strengths.size(); i++) {
            assertThat(strengths.get(i).type()).isEqualTo(worries.get(i).type());
            assertThat(strengths.get(i).rules()).usingRecursiveComparison().isEqualTo(worries.get(i).rules());
            assertThat(strengths.get(i).rules().required()).isTrue();
        }
    }

    @Test
    @Requirement("S-099")
    void bothSidesTheGpAndTheAnalysisAskForStrengths() {
        assertThat(Stream.of("childrens-side", "adult-side", "gp", "analysis")).allMatch(form -> form("assessment-" + form).all().anyMatch(component -> "strengths".equals(component.key())));
    }

    @Test
    @Requirement({"S-041", "S-086"})
    void theEffectOnEachChildCannotBeLeftOut() {
        assertThat(missing("assessment-childrens-side", Map.of())).contains("/children/0/effect");
        assertThat(missing("assessment-analysis", Map.of())).contains("/children/0/now", "/children/0/overTime", "/children/0/change", "/children/0/safe", "/children/0/outcome");
    }

    @Test
    @Requirement("S-088")
    void bothDirectionsAreAsked() {
        assertThat(missing("assessment-analysis", Map.of())).contains("/illnessOnChild", "/parentingOnIllness");
        assertThat(missing("assessment-adult-side", Map.of())).contains("/illnessOnParenting", "/parentingOnIllness");
    }

    @Test
    @Requirement("S-105")
    void noDiagnosisIsAFullAnswerAndHowTheParentLivesIsAskedAllTheSame() {
        assertThat(missing("assessment-adult-side", Map.of("diagnosis", "none"))).contains("/functioning").doesNotContain("/diagnosisName", "/diagnosisSource", "/diagnosisOn");
    }

    @Test
    @Requirement({"S-103", "S-198"})
    void aDiagnosisNeedsItsSourceAndItsDate() {
        assertThat(missing("assessment-adult-side", Map.of("diagnosis", "confirmed"))).contains("/functioning", "/diagnosisName", "/diagnosisSource", "/diagnosisOn");
    }

    @Test
    @Requirement({"S-003", "S-095"})
    void theAdultSideCannotLeaveOutParenting() {
        assertThat(missing("assessment-adult-side", Map.of())).contains("/illnessOnParenting", "/careIfUnwell");
    }

    @Test
    @Requirement("S-004")
    void aHistoryFromAdolescenceIsLookedForAndItsAbsenceSaid() {
        assertThat(missing("assessment-adult-side", Map.of())).contains("/adolescence");
        assertThat(missing("assessment-adult-side", Map.of("adolescence", "not-obtained"))).contains("/adolescenceWhat");
        assertThat(missing("assessment-adult-side", Map.of("adolescence", "none"))).doesNotContain("/adolescenceWhat");
    }

    @Test
    @Requirement({"S-005", "S-009"})
    void theGpSaysWhyWhenTheHistoryCannotBeGiven() {
        assertThat(missing("assessment-gp", Map.of("obtained", "no"))).containsExactly("/whyNot");
        assertThat(missing("assessment-gp", Map.of("obtained", "yes"))).contains("/mentalHealth", "/learning").doesNotContain("/whyNot");
    }

    @Test
    @Requirement("S-195")
    void theGpsFormIsShortAndSaysHowAReplyIsPaid() {
        assertThat(missing("assessment-gp", Map.of("obtained", "yes"))).hasSizeLessThanOrEqualTo(8);
        assertThat(form("assessment-gp").components().get(0).text()).contains("invoice", "does not wait for the payment");
    }

    @Test
    void aChildWhoWasNotSeenAloneNeedsAReason() {
        assertThat(views(Map.of("person", 1, "seen", "yes", "alone", "no"))).contains("/children/0/whyNot", "/children/0/view");
        assertThat(views(Map.of("person", 1, "seen", "no"))).containsExactly("/children/0/whyNot");
        assertThat(views(Map.of("person", 1, "seen", "yes", "alone", "too-young"))).doesNotContain("/children/0/whyNot");
        assertThat(views(Map.of("person", 1, "seen", "unborn"))).isEmpty();
    }

    @Test
    @Requirement("S-178")
    void whatAChildWantsKeptFromTheParentsIsRestricted() {
        assertThat(form("assessment-child-views").all().filter(component -> component.property("restricted").isPresent()).map(Component::key)).containsExactly("view", "private");
    }

    @Test
    @Requirement("S-098")
    void whoDiffersSaysWhereAndOnWhatGrounds() {
        assertThat(missing("assessment-agree", Map.of("agreed", "no"))).contains("/children/0/differs", "/evidence", "/newMind");
        assertThat(missing("assessment-agree", Map.of("agreed", "yes"))).doesNotContain("/children/0/differs", "/evidence", "/newMind");
    }

    private static List<String> views(Map<String, Object> row) {
        return missing("assessment-child-views", Map.of("children", List.of(row)));
    }

    private static List<String> missing(String id, Map<String, Object> answers) {
        return FormFile.of(id).missing(answers);
    }

    private static Form form(String id) {
        return FormFile.of(id).form();
    }
}
