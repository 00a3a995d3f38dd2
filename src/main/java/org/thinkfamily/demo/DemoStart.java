package org.thinkfamily.demo;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Opens the synthetic authority at the first start. */
@Component
@Profile("demo")
class DemoStart implements ApplicationRunner {

    private final Authority authority;

    DemoStart(Authority authority) {
        this.authority = authority;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        authority.open();
    }
}
