package org.thinkfamily.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.thinkfamily.SqlCount;
import org.thinkfamily.TestDatabase;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Actors;
import org.thinkfamily.forms.CheckedForm;
import org.thinkfamily.overview.Overview;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;
import org.thinkfamily.worklist.WorkItem;
import org.thinkfamily.worklist.WorkItems;

/** How many statements the main operations send. On shared machines this is the alarm that does not lie. */
@ProcessTest
@DisplayName("Statements sent to the database")
class StatementsTest {

    private static final String AMH = Walk.AMH;

    @Autowired
    private Walk walk;
    @Autowired
    private Fillings fillings;
    @Autowired
    private WorkItems items;
    @Autowired
    private Overview overview;
    @Autowired
    private Actors actors;

    private String family;

    @BeforeEach
    void anAdultIsTakenOn() {
        walk.settle();
        family = walk.start(AMH, "identification", null, accepted());
    }

    static Map<String, Object> accepted() {
        return Map.of("firstName", "Rosa", "lastName", "Example", "dateOfBirth", "1990-05-01", "gpPractice", Walk.GP, "adultRole", AMH, "acceptedOn", java.time.LocalDate.now(org.thinkfamily.clock.WorkingDays.LONDON).toString());
    }

    static Map<String, Object> screened(long adult) {
        return new HashMap<>(Map.of("childrenInHousehold", "yes", "childrenElsewhere", "no", "contactWithChildren", "no", "caring", "no", "pregnancy", "no", "source", List.of("adult"),
                "children", List.of(Map.of("firstName", "Mia", "lastName", "Example", "born", "born", "dateOfBirth", "2018-03-02", "school", "not-known", "gpPractice", Walk.GP, "home", "household")),
                "parents", List.of(Map.of("person", adult, "firstName", "Rosa", "lastName", "Example", "relationship", "mother", "gpPractice", Walk.GP, "home", "household"))));
    }

    @Test
    void myWork() throws Exception {
        List<String> sent = SqlCount.of(() -> items.mine(actors.find(AMH).orElseThrow(), null, 25));
        assertThat(sent).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void theFamilyPage() throws Exception {
        overview.of(actors.find(AMH).orElseThrow(), family);
        List<String> sent = SqlCount.of(() -> overview.of(actors.find(AMH).orElseThrow(), family));
        assertThat(sent).hasSizeLessThanOrEqualTo(12);
    }

    /** From "Say what the risks are" over the table of red flags to "Say how each child is affected": a task, a decision, the next task. */
    @Test
    void completingATaskAddsAtMostEightToTheEngine() throws Exception {
        List<String> whole = null;
        for (int i = 0; i < 3; i++) { // the first reads forms and tables, and every half minute the limits of time are read again
            family = walk.start(AMH, "identification", null, accepted());
            walk.complete(family, "screen", screened(walk.adult(family).id()));
            List<String> sent = complete("risks");
            whole = whole == null || sent.size() < whole.size() ? sent : whole;
        }
        int engine = bare();
        assertThat(whole.size() - engine).as("whole path %d, engine alone %d: %s", whole.size(), engine, whole).isLessThanOrEqualTo(8);
    }

    private List<String> complete(String step) throws Exception {
        WorkItem task = walk.task(family, step);
        Actor actor = walk.user(AMH);
        return SqlCount.of(() -> {
            Filling filling = fillings.task(actor, task.id());
            fillings.file(filling, fillings.check(filling, fillings.context(filling), IdentificationProcessTest.NO_RISKS), actor, null);
        });
    }

    private int bare() throws Exception {
        try (BareEngine bare = new BareEngine(SqlCount.counting(TestDatabase.fresh()))) {
            bare.deployDecision("red-flags");
            bare.deployDecision("screening-repeat");
            String process = bare.deploy("identification");
            complete(bare, process);
            return complete(bare, process).size();
        }
    }

    private List<String> complete(BareEngine bare, String process) throws Exception {
        Map<String, Object> facts = Map.of("family", "F-1", "adult", 1L, "adultRole", AMH);
        String instance = bare.engine().getRuntimeService().startProcessInstanceByKey(process, "F-1", facts).getId();
        var tasks = bare.engine().getTaskService();
        tasks.complete(tasks.createTaskQuery().processInstanceId(instance).singleResult().getId(), Map.of("childrenInHousehold", "yes", "childrenElsewhere", "no",
                "contactWithChildren", "no", "caring", "no", "pregnancy", "no"));
        String risks = tasks.createTaskQuery().processInstanceId(instance).singleResult().getId();
        Filling filling = fillings.of(items.ofFamily(riskFamily(), null, 9).get(0));
        Map<String, Object> routes = fillings.check(filling, fillings.context(filling), IdentificationProcessTest.NO_RISKS).routes();
        return SqlCount.of(() -> tasks.complete(risks, routes));
    }

    /** A family that waits at the same step. */
    private String riskFamily() {
        String other = walk.start(AMH, "identification", null, accepted());
        walk.complete(other, "screen", screened(walk.adult(other).id()));
        return other;
    }
}
