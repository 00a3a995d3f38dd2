package org.thinkfamily.worklist.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Policy;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.notify.Outbox;
import org.thinkfamily.worklist.WorkItem;
import org.thinkfamily.worklist.WorkItems;

/** Says which tasks of the family something filed has opened, with whom and by when, and who has been told by e-mail. */
@Component
class Opened {

    private static final int READ = 200;
    private static final int SAID = 4;

    private final WorkItems items;
    private final Outbox outbox;
    private final Policy policy;
    private final MessageSource messages;

    Opened(WorkItems items, Outbox outbox, Policy policy, MessageSource messages) {
        this.items = items;
        this.outbox = outbox;
        this.policy = policy;
        this.messages = messages;
    }

    /** Ids of the tasks that were open, and the number of the family's newest message. */
    record Before(Set<String> tasks, long message) { }

    /** What is open now. {@code family} is null for one that is still to be opened. */
    Before before(String family) {
        return family == null ? new Before(Set.of(), 0)
                : new Before(items.ofFamily(family, null, READ).stream().map(WorkItem::id).collect(Collectors.toSet()), outbox.newest(family));
    }

    /** A sentence about who has been told since, and one for each task that has been opened, the earliest due first; nothing for who may not see the family. */
    List<String> since(Actor actor, String family, Before before) {
        if (family == null || !policy.maySee(actor, family)) {
            return List.of();
        }
        List<String> said = new ArrayList<>();
        List<String> told = outbox.toldSince(family, before.message());
        if (!told.isEmpty()) {
            said.add(words(outbox.serverConfigured() ? "work.told" : "work.told.waits", String.join(", ", told)));
        }
        List<WorkItem> opened = items.ofFamily(family, null, READ).stream().filter(item -> !before.tasks().contains(item.id())).toList();
        opened.stream().limit(SAID).map(this::words).forEach(said::add);
        if (opened.size() > SAID) {
            said.add(words("work.opened.more", opened.size() - SAID));
        }
        return said;
    }

    private String words(WorkItem item) {
        String with = item.assigneeName() == null ? item.teamName() : item.assigneeName();
        return item.dueOn() == null ? words("work.opened", item.name(), with) : words("work.opened.due", item.name(), with, Dates.day(item.dueOn()));
    }

    private String words(String key, Object... values) {
        return messages.getMessage(key, values, Locale.UK);
    }
}
