package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.thinkfamily.Requirement;

/** The table "who sees what", cell by cell. */
@Requirement({"S-104", "S-176", "S-178", "S-192", "S-193"})
class WhoSeesWhatTest {

    private static final List<String> CHILDRENS = List.of("childrens-social-worker");
    private static final List<String> CHILDRENS_MANAGER = List.of("childrens-team-manager");
    private static final List<String> FRONT_DOOR = List.of("front-door-screener", "front-door-manager");
    private static final List<String> REVIEWING = List.of("iro");
    private static final List<String> REVIEWING_MANAGER = List.of("iro-manager");
    private static final List<String> ADULT = List.of("adult-mental-health-practitioner", "drug-alcohol-practitioner", "consultant-psychiatrist");
    private static final List<String> ADULT_MANAGER = List.of("adult-team-manager");
    private static final List<String> FOSTERING = List.of("supervising-social-worker");
    private static final List<String> SCHOOL = List.of("school-lead");
    private static final List<String> HEALTH_AND_YOUNG_CARERS = List.of("health-visitor", "young-carers-worker");
    private static final List<String> HOSPITAL = List.of("ward-nurse", "amhp");
    private static final List<List<String>> READERS = List.of(CHILDRENS, CHILDRENS_MANAGER, FRONT_DOOR, REVIEWING, REVIEWING_MANAGER, ADULT, ADULT_MANAGER, FOSTERING, SCHOOL, HEALTH_AND_YOUNG_CARERS, HOSPITAL,
            List.of("carer"), List.of("school"), List.of("parent"), List.of("other-parent"), List.of("child"),
            List.of("police", "voluntary-organisation"), List.of("information-governance-officer"), List.of("court"), List.of("child-protection-chair"), List.of("gp"), List.of("service-manager", "director"), List.of("no-such-role"), List.of("personal-adviser"));

    /** F full, P part, O own, - no; in the order named, team, emergency. */
    private static final Map<String, String> CELLS = Map.ofEntries(
            //                               worker manager front  iro    iroman adult  adman  foster school health hosp   carer  school parent other  child  outside governs court  chair  gp     serman nobody adviser
            Map.entry("child-view",          "F--    FF-    ---    FF-    FF-    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    OOO    ---    FF-    ---    FF-    ---    ---    ---    F--"),
            Map.entry("withheld-address",    "FFF    FFF    FFF    FFF    FFF    ---    ---    FF-    FF-    ---    ---    OOO    FF-    ---    ---    OOO    ---    FF-    ---    FFF    ---    ---    ---    FF-"),
            Map.entry("anonymous-referrer",  "FF-    FF-    FF-    FF-    FF-    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    FF-    ---    FF-    ---    ---    ---    ---"),
            Map.entry("third-party-history", "F--    FF-    ---    F--    FF-    F--    FF-    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    FF-    ---    ---    ---    ---    ---    ---"),
            Map.entry("diagnosis-detail",    "PPP    PPP    PPP    PPP    PPP    FFF    FFF    ---    ---    ---    ---    PPP    ---    OOO    ---    PPP    ---    FF-    PPP    PPP    ---    ---    ---    ---"),
            Map.entry("risk-to-child",       "FFF    FFF    FFF    FFF    FFF    FFF    FFF    ---    PPP    ---    ---    PPP    PPP    PPP    PPP    PPP    PPP    FF-    FFF    FFF    ---    ---    ---    PPP"),
            Map.entry("child-view-open",     "FFF    FFF    FFF    FFF    FFF    PPP    PPP    ---    PPP    ---    ---    FFF    PPP    FFF    FFF    OOO    ---    FF-    FFF    FFF    ---    ---    ---    FFF"),
            Map.entry("contact-plan",        "FFF    FFF    FFF    FFF    FFF    FFF    FFF    ---    PPP    ---    ---    FFF    PPP    OOO    OOO    OOO    ---    FF-    FFF    FFF    ---    ---    ---    FFF"),
            Map.entry("advance-statement",   "FFF    FFF    FFF    FFF    FFF    FFF    FFF    FFF    PPP    PPP    ---    PPP    ---    OOO    ---    PPP    ---    FF-    ---    FFF    PPP    ---    ---    PPP"),
            Map.entry("kept-sharing",        "FF-    FF-    FF-    FF-    FF-    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    FF-    ---    ---    ---    ---    ---    ---"),
            Map.entry("others-entries",      "FFF    FFF    FFF    FFF    FFF    FFF    FFF    FFF    PPF    FPF    FPF    ---    ---    ---    ---    ---    ---    FF-    ---    FFF    PPF    FFF    ---    FFF"),
            Map.entry("information-governance", "---    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    FF-    ---    ---    ---    ---    ---    ---"),
            Map.entry("no-such-item",        "---    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---    ---"));

    @Test
    void everyCellSaysWhatWasAgreed() {
        DecisionFile table = new DecisionFile("who-sees-what.dmn");
        List<String> wrong = new ArrayList<>();
        CELLS.forEach((item, row) -> {
            String[] cells = row.split("\\s+");
            assertThat(cells).as(item).hasSameSizeAs(READERS);
            for (int at = 0; at < cells.length; at++) {
                for (String reader : READERS.get(at)) {
                    String sees = Stream.of("named", "team", "emergency").map(involvement -> sees(table, item, reader, involvement)).reduce("", String::concat);
                    if (!sees.equals(cells[at])) {
                        wrong.add(item + " for " + reader + ": " + sees + " instead of " + cells[at]);
                    }
                }
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(table.neverHit()).isEmpty();
    }

    private static String sees(DecisionFile table, String item, String reader, String involvement) {
        String sees = table.decide("who-sees-what", Map.of("item", item, "reader", reader, "involvement", involvement)).getSingleResult().getSingleEntry();
        return Map.of("full", "F", "part", "P", "own", "O", "no", "-").get(sees);
    }

    @Test
    void theCellsAreAllThereAre() {
        var table = Dmn.readModelFromFile(Path.of("dmn", "who-sees-what.dmn").toFile());
        assertThat(table.getModelElementsByType(DecisionTable.class)).singleElement().extracting(each -> each.getHitPolicy().name()).isEqualTo("FIRST");
        assertThat(values(table.getModelElementsByType(Input.class).stream().filter(input -> "item".equals(input.getCamundaInputVariable())).findFirst().orElseThrow()))
                .isEqualTo(without(CELLS.keySet(), "no-such-item"));
        assertThat(values(table.getModelElementsByType(Input.class).stream().filter(input -> "reader".equals(input.getCamundaInputVariable())).findFirst().orElseThrow()))
                .isEqualTo(without(READERS.stream().flatMap(List::stream).toList(), "no-such-role"));
    }

    private static Set<String> values(Input input) {
        return new TreeSet<>(List.of(input.getInputValues().getText().getTextContent().replace("\"", "").split("\\s*,\\s*")));
    }

    private static Set<String> without(Iterable<String> all, String one) {
        Set<String> rest = new TreeSet<>();
        all.forEach(rest::add);
        rest.remove(one);
        return rest;
    }

    @Test
    void aFormWithAnUnknownRestrictionIsNotReleased() throws IOException {
        String table = Files.readString(Path.of("dmn", "who-sees-what.dmn"));
        String form = Files.readString(Path.of("forms", "care-ended-handover.form"));
        ModelCheck check = new ModelCheck(new DefaultListableBeanFactory());
        assertThat(check.units(Map.of("who-sees-what.dmn", table, "care-ended-handover.form", form))).hasSize(1);
        assertThatThrownBy(() -> check.units(Map.of("who-sees-what.dmn", table, "care-ended-handover.form", form.replace("child-view", "childs-view    ---"))))
                .isInstanceOf(BrokenModel.class).hasMessageContaining("childs-view");
        assertThatThrownBy(() -> check.units(Map.of("care-ended-handover.form", form))).isInstanceOf(BrokenModel.class);
    }
}
