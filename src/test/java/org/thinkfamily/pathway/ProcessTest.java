package org.thinkfamily.pathway;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.thinkfamily.SqlCount;
import org.thinkfamily.TestDatabase;

/** A test that walks processes in the whole application. No job runs by itself: the test fires each timer and job by the name of its element. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@SpringBootTest(properties = {"thinkfamily.engine.run-jobs=false", "spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://localhost:9/keys"})
@ContextConfiguration(initializers = TestDatabase.Beside.class)
@Import({FlowsTaken.class, Walk.class, SqlCount.class})
@interface ProcessTest { }
