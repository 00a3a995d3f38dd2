package org.thinkfamily.contact;

import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.forms.FeatureCheck;
import org.thinkfamily.forms.Problem;

/**
 * What may be said about a stop of contact. Nobody stops contact at a time still to come. Only contact of a child in care can be refused without an order, and for
 * 7 days at most (T-82, Children Act 1989, section 34(6)).
 */
@Component
class StopCheck implements FeatureCheck {

    private static final int DAYS = 7;
    private static final Pattern TIME = Pattern.compile("(\\d{1,2})(?:[.:](\\d\\d))?\\s*([ap]m)?");

    private final Contacts contacts;
    private final MessageSource messages;
    private final Clock time;

    StopCheck(Contacts contacts, MessageSource messages, Clock time) {
        this.contacts = contacts;
        this.messages = messages;
        this.time = time;
    }

    @Override
    public List<Problem> problems(String form, String family, Map<String, Long> subjects, Map<String, Object> answers, Long corrects, String process) {
        return switch (form) {
            case "contact-emergency-stop" -> stop(answers);
            case "contact-stop-decision" -> "refuse".equals(answers.get("stopDecision")) && subjects.get("child") != null
                    ? refusal(answers, subjects.get("child"), subjects.get("person")) : List.of();
            default -> List.of();
        };
    }

    private List<Problem> stop(Map<String, Object> answers) {
        LocalTime at = answers.get("stoppedAt") == null ? null : read(answers.get("stoppedAt").toString());
        boolean today = LocalDate.parse(answers.get("stoppedOn").toString()).equals(WorkingDays.dayOf(time.instant()));
        return today && at != null && at.isAfter(LocalTime.ofInstant(time.instant(), WorkingDays.LONDON)) ? List.of(problem("/stoppedAt", "q-stoppedAt", "contact.stop.time-to-come")) : List.of();
    }

    /** The time of day, or null when it cannot be told. */
    private static LocalTime read(String words) {
        Matcher said = TIME.matcher(words.strip().toLowerCase(Locale.UK));
        if (!said.matches()) {
            return null;
        }
        int hour = Integer.parseInt(said.group(1));
        int minute = said.group(2) == null ? 0 : Integer.parseInt(said.group(2));
        hour = said.group(3) == null ? hour : hour % 12 + (said.group(3).equals("pm") ? 12 : 0);
        return hour > 23 || minute > 59 ? null : LocalTime.of(hour, minute);
    }

    private List<Problem> refusal(Map<String, Object> answers, long child, Long parent) {
        List<ContactDecision> stops = contacts.decisions(child).stream().filter(decision -> decision.what().equals("stopped")).toList();
        ContactDecision stop = stops.stream().filter(decision -> parent == null || decision.parent() == parent).findFirst()
                .orElse(stops.isEmpty() ? null : stops.get(0));
        if (stop == null) {
            return List.of();
        }
        if (contacts.judgement(child, stop.parent()).map(Judgement::basis).filter(basis -> !basis.equals("in-care")).isPresent()) {
            return List.of(problem("/stopDecision", "q-stopDecision", "contact.refusal.not-in-care"));
        }
        LocalDate last = stop.on().plusDays(DAYS);
        return LocalDate.parse(answers.get("refusedUntil").toString()).isAfter(last) ? List.of(problem("/refusedUntil", "q-refusedUntil-day", "contact.refusal.too-long", Dates.day(stop.on()), Dates.day(last)))
                : List.of();
    }

    private Problem problem(String pointer, String field, String key, Object... values) {
        return new Problem(pointer, field, messages.getMessage(key, values, Locale.UK));
    }
}
