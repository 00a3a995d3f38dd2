package org.thinkfamily.pathway;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.MessageCorrelationBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Messages between the processes of a family. A message that carries a {@code child} reaches the processes about that child only; one that carries a
 * {@code person} and no child, those about that person; one that carries neither but an {@code adult}, those about that adult.
 */
@Component
class Messages {

    private final RuntimeService runtime;
    private final Once once;
    private final JdbcClient jdbc;

    Messages(RuntimeService runtime, Once once, JdbcClient jdbc) {
        this.once = once;
        this.runtime = runtime;
        this.jdbc = jdbc;
    }

    /**
     * Starts the process that begins with this message, or tells the one that runs already where there is one at a time; or else reaches every event of the family that waits for it.
     *
     * @return how many were started or reached; nothing waiting is no error here
     */
    int send(String name, String family, Map<String, Object> facts) {
        Map<String, Object> carried = new HashMap<>(facts);
        Optional<Start> start = start(name);
        if (start.isPresent()) {
            Optional<Once.Running> running = once.running(start.get().definition(), start.get().element(), family, facts);
            if (running.isPresent()) {
                return running.get().told() ? 1 : 0;
            }
            carried.put("family", family);
            runtime.createMessageCorrelation(name).processInstanceBusinessKey(family).setVariables(carried).correlateStartMessage();
            return 1;
        }
        MessageCorrelationBuilder waiting = runtime.createMessageCorrelation(name).processInstanceBusinessKey(family);
        String about = carried.get("child") != null ? "child" : carried.get("person") != null ? "person" : "adult";
        if (carried.get(about) != null) {
            waiting.processInstanceVariableEquals(about, carried.get(about));
        }
        return waiting.setVariables(carried).correlateAllWithResult().size();
    }

    /** Whether a process begins with this message. */
    boolean starts(String name) {
        return start(name).isPresent();
    }

    private record Start(String definition, String element) { }

    private Optional<Start> start(String name) {
        return jdbc.sql("""
                select configuration_ as definition, activity_id_ as element from act_ru_event_subscr
                 where event_type_ = 'message' and event_name_ = :name and execution_id_ is null
                """).param("name", name).query(Start.class).optional();
    }
}
