package org.thinkfamily.notify;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.thinkfamily.clock.Clocks;

/** Delivers queued messages to the mail server. */
@Component
public class MailServer {

    private final JdbcClient jdbc;
    private final ObjectProvider<JavaMailSender> sender;
    private final TransactionTemplate ownTransaction;
    private final Clock time;
    private final Clocks clocks;
    private final String from;

    MailServer(JdbcClient jdbc, ObjectProvider<JavaMailSender> sender, PlatformTransactionManager transactions, Clock time, Clocks clocks, @Value("${thinkfamily.mail-from}") String from) {
        this.jdbc = jdbc;
        this.sender = sender;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.time = time;
        this.clocks = clocks;
        this.from = from;
    }

    private record Letter(String address, String subject, String body, Long clock) { }

    /**
     * Sends a message, once. May run again after a crash; a message that was sent is not sent again.
     *
     * @throws MailException when the server refuses or cannot be reached: the try is noted, the message waits
     */
    @Transactional
    public void deliver(long id) {
        Optional<Letter> letter = jdbc.sql("select address, subject, body, clock_id as clock from outgoing_mail where id = :id and sent_at is null for update skip locked")
                .param("id", id).query(Letter.class).optional();
        if (letter.isEmpty()) {
            return;
        }
        SimpleMailMessage mail = new SimpleMailMessage();
        mail.setFrom(from);
        mail.setTo(letter.get().address());
        mail.setSubject(letter.get().subject());
        mail.setText(letter.get().body());
        try {
            sender.getObject().send(mail);
        } catch (MailException refused) {
            note(id, refused);
            throw refused;
        }
        jdbc.sql("update outgoing_mail set sent_at = :now where id = :id")
                .param("now", Timestamp.from(time.instant())).param("id", id).update();
        if (letter.get().clock() != null) {
            clocks.meet(letter.get().clock());
        }
    }

    /** The row is locked by this transaction, which will be rolled back: the note is kept beside it. */
    private void note(long id, MailException refused) {
        ownTransaction.executeWithoutResult(status -> jdbc.sql("insert into mail_refusal (mail_id, at, what) values (:id, :now, :what)")
                .param("id", id).param("now", Timestamp.from(time.instant())).param("what", refused.getClass().getSimpleName()).update());
    }
}
