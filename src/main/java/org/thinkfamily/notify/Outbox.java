package org.thinkfamily.notify;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.Policy;

/**
 * Messages on their way out. A message is queued in the transaction that causes it and sent by a job afterwards. It holds a reference, what to do, by when and a
 * link that needs signing in; never a name or a word of the record.
 */
@Component
public class Outbox {

    private final JdbcClient jdbc;
    private final MessageSource messages;
    private final ApplicationEventPublisher events;
    private final Audit audit;
    private final Clock time;
    private final String baseUrl;
    private final boolean serverConfigured;

    Outbox(JdbcClient jdbc, MessageSource messages, ApplicationEventPublisher events, Audit audit, Clock time,
            @Value("${thinkfamily.base-url}") String baseUrl, @Value("${spring.mail.host:}") String host) {
        this.jdbc = jdbc;
        this.messages = messages;
        this.events = events;
        this.audit = audit;
        this.time = time;
        this.baseUrl = baseUrl;
        this.serverConfigured = !host.isBlank();
    }

    /** A message was queued and can be handed to the mail server. Published in the transaction that queues it. */
    public record Queued(long id) { }

    /** A message as people see it in the list of messages. {@code address} is null when nobody has an address to send it to. */
    public record Message(long id, String kind, String recipient, String address, String family, String subject, String body, Instant queuedAt, Instant sentAt, long tries, String lastError) {

        public boolean sent() {
            return sentAt != null;
        }
    }

    /** To whom a message goes, each once: users; the family's workers in a role, or that role's team where nobody is named; and the managers of a team. */
    public record To(Set<String> users, Set<String> roles, Set<String> managersOf) {

        public static final To NOBODY = new To(Set.of(), Set.of(), Set.of());

        public static To user(String username) {
            return new To(Set.of(username), Set.of(), Set.of());
        }

        public static To role(String role) {
            return new To(Set.of(), Set.of(role), Set.of());
        }

        public static To managersOf(String team) {
            return new To(Set.of(), Set.of(), Set.of(team));
        }

        public To and(To other) {
            return new To(both(users, other.users), both(roles, other.roles), both(managersOf, other.managersOf));
        }

        private static Set<String> both(Set<String> some, Set<String> others) {
            return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
        }
    }

    /**
     * Queues a message: its words are {@code mail.<kind>.subject} and {@code mail.<kind>.body} with the reference as {0}, the date due in words as {1}, the link as {2}.
     *
     * @param due in words, or null
     * @param path of the page that the link opens
     */
    public void queue(String kind, To to, String family, String due, String path) {
        queue(kind, to, family, due, path, null, null);
    }

    /**
     * Queues a message as above.
     *
     * @param about {3}: the limit, or the title of the clock, that it speaks of, in words; or null
     * @param clock number of the clock that is met when the mail server has taken the message; or null
     */
    public void queue(String kind, To to, String family, String due, String path, String about, Long clock) {
        Object[] words = {family, due == null ? "" : due, baseUrl + path, about == null ? "" : about};
        String subject = messages.getMessage("mail." + kind + ".subject", words, Locale.UK);
        String body = messages.getMessage("mail." + kind + ".body", words, Locale.UK);
        List<Long> queued = jdbc.sql("""
                with found as (
                  select null as role, u.username as recipient, u.email as address from app_user u where u.username = any(:users)
                  union
                  select i.role, coalesce(i.username, i.team_id), coalesce(u.email, t.email)
                    from involvement i join team t on t.id = i.team_id left join app_user u on u.username = i.username
                   where i.family_ref = :family and i.role = any(:roles) and i.ended_on is null
                  union
                  select r.role, u.username, u.email
                    from app_user u join user_role r on r.username = u.username and r.role = any(:roles) join app_role a on a.code = r.role and a.manages
                   where u.enabled and exists (select 1 from involvement i where i.family_ref = :family and i.ended_on is null and (i.team_id = u.team_id or exists (
                         select 1 from managed_team m where m.username = u.username and m.team_id = i.team_id)))
                  union
                  select null, u.username, u.email
                    from app_user u
                   where u.enabled and exists (select 1 from user_role r join app_role a on a.code = r.role and a.manages where r.username = u.username)
                     and (u.team_id = any(:teams) or exists (select 1 from managed_team m where m.username = u.username and m.team_id = any(:teams)))),
                anybody as (
                  select recipient, address from found
                  union
                  select t.id, t.email from app_role a join team t on t.id = a.duty_team_id where a.code = any(:roles) and not exists (select 1 from found f where f.role = a.code))
                insert into outgoing_mail (kind, recipient, address, family_ref, subject, body, queued_at, handed_on, clock_id)
                select :kind, recipient, address, :family, :subject, :body, :now, :handedOn and address is not null, cast(:clock as bigint) from anybody
                returning id
                """)
                .param("users", array(to.users())).param("roles", array(to.roles())).param("teams", array(to.managersOf())).param("family", family).param("kind", kind).param("subject", subject).param("body", body)
                .param("now", Timestamp.from(time.instant())).param("handedOn", serverConfigured).param("clock", clock)
                .query(Long.class).list();
        if (serverConfigured) {
            queued.forEach(id -> events.publishEvent(new Queued(id)));
        }
    }

    /**
     * Queues a message that is about no family: its words are {@code mail.<kind>.subject} and {@code mail.<kind>.body} with the fact as {0}.
     *
     * @param address where it goes
     */
    public void queue(String kind, String address, String fact) {
        Object[] words = {fact};
        Long queued = jdbc.sql("""
                insert into outgoing_mail (kind, recipient, address, subject, body, queued_at, handed_on)
                values (:kind, :address, :address, :subject, :body, :now, :handedOn) returning id
                """)
                .param("kind", kind).param("address", address).param("subject", messages.getMessage("mail." + kind + ".subject", words, Locale.UK))
                .param("body", messages.getMessage("mail." + kind + ".body", words, Locale.UK)).param("now", Timestamp.from(time.instant())).param("handedOn", serverConfigured)
                .query(Long.class).single();
        if (serverConfigured) {
            events.publishEvent(new Queued(queued));
        }
    }

    private static String[] array(Set<String> values) {
        return values.toArray(String[]::new);
    }

    /** Hands on what waited while there was no mail server. Called at start; nothing is handed on twice. */
    @Transactional
    public void handOnWaiting() {
        if (serverConfigured) {
            jdbc.sql("update outgoing_mail set handed_on = true where sent_at is null and not handed_on and address is not null returning id")
                    .query(Long.class).list().forEach(id -> events.publishEvent(new Queued(id)));
        }
    }

    public boolean serverConfigured() {
        return serverConfigured;
    }

    /** The number of the newest message about a family; 0: there is none. The caller has asked the policy about the family. */
    public long newest(String family) {
        return jdbc.sql("select coalesce(max(id), 0) from outgoing_mail where family_ref = ?").param(family).query(Long.class).single();
    }

    /** To whom messages about a family were queued after the one with this number: names of people and teams. The caller has asked the policy about the family. */
    public List<String> toldSince(String family, long message) {
        return jdbc.sql("""
                select coalesce(u.name, t.name, m.recipient) as name from outgoing_mail m left join app_user u on u.username = m.recipient left join team t on t.id = m.recipient
                 where m.family_ref = :family and m.id > :message group by 1 order by min(m.id)
                """).param("family", family).param("message", message).query(String.class).list();
    }

    /** The newest messages about families the actor may see: those not yet sent first. Written into the audit. */
    @Transactional
    public List<Message> visibleTo(Actor actor, int limit) {
        List<Message> found = jdbc.sql("""
                select m.id, m.kind, coalesce(u.name, t.name, m.recipient) as recipient, m.address, m.family_ref as family, m.subject, m.body, m.queued_at, m.sent_at,
                       (select count(*) from mail_refusal x where x.mail_id = m.id) as tries,
                       (select x.what from mail_refusal x where x.mail_id = m.id order by x.id desc limit 1) as last_error
                  from outgoing_mail m join family f on f.ref = m.family_ref
                       left join app_user u on u.username = m.recipient left join team t on t.id = m.recipient
                 where
                """ + Policy.MAY_SEE_FAMILY + " order by (m.sent_at is null) desc, m.id desc limit :limit")
                .params(Policy.of(actor)).param("limit", limit).query(Message.class).list();
        audit.list(actor, "messages.list", found.stream().map(Message::family).toList(), List.of());
        return found;
    }
}
