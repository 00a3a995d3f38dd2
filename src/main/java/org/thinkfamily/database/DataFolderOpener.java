package org.thinkfamily.database;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

import java.nio.file.Path;

/**
 * Opens the data folder before any bean is made: when it cannot be used, that is the first and only thing said. Then PostgreSQL starts on it while the beans are made.
 */
class DataFolderOpener implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String BEAN = "dataFolder";
    private static final String START = "postgresStart";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.addBeanFactoryPostProcessor(beans -> {
            if (beans.getBeanNamesForType(PostgresServer.class, false, false).length > 0) {
                DataFolder folder = DataFolder.open(
                        Path.of(context.getEnvironment().getProperty("thinkfamily.data-dir", "data/postgres")));
                beans.registerSingleton(BEAN, folder);
                PostgresStart start = new PostgresStart(folder, context.getEnvironment().getProperty("thinkfamily.postgres-port", Integer.class, 0));
                beans.registerSingleton(START, start);
                // Closed in the other order; also when the start of the program fails further on.
                ((DefaultListableBeanFactory) beans).registerDisposableBean(BEAN, folder::close);
                ((DefaultListableBeanFactory) beans).registerDisposableBean(START, start::close);
            }
        });
    }
}
