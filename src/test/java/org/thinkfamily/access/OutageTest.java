package org.thinkfamily.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;
import org.thinkfamily.TestDatabase;

/** The whole product on a database of its own that a test can take away, at a time that stands until a test moves it on. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(properties = {"thinkfamily.engine.run-jobs=false", "thinkfamily.demo.families=0", "thinkfamily.audit.journal=target/outage/emergency-journal.jsonl"})
@AutoConfigureMockMvc
@ContextConfiguration(initializers = TestDatabase.Own.class)
@Import(OutageTest.StandingTime.class)
@ActiveProfiles("demo")
@interface OutageTest {

    @TestConfiguration(proxyBeanMethods = false)
    class StandingTime {

        @Bean
        @Primary
        SetClock standingTime() {
            return new SetClock(Instant.now());
        }
    }
}
