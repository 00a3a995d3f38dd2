package org.thinkfamily.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Policy;
import org.thinkfamily.access.WhoSees.Involvement;
import org.thinkfamily.family.Involvements;

/** For whom a document can be made, and what each of them may be given (dmn/who-sees-what.dmn): what they may not read is absent, whatever the reader may. */
@Component
public class Recipients {

    /** Nobody but who makes it. */
    public static final String SELF = "self";
    private static final List<String> OUTSIDE = List.of("parent", "child", "carer", "school", "court", "other");
    private static final List<String> FAMILY = List.of("parent", "child", "carer", "school");
    private static final String NAMED = "worker:";

    private final Involvements involvements;
    private final Policy policy;
    private final MessageSource messages;

    Recipients(Involvements involvements, Policy policy, MessageSource messages) {
        this.involvements = involvements;
        this.policy = policy;
        this.messages = messages;
    }

    /**
     * Somebody a document is for.
     *
     * @param code stands in the form and in the audit
     * @param text in words
     * @param outside whether they have no sight of the record themselves
     * @param may what they may be given, by restriction
     */
    public record Recipient(String code, String text, boolean outside, Predicate<String> may) {

        /** What workers tell each other of the whole family is for workers; of the whole record, for nobody who belongs to the family or only looks after its children. */
        boolean mayHave(Documents.Kind kind) {
            return switch (kind) {
                case SUMMARY -> !outside;
                case CHRONOLOGY, FILE -> !FAMILY.contains(code);
                case ASSESSMENT, ENTRY -> true;
            };
        }
    }

    /** Who makes it, the workers who are involved by name, and people outside. The caller has read the family. */
    public List<Recipient> of(Actor actor, String family) {
        List<Recipient> recipients = new ArrayList<>();
        recipients.add(new Recipient(SELF, say("documents.to.self"), false, restriction -> true));
        involvements.of(family).stream().filter(one -> one.endedOn() == null && one.username() != null && !one.username().equals(actor.username())).forEach(one ->
                recipients.add(new Recipient(NAMED + one.role() + ":" + one.username(), say("documents.to.worker", one.name(), one.roleName()), false,
                        restriction -> policy.mayBeGiven(List.of(one.role()), Involvement.NAMED, restriction))));
        OUTSIDE.forEach(code -> recipients.add(new Recipient(code, say("documents.to." + code), true,
                // Which parent a sentence is about nobody says of it: what one of them may not read is for neither.
                restriction -> policy.mayBeGiven(code.equals("parent") ? List.of("parent", "other-parent") : List.of(code), Involvement.TEAM, restriction))));
        return recipients;
    }

    private String say(String key, Object... values) {
        return messages.getMessage(key, values, Locale.UK);
    }
}
