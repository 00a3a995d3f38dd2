package org.thinkfamily.review;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.forms.FeatureCheck;
import org.thinkfamily.forms.Problem;

/**
 * The days of a review stand in an order: care began, the review before was held, this one is held; and bringing a review forward makes it earlier. Everything that
 * is due after a review counts from these days (T-50 to T-60). That a day is not to come, or not past, the forms say themselves.
 */
@Component
class ReviewDays implements FeatureCheck {

    /** Legal statuses by agreement, without an order. */
    private static final Set<String> ACCOMMODATED = Set.of("V2", "V3", "V4");

    private final JdbcClient jdbc;
    private final MessageSource messages;

    ReviewDays(JdbcClient jdbc, MessageSource messages) {
        this.jdbc = jdbc;
        this.messages = messages;
    }

    @Override
    public List<Problem> problems(String form, String family, Map<String, Long> subjects, Map<String, Object> answers, Long corrects, String process) {
        if (form.startsWith("becoming-looked-after")) {
            return began(subjects.get("child") == null ? answers.get("child") : subjects.get("child"), answers);
        }
        Long child = subjects.get("child");
        if (child == null) {
            return List.of();
        }
        Optional<Problem> problem = switch (form) {
            case "review-sitting", "review-resumed" -> held(child, day(answers, "reviewHeldOn"), corrects);
            case "early-review-decision" -> "yes".equals(answers.get("earlyReview")) ? earlier(child, day(answers, "reviewOn"), corrects) : Optional.empty();
            default -> Optional.empty();
        };
        return problem.stream().toList();
    }

    /** Nobody is looked after before they are born; and where a child is accommodated by agreement, the parents are told where (Children Act 1989, section 20). */
    private List<Problem> began(Object child, Map<String, Object> answers) {
        List<Problem> problems = new ArrayList<>();
        jdbc.sql("select date_of_birth from person where id = :child and date_of_birth > cast(:on as date)").param("child", child == null ? null : Long.valueOf(child.toString()))
                .param("on", day(answers, "lookedAfterOn")).query(LocalDate.class).optional()
                .ifPresent(born -> problems.add(new Problem("/lookedAfterOn", "q-lookedAfterOn-day", messages.getMessage("review.before-birth", new Object[] {Dates.day(born)}, Locale.UK))));
        if ("no".equals(answers.get("placementWithheld")) && ACCOMMODATED.contains(String.valueOf(answers.get("legalStatus")))) {
            problems.add(new Problem("/placementWithheld", "q-placementWithheld", messages.getMessage("review.accommodated", null, Locale.UK)));
        }
        return problems;
    }

    /** The days between which a review was held: since care began and the review before, or the first sitting, and until the review after it. */
    private record Around(LocalDate careFrom, LocalDate before, LocalDate sat, LocalDate after) { }

    private Optional<Problem> held(long child, LocalDate held, Long corrects) {
        String meant = corrects == null
                ? "c.child_id = :child and c.ended_on is null and r.held_on is null"
                : "r.held_entry_id = :corrects or r.adjourned_entry_id = :corrects";
        Optional<Around> around = jdbc.sql("""
                select c.from_on as care_from,
                       (select max(b.held_on) from review b where b.care_period_id = c.id and b.number < r.number) as before,
                       case when r.adjourned_entry_id is distinct from cast(:corrects as bigint) then r.adjourned_on end as sat,
                       (select min(a.held_on) from review a where a.care_period_id = c.id and a.number > r.number) as after
                  from review r join care_period c on c.id = r.care_period_id where\s""" + meant + " order by r.number desc limit 1")
                .param("child", child).param("corrects", corrects).query(Around.class).optional();
        if (held == null || around.isEmpty()) {
            return Optional.empty();
        }
        Around days = around.get();
        String wrong = days.sat() != null && held.isBefore(days.sat()) ? say("review.held.before-sitting", days.sat())
                : days.before() != null && held.isBefore(days.before()) ? say("review.held.before-last", days.before())
                : held.isBefore(days.careFrom()) ? say("review.held.before-care", days.careFrom())
                : days.after() != null && held.isAfter(days.after()) ? say("review.held.after-next", days.after()) : null;
        return Optional.ofNullable(wrong).map(sentence -> new Problem("/reviewHeldOn", "q-reviewHeldOn-day", sentence));
    }

    private Optional<Problem> earlier(long child, LocalDate on, Long corrects) {
        // A correction is held against the last day the law allows: the day agreed before is the one that is corrected.
        String due = corrects == null
                ? "select coalesce(r.agreed_on, r.due_on) from review r join care_period c on c.id = r.care_period_id where c.child_id = :child and c.ended_on is null and r.held_on is null"
                : "select r.due_on from review r where r.early_decided_entry_id = :corrects";
        return jdbc.sql(due).param("child", child).param("corrects", corrects).query(LocalDate.class).optional()
                .filter(day -> on != null && !on.isBefore(day))
                .map(day -> new Problem("/reviewOn", "q-reviewOn-day", say("review.early.not-earlier", day)));
    }

    private String say(String key, LocalDate day) {
        return messages.getMessage(key, new Object[] {Dates.day(day)}, Locale.UK);
    }

    private static LocalDate day(Map<String, Object> answers, String key) {
        return answers.get(key) == null ? null : LocalDate.parse(answers.get(key).toString());
    }
}
