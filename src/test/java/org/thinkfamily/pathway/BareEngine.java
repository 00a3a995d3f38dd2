package org.thinkfamily.pathway;

import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** The engine alone: the same diagrams, the same database, the same settings where they touch the engine's own work, and nothing of the product. */
public final class BareEngine implements AutoCloseable {

    private static final String PREFIX = "bare-";

    private final ProcessEngine engine;

    public BareEngine(DataSource database) {
        SpringProcessEngineConfiguration configuration = new SpringProcessEngineConfiguration();
        configuration.setProcessEngineName("bare");
        configuration.setDataSource(database);
        configuration.setTransactionManager(new DataSourceTransactionManager(database));
        configuration.setDatabaseType("postgres");
        configuration.setDatabaseSchemaUpdate("false");
        configuration.setIdGenerator(new StrongUuidGenerator());
        configuration.setAuthorizationEnabled(false);
        configuration.setAuthorizationCheckRevokes("never");
        configuration.setTenantCheckEnabled(false);
        configuration.setMetricsEnabled(false);
        configuration.setTaskMetricsEnabled(false);
        configuration.setJobExecutor(new EngineConfiguration().jobExecutor());
        configuration.setJobExecutorActivate(false);
        configuration.setJobExecutorPreferTimerJobs(true);
        configuration.setJobExecutorAcquireByDueDate(true);
        configuration.setHistory("activity");
        Map<Object, Object> beans = new HashMap<>();
        beans.put("clock", new FarClock());
        beans.put("people", new NoPeople());
        JavaDelegate nothing = execution -> { };
        beans.put("nothing", nothing);
        beans.put("sendMail", nothing);
        beans.put("applyRules", new ApplyRules());
        configuration.setBeans(beans);
        engine = configuration.buildProcessEngine();
    }

    /** Deploys an installed process under a name of its own; returns its key. */
    public String deploy(String process) {
        try {
            String xml = new ClassPathResource("models/" + process + ".bpmn").getContentAsString(StandardCharsets.UTF_8);
            return deploy(process, xml);
        } catch (java.io.IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    /** Deploys an installed decision. */
    public void deployDecision(String decision) {
        engine.getRepositoryService().createDeployment().addClasspathResource("models/" + decision + ".dmn").deploy();
    }

    /** Deploys a diagram under a name of its own; returns its key. */
    public String deploy(String process, String xml) {
        engine.getRepositoryService().createDeployment().name(PREFIX + process)
                .addString(PREFIX + process + ".bpmn", xml.replace("\"" + process + "\"", "\"" + PREFIX + process + "\"")).deploy();
        return PREFIX + process;
    }

    public ProcessEngine engine() {
        return engine;
    }

    @Override
    public void close() {
        engine.close();
    }

    /** Timers are always far off. */
    public static class FarClock {

        private static final long YEAR = 365L * 24 * 3600 * 1000;

        public Date limit(DelegateExecution execution, String name) {
            return new Date(System.currentTimeMillis() + YEAR);
        }

        public Date early(DelegateExecution execution, String name, String before) {
            return limit(execution, name);
        }
    }

    /** Nobody. */
    public static class NoPeople {

        public List<Long> children(DelegateExecution execution) {
            return List.of();
        }

        public List<Long> parents(DelegateExecution execution) {
            return List.of();
        }
    }
}
