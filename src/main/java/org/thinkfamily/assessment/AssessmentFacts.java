package org.thinkfamily.assessment;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.Clocks;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.record.Entry;
import org.thinkfamily.record.EntryFiled;

/** Takes from the entries of a joint assessment what others need to ask of it, in the transaction that files them. */
@Component
class AssessmentFacts {

    private static final String CLOCK = "assessment.complete";

    private final JdbcClient jdbc;
    private final Clocks clocks;

    AssessmentFacts(JdbcClient jdbc, Clocks clocks) {
        this.jdbc = jdbc;
        this.clocks = clocks;
    }

    @EventListener
    void filed(EntryFiled filed) {
        Entry entry = filed.entry();
        if (!"joint-assessment".equals(entry.processKey())) {
            return;
        }
        if (entry.processId() == null) {
            if ("assessment-sign-alone".equals(entry.formKey()) && entry.supersedes() == null) {
                signedAlone(entry);
            }
            return;
        }
        ensure(entry, filed.subjects().get("adult"));
        switch (entry.formKey()) {
            case "assessment-childrens-side" -> part(entry, "childrens-side", null, true);
            case "assessment-adult-side" -> part(entry, "adult-side", null, true);
            case "assessment-gp" -> part(entry, "gp", filed.subjects().get("person"), "yes".equals(entry.answers().get("obtained")));
            case "assessment-child-views" -> rows(entry).forEach(row -> seen(entry, row));
            case "assessment-analysis" -> analysed(entry);
            case "assessment-agree" -> {
                update(entry, "agreed = :agreed", Map.of("agreed", "yes".equals(entry.answers().get("agreed"))));
                rows(entry).forEach(row -> child(entry, row, "adult_band", "band"));
            }
            case "assessment-late" -> explained(entry);
            default -> {
                // An act is done once: correcting the words of a signature does not sign again.
                if (entry.supersedes() == null) {
                    act(entry);
                }
            }
        }
    }

    private void act(Entry entry) {
        switch (entry.formKey()) {
            case "assessment-sign" -> sign(entry, entry.role().startsWith("childrens-") ? "childrens" : "adult");
            case "assessment-countersign" -> sign(entry, "adult-manager");
            case "assessment-authorise" -> {
                if ("authorise".equals(entry.answers().get("authorisation"))) {
                    update(entry, "authorised_on = :on, authorised_by = :by", Map.of("on", day(entry), "by", entry.author()));
                } else {
                    returned(entry);
                }
            }
            case "assessment-tell" -> update(entry, "completed_on = :on", Map.of("on", day(entry)));
            default -> { }
        }
    }

    private void ensure(Entry entry, Long adult) {
        jdbc.sql("""
                insert into assessment (process_id, family_ref, adult_id, started_on) values (:process, :family, :adult, :on)
                on conflict (process_id) do nothing
                """)
                .param("process", entry.processId()).param("family", entry.family()).param("adult", adult).param("on", day(entry)).update();
    }

    private void part(Entry entry, String part, Long person, boolean given) {
        jdbc.sql("""
                insert into assessment_part (process_id, part, person_id, given, entry_id) values (:process, :part, :person, :given, :entry)
                on conflict (process_id, part, person_id) do update set given = excluded.given, entry_id = excluded.entry_id
                """)
                .param("process", entry.processId()).param("part", part).param("person", person).param("given", given).param("entry", entry.id()).update();
    }

    private void seen(Entry entry, Map<String, Object> row) {
        boolean unborn = "unborn".equals(row.get("seen"));
        boolean alone = "yes".equals(row.get("alone")) || "too-young".equals(row.get("alone"));
        part(entry, "child-seen", person(row), unborn || "yes".equals(row.get("seen")));
        part(entry, "child-alone", person(row), unborn || alone);
    }

    private void analysed(Entry entry) {
        List<?> factors = entry.answers().get("factors") instanceof List<?> codes ? codes : List.of();
        update(entry, "factors = :factors", Map.of("factors", factors.stream().map(Object::toString).toArray(String[]::new)));
        for (Map<String, Object> row : rows(entry)) {
            child(entry, row, "childrens_band", "band");
            child(entry, row, "change_possible", "change");
            child(entry, row, "outcome", "outcome");
        }
    }

    /** @param column one of this table's columns, never text from outside */
    private void child(Entry entry, Map<String, Object> row, String column, String answer) {
        jdbc.sql("insert into assessment_child (process_id, child_id, " + column + ") values (:process, :child, :value)"
                        + " on conflict (process_id, child_id) do update set " + column + " = excluded." + column)
                .param("process", entry.processId()).param("child", person(row)).param("value", row.get(answer)).update();
    }

    /** It is told to the family, not to one process: the assessment meant is the one not yet authorised. */
    private void signedAlone(Entry entry) {
        jdbc.sql("""
                with meant as (
                  update assessment set signed_alone = :side, signed_alone_entry = :entry
                   where process_id = (select process_id from assessment where family_ref = :family and authorised_on is null order by started_on desc, process_id limit 1)
                  returning process_id)
                insert into assessment_signature (process_id, side, username, signed_on) select process_id, :side, :username, :on from meant
                on conflict (process_id, side) do update set username = excluded.username, signed_on = excluded.signed_on
                """)
                .param("family", entry.family()).param("side", entry.answers().get("side")).param("entry", entry.id())
                .param("username", entry.author()).param("on", day(entry)).update();
    }

    private void sign(Entry entry, String side) {
        jdbc.sql("""
                insert into assessment_signature (process_id, side, username, signed_on) values (:process, :side, :username, :on)
                on conflict (process_id, side) do update set username = excluded.username, signed_on = excluded.signed_on
                """)
                .param("process", entry.processId()).param("side", side).param("username", entry.author()).param("on", day(entry)).update();
    }

    /** What was signed is no longer what will be authorised: both sides sign again. */
    private void returned(Entry entry) {
        jdbc.sql("delete from assessment_signature where process_id = :process").param("process", entry.processId()).update();
        update(entry, "agreed = null, signed_alone = null, signed_alone_entry = null", Map.of());
    }

    /** Said once, shown wherever the date is (U25). */
    private void explained(Entry entry) {
        clocks.ofFamily(entry.family()).stream()
                .filter(clock -> clock.name().equals(CLOCK) && clock.processInstance().equals(entry.processId()))
                .findFirst()
                .ifPresent(clock -> clocks.explainLate(clock.id(), String.valueOf(entry.answers().get("lateWhy")), entry.author()));
    }

    private void update(Entry entry, String set, Map<String, ?> values) {
        jdbc.sql("update assessment set " + set + " where process_id = :process").params(values).param("process", entry.processId()).update();
    }

    /** The children the entry is about. One who is left out keeps what an earlier entry said, but not what the entry said that this one corrects. */
    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(Entry entry) {
        return entry.answers().get("children") instanceof List<?> rows ? ((List<Map<String, Object>>) rows).stream().filter(row -> entry.supersedes() != null || !row.containsKey("leftOut")).toList() : List.of();
    }

    private static long person(Map<String, Object> row) {
        return Long.parseLong(row.get("person").toString());
    }

    private static LocalDate day(Entry entry) {
        return WorkingDays.dayOf(entry.filedAt());
    }
}
