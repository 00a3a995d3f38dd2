package org.thinkfamily.database;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.io.BufferedReader;
import java.io.InputStreamReader;

/**
 * A small application on the PostgreSQL inside, to be killed. Reads one command a line: {@code put} and a text keeps
 * it, {@code list} says what is kept.
 */
@Configuration(proxyBeanMethods = false)
@Import(EmbeddedDatabase.class)
@ImportAutoConfiguration({DataSourceAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class, FlywayAutoConfiguration.class})
class AnswerKeeper {

    /** What an answer starts with; other lines are the log's. */
    static final String ANSWER = "answer: ";

    static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(AnswerKeeper.class)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off",
                        "spring.flyway.locations=classpath:db/embedded-database-test",
                        "spring.datasource.hikari.connection-timeout=2000",
                        "logging.level.root=error");
    }

    public static void main(String[] args) throws Exception {
        // Not the product's application.yml, which goes before the properties above.
        System.setProperty("spring.config.name", "answer-keeper");
        JdbcClient jdbc = application().run(args).getBean(JdbcClient.class);
        System.out.println(ANSWER + "ready");
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            try {
                if (command.startsWith("put ")) {
                    jdbc.sql("insert into answer (text) values (:text)").param("text", command.substring(4)).update();
                    System.out.println(ANSWER + "kept");
                } else {
                    System.out.println(ANSWER + jdbc.sql("select text from answer order by id").query(String.class).list());
                }
            } catch (DataAccessException e) {
                System.out.println(ANSWER + "failed");
            }
        }
    }
}
