package org.thinkfamily;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

/** As {@link ThinkFamilyTest}, for tests that move the demo's time: they have a database of their own, and nobody uses their application afterwards. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"thinkfamily.engine.run-jobs=false", "thinkfamily.demo.families=0"})
@AutoConfigureMockMvc
@ContextConfiguration(initializers = TestDatabase.Own.class)
@ActiveProfiles("demo")
@DirtiesContext
public @interface TimeTravelTest { }
