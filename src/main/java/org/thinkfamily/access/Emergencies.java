package org.thinkfamily.access;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sight of a family that is opened in an emergency: with a reason, for a set time, known to the managers and shown on the family's page. It ends by itself, at the
 * next request on every node: the policy and row-level security look at the end each time.
 */
@Component
public class Emergencies {

    /** How long a reason may be, in characters. */
    public static final int LONGEST_REASON = 1_000;
    /** One letter is no reason. */
    private static final int SHORTEST_REASON = 10;
    /** Roles that have no business with records. */
    private static final Set<String> WITHOUT_RECORDS = Set.of("service-manager", "information-governance-officer");
    private static final Duration SHOWN = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final Audit audit;
    private final ApplicationEventPublisher events;
    private final Clock time;
    private final int usual;
    private final int most;

    Emergencies(JdbcClient jdbc, Audit audit, ApplicationEventPublisher events, Clock time,
            @Value("${thinkfamily.emergency.hours:4}") int usual, @Value("${thinkfamily.emergency.most-hours:24}") int most) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.events = events;
        this.time = time;
        this.usual = usual;
        this.most = Math.min(most, 24); // the table holds no longer one
    }

    /**
     * A family was opened.
     *
     * @param managers usernames of those who are told: who oversees the team of who opened it, or a team involved with the family
     */
    public record Opened(String family, Instant until, List<String> managers) { }

    /** One opening as the family's page shows it. */
    public record Opening(String name, String role, String team, String reason, Instant openedAt, Instant untilAt) { }

    /** Why a request to open is refused: the field ({@code reason} or {@code hours}) and the key of the message. */
    public record Wrong(String field, String message) { }

    /** How many hours are offered first. */
    public int usualHours() {
        return usual;
    }

    /** How many hours are the most. */
    public int mostHours() {
        return most;
    }

    /** Whether this person's work can need a family's record. */
    public boolean offeredTo(Actor actor) {
        return actor.roles().stream().anyMatch(role -> !WITHOUT_RECORDS.contains(role));
    }

    /** What is wrong with a request; empty when it can be opened. */
    public List<Wrong> check(String reason, Integer hours) {
        return reason == null || reason.isBlank() ? List.of(new Wrong("reason", "emergency.error.reason"))
                : reason.strip().length() < SHORTEST_REASON ? List.of(new Wrong("reason", "emergency.error.reason.short"))
                : reason.strip().length() > LONGEST_REASON ? List.of(new Wrong("reason", "emergency.error.reason.long"))
                : hours == null || hours < 1 || hours > most ? List.of(new Wrong("hours", "emergency.error.hours")) : List.of();
    }

    /**
     * Opens a family for this person, from now on.
     *
     * @param reason in plain words
     * @param hours how long
     * @return when it ends
     * @throws NotAllowed when the person's roles have no business with records
     * @throws NotFound when there is no such family
     * @throws IllegalArgumentException when {@link #check} finds something wrong
     */
    @Transactional
    public Instant open(Actor actor, String family, String reason, int hours) {
        if (!offeredTo(actor)) {
            throw new NotAllowed();
        }
        if (!check(reason, hours).isEmpty()) {
            throw new IllegalArgumentException("an emergency needs a reason and a time");
        }
        Instant now = time.instant();
        Instant until = now.plus(Duration.ofHours(hours));
        return Acting.asSystem("open in an emergency", () -> {
            Long id = jdbc.sql("""
                    insert into break_glass (family_ref, username, role, reason, opened_at, until_at)
                    select ref, :user, :role, :reason, :now, :until from family where ref = :family returning id
                    """)
                    .param("family", family).param("user", actor.username()).param("role", actor.actingAs("")).param("reason", reason.strip())
                    .param("now", Timestamp.from(now)).param("until", Timestamp.from(until)).query(Long.class).optional().orElseThrow(NotFound::new);
            audit.recordInEmergency(actor, "emergency.open", family, id, reason);
            events.publishEvent(new Opened(family, until, managers(actor, family)));
            return until;
        });
    }

    private List<String> managers(Actor actor, String family) {
        return jdbc.sql("""
                with teams as (select cast(:team as text) as id union select i.team_id from involvement i where i.family_ref = :family and i.ended_on is null)
                select distinct u.username from app_user u
                 where u.enabled and u.username <> :user
                   and (exists (select 1 from managed_team m join teams t on t.id = m.team_id where m.username = u.username)
                        or exists (select 1 from user_role r join app_role a on a.code = r.role and a.manages where r.username = u.username and u.team_id in (select id from teams)))
                 order by u.username
                """).param("team", actor.team()).param("family", family).param("user", actor.username()).query(String.class).list();
    }

    /** How a family was opened in the last 30 days, the newest first. The caller has asked the policy about the family. */
    public List<Opening> of(String family) {
        return jdbc.sql("""
                select u.name, r.name as role, t.name as team, b.reason, b.opened_at, b.until_at
                  from break_glass b join app_user u on u.username = b.username left join app_role r on r.code = b.role left join team t on t.id = u.team_id
                 where b.family_ref = :family and b.opened_at > :since order by b.id desc
                """).param("family", family).param("since", Timestamp.from(time.instant().minus(SHOWN))).query(Opening.class).list();
    }
}
