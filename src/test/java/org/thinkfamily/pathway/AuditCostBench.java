package org.thinkfamily.pathway;

import static org.thinkfamily.bench.Table.ms;
import static org.thinkfamily.bench.Table.quantile;

import java.util.ArrayList;
import java.util.List;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.bench.Table;
import org.thinkfamily.worklist.Filling;
import org.thinkfamily.worklist.Fillings;

/** What the audit costs: completing a task with it and without it, one after the other, on the durable PostgreSQL inside, while the audit is sealed as ever. */
@SpringBootTest(properties = {"thinkfamily.engine.run-jobs=false", "thinkfamily.data-dir=target/bench/audit-cost", "thinkfamily.audit.heads.log=false", "spring.main.lazy-initialization=false",
    "spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://localhost:9/keys"})
@Import({FlowsTaken.class, Walk.class, AuditCostBench.Beans.class})
class AuditCostBench {

    private static final int PAIRS = 250;
    private static volatile boolean audited = true;

    @TestConfiguration
    static class Beans {

        /** In place of the audit one that can be told to do nothing. */
        @Bean
        static BeanPostProcessor switchedOff() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (!(bean instanceof Audit)) {
                        return bean;
                    }
                    ProxyFactory proxy = new ProxyFactory(bean);
                    proxy.setProxyTargetClass(true);
                    proxy.addAdvice((MethodInterceptor) call -> audited ? call.proceed() : null);
                    return proxy.getProxy();
                }
            };
        }
    }

    @Autowired
    private Walk walk;
    @Autowired
    private Fillings fillings;

    @AfterAll
    static void print() {
        Table.print();
    }

    @Test
    void completingATask() throws Exception {
        walk.settle();
        pairs(60); // warm
        double[][] both = pairs(PAIRS);
        double with = quantile(both[0], 0.5);
        double without = quantile(both[1], 0.5);
        double cost = (with / without - 1) * 100;
        Table.row("The audit's share in completing a task (medians with " + ms(with) + ", without " + ms(without) + ")", String.format("%+.1f %%", cost), "at most 10 %", cost <= 10);
    }

    /** Milliseconds with the audit, and without. */
    private double[][] pairs(int count) {
        Actor actor = walk.user(Walk.AMH);
        List<String> tasks = new ArrayList<>();
        for (int i = 0; i < 2 * count; i++) {
            String family = walk.start(Walk.AMH, "identification", null, StatementsTest.accepted());
            walk.complete(family, "screen", StatementsTest.screened(walk.adult(family).id()));
            tasks.add(walk.task(family, "risks").id());
        }
        double[] with = new double[count];
        double[] without = new double[count];
        for (int i = 0; i < 2 * count; i++) {
            // Neither is always the first of its pair.
            audited = (i + i / 2) % 2 == 0;
            long start = System.nanoTime();
            Filling filling = fillings.task(actor, tasks.get(i));
            fillings.file(filling, fillings.check(filling, fillings.context(filling), IdentificationProcessTest.NO_RISKS), actor, null);
            (audited ? with : without)[i / 2] = (System.nanoTime() - start) / 1e6;
        }
        audited = true;
        return new double[][] {with, without};
    }
}
