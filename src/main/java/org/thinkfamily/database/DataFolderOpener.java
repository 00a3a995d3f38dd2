package org.thinkfamily.database;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

import java.nio.file.Path;

/**
 * Opens the data folder before any bean is made: when it cannot be used, that is the first and only thing said.
 */
class DataFolderOpener implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String BEAN = "dataFolder";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.addBeanFactoryPostProcessor(beans -> {
            if (beans.getBeanNamesForType(PostgresServer.class, false, false).length > 0) {
                DataFolder folder = DataFolder.open(
                        Path.of(context.getEnvironment().getProperty("thinkfamily.data-dir", "data/postgres")));
                beans.registerSingleton(BEAN, folder);
                // Closed after the server, which depends on it; also when the start fails further on.
                ((DefaultListableBeanFactory) beans).registerDisposableBean(BEAN, folder::close);
            }
        });
    }
}
