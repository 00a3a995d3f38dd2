package org.thinkfamily.disclosure;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotAllowed;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.documents.Document;
import org.thinkfamily.documents.Document.Block;
import org.thinkfamily.documents.Document.Line;
import org.thinkfamily.documents.Document.Part;
import org.thinkfamily.documents.Pdf;
import org.thinkfamily.pathway.WithholdingTable;

/**
 * The answer to a request as PDF/UA-1: only what was released and checked. What is kept back leaves no trace in it, neither a gap nor a heading nor a number; that something
 * was kept back is said, without where, for those reasons alone that the table allows to be told.
 */
@Component
public class Answer {

    private final AccessRequests requests;
    private final WithholdingTable reasons;
    private final Audit audit;
    private final Pdf pdf;
    private final TransactionTemplate transactions;
    private final MessageSource messages;
    private final Clock time;

    Answer(AccessRequests requests, WithholdingTable reasons, Audit audit, Pdf pdf, TransactionTemplate transactions, MessageSource messages, Clock time) {
        this.requests = requests;
        this.reasons = reasons;
        this.audit = audit;
        this.pdf = pdf;
        this.transactions = transactions;
        this.messages = messages;
        this.time = time;
    }

    /**
     * Draws it anew from the originals; an export in the audit.
     *
     * @return empty when too many others are being drawn
     * @throws NotAllowed before the second check
     */
    public Optional<byte[]> make(Actor actor, String family, long request) {
        return pdf.draw(transactions.execute(reading -> document(actor, family, request)));
    }

    private Document document(Actor actor, String family, long id) {
        AccessRequest request = requests.one(actor, family, id);
        if (!request.released()) {
            throw new NotAllowed();
        }
        audit.read(actor, "access-request.export", family, id);
        return new Document(say("disclosure.document.title", request.name()), family, say("disclosure.document.purpose", Dates.day(request.receivedOn())), say("disclosure.document.recipient", request.name()),
                Stream.of(actor.name(), actor.teamName(), actor.serviceName()).filter(Objects::nonNull).collect(Collectors.joining(", ")), Dates.moment(time.instant()), List.of(request.name()), parts(request));
    }

    private List<Part> parts(AccessRequest request) {
        List<Held> released = requests.items(request, "out", 0, Integer.MAX_VALUE).stream().filter(held -> held.item().goesOut()).toList();
        Map<String, List<Held>> groups = new LinkedHashMap<>();
        released.forEach(held -> groups.computeIfAbsent(held.item().kind().equals("answer") ? "entry " + held.item().entry() : held.item().kind(), key -> new ArrayList<>()).add(held));
        List<Part> parts = new ArrayList<>();
        groups.forEach((key, items) -> parts.add(part(items)));
        List<String> about = new ArrayList<>();
        List<String> told = told(request);
        if (!told.isEmpty()) {
            about.add(say("disclosure.document.kept-back", String.join("; ", told)));
        }
        about.add(say("disclosure.document.complain"));
        parts.add(new Part(say("disclosure.document.about"), about, List.of()));
        return parts;
    }

    private Part part(List<Held> items) {
        Held first = items.get(0);
        if (!first.item().kind().equals("answer")) {
            return new Part(say("disclosure.document." + first.item().kind()), List.of(), List.of(new Block(null, items.stream().map(Answer::line).toList())));
        }
        List<Block> blocks = new ArrayList<>();
        String heading = null;
        List<Line> lines = null;
        for (Held held : items) {
            // A row about somebody else is headed by their name; what is released of it does not need it.
            String mine = held.another() ? say("disclosure.document.another") : held.heading();
            if (lines == null || !Objects.equals(mine, heading)) {
                lines = new ArrayList<>();
                heading = mine;
                blocks.add(new Block(heading, lines));
            }
            lines.add(line(held));
        }
        return new Part(first.where(), List.of(first.by()), blocks);
    }

    private static Line line(Held held) {
        return new Line(held.question(), held.item().decision().equals("part") ? Holdings.paragraphs(held.item().words()).toList() : held.texts());
    }

    /** The reasons that may be told and for which something was kept back, in the order of the table. */
    private List<String> told(AccessRequest request) {
        Map<String, Set<String>> kept = requests.keptBack(request);
        return kept.keySet().stream().sorted().flatMap(kind -> reasons.reasons(kind).stream().filter(WithholdingTable.Reason::told).filter(reason -> kept.get(kind).contains(reason.code())))
                .map(WithholdingTable.Reason::title).distinct().toList();
    }

    private String say(String key, Object... values) {
        return messages.getMessage(key, values, Locale.UK);
    }
}
