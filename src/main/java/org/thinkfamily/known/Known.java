package org.thinkfamily.known;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.access.Policy;

/**
 * Checks whether somebody is known to services (S-023, S-201). The answer is "known", "not known" or "cannot say", the team that knows the person and how to reach it, and
 * nothing else, so that it can be given to who may not see the family. The search itself is the function {@code known_ask} of the database, which runs with its owner's
 * rights; whom it found is kept where the application cannot read it. A person is not told apart by a program alone: unless number, name, date of birth and postcode leave no
 * doubt, somebody in the service confirms, and what was confirmed wrongly can be undone.
 */
@Component
public class Known {

    /** Roles that are not for work with families. */
    private static final Set<String> WITHOUT_FAMILIES = Set.of("service-manager", "information-governance-officer");

    private final JdbcClient jdbc;
    private final Clock time;
    private final Audit audit;
    private final int mostInAnHour;

    Known(JdbcClient jdbc, Clock time, Audit audit, @Value("${thinkfamily.known.checks-per-hour:60}") int mostInAnHour) {
        this.jdbc = jdbc;
        this.time = time;
        this.audit = audit;
        this.mostInAnHour = mostInAnHour;
    }

    /**
     * What somebody asks.
     *
     * @param postcode in capitals without spaces; this and all above may be null, as far as {@link #enough} allows
     * @param reason code of why it is asked; {@code reasonWords} may be null
     */
    public record Question(String nhsNumber, String firstName, String lastName, LocalDate dateOfBirth, String postcode, String reason, String reasonWords) {

        /** Whether it can be answered at all: an NHS number, or a whole name with a date of birth or a postcode. */
        public boolean enough() {
            return nhsNumber != null || firstName != null && lastName != null && (dateOfBirth != null || postcode != null);
        }
    }

    /**
     * A check as the asker sees it later.
     *
     * @param answer {@code known}, {@code not-known} or {@code cannot-say}
     * @param band of a possible match: {@code strong} or {@code fair}; null when there was none
     * @param askedToConfirm when the services were asked, or null
     */
    public record Check(long id, Instant askedAt, String nhsNumber, String firstName, String lastName, LocalDate dateOfBirth, String postcode, String reason, String reasonWords,
            String answer, String band, Instant askedToConfirm) { }

    /** A team that knows the person. {@code email} and {@code phone} may be null. */
    public record Contact(String teamName, String service, String email, String phone) { }

    /** What a service said about the match last: {@code confirmed}, {@code refused}, {@code undone}, or {@code asked} again. */
    public record Said(String state, Instant decidedAt) { }

    /**
     * What a service is asked: whom they typed, and whom of its own people that may be.
     *
     * @param family in which the reader works with the person
     * @param state {@code asked}; later {@code confirmed}, {@code refused}, {@code undone}; {@code certain} where nobody needed to be asked
     * @param said the reason somebody gave, {@code saidBy} their name; all three null when nobody has said anything
     */
    public record Asked(long id, String state, String family, long person, String personName, LocalDate personBorn, String personNumber, String personPostcode,
            Instant askedAt, String askedBy, String askedTeam, String reason, String reasonWords,
            String nhsNumber, String firstName, String lastName, LocalDate dateOfBirth, String postcode, String said, String saidBy, Instant saidAt) { }

    /** The asker has asked as often as is allowed in an hour. */
    public static class TooOften extends RuntimeException {
        TooOften() {
            super("too often", null, false, false);
        }
    }

    /** Whether this person may ask: everybody who works with families in a team. */
    public static boolean mayAsk(Actor actor) {
        return actor.team() != null && actor.roles().stream().anyMatch(role -> !WITHOUT_FAMILIES.contains(role));
    }

    /**
     * Asks, and keeps question and answer. Gives the number of the check.
     *
     * @throws NotAllowed when the actor does not work with families
     * @throws TooOften when the actor has asked as often as is allowed; that is written into the audit
     */
    @Transactional(noRollbackFor = TooOften.class)
    public long ask(Actor actor, Question question) {
        requireAsker(actor);
        if (!question.enough()) {
            throw new IllegalArgumentException("too little to ask with");
        }
        Optional<Long> check = jdbc.sql("""
                select known_ask(:actor, :team, :at, :most, :reason, :words, cast(:number as text), cast(:first as text), cast(:last as text), cast(:born as date), cast(:place as text))
                """)
                .param("actor", actor.username()).param("team", actor.team()).param("at", now()).param("most", mostInAnHour)
                .param("reason", question.reason()).param("words", question.reasonWords()).param("number", question.nhsNumber())
                .param("first", question.firstName()).param("last", question.lastName()).param("born", question.dateOfBirth()).param("place", question.postcode())
                .query(Long.class).optional();
        audit.record(actor, check.isPresent() ? "known.check" : "known.too-often", null, check.orElse(null), question.reason());
        return check.orElseThrow(TooOften::new);
    }

    /** One of the actor's own checks. @throws NotFound when it is not theirs */
    @Transactional
    public Check one(Actor actor, long id) {
        requireAsker(actor);
        Check check = jdbc.sql("select * from known_check where id = :id and asked_by = :actor").param("id", id).param("actor", actor.username()).query(Check.class).optional()
                .orElseThrow(NotFound::new);
        audit.record(actor, "known.read", null, id);
        return check;
    }

    /** The actor's own checks, newest first, before the one with number {@code before} (null: from the newest). */
    @Transactional
    public List<Check> mine(Actor actor, Long before, int limit) {
        requireAsker(actor);
        audit.record(actor, "known.list", null, null);
        return jdbc.sql("select * from known_check where asked_by = :actor and (cast(:before as bigint) is null or id < :before) order by id desc limit :limit")
                .param("actor", actor.username()).param("before", before).param("limit", limit).query(Check.class).list();
    }

    /** How many checks the actor has made. */
    public long count(Actor actor) {
        return jdbc.sql("select count(*) from known_check where asked_by = :actor").param("actor", actor.username()).query(Long.class).single();
    }

    /** The teams that a check of the actor's named; empty unless its answer is "known". The caller has read the check. */
    public List<Contact> named(Actor actor, long check) {
        return jdbc.sql("select * from known_named(:check, :actor)").param("check", check).param("actor", actor.username()).query(Contact.class).list();
    }

    /** What a service said last about a check of the actor's. The caller has read the check. */
    public Optional<Said> said(Actor actor, long check) {
        return jdbc.sql("select * from known_said(:check, :actor)").param("check", check).param("actor", actor.username()).query(Said.class).optional();
    }

    /** Asks the services that may know the person to say whether it is them. @throws NotFound when the check is not the actor's, or there is nothing to ask */
    @Transactional
    public void askServices(Actor actor, long check) {
        requireAsker(actor);
        if (!jdbc.sql("select known_ask_services(:check, :actor, :at)").param("check", check).param("actor", actor.username()).param("at", now()).query(Boolean.class).single()) {
            throw new NotFound();
        }
        audit.record(actor, "known.ask-services", null, check);
    }

    /** What waits for somebody who works with the person meant ({@code open}), or what was answered before, newest first. */
    @Transactional
    public List<Asked> asked(Actor actor, boolean open, int most) {
        List<Asked> asked = jdbc.sql("select * from known_asked(:actor, :actorTeam, :actorRoles, :actorManages, :open, :most)")
                .params(Policy.of(actor)).param("open", open).param("most", most).query(Asked.class).list();
        audit.list(actor, "known.asked", asked.stream().map(Asked::family).toList(), asked.stream().map(Asked::person).toList());
        return asked;
    }

    /**
     * Says whether a person of the service is the one who was asked about.
     *
     * @param what {@code confirm}, {@code refuse} or {@code undo}
     * @param reason may be null, except to undo
     * @throws NotFound when there is no such question for this person, or it cannot be answered so as it stands
     */
    @Transactional
    public void decide(Actor actor, long match, String what, String reason) {
        Map<String, Object> parameters = new HashMap<>(Policy.of(actor));
        parameters.put("match", match);
        parameters.put("what", what);
        parameters.put("reason", reason);
        parameters.put("at", now());
        String family = jdbc.sql("select known_decide(:match, :what, cast(:reason as text), :at, :actor, :actorTeam, :actorRoles, :actorManages)").params(parameters)
                .query(String.class).optional().orElseThrow(NotFound::new);
        audit.record(actor, "known." + what, family, match, reason);
    }

    private static void requireAsker(Actor actor) {
        if (!mayAsk(actor)) {
            throw new NotAllowed();
        }
    }

    private Timestamp now() {
        return Timestamp.from(time.instant());
    }
}
