package org.thinkfamily;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

import org.thinkfamily.access.AuditVerification;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the product. */
@SpringBootApplication
@EnableScheduling
public class ThinkFamily {

    public static void main(String[] args) throws ReflectiveOperationException {
        Class<?> inside = InnerJars.inside(ThinkFamily.class);
        if (inside != null) {
            inside.getMethod("main", String[].class).invoke(null, (Object) args);
            return;
        }
        if (AuditVerification.asked(args)) {
            System.exit(AuditVerification.run(System.out, args));
        }
        SpringApplication.run(ThinkFamily.class, args);
    }

    /** The one source of "now"; the demo profile puts a clock in its place that can be moved. */
    @Bean
    @Profile("!demo")
    Clock time() {
        return Clock.systemUTC();
    }
}
