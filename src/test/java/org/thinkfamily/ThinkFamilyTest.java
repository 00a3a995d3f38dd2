package org.thinkfamily;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

/**
 * The whole product on a real PostgreSQL, with the synthetic authority's people and no families. One application is shared by all tests that say this; each test
 * makes the family it needs. Jobs and timers run only when a test runs them.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"thinkfamily.engine.run-jobs=false", "thinkfamily.demo.families=0"})
@AutoConfigureMockMvc
@ContextConfiguration(initializers = TestDatabase.class)
@ActiveProfiles("demo")
public @interface ThinkFamilyTest { }
