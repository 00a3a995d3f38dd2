package org.thinkfamily.pathway;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.MessageCorrelationBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Messages between the processes of a family. A message that carries a {@code child} reaches the processes about that child only; one that carries an
 * {@code adult} and no child, those about that adult.
 */
@Component
class Messages {

    private final RuntimeService runtime;
    private final JdbcClient jdbc;

    Messages(RuntimeService runtime, JdbcClient jdbc) {
        this.runtime = runtime;
        this.jdbc = jdbc;
    }

    /**
     * Starts the process that begins with this message, or else reaches every event of the family that waits for it.
     *
     * @return how many were started or reached; nothing waiting is no error here
     */
    int send(String name, String family, Map<String, Object> facts) {
        Map<String, Object> carried = new HashMap<>(facts);
        if (starts(name)) {
            carried.put("family", family);
            runtime.createMessageCorrelation(name).processInstanceBusinessKey(family).setVariables(carried).correlateStartMessage();
            return 1;
        }
        MessageCorrelationBuilder waiting = runtime.createMessageCorrelation(name).processInstanceBusinessKey(family);
        String about = carried.get("child") != null ? "child" : "adult";
        if (carried.get(about) != null) {
            waiting.processInstanceVariableEquals(about, carried.get(about));
        }
        return waiting.setVariables(carried).correlateAllWithResult().size();
    }

    /** Whether a process begins with this message. */
    boolean starts(String name) {
        return jdbc.sql("select exists (select 1 from act_ru_event_subscr where event_type_ = 'message' and event_name_ = :name and execution_id_ is null)")
                .param("name", name).query(Boolean.class).single();
    }
}
