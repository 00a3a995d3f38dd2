package org.thinkfamily.demo;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.thinkfamily.access.Acting;

/** Opens the synthetic authority at the first start, and has the families built that are missing. */
@Component
@Profile("demo")
class DemoStart implements ApplicationRunner {

    private final Authority authority;
    private final SyntheticFamilies families;

    DemoStart(Authority authority, SyntheticFamilies families) {
        this.authority = authority;
        this.families = families;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        authority.open();
        Acting.asSystem("build the demonstration", families::begin);
    }
}
