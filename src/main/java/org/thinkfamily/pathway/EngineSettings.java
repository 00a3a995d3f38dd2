package org.thinkfamily.pathway;

import java.util.concurrent.CompletableFuture;
import org.apache.ibatis.mapping.Environment;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The engine's settings. They read the engine's SQL mappings, a quarter of the work of a start and the same on every database, on another core while the rest
 * of the program starts; the database is put in when it is there.
 */
class EngineSettings extends SpringProcessEngineConfiguration implements BeanFactoryPostProcessor {

    private CompletableFuture<Void> mappings;

    EngineSettings() {
        setDatabaseType("postgres");
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        setDataSource(new DelegatingDataSource());
        initTransactionFactory();
        mappings = CompletableFuture.runAsync(super::initSqlSessionFactory, task -> {
            Thread reader = new Thread(task, "engine-mappings");
            reader.setDaemon(true);
            reader.start();
        });
    }

    @Override
    protected void initSqlSessionFactory() {
        mappings.join();
        sqlSessionFactory.getConfiguration().setEnvironment(new Environment("default", transactionFactory, dataSource));
    }
}
