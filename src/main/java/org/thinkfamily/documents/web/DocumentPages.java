package org.thinkfamily.documents.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.MessageSource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.NotFound;
import org.thinkfamily.clock.Dates;
import org.thinkfamily.documents.Documents;
import org.thinkfamily.documents.Documents.Kind;
import org.thinkfamily.documents.Recipients;
import org.thinkfamily.family.Families;
import org.thinkfamily.family.FamilyQuestions;
import org.thinkfamily.record.Entries;

/** Where somebody says which document they need and what for. */
@Controller
class DocumentPages {

    private static final int LONGEST_PURPOSE = 200;

    private final Documents documents;
    private final Families families;
    private final FamilyQuestions questions;
    private final Entries entries;
    private final Recipients recipients;
    private final Audit audit;
    private final MessageSource messages;

    DocumentPages(Documents documents, Families families, FamilyQuestions questions, Entries entries, Recipients recipients, Audit audit, MessageSource messages) {
        this.recipients = recipients;
        this.documents = documents;
        this.families = families;
        this.questions = questions;
        this.entries = entries;
        this.audit = audit;
        this.messages = messages;
    }

    @GetMapping("/families/{ref}/documents")
    @Transactional
    String documents(Actor actor, @PathVariable String ref, @RequestParam(defaultValue = "") String what, @RequestParam(required = false) Long entry, Model model) {
        audit.read(actor, "documents.read", ref, entry);
        model.addAllAttributes(page(actor, ref, entry == null ? what : Kind.ENTRY.code(), entry, "", "", "", "", List.of()));
        return "documents/documents";
    }

    private Map<String, Object> page(Actor actor, String ref, String what, Long entry, String recipient, String purpose, String from, String to, List<Map<String, String>> errors) {
        String title = entry == null ? "" : entries.one(ref, entry).orElseThrow(NotFound::new).title();
        return Map.ofEntries(Map.entry("ref", ref), Map.entry("people", families.people(ref).stream().map(questions::identity).toList()), Map.entry("what", what),
                Map.entry("entry", entry == null ? 0 : entry), Map.entry("entryTitle", title), Map.entry("purpose", purpose), Map.entry("recipient", recipient), Map.entry("recipients", recipients.of(actor, ref)), Map.entry("from", from), Map.entry("to", to), Map.entry("errors", errors),
                Map.entry("kinds", Arrays.stream(Kind.values()).filter(kind -> kind != Kind.ENTRY || entry != null).map(Kind::code).toList()), Map.entry("back", "/families/" + ref));
    }

    /** The document as a file, or the page again with what is wrong. */
    @PostMapping("/families/{ref}/documents")
    Object make(Actor actor, @PathVariable String ref, @RequestParam(defaultValue = "") String what, @RequestParam(required = false) Long entry, @RequestParam(defaultValue = "") String recipient, @RequestParam(defaultValue = "") String purpose,
            @RequestParam(defaultValue = "") String from, @RequestParam(defaultValue = "") String to) {
        audit.read(actor, "documents.read", ref, entry);
        List<Map<String, String>> errors = new ArrayList<>();
        Optional<Kind> kind = Arrays.stream(Kind.values()).filter(each -> each.code().equals(what) && (each != Kind.ENTRY || entry != null)).findFirst();
        if (kind.isEmpty()) {
            errors.add(error("what-summary", "documents.what.missing"));
        }
        Optional<Recipients.Recipient> reader = recipients.of(actor, ref).stream().filter(each -> each.code().equals(recipient)).findFirst();
        if (reader.isEmpty()) {
            errors.add(error("recipient", "documents.to.missing"));
        }
        if (purpose.isBlank() || purpose.length() > LONGEST_PURPOSE) {
            errors.add(error("purpose", purpose.isBlank() ? "documents.purpose.missing" : "documents.purpose.long", LONGEST_PURPOSE));
        }
        LocalDate first = day(from, "from", errors);
        LocalDate last = day(to, "to", errors);
        if (first != null && last != null && last.isBefore(first)) {
            errors.add(error("to", "documents.period.order"));
        }
        if (errors.isEmpty()) {
            try {
                byte[] file = documents.make(actor, ref, new Documents.Wanted(kind.orElseThrow(), entry, first, last, purpose, reader.orElseThrow()));
                return ResponseEntity.ok().contentType(MediaType.APPLICATION_PDF)
                        .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(ref + "-" + what + ".pdf").build().toString()).body(file);
            } catch (Documents.NotMade not) {
                errors.add(error("what-" + what, not.key(), Documents.MOST));
            }
        }
        return new ModelAndView("documents/documents", page(actor, ref, what, entry, recipient, purpose, from, to, errors));
    }

    /** What was decided to share, as a file for who receives it. */
    @PostMapping("/families/{ref}/sharing/{sharing}/document")
    Object pack(Actor actor, @PathVariable String ref, @PathVariable long sharing, RedirectAttributes flash) {
        try {
            return ResponseEntity.ok().contentType(MediaType.APPLICATION_PDF)
                    .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename(ref + "-sharing-" + sharing + ".pdf").build().toString()).body(documents.pack(actor, ref, sharing));
        } catch (Documents.NotMade busy) {
            flash.addFlashAttribute("noticeKey", busy.key());
            return "redirect:/families/" + ref + "/sharing";
        }
    }

    private LocalDate day(String value, String field, List<Map<String, String>> errors) {
        Optional<LocalDate> day = Dates.typed(value);
        if (day.isEmpty() && !value.isBlank()) {
            errors.add(error(field, "documents.period." + field + ".wrong"));
        }
        return day.orElse(null);
    }

    private Map<String, String> error(String field, String key, Object... values) {
        return Map.of("field", field, "message", messages.getMessage(key, values, Locale.UK));
    }
}
