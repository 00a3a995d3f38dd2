package org.thinkfamily.pathway;

import static org.thinkfamily.bench.Table.ms;
import static org.thinkfamily.bench.Table.quantile;
import static org.thinkfamily.bench.Table.times;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.thinkfamily.access.Acting;
import org.thinkfamily.access.Actor;
import org.thinkfamily.bench.Table;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;
import org.thinkfamily.worklist.WorkItem;
import org.thinkfamily.worklist.WorkItems;

/** Speed on the durable PostgreSQL inside, against the bare engine on the same database in the same run. */
@SpringBootTest(properties = {"thinkfamily.engine.run-jobs=false", "thinkfamily.data-dir=target/bench/postgres", "spring.main.lazy-initialization=false",
    "spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://localhost:9/keys"})
@Import({FlowsTaken.class, Walk.class, PathwayBench.Beans.class})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PathwayBench {

    private static final int COMPLETIONS = 120;
    private static final int PAGES = 300;
    private static final int TIMERS = 5_000;
    private static final int SCREENINGS = 1_500;

    private static final String TIMER_PROCESS = """
            <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="bench">
              <bpmn:process id="timers" name="Timers" isExecutable="true" camunda:historyTimeToLive="P1D">
                <bpmn:startEvent id="start"/><bpmn:sequenceFlow id="a" sourceRef="start" targetRef="wait"/>
                <bpmn:intermediateCatchEvent id="wait"><bpmn:timerEventDefinition id="t"><bpmn:timeDate>${due}</bpmn:timeDate></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
                <bpmn:sequenceFlow id="b" sourceRef="wait" targetRef="work"/>
                <bpmn:serviceTask id="work" camunda:delegateExpression="${nothing}"/><bpmn:sequenceFlow id="c" sourceRef="work" targetRef="end"/><bpmn:endEvent id="end"/>
              </bpmn:process>
            </bpmn:definitions>
            """;

    @TestConfiguration
    static class Beans {

        @Bean("nothing")
        JavaDelegate empty() {
            return execution -> { };
        }
    }

    @Autowired
    private Walk walk;
    @Autowired
    private Fillings fillings;
    @Autowired
    private WorkItems items;
    @Autowired
    private ProcessEngine engine;
    @Autowired
    private DataSource database;
    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private FlywayConnectionDetails migrations;

    private static double costAtOneThousand;
    private static double pageAtTenThousand;

    @BeforeEach
    void authority() {
        walk.settle();
    }

    @AfterAll
    static void print() {
        Table.print();
    }

    @Test
    @Order(1)
    void completingATask() throws Exception {
        fillTo(1_000);
        completions(); // warm
        double[] both = completions();
        costAtOneThousand = both[0];
        double ratio = both[0] / both[1];
        Table.row("Completing a task, whole path against the bare engine (medians " + ms(both[0]) + " and " + ms(both[1]) + ")", times(ratio), "at most 1.6 times", ratio <= 1.6);
    }

    @Test
    @Order(2)
    void firstPageOfTeamWorkAtTenThousand() {
        fillTo(10_000);
        pageAtTenThousand = page();
    }

    @Test
    @Order(3)
    void firstPageOfTeamWorkAtOneHundredThousand() {
        fillTo(100_000);
        double p95 = page();
        Table.row("First page of Team work with 100,000 open tasks, p95 as a practitioner", ms(p95), "under 30 ms", p95 < 30);
        Table.row("The same against 10,000 open tasks (" + ms(pageAtTenThousand) + ")", times(p95 / pageAtTenThousand), "at most 1.5 times", p95 / pageAtTenThousand <= 1.5);
    }

    /** With and without in turns, so that both meet the same weather. */
    @Test
    @Order(3)
    void rowLevelSecurityOfTeamWorkAtOneHundredThousand() throws Exception {
        fillTo(100_000);
        double[] with = new double[4];
        double[] without = new double[4];
        for (int turn = 0; turn < with.length; turn++) {
            protect("disable");
            without[turn] = page();
            protect("enable");
            with[turn] = page();
        }
        double ratio = quantile(with, 0.5) / quantile(without, 0.5);
        Table.row("The same with row-level security against without (p95 " + ms(quantile(with, 0.5)) + " and " + ms(quantile(without, 0.5)) + ")", times(ratio), "at most 1.25 times", ratio <= 1.25);
    }

    /** As the owner of the tables. */
    private void protect(String how) throws SQLException {
        try (Connection owner = DriverManager.getConnection(migrations.getJdbcUrl(), migrations.getUsername(), migrations.getPassword()); Statement statement = owner.createStatement()) {
            for (String table : List.of("family", "person", "family_member", "involvement", "work_item", "clock", "audit_event")) {
                statement.execute("alter table " + table + " " + how + " row level security");
            }
        }
    }

    @Test
    @Order(4)
    void completingATaskAmongOneHundredThousand() throws Exception {
        double[] both = completions();
        double ratio = both[0] / costAtOneThousand;
        Table.row("Completing a task with 100,000 open tasks against 1,000 (median " + ms(both[0]) + ", bare engine " + ms(both[1]) + ")", times(ratio), "at most 1.2 times", ratio <= 1.2);
    }

    @Test
    @Order(5)
    void timersDueInTheSameMinute() throws Exception {
        engine.getRepositoryService().createDeployment().name("timers").addString("timers.bpmn", TIMER_PROCESS).deploy();
        try (BareEngine bare = new BareEngine(database)) {
            String process = bare.deploy("timers", TIMER_PROCESS);
            for (int count : List.of(TIMERS / 10, TIMERS)) { // the first time to warm up
                startTimers(engine, "timers", count);
                startTimers(bare.engine(), process, count);
                double rate = drain(engine, "timers");
                double bareRate = drain(bare.engine(), process);
                if (count == TIMERS) {
                    timersRow("5,000 timers due in the same minute, an empty step after each", rate, bareRate);
                }
            }
        }
    }

    @Test
    @Order(6)
    void screeningsLateInTheSameMinute() throws Exception {
        try (BareEngine bare = new BareEngine(database)) {
            String process = bare.deploy("identification");
            for (int i = 0; i < SCREENINGS; i++) {
                walk.start(Walk.AMH, "identification", null, StatementsTest.accepted());
                bare.engine().getRuntimeService().startProcessInstanceByKey(process, "bare", Map.of("family", "bare", "adult", 1L, "adultRole", Walk.AMH));
            }
            double rate = drain(engine, "identification");
            timersRow("1,500 screenings late in the same minute, the message an empty step in the bare engine", rate, drain(bare.engine(), process));
        }
    }

    private static void timersRow(String what, double ours, double bare) {
        Table.row(String.format("%s (%.0f a second, bare engine %.0f)", what, ours, bare), times(ours / bare), "at least 0.8 times", ours / bare >= 0.8);
    }

    /** Medians in milliseconds: the whole path, the bare engine; one after the other, so that both meet the same weather. */
    private double[] completions() throws Exception {
        Actor actor = walk.user(Walk.AMH);
        List<String> ours = new ArrayList<>();
        for (int i = 0; i < COMPLETIONS; i++) {
            ours.add(waitingAtRisks());
        }
        double[] whole = new double[COMPLETIONS];
        double[] alone = new double[COMPLETIONS];
        try (BareEngine bare = new BareEngine(database)) {
            String process = bare.deploy("identification");
            List<String> bareTasks = new ArrayList<>();
            Map<String, Object> routes = null;
            for (int i = 0; i < COMPLETIONS; i++) {
                bareTasks.add(bareAtRisks(bare, process));
            }
            for (int i = 0; i < COMPLETIONS; i++) {
                long start = System.nanoTime();
                Filling filling = fillings.task(actor, ours.get(i));
                var checked = fillings.check(filling, fillings.context(filling), IdentificationProcessTest.NO_RISKS);
                fillings.file(filling, checked, actor, null);
                whole[i] = (System.nanoTime() - start) / 1e6;
                routes = checked.routes();
                start = System.nanoTime();
                bare.engine().getTaskService().complete(bareTasks.get(i), routes);
                alone[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        return new double[] {quantile(whole, 0.5), quantile(alone, 0.5)};
    }

    private String waitingAtRisks() {
        String family = walk.start(Walk.AMH, "identification", null, StatementsTest.accepted());
        walk.complete(family, "screen", StatementsTest.screened(walk.adult(family).id()));
        return walk.task(family, "risks").id();
    }

    private static String bareAtRisks(BareEngine bare, String process) {
        String instance = bare.engine().getRuntimeService().startProcessInstanceByKey(process, "bare", Map.of("family", "bare", "adult", 1L, "adultRole", Walk.AMH)).getId();
        var tasks = bare.engine().getTaskService();
        tasks.complete(tasks.createTaskQuery().processInstanceId(instance).singleResult().getId(), Map.of("childrenInHousehold", "yes", "childrenElsewhere", "no",
                "contactWithChildren", "no", "caring", "no", "pregnancy", "no"));
        return tasks.createTaskQuery().processInstanceId(instance).singleResult().getId();
    }

    /** p95 in milliseconds of the first page of Team work, as a practitioner who manages nobody. */
    private double page() {
        Actor actor = walk.user(Walk.AMH);
        double[] measured = new double[PAGES];
        try (Acting.Turn turn = Acting.as(actor.username())) {
            for (int i = -50; i < PAGES; i++) {
                long start = System.nanoTime();
                items.team(actor, null, 25);
                if (i >= 0) {
                    measured[i] = (System.nanoTime() - start) / 1e6;
                }
            }
        }
        return quantile(measured, 0.95);
    }

    /** Copies one waiting family, in the record and in the engine, until so many tasks are open; over 40 teams, one of them the practitioner's, half waiting in queues. */
    private void fillTo(int open) {
        int now = jdbc.sql("select count(*) from work_item where done_at is null").query(Integer.class).single();
        if (now >= open) {
            return;
        }
        WorkItem sample = items.one(walk.user(Walk.AMH), waitingAtRisks()).orElseThrow();
        AtomicLong from = new AtomicLong(System.nanoTime());
        jdbc.sql("insert into team (id, service_id, name) select 'bench-' || n, 'mental-health', 'bench ' || n from generate_series(1, 39) n on conflict do nothing").update();
        for (String copy : List.of(
                "insert into family (ref, created_at, created_by) select 'B-' || :from || '-' || n, now(), 'bench' from generate_series(1, :count) n",
                "insert into family_member (family_ref, person_id, position) select 'B-' || :from || '-' || n, m.person_id, m.position from family_member m, generate_series(1, :count) n where m.family_ref = :family",
                """
                insert into involvement (family_ref, role, team_id, username, began_on)
                select 'B-' || :from || '-' || n, :role, case n % 40 when 0 then :team else 'bench-' || (n % 40) end, null, current_date from generate_series(1, :count) n
                """,
                engineCopy("act_ru_execution", "'id_', e.id_ || '-' || :from || n, 'proc_inst_id_', e.proc_inst_id_ || '-' || :from || n, 'root_proc_inst_id_', e.root_proc_inst_id_ || '-' || :from || n, 'business_key_', 'B-' || :from || '-' || n", "e.proc_inst_id_ = :process"),
                engineCopy("act_ru_task", "'id_', e.id_ || '-' || :from || n, 'proc_inst_id_', e.proc_inst_id_ || '-' || :from || n, 'execution_id_', e.execution_id_ || '-' || :from || n", "e.proc_inst_id_ = :process"),
                engineCopy("act_ru_variable", "'id_', e.id_ || '-' || :from || n, 'proc_inst_id_', e.proc_inst_id_ || '-' || :from || n, 'execution_id_', e.execution_id_ || '-' || :from || n, 'var_scope_', e.var_scope_ || '-' || :from || n", "e.proc_inst_id_ = :process"),
                engineCopy("work_item", "'id', e.id || '-' || :from || n, 'family_ref', 'B-' || :from || '-' || n, 'process_id', e.process_id || '-' || :from || n, 'assignee', null, "
                        + "'team_id', case n % 40 when 0 then e.team_id else 'bench-' || (n % 40) end, 'sort_at', e.sort_at + n * interval '1 minute'", "e.id = :task"))) {
            jdbc.sql(copy).param("from", from.get()).param("count", open - now).param("family", sample.family()).param("role", sample.role()).param("team", sample.team())
                    .param("process", sample.processId()).param("task", sample.id()).update();
        }
        jdbc.sql("analyze").update();
    }

    private static String engineCopy(String table, String changes, String which) {
        return "insert into " + table + " select (jsonb_populate_record(e, jsonb_build_object(" + changes + "))).* from " + table + " e, generate_series(1, :count) n where " + which;
    }

    private static void startTimers(ProcessEngine engine, String process, int count) {
        Date tomorrow = new Date(System.currentTimeMillis() + Duration.ofDays(1).toMillis());
        for (int i = 0; i < count; i++) {
            engine.getRuntimeService().startProcessInstanceByKey(process, Map.of("due", tomorrow));
        }
    }

    /** Lets every waiting timer of a process fall due at this moment; timers a second until the last has fired. Then what they set off is let run too, so that it costs nobody else. */
    private double drain(ProcessEngine engine, String process) throws Exception {
        int timers = jdbc.sql("update act_ru_job set duedate_ = now() where process_def_key_ = :process and handler_type_ like 'timer-%'").param("process", process).update();
        jdbc.sql("analyze").update();
        JobExecutor executor = ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()).getJobExecutor();
        long start = System.nanoTime();
        executor.start();
        waitUntil(() -> engine.getManagementService().createJobQuery().processDefinitionKey(process).timers().count() == 0);
        double seconds = (System.nanoTime() - start) / 1e9;
        waitUntil(() -> engine.getManagementService().createJobQuery().processDefinitionKey(process).executable().count() == 0);
        executor.shutdown();
        return timers / seconds;
    }

    private static void waitUntil(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            java.util.concurrent.TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
