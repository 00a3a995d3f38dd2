package org.thinkfamily.demo;

import java.util.Map;
import org.springframework.beans.factory.config.YamlMapFactoryBean;
import org.springframework.core.io.ClassPathResource;

/** The files in {@code demo/} that say what the synthetic authority is made of. */
final class DemoFile {

    private DemoFile() {
    }

    static Map<String, Object> read(String name) {
        YamlMapFactoryBean file = new YamlMapFactoryBean();
        file.setResources(new ClassPathResource("demo/" + name + ".yml"));
        file.afterPropertiesSet();
        return file.getObject();
    }
}
