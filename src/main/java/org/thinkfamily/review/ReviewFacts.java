package org.thinkfamily.review;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.Clocks;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.record.Entry;
import org.thinkfamily.record.EntryFiled;
import org.thinkfamily.record.NotCorrectable;

/** Takes periods of care, reviews and decisions from the entries, in the transaction that files them. */
@Component
class ReviewFacts {

    /** The review of the period of care that lasts which is still to be held. */
    private static final String TO_COME = """
            (select r.id from review r join care_period c on c.id = r.care_period_id
              where c.child_id = :child and c.ended_on is null and r.held_on is null)""";
    /** The review of the child that was held last, also when care has ended since. */
    private static final String HELD_LAST = """
            (select r.id from review r join care_period c on c.id = r.care_period_id
              where c.child_id = :child and r.held_on is not null order by c.from_on desc, r.number desc limit 1)""";

    /** The form asks how a child took part from the fourth birthday on only: rules 440 and 441 of the national return. */
    private static final String UNDER_FOUR = "PN0";

    private final JdbcClient jdbc;
    private final Clocks clocks;
    private final MessageSource messages;

    ReviewFacts(JdbcClient jdbc, Clocks clocks, MessageSource messages) {
        this.jdbc = jdbc;
        this.clocks = clocks;
        this.messages = messages;
    }

    @EventListener
    void filed(EntryFiled filed) {
        Entry entry = filed.entry();
        switch (entry.formKey()) {
            case "becoming-looked-after", "becoming-looked-after-details" -> child(filed).ifPresent(child -> lookedAfter(entry, child));
            case "review-arrangements" -> child(filed).ifPresent(child -> update(entry, child, "planned_entry_id", "planned_on = :on", Map.of("on", day(entry, "reviewOn"))));
            case "review-brought-forward" -> child(filed).ifPresent(child -> update(entry, child, "early_entry_id", "early_trigger = :why", Map.of("why", entry.answers().get("earlyTrigger"))));
            case "early-review-decision" -> child(filed).ifPresent(child -> decidedEarly(entry, child));
            case "review-late" -> child(filed).ifPresent(child -> late(entry, child));
            case "review-sitting", "review-resumed" -> child(filed).ifPresent(child -> sat(entry, child));
            case "review-decisions" -> child(filed).ifPresent(child -> decided(entry, child));
            case "care-ended" -> child(filed).ifPresent(child -> ended(entry, child));
            default -> { }
        }
    }

    /** The child the step is about; at a start, the child that was chosen in the form. */
    private static Optional<Long> child(EntryFiled filed) {
        Object child = filed.subjects().containsKey("child") ? filed.subjects().get("child") : filed.entry().answers().get("child");
        return Optional.ofNullable(child).map(Object::toString).map(Long::valueOf);
    }

    private void lookedAfter(Entry entry, long child) {
        Map<String, Object> status = Map.of("from", day(entry, "lookedAfterOn"), "status", entry.answers().get("legalStatus"), "placement", entry.answers().get("placement"));
        if (entry.supersedes() != null) {
            record Period(long id, LocalDate fromOn) { }
            jdbc.sql("select id, from_on from care_period where entry_id = :old").param("old", entry.supersedes()).query(Period.class).optional().ifPresent(before -> {
                jdbc.sql("update care_period set from_on = :from, legal_status = :status, placement = :placement, entry_id = :entry where id = :id")
                        .params(status).param("entry", entry.id()).param("id", before.id()).update();
                recount(entry, child, before.id(), 1, before.fromOn(), day(entry, "lookedAfterOn"), "review.recounted.care");
            });
            return;
        }
        jdbc.sql("""
                insert into care_period (family_ref, child_id, from_on, legal_status, placement, entry_id) values (:family, :child, :from, :status, :placement, :entry)
                on conflict (child_id) where ended_on is null
                do update set from_on = excluded.from_on, legal_status = excluded.legal_status, placement = excluded.placement, entry_id = excluded.entry_id
                """).params(status).param("family", entry.family()).param("child", child).param("entry", entry.id()).update();
    }

    private void decidedEarly(Entry entry, long child) {
        if ("yes".equals(entry.answers().get("earlyReview"))) {
            update(entry, child, "early_decided_entry_id", "brought_forward = true, agreed_on = :on, planned_on = :on", Map.of("on", day(entry, "reviewOn")));
        } else if (entry.supersedes() != null) {
            update(entry, child, "early_decided_entry_id", "brought_forward = false, agreed_on = null", Map.of());
        } else {
            // Who asks once more and is told no does not undo what was agreed before.
            jdbc.sql("update review set early_decided_entry_id = :entry where not brought_forward and id = " + TO_COME).param("entry", entry.id()).param("child", child).update();
        }
        record Decided(String kind, LocalDate by) { }
        jdbc.sql("select kind, coalesce(agreed_on, due_on) as by from review where early_decided_entry_id = :entry").param("entry", entry.id()).query(Decided.class).optional()
                .flatMap(decided -> clocks.ofFamily(entry.family()).stream()
                        .filter(clock -> clock.name().equals(clockOf(decided.kind())) && Long.valueOf(child).equals(clock.person()) && clock.metAt() == null && clock.stoppedAt() == null)
                        .filter(clock -> !clock.dueOn().equals(decided.by())).findFirst().map(clock -> clocks.agreeDue(clock.id(), decided.by(), why(entry), entry.author())));
    }

    private String why(Entry entry) {
        boolean early = "yes".equals(entry.answers().get("earlyReview"));
        return messages.getMessage(early ? "review.brought-forward" : "review.brought-forward.not", new Object[] {entry.answers().get("reason")}, Locale.UK);
    }

    private record Explained(String kind, LocalDate dueOn) { }

    private void late(Entry entry, long child) {
        // The reason may come after the review was held: it belongs to the review that has none.
        String review = "(select r.id from review r join care_period c on c.id = r.care_period_id where c.child_id = :child and coalesce(r.agreed_on, r.due_on) < :today"
                + " and r.late_reason is null order by c.from_on desc, r.number desc limit 1)";
        String corrected = "(select id from review where late_entry_id = :old)";
        jdbc.sql("update review set late_reason = :reason, late_entry_id = :entry where id = " + (entry.supersedes() == null ? review : corrected)
                        + " returning kind, coalesce(agreed_on, due_on) as due_on")
                .param("reason", entry.answers().get("lateReason")).param("entry", entry.id()).param("child", child).param("old", entry.supersedes())
                .param("today", filedOn(entry)).query(Explained.class).optional().ifPresent(late -> explained(entry, child, late));
    }

    /** Said once, shown wherever the date is (U25). */
    private void explained(Entry entry, long child, Explained late) {
        String reason = String.valueOf(entry.answers().get("lateReason"));
        clocks.ofFamily(entry.family()).stream()
                .filter(clock -> clock.name().equals(clockOf(late.kind())) && Long.valueOf(child).equals(clock.person()) && clock.dueOn().equals(late.dueOn()) && clock.stoppedAt() == null)
                .findFirst().ifPresent(clock -> clocks.explainLate(clock.id(), messages.getMessage("review.late." + reason, null, reason, Locale.UK), entry.author()));
    }

    private static String clockOf(String kind) {
        return "cla." + kind + "-review";
    }

    private void sat(Entry entry, long child) {
        if (entry.supersedes() != null) {
            satOtherwise(entry, child);
            return;
        }
        // A review that was held, as a correction says, may still wait to be finished in a second sitting: that is the one it is about then.
        set(entry, "coalesce(" + TO_COME + ", " + HELD_LAST + ")", child);
    }

    private void set(Entry entry, String review, long child) {
        String facts = adjourned(entry) ? "adjourned_on = :on, adjourned_entry_id = :entry" : "held_on = :on, participation = :participation, held_entry_id = :entry";
        jdbc.sql("update review set " + facts + " where id = " + review).param("on", day(entry, "reviewHeldOn"))
                .param("participation", entry.answers().getOrDefault("participation", UNDER_FOUR)).param("entry", entry.id()).param("child", child).update();
    }

    private static boolean adjourned(Entry entry) {
        return "adjourned".equals(entry.answers().get("sitting"));
    }

    private record Sitting(long id, long period, int number, LocalDate heldOn, Long heldEntry) { }

    /** A correction of a sitting may also make a held review an adjourned one, or the other way about. The next review counts from the day that is right (T-51, T-52). */
    private void satOtherwise(Entry entry, long child) {
        Optional<Sitting> found = jdbc.sql("""
                select id, care_period_id as period, number, held_on, held_entry_id as held_entry from review where adjourned_entry_id = :old or held_entry_id = :old
                """).param("old", entry.supersedes()).query(Sitting.class).optional();
        if (found.isEmpty()) {
            return;
        }
        Sitting before = found.get();
        boolean held = entry.supersedes().equals(before.heldEntry());
        if (held && adjourned(entry)) {
            reopen(before);
        }
        if (!adjourned(entry)) {
            jdbc.sql("update review set adjourned_on = null, adjourned_entry_id = null where adjourned_entry_id = :old").param("old", entry.supersedes()).update();
        }
        if (held || adjourned(entry) || before.heldEntry() == null) {
            set(entry, String.valueOf(before.id()), child);
        }
        if (held && !adjourned(entry)) {
            recount(entry, child, before.period(), before.number() + 1, before.heldOn(), day(entry, "reviewHeldOn"), "review.recounted.held");
        }
    }

    /** The review is to come again, in place of the one that was planned after it. */
    private void reopen(Sitting held) {
        boolean sat = jdbc.sql("select exists (select 1 from review where care_period_id = :period and number > :number and (held_on is not null or adjourned_on is not null))")
                .param("period", held.period()).param("number", held.number()).query(Boolean.class).single();
        if (sat) {
            throw new NotCorrectable("sitting", "review.correction.next-sat");
        }
        jdbc.sql("delete from review where care_period_id = :period and number > :number").param("period", held.period()).param("number", held.number()).update();
        jdbc.sql("update review set held_on = null, participation = null, held_entry_id = null where id = :id").param("id", held.id()).update();
    }

    /** Counts the clock of a review again, held or still to come; its history keeps the old date with the reason. */
    private void recount(Entry entry, long child, long period, int number, LocalDate before, LocalDate now, String why) {
        if (now.equals(before)) {
            return;
        }
        String name = clockOf(new Reviews.Next(number, null, null).kind());
        clocks.ofFamily(entry.family()).stream()
                .filter(clock -> clock.name().equals(name) && Long.valueOf(child).equals(clock.person()) && clock.startedOn().equals(before) && clock.stoppedAt() == null)
                .findFirst().ifPresent(clock -> {
                    LocalDate due = clocks.correctStart(clock.id(), now, messages.getMessage(why, new Object[] {entry.reason()}, Locale.UK), entry.author()).dueOn();
                    jdbc.sql("update review set due_on = :due where care_period_id = :period and number = :number")
                            .param("due", due).param("period", period).param("number", number).update();
                    // The day that people agreed on stays when it is the earlier one.
                    jdbc.sql("select agreed_on from review where care_period_id = :period and number = :number and held_on is null and agreed_on < due_on")
                            .param("period", period).param("number", number).query(LocalDate.class).optional()
                            .ifPresent(agreed -> clocks.agreeDue(clock.id(), agreed, messages.getMessage("review.brought-forward.stays", null, Locale.UK), entry.author()));
                });
    }

    private void decided(Entry entry, long child) {
        String review = entry.supersedes() == null ? HELD_LAST : "(select distinct review_id from review_decision where entry_id = :old)";
        Optional<Long> held = jdbc.sql("select id from review where id = " + review).param("child", child).param("old", entry.supersedes()).query(Long.class).optional();
        if (held.isEmpty()) {
            return;
        }
        jdbc.sql("delete from review_decision where review_id = :review").param("review", held.get()).update();
        int position = 0;
        for (Map<String, Object> row : rows(entry, "decisions")) {
            jdbc.sql("""
                    insert into review_decision (review_id, position, kind, owner, due_on, decided_before, entry_id)
                    values (:review, :position, :kind, :owner, :due, :before, :entry)
                    """).param("review", held.get()).param("position", ++position).param("kind", row.get("kind")).param("owner", row.get("owner"))
                    .param("due", LocalDate.parse(row.get("dueOn").toString())).param("before", Boolean.TRUE.equals(row.get("decidedBefore"))).param("entry", entry.id()).update();
        }
        for (Map<String, Object> row : rows(entry, "previous")) {
            jdbc.sql("""
                    update review_decision d set outcome = :outcome, outcome_entry_id = :entry
                      from review r, review before
                     where r.id = :review and before.care_period_id = r.care_period_id and before.number = r.number - 1
                       and d.review_id = before.id and d.position = :number
                    """).param("outcome", row.get("outcome")).param("entry", entry.id()).param("review", held.get())
                    .param("number", ((Number) row.get("number")).intValue()).update();
        }
    }

    private void ended(Entry entry, long child) {
        jdbc.sql("update care_period set ended_on = :on, end_reason = :why, ended_entry_id = :entry where "
                        + (entry.supersedes() == null ? "child_id = :child and ended_on is null" : "ended_entry_id = :old"))
                .param("on", day(entry, "careEndedOn")).param("why", entry.answers().get("careEndedReason")).param("entry", entry.id())
                .param("child", child).param("old", entry.supersedes()).update();
    }

    /**
     * @param from the column that keeps which entry said so, by which a correction finds the review
     * @param facts columns of this table and parameters, as {@code from} never text from outside
     */
    private void update(Entry entry, long child, String from, String facts, Map<String, Object> values) {
        String review = entry.supersedes() == null ? TO_COME : "(select id from review where " + from + " = :old)";
        jdbc.sql("update review set " + from + " = :entry, " + facts + " where id = " + review)
                .params(values).param("child", child).param("entry", entry.id()).param("old", entry.supersedes()).update();
    }

    private static LocalDate day(Entry entry, String answer) {
        return LocalDate.parse(entry.answers().get(answer).toString());
    }

    private static LocalDate filedOn(Entry entry) {
        return WorkingDays.dayOf(entry.filedAt());
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(Entry entry, String list) {
        return entry.answers().get(list) instanceof List<?> rows ? (List<Map<String, Object>>) rows : List.of();
    }
}
