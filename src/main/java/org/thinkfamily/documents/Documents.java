package org.thinkfamily.documents;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.access.Policy;
import org.thinkfamily.access.WhoSees.Involvement;
import org.thinkfamily.attachments.Attachments;
import org.thinkfamily.attachments.Attachments.Attachment;
import org.thinkfamily.chronology.Chronology;
import org.thinkfamily.chronology.Happening;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.clock.WorkingDays;
import org.thinkfamily.contact.Contacts;
import org.thinkfamily.documents.Document.Block;
import org.thinkfamily.documents.Document.Line;
import org.thinkfamily.documents.Document.Part;
import org.thinkfamily.documents.Recipients.Recipient;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.FamilyQuestions;
import org.thinkfamily.family.Involvements;
import org.thinkfamily.family.Person;
import org.thinkfamily.family.Portraits;
import org.thinkfamily.forms.AnswersView;
import org.thinkfamily.overview.Summaries;
import org.thinkfamily.record.Entries;
import org.thinkfamily.record.Entry;
import org.thinkfamily.sharing.Packs;
import org.thinkfamily.sharing.Packs.Pack;
import org.thinkfamily.sharing.Sharing;
import org.thinkfamily.worklist.Fillings;

/**
 * Documents of a family for a stated purpose, as PDF/UA-1. Each is drawn from what both its reader and its recipient may see, says on every page for what, by whom and when it was made, and is
 * an export in the audit with its purpose as the reason.
 */
@Component
public class Documents {

    /** What a document can be. */
    public enum Kind {
        SUMMARY, CHRONOLOGY, ASSESSMENT, ENTRY, FILE;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A document holds no more items of the chronology, and no more entries, than this. */
    public static final int MOST = 600;

    private static final String ASSESSMENT = "joint-assessment";

    private final Audit audit;
    private final Families families;
    private final FamilyQuestions questions;
    private final Involvements involvements;
    private final Summaries summaries;
    private final Chronology chronology;
    private final Entries entries;
    private final Fillings fillings;
    private final Attachments attachments;
    private final Packs packs;
    private final Contacts contacts;
    private final Portraits portraits;
    private final Policy policy;
    private final Pdf pdf;
    private final TransactionTemplate transactions;
    private final MessageSource messages;
    private final Clock time;

    Documents(Audit audit, Families families, FamilyQuestions questions, Involvements involvements, Summaries summaries, Chronology chronology, Entries entries, Fillings fillings, Attachments attachments, Packs packs,
            Contacts contacts, Portraits portraits, Policy policy, Pdf pdf,
            TransactionTemplate transactions, MessageSource messages, Clock time) {
        this.audit = audit;
        this.families = families;
        this.questions = questions;
        this.involvements = involvements;
        this.summaries = summaries;
        this.chronology = chronology;
        this.entries = entries;
        this.fillings = fillings;
        this.attachments = attachments;
        this.packs = packs;
        this.contacts = contacts;
        this.portraits = portraits;
        this.policy = policy;
        this.pdf = pdf;
        this.transactions = transactions;
        this.messages = messages;
        this.time = time;
    }

    /** There is nothing to make a document of, or too much for one; {@code key} of the message that says so. */
    public static class NotMade extends Exception {

        private final String key;

        NotMade(String key) {
            super(key, null, false, false);
            this.key = key;
        }

        public String key() {
            return key;
        }
    }

    /**
     * What is asked for.
     *
     * @param entry the entry, for a document of one
     * @param from the first day of the chronology and of what was filed; null: from the beginning
     * @param to the last day; null: until now
     * @param recipient for whom it is: what they may not read is absent, as what the reader may not read
     */
    public record Wanted(Kind kind, Long entry, LocalDate from, LocalDate to, String purpose, Recipient recipient) { }

    /**
     * Makes a document.
     *
     * @throws NotFound when there is no such family or entry, or the actor may not know of it
     * @throws NotMade when there is nothing to make it of, or too much for one document; this too is written into the audit
     */
    public byte[] make(Actor actor, String family, Wanted wanted) throws NotMade {
        // The record is read first and drawn afterwards, so that a long document holds no connection to the database.
        NotMade[] refused = new NotMade[1];
        Document document = transactions.execute(reading -> {
            try {
                return read(actor, family, wanted);
            } catch (NotMade not) {
                refused[0] = not;
                return null;
            }
        });
        if (refused[0] != null) {
            throw refused[0];
        }
        return pdf.draw(document).orElseThrow(() -> new NotMade("documents.busy"));
    }

    private Document read(Actor actor, String family, Wanted wanted) throws NotMade {
        String subject = (wanted.kind() == Kind.ENTRY ? "entry-" + wanted.entry() : wanted.kind().code())
                + (wanted.recipient().code().equals(Recipients.SELF) ? "" : " for " + wanted.recipient().code());
        audit.read(actor, "document.export", family, subject, wanted.purpose().strip());
        if (!wanted.recipient().mayHave(wanted.kind())) {
            throw new NotMade("documents.not-for-them");
        }
        List<Person> people = families.people(family);
        List<Part> parts = switch (wanted.kind()) {
            case SUMMARY -> summary(actor, family, wanted);
            case CHRONOLOGY -> chronology(family, people, wanted);
            case ASSESSMENT -> assessment(actor, family, people, wanted);
            case ENTRY -> List.of(entry(actor, entries.one(family, wanted.entry()).orElseThrow(NotFound::new), people, wanted, files(actor, family, wanted)));
            case FILE -> file(actor, family, people, wanted);
        };
        if (parts.isEmpty()) {
            throw new NotMade("documents.nothing");
        }
        String title = wanted.kind() == Kind.ENTRY ? parts.get(0).heading() : say("documents.kind." + wanted.kind().code());
        return new Document(title, family, wanted.purpose().strip(), wanted.recipient().text(), maker(actor),
                Dates.moment(time.instant()), people.stream().map(questions::identity).toList(), parts);
    }

    /**
     * What was decided to share, for who receives it: of each item as much as "who sees what" lets them have, and no more than who makes it may read.
     *
     * @throws NotFound when there is no such family or decision, the actor may not know of it, or nothing is shared by it today
     */
    public byte[] pack(Actor actor, String family, long sharing) throws NotMade {
        Document document = transactions.execute(reading -> readPack(actor, family, sharing));
        return pdf.draw(document).orElseThrow(() -> new NotMade("documents.busy"));
    }

    private Document readPack(Actor actor, String family, long id) {
        audit.read(actor, "document.export", family, "sharing-" + id);
        Pack pack = packs.of(family, id).orElseThrow(NotFound::new);
        Sharing sharing = pack.sharing();
        List<Person> people = families.people(family);
        String about = Stream.concat(people.stream(), families.joined(family).values().stream()).filter(person -> person.id() == sharing.person()).findFirst().map(questions::heading).orElse("");
        String recipient = say("documents.pack.to", say("sharing.recipient." + sharing.recipient()), sharing.recipientWho());
        Entry decision = entries.one(family, sharing.entry()).orElseThrow(NotFound::new);
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(say("documents.pack.heading"), List.of(), List.of(new Block(null, List.of(
                new Line(say("documents.pack.for"), List.of(recipient)),
                new Line(say("documents.pack.why"), paragraphs(entries.one(family, sharing.askedEntry()).map(asked -> answer(asked, "purpose")).orElse(""))),
                new Line(say("documents.pack.ground"), List.of(say("sharing.basis." + sharing.basis()))),
                new Line(say("documents.pack.by"), List.of(say("documents.pack.by.on", sharing.decidedBy(), Dates.day(WorkingDays.dayOf(sharing.decidedAt()))))),
                new Line(say("documents.pack.until"), List.of(sharing.sharedUntil() == null ? say("documents.pack.until.none") : say("documents.pack.until.day", Dates.day(sharing.sharedUntil())))),
                new Line(say("documents.pack.rule"), List.of(say("documents.pack.rule.text"))))))));
        List<Entries.Told> story = pack.whole().isEmpty() ? List.of() : entries.story(family, null, Integer.MAX_VALUE).stream()
                .filter(told -> !(told.before().isEmpty() ? told.now() : told.before().get(0)).filedAt().isAfter(sharing.decidedAt())).toList();
        pack.whole().forEach(item -> {
            List<Block> blocks = item.equals("contact-plan") ? contact(family, people, sharing.person()) : item.equals("withheld-address") ? address(actor, family, sharing.person()) : answers(actor, story, pack, item);
            parts.add(new Part(say("sharing.item." + item), blocks.isEmpty() ? List.of(say("documents.pack.nothing")) : List.of(), blocks));
        });
        String words = Stream.of("parts", "newParts").map(key -> answer(decision, key)).filter(text -> !text.isBlank()).collect(Collectors.joining("\n"));
        if (!pack.inWords().isEmpty() || !words.isEmpty()) {
            List<Line> lines = new ArrayList<>();
            if (!pack.inWords().isEmpty()) {
                lines.add(new Line(say("documents.pack.words.items"), pack.inWords().stream().map(item -> say("sharing.item." + item)).toList()));
            }
            lines.add(new Line(say("documents.pack.words.text"), words.isEmpty() ? List.of(say("documents.pack.words.none")) : paragraphs(words)));
            parts.add(new Part(say("documents.pack.words"), List.of(), List.of(new Block(null, lines))));
        }
        return new Document(say("documents.pack.title", about), family, say("documents.pack.purpose", Dates.day(WorkingDays.dayOf(sharing.decidedAt()))), recipient, maker(actor), Dates.moment(time.instant()), List.of(about), parts);
    }

    private static String answer(Entry entry, String key) {
        return entry.answers().get(key) instanceof String text ? text : "";
    }

    /** Of each form the newest answers that are this item and about nobody but this person. */
    private List<Block> answers(Actor actor, List<Entries.Told> story, Pack pack, String item) {
        Map<String, Block> newest = new LinkedHashMap<>();
        String recipient = pack.sharing().recipient();
        long person = pack.sharing().person();
        story.stream().map(Entries.Told::now).filter(entry -> entry.about().contains(person)).forEach(entry -> {
            List<Line> lines = fillings.view(entry, actor, restriction -> policy.mayBeGiven(List.of(recipient), Involvement.TEAM, restriction)).answered().blocks().stream()
                    .filter(block -> block.card() ? block.person() != null && block.person() == person : entry.about().equals(Set.of(person)))
                    .flatMap(block -> block.lines().stream()).filter(line -> item.equals(line.item())).map(line -> new Line(line.question(), texts(line))).toList();
            if (!lines.isEmpty()) {
                newest.remove(entry.formKey());
                newest.put(entry.formKey(), new Block(say("entry.by", entry.authorName(), entry.service(), Dates.day(entry.filedAt())), lines));
            }
        });
        return List.copyOf(newest.values());
    }

    private List<Block> contact(String family, List<Person> people, long person) {
        Map<Long, String> names = people.stream().collect(Collectors.toMap(Person::id, Person::name));
        return contacts.today(family).lines().stream().filter(line -> line.child() == person || line.parent() == person).filter(line -> names.containsKey(line.child()) && names.containsKey(line.parent()))
                .map(line -> new Block(say("documents.pack.contact", names.get(line.child()), names.get(line.parent()), say("family.condition." + line.condition())),
                        List.of(new Line(null, Stream.of(say("documents.pack.contact.line", say("family.contact.kind." + line.kind()), say("family.contact.supervision." + line.supervision())),
                                line.stopped() ? say("documents.pack.contact.off") : null).filter(Objects::nonNull).toList())))).toList();
    }

    private List<Block> address(Actor actor, String family, long person) {
        return portraits.of(actor, family, person).addresses().stream().filter(address -> address.withheld() && (address.untilOn() == null || address.untilOn().isAfter(WorkingDays.dayOf(time.instant()))))
                .map(address -> new Block(null, List.of(new Line(null, List.of(address.address()))))).toList();
    }

    private static String maker(Actor actor) {
        return Stream.of(actor.name(), actor.teamName(), actor.serviceName()).filter(Objects::nonNull).collect(Collectors.joining(", "));
    }

    private List<Part> summary(Actor actor, String family, Wanted wanted) {
        return summaries.of(actor, family, wanted.recipient().may()).parts().stream().map(part -> new Part(part.heading(), part.lines().isEmpty() ? List.of(part.nothing()) : part.left() == null ? List.of() : List.of(part.left()),
                List.of(new Block(null, part.lines().stream().map(line -> new Line(line.about(), List.of(line.text() + " (" + line.source() + ", " + line.dated() + ")"))).toList())))).toList();
    }

    private List<Part> chronology(String family, List<Person> people, Wanted wanted) throws NotMade {
        Map<Long, String> names = people.stream().collect(Collectors.toMap(Person::id, Person::name));
        List<Happening> items = chronology.find(family, new Chronology.Filter(null, null, Set.of(), false, true), null, Integer.MAX_VALUE).stream().filter(item -> within(item.at(), wanted)).toList();
        if (items.size() > MOST) {
            throw new NotMade("documents.long");
        }
        return items.stream().collect(Collectors.groupingBy(item -> WorkingDays.dayOf(item.at()).getYear(), TreeMap::new, Collectors.toList())).entrySet().stream()
                .map(year -> new Part(String.valueOf(year.getKey()), List.of(), year.getValue().stream().map(item -> block(item, names)).toList())).toList();
    }

    private Block block(Happening item, Map<Long, String> names) {
        List<Line> lines = new ArrayList<>();
        String about = item.about().stream().map(person -> names.getOrDefault(person, say("chronology.person.gone"))).collect(Collectors.joining(", "));
        lines.add(new Line(null, List.of(Stream.of(say("chronology.kind." + item.kind()), item.service(), item.who(), about.isEmpty() ? null : say("chronology.about") + " " + about)
                .filter(Objects::nonNull).collect(Collectors.joining(". ")) + ".")));
        if (item.detail() != null) {
            lines.add(new Line(null, paragraphs(item.detail())));
        }
        if (item.source() != null) {
            lines.add(new Line(null, List.of(say("chronology.source", item.source()) + ". " + say("chronology.confidence." + item.confidence()) + ".")));
        }
        if (item.mark() != null) {
            lines.add(new Line(null, List.of(say(item.mark().significant() ? "chronology.mark.yes" : "chronology.mark.no", item.mark().by(), Dates.day(item.mark().at())) + ": " + item.mark().reason())));
        }
        return new Block(item.day() + ": " + item.title() + (item.significant() ? " (" + say("chronology.significant") + ")" : ""), lines);
    }

    /** What was filed in the newest joint assessment, as it stands now, oldest first. */
    private List<Part> assessment(Actor actor, String family, List<Person> people, Wanted wanted) {
        Map<Long, List<Attachment>> files = files(actor, family, wanted);
        List<Entry> filed = entries.inForce(family).stream().filter(entry -> ASSESSMENT.equals(entry.processKey()) && entry.processId() != null).toList();
        return filed.stream().findFirst().map(newest -> filed.stream().filter(entry -> entry.processId().equals(newest.processId())).sorted(Comparator.comparing(Entry::id))
                .map(entry -> entry(actor, entry, people, wanted, files)).toList()).orElse(List.of());
    }

    private List<Part> file(Actor actor, String family, List<Person> people, Wanted wanted) throws NotMade {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(say("documents.involved"), List.of(), List.of(new Block(null, involvements.of(family).stream().map(one -> new Line(one.name() == null ? one.teamName() : one.name(),
                List.of(say(one.endedOn() == null ? "documents.involved.since" : "documents.involved.until", one.roleName(), one.service(), Dates.day(one.beganOn()),
                        one.endedOn() == null ? "" : Dates.day(one.endedOn()))))).toList()))));
        chronology(family, people, wanted).forEach(year -> parts.add(new Part(say("documents.year", year.heading()), year.notes(), year.blocks())));
        List<Entries.Told> story = entries.story(family, null, Integer.MAX_VALUE).stream().filter(told -> within((told.before().isEmpty() ? told.now() : told.before().get(0)).filedAt(), wanted)).toList();
        if (story.size() > MOST) {
            throw new NotMade("documents.long");
        }
        Map<Long, List<Attachment>> files = files(actor, family, wanted);
        story.forEach(told -> {
            Part now = entry(actor, told.now(), people, wanted, files);
            List<Block> blocks = new ArrayList<>(now.blocks());
            told.before().forEach(before -> {
                blocks.add(new Block(say("story.before", Dates.day(before.filedAt()), before.authorName()), List.of()));
                blocks.addAll(blocks(actor, before, wanted));
                files(files.get(before.id())).ifPresent(blocks::add);
            });
            parts.add(new Part(now.heading(), now.notes(), blocks));
        });
        return parts;
    }

    private static boolean within(Instant at, Wanted wanted) {
        LocalDate on = WorkingDays.dayOf(at);
        return (wanted.from() == null || !on.isBefore(wanted.from())) && (wanted.to() == null || !on.isAfter(wanted.to()));
    }

    private Part entry(Actor actor, Entry entry, List<Person> people, Wanted wanted, Map<Long, List<Attachment>> files) {
        List<String> notes = new ArrayList<>();
        notes.add(say("entry.by", entry.authorName(), entry.service(), Dates.day(entry.filedAt())));
        String about = people.stream().filter(person -> entry.about().contains(person.id())).map(questions::heading).collect(Collectors.joining("; "));
        if (!about.isEmpty()) {
            notes.add(say("story.about", about));
        }
        if (entry.supersedes() != null) {
            notes.add(say("entry.corrects", entry.reason()));
        }
        if (entry.supersededBy() != null) {
            notes.add(say("entry.superseded"));
        }
        List<Block> blocks = new ArrayList<>(blocks(actor, entry, wanted));
        if (blocks.isEmpty()) {
            notes.add(say("story.nothing"));
        }
        files(files.get(entry.id())).ifPresent(blocks::add);
        return new Part(entry.title(), notes, blocks);
    }

    /** The files of each entry that reader and recipient may both see. One that waits for its scan is in no document, not even of who added it. */
    private Map<Long, List<Attachment>> files(Actor actor, String family, Wanted wanted) {
        return attachments.ofFamily(actor, family).stream().filter(file -> wanted.recipient().may().test(file.restricted()) && (file.scan().equals("none") || file.scan().equals("clean")))
                .collect(Collectors.groupingBy(Attachment::entry));
    }

    private Optional<Block> files(List<Attachment> files) {
        return files == null ? Optional.empty() : Optional.of(new Block(say("attachments.title"), files.stream().map(file -> file.removedAt() != null
                ? new Line(null, List.of(say("attachments.removed.line", file.removedByName(), Dates.day(file.removedAt())) + ": " + file.removedWhy()))
                : new Line(file.name(), Stream.of("(" + file.size() + ") " + say("attachments.by", file.addedByName(), Dates.day(file.addedAt())) + ".",
                        file.sha256() == null ? null : say("documents.file.digest", file.sha256().replaceAll("(.{8})(?=.)", "$1 "))).filter(Objects::nonNull).toList())).toList()));
    }

    private List<Block> blocks(Actor actor, Entry entry, Wanted wanted) {
        return fillings.view(entry, actor, wanted.recipient().may()).answered().blocks().stream().map(block -> new Block(block.heading(), block.lines().stream().map(line -> new Line(line.question(), texts(line))).toList())).toList();
    }

    private static List<String> texts(AnswersView.Line line) {
        List<String> texts = new ArrayList<>(line.answers().stream().flatMap(answer -> paragraphs(answer).stream()).toList());
        if (line.copied() != null) {
            texts.add(line.copied().text());
        }
        return texts;
    }

    private static List<String> paragraphs(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private String say(String key, Object... values) {
        return messages.getMessage(key, values, Locale.UK);
    }
}
