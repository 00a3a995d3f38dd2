package org.thinkfamily.record;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The decisions that tables of rules have taken for families, kept with what went in, the rules that fired and the table's version. */
@Component
public class Decisions {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock time;

    Decisions(JdbcClient jdbc, JsonMapper json, Clock time) {
        this.jdbc = jdbc;
        this.json = json;
        this.time = time;
    }

    /**
     * A decision at the moment it is taken.
     *
     * @param person whom it is about, or null for the whole family
     * @param rules ids of the rules that fired, in the table's order
     * @param outputs one map for each rule that fired
     */
    public record Taken(String family, String process, Long person, String decision, String name, int version, String definition,
            Map<String, Object> inputs, List<String> rules, List<Map<String, Object>> outputs) { }

    /** A decision as it was kept. */
    public record Kept(long id, Instant decidedAt, Taken taken) { }

    /** Keeps decisions taken together, in this order. One statement. */
    public void file(List<Taken> taken) {
        jdbc.sql("""
                insert into decision_taken (family_ref, process_id, person_id, decision, name, version, definition_id, decided_at, inputs, rules, outputs)
                select t.family, t.process, t.person, t.decision, t.name, t.version, t.definition, :at, t.inputs, t.rules, t.outputs
                  from jsonb_to_recordset(cast(:taken as jsonb)) as t (family text, process text, person bigint, decision text, name text, version int,
                       definition text, inputs jsonb, rules jsonb, outputs jsonb)
                """)
                .param("at", Timestamp.from(time.instant())).param("taken", json.writeValueAsString(taken)).update();
    }

    /** Newest first; those before the decision with id {@code before} (null: from the newest). The caller has asked the policy. */
    public List<Kept> of(String family, Long before, int limit) {
        return jdbc.sql("""
                select * from decision_taken where family_ref = :family and (cast(:before as bigint) is null or id < :before) order by id desc limit :limit
                """)
                .param("family", family).param("before", before).param("limit", limit)
                .query(this::kept).list();
    }

    /** Those with these ids, in no order. The caller has asked the policy. */
    public List<Kept> all(Long[] ids) {
        return jdbc.sql("select * from decision_taken where id = any(:ids)").param("ids", ids).query(this::kept).list();
    }

    /** How many decisions were taken for a family. */
    public long count(String family) {
        return jdbc.sql("select count(*) from decision_taken where family_ref = :family").param("family", family).query(Long.class).single();
    }

    /** The newest time this decision was taken for the family; empty when it never was. */
    public Optional<Kept> newest(String family, String decision) {
        return jdbc.sql("select * from decision_taken where family_ref = :family and decision = :decision order by id desc limit 1")
                .param("family", family).param("decision", decision).query(this::kept).optional();
    }

    /** The newest of each of these decisions for each person it was taken about, in the order of the decisions and of the people. */
    public List<Kept> newestOfEach(String family, List<String> decisions) {
        return jdbc.sql("""
                select * from (select distinct on (decision, person_id) * from decision_taken where family_ref = :family and decision = any(:decisions)
                                order by decision, person_id, id desc) newest
                 order by array_position(:decisions, decision), person_id nulls first
                """)
                .param("family", family).param("decisions", decisions.toArray(String[]::new)).query(this::kept).list();
    }

    private Kept kept(ResultSet row, int n) throws SQLException {
        return new Kept(row.getLong("id"), row.getTimestamp("decided_at").toInstant(),
                        new Taken(row.getString("family_ref"), row.getString("process_id"), (Long) row.getObject("person_id"), row.getString("decision"),
                                row.getString("name"), row.getInt("version"), row.getString("definition_id"),
                                json.readValue(row.getString("inputs"), new TypeReference<Map<String, Object>>() { }),
                                json.readValue(row.getString("rules"), new TypeReference<List<String>>() { }),
                                json.readValue(row.getString("outputs"), new TypeReference<List<Map<String, Object>>>() { })));
    }
}
