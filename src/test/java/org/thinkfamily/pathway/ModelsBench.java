package org.thinkfamily.pathway;

import static org.thinkfamily.bench.Table.ms;
import static org.thinkfamily.bench.Table.quantile;
import static org.thinkfamily.bench.Table.times;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.batch.Batch;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.access.Acting;
import org.thinkfamily.bench.Table;
import org.thinkfamily.referral.Referrals;

/** What all models cost: to release them at a start, to ask the family threshold, and to move running instances to a new version; on the durable PostgreSQL inside. */
@SpringBootTest(properties = {"thinkfamily.data-dir=target/bench/models", "thinkfamily.audit.heads.log=false", "spring.main.lazy-initialization=false",
    "spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://localhost:9/keys"})
@Import({FlowsTaken.class, Walk.class, ModelsBench.Beans.class})
class ModelsBench {

    private static final int INSTANCES = 10_000;
    private static final int ASKED = 200;
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static volatile Asking asking;

    /**
     * How long asking took, in milliseconds: our delegate, the rule engine alone straight before or after it with the same questions, so that both meet the same weather, and
     * to read the facts that the questions are made of.
     */
    private static final class Asking {

        private final double[] ours;
        private final double[] alone;
        private final double[] reading;
        private final DmnEngine bare = DefaultDmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
        private final DmnDecision decision;
        private int at;

        Asking(int times) throws IOException {
            ours = new double[times];
            alone = new double[times];
            reading = new double[times];
            try (var file = Files.newInputStream(Path.of("dmn", "family-threshold.dmn"))) {
                decision = bare.parseDecision("family-threshold", file);
            }
        }

        void time(JavaDelegate delegate, DelegateExecution execution, Referrals referrals) throws Exception {
            List<Referrals.Question> questions = referrals.thresholdQuestions(execution.getProcessBusinessKey(), execution.getProcessInstanceId());
            if (at % 2 == 0) {
                alone[at] = alone(questions);
            }
            long start = System.nanoTime();
            delegate.execute(execution);
            ours[at] = (System.nanoTime() - start) / 1e6;
            if (at % 2 == 1) {
                alone[at] = alone(questions);
            }
            start = System.nanoTime();
            referrals.thresholdQuestions(execution.getProcessBusinessKey(), execution.getProcessInstanceId());
            reading[at] = (System.nanoTime() - start) / 1e6;
            at++;
        }

        private double alone(List<Referrals.Question> questions) {
            long start = System.nanoTime();
            questions.forEach(question -> bare.evaluateDecision(decision, Variables.fromMap(question.answers())));
            return (System.nanoTime() - start) / 1e6;
        }
    }

    @TestConfiguration
    static class Beans {

        /** Times the delegate that asks the family threshold and keeps what it said. */
        @Bean
        static BeanPostProcessor timed(ObjectProvider<Referrals> referrals) {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof ApplyFamilyThreshold delegate ? (JavaDelegate) execution -> asking.time(delegate, execution, referrals.getObject()) : bean;
                }
            };
        }
    }

    @Autowired
    private Models models;
    @Autowired
    private ModelCheck check;
    @Autowired
    private Walk walk;
    @Autowired
    private RuntimeService runtime;
    @Autowired
    private RepositoryService repository;
    @Autowired
    private ManagementService management;
    @Autowired
    private JdbcClient jdbc;

    @AfterAll
    static void print() {
        Table.print();
    }

    /** As on a first start: everything is read, checked and deployed. A line more makes each file a new one. */
    @Test
    void releasingAllModels() {
        Map<String, String> files = new TreeMap<>(Models.installed());
        files.replaceAll((name, content) -> content + "\n");
        long start = System.nanoTime();
        List<Models.Unit> units = check.units(files);
        models.release(units);
        double seconds = (System.nanoTime() - start) / 1e9;
        Table.row("Releasing all models at a start: " + units.size() + " processes and tables, " + files.size() + " files", String.format("%.1f s", seconds), "under 3 s", seconds < 3);
    }

    /** The same questions of the same table, with what went in and came out kept, and by the rule engine alone. */
    @Test
    void askingTheFamilyThreshold() throws IOException {
        asking = new Asking(40);
        thresholds(40);
        asking = new Asking(ASKED);
        thresholds(ASKED);
        double ours = quantile(asking.ours, 0.5);
        double engine = quantile(asking.alone, 0.5);
        double asked = ours - quantile(asking.reading, 0.5);
        Table.row("Asking the family threshold, what went in and came out recorded (" + ms(asked) + "; the rule engine alone " + ms(engine) + ")", times(asked / engine), "at most 1.5 times", asked <= 1.5 * engine);
        Table.row("The same with the facts read first (" + ms(ours) + ")", times(ours / engine), "no bound", true);
    }

    private void thresholds(int count) {
        walk.settle();
        for (int i = 0; i < count; i++) {
            String family = walk.start(Walk.AMH, "identification", null, StatementsTest.accepted());
            walk.complete(family, "screen", StatementsTest.screened(walk.adult(family).id()));
            walk.send(family, "referral-made", Map.of("adult", walk.adult(family).id(), "adultRole", Walk.AMH));
        }
    }

    @Test
    void movingRunningInstancesToANewVersion() throws InterruptedException {
        jdbc.sql("insert into family (ref, created_at, created_by) select 'M-' || n, now(), 'bench' from generate_series(1, :count) n on conflict do nothing").param("count", INSTANCES).update();
        Acting.asSystem("bench", () -> {
            for (int n = 1; n <= INSTANCES; n++) {
                runtime.startProcessInstanceByKey("joint-supervision", "M-" + n, Variables.putValue("family", "M-" + n).putValue("adult", null).putValue("adultRole", Walk.AMH)
                        .putValue("startedByRole", "adult-team-manager").putValue("supervisionOn", "2099-01-05"));
            }
        });
        String from = repository.createProcessDefinitionQuery().processDefinitionKey("joint-supervision").latestVersion().singleResult().getId();
        Map<String, String> files = new TreeMap<>(Models.installed());
        files.replaceAll((name, content) -> content + "\n\n");
        models.release(check.units(files).stream().filter(unit -> unit.name().equals("joint-supervision")).toList());
        String to = repository.createProcessDefinitionQuery().processDefinitionKey("joint-supervision").latestVersion().singleResult().getId();
        Instant start = Instant.now();
        Batch batch = runtime.newMigration(runtime.createMigrationPlan(from, to).mapEqualActivities().build())
                .processInstanceQuery(runtime.createProcessInstanceQuery().processDefinitionId(from)).executeAsync();
        while (management.createBatchQuery().batchId(batch.getId()).count() > 0 && Duration.between(start, Instant.now()).compareTo(LONGEST) < 0) {
            Thread.sleep(500);
        }
        long moved = runtime.createProcessInstanceQuery().processDefinitionId(to).count();
        Duration took = Duration.between(start, Instant.now());
        Table.row("Moving running instances to a new version as a batch (" + moved + " of " + INSTANCES + ")", took.toSeconds() + " s", "10,000 in under 5 min", moved == INSTANCES && took.toMinutes() < 5);
    }
}
