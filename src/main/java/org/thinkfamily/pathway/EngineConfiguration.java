package org.thinkfamily.pathway;

import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.camunda.bpm.engine.spring.ProcessEngineFactoryBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.thinkfamily.access.Acting;

/** The engine, in the record's database and transactions. */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

    /** Failed jobs are tried again after these waits; then an incident stands that people can see. */
    private static final String RETRY_AFTER = "PT1M,PT10M,PT1H";

    @Bean
    static EngineSettings engineSettings() {
        return new EngineSettings();
    }

    @Bean
    ProcessEngineFactoryBean processEngine(EngineSettings engine, DataSource dataSource, PlatformTransactionManager transactions, FlywayMigrationInitializer schemaIsThere,
            ApplicationContext beans, StepListener steps, DecisionLog decisions, JobExecutor jobExecutor,
            @Value("${thinkfamily.engine.cleanup-from:02:00}") String cleanupFrom,
            @Value("${thinkfamily.engine.cleanup-until:05:00}") String cleanupUntil) {
        engine.setProcessEngineName("thinkfamily");
        engine.setApplicationContext(beans);
        engine.setDataSource(dataSource);
        engine.setTransactionManager(transactions);
        engine.setDatabaseSchemaUpdate("false");
        engine.setSkipIsolationLevelCheck(false);
        engine.setIdGenerator(new StrongUuidGenerator());

        // Need-to-know is ours, in SQL; the engine's own checks would only slow lists down.
        engine.setAuthorizationEnabled(false);
        engine.setAuthorizationCheckRevokes("never");
        engine.setTenantCheckEnabled(false);
        engine.setEnableExpressionsInStoredQueries(false);
        engine.setEnableExceptionsAfterUnhandledBpmnError(true);
        engine.setJavaSerializationFormatEnabled(false);
        engine.setMetricsEnabled(false);
        engine.setTaskMetricsEnabled(false);
        engine.setHistory("activity");
        engine.setEnforceHistoryTimeToLive(true);
        engine.setHistoryCleanupBatchWindowStartTime(cleanupFrom);
        engine.setHistoryCleanupBatchWindowEndTime(cleanupUntil);

        engine.setJobExecutor(jobExecutor);
        engine.setJobExecutorActivate(false);
        engine.setJobExecutorDeploymentAware(false);
        engine.setJobExecutorPreferTimerJobs(true);
        engine.setJobExecutorAcquireByDueDate(true);
        engine.setFailedJobRetryTimeCycle(RETRY_AFTER);

        engine.setCustomPostBPMNParseListeners(new ArrayList<>(List.of(steps)));
        DefaultDmnEngineConfiguration rules = (DefaultDmnEngineConfiguration) DefaultDmnEngineConfiguration.createDefaultDmnEngineConfiguration();
        rules.setCustomPostDecisionEvaluationListeners(new ArrayList<>(List.of(decisions)));
        engine.setDmnEngineConfiguration(rules);

        ProcessEngineFactoryBean factory = new ProcessEngineFactoryBean();
        factory.setProcessEngineConfiguration(engine);
        return factory;
    }

    @Bean
    JobExecutor jobExecutor() {
        DefaultJobExecutor executor = new DefaultJobExecutor() {
            @Override
            public Runnable getExecuteJobsRunnable(List<String> jobs, ProcessEngineImpl engine) {
                Runnable run = super.getExecuteJobsRunnable(jobs, engine);
                return () -> Acting.asSystem("run jobs", run);
            }
        };
        executor.setCorePoolSize(2);
        executor.setMaxPoolSize(4);
        executor.setQueueSize(300);
        executor.setMaxJobsPerAcquisition(100);
        executor.setBackoffTimeInMillis(50);
        executor.setMaxBackoff(2_000);
        executor.setMaxWait(10_000);
        return executor;
    }

    @Bean
    RepositoryService repositoryService(ProcessEngine engine) {
        return engine.getRepositoryService();
    }

    @Bean
    RuntimeService runtimeService(ProcessEngine engine) {
        return engine.getRuntimeService();
    }

    @Bean
    TaskService taskService(ProcessEngine engine) {
        return engine.getTaskService();
    }

    @Bean
    ManagementService managementService(ProcessEngine engine) {
        return engine.getManagementService();
    }

    @Bean
    DecisionService decisionService(ProcessEngine engine) {
        return engine.getDecisionService();
    }
}
