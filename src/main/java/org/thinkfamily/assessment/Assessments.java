package org.thinkfamily.assessment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The joint assessments of families. Who calls has asked the policy about the family. */
@Component
public class Assessments {

    private final JdbcClient jdbc;

    Assessments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What was asked and has not been given. {@code person} is null for a part about the whole family. */
    public record Missing(String part, Long person) { }

    /**
     * The parts that are missing (S-089): both sides' parts, the GP's history of each parent (S-009), and each child seen, and seen alone (T-07).
     * A part that was answered with "could not be had" is missing too.
     *
     * @param parents ids of the parents whose GP is asked
     * @param children ids of the children who should be seen
     */
    public List<Missing> missing(String process, Collection<Long> parents, Collection<Long> children) {
        return jdbc.sql("""
                select asked.part, asked.person
                  from (select 'childrens-side' as part, null::bigint as person
                        union all select 'adult-side', null
                        union all select 'gp', unnest(:parents)
                        union all select part, child from unnest(array['child-seen', 'child-alone']) part, unnest(:children) child) asked
                 where not exists (select 1 from assessment_part p
                                    where p.process_id = :process and p.part = asked.part and p.person_id is not distinct from asked.person and p.given)
                 order by asked.part, asked.person
                """)
                .param("process", process).param("parents", parents.toArray(Long[]::new)).param("children", children.toArray(Long[]::new))
                .query(Missing.class).list();
    }

    /** What the assessment proposes for a child: a code of {@link Assessment.ForChild#outcome()}; empty for a child it did not look at. */
    public Optional<String> outcome(String process, long child) {
        return jdbc.sql("select outcome from assessment_child where process_id = :process and child_id = :child and outcome is not null")
                .param("process", process).param("child", child).query(String.class).optional();
    }

    /** The assessments of a family, newest first. Two statements. */
    public List<Assessment> of(String family) {
        record Child(String process, Assessment.ForChild view) { }
        List<Child> children = jdbc.sql("""
                select c.* from assessment_child c join assessment a using (process_id) where a.family_ref = :family order by c.child_id
                """).param("family", family)
                .query((row, n) -> new Child(row.getString("process_id"), new Assessment.ForChild(row.getLong("child_id"), row.getString("childrens_band"),
                        row.getString("adult_band"), row.getString("change_possible"), row.getString("outcome")))).list();
        return jdbc.sql("select * from assessment where family_ref = :family order by started_on desc, process_id").param("family", family)
                .query((row, n) -> assessment(row, children.stream().filter(child -> child.process().equals(process(row))).map(Child::view).toList()))
                .list();
    }

    private static String process(ResultSet row) {
        try {
            return row.getString("process_id");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Assessment assessment(ResultSet row, List<Assessment.ForChild> children) throws SQLException {
        return new Assessment(row.getString("process_id"), row.getString("family_ref"), (Long) row.getObject("adult_id"),
                row.getObject("started_on", LocalDate.class), List.of((String[]) row.getArray("factors").getArray()), (Boolean) row.getObject("agreed"),
                row.getString("signed_alone"), row.getObject("authorised_on", LocalDate.class), row.getString("authorised_by"),
                row.getObject("completed_on", LocalDate.class), children);
    }
}
