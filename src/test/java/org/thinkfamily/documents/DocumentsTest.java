package org.thinkfamily.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.access.Actors;
import org.thinkfamily.family.Families;
import org.thinkfamily.record.Entries;
import org.thinkfamily.record.Entry;
import org.thinkfamily.worklist.ReleasedForms;

/** Documents hold what their reader may see, say what they are for, and can be read by a screen reader. */
@ThinkFamilyTest
class DocumentsTest {

    private static final String SECRET = "She does not want to go.";

    @Autowired
    private MockMvc web;
    @Autowired
    private Families families;
    @Autowired
    private Entries entries;
    @Autowired
    private ReleasedForms forms;
    @Autowired
    private Actors actors;
    @Autowired
    private JdbcClient jdbc;

    private TestFamily family;

    @BeforeEach
    void aFamily() {
        family = TestFamily.open(families, jdbc, "Paper");
    }

    private Entry file(String who, String key, String process, Map<String, Object> answers) {
        return family.file(new TestFamily.Filing(entries, forms, jdbc), actors.find(who).orElseThrow(), key, process, answers);
    }

    private MockHttpServletResponse make(String who, String... parameters) throws Exception {
        var request = post("/families/" + family.ref() + "/documents").with(user(who)).with(csrf());
        if (parameters.length > 0 && Stream.of(parameters).noneMatch(parameter -> parameter.startsWith("recipient="))) {
            request.param("recipient", "self");
        }
        for (String parameter : parameters) {
            request.param(parameter.substring(0, parameter.indexOf('=')), parameter.substring(parameter.indexOf('=') + 1));
        }
        return web.perform(request).andReturn().getResponse();
    }

    private byte[] pdf(String who, String... parameters) throws Exception {
        MockHttpServletResponse answer = make(who, parameters);
        assertThat(answer.getContentType()).isEqualTo("application/pdf");
        assertThat(answer.getHeader("Content-Disposition")).startsWith("attachment; filename=\"" + family.ref());
        assertThat(answer.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        return answer.getContentAsByteArray();
    }

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
        }
    }

    private static void meetsPdfUa(byte[] pdf, String name) throws Exception {
        Files.createDirectories(Path.of("target/documents"));
        Files.write(Path.of("target/documents", name + ".pdf"), pdf);
        assertThat(PdfUa.failures(pdf)).as(name).isEmpty();
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("en-GB");
            assertThat(document.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            assertThat(document.getDocumentCatalog().getStructureTreeRoot()).isNotNull();
            assertThat(document.getDocumentInformation().getTitle()).isNotBlank();
        }
    }

    @Test
    @Requirement("U14")
    void eachKindIsPdfUaAndSaysOnEachPageWhatItIsForByWhomAndWhen() throws Exception {
        String long_ = "Rosa said: “It’s not like that” – and left <b>at once</b> & came back. ".repeat(60);
        Entry entry = file(TestFamily.PRACTITIONER, "early-help", "shown", Map.of("agreed", "yes", "plan", long_));
        file(TestFamily.PRACTITIONER, "assessment-adult-side", "joint-assessment", Map.of("condition", "Unwell since spring.", "careIfUnwell", "Her sister."));
        jdbc.sql("insert into care_period (family_ref, child_id, from_on, legal_status, placement, entry_id) values (?, ?, date '2024-01-10', 'V2', 'U6', ?)")
                .params(List.of(family.ref(), family.mia(), entry.id())).update();
        for (String kind : List.of("summary", "chronology", "assessment", "entry", "file")) {
            byte[] pdf = pdf(TestFamily.PRACTITIONER, "what=" + kind, "entry=" + entry.id(), "purpose=Conference & <plan>");
            meetsPdfUa(pdf, kind);
            String text = text(pdf);
            try (PDDocument document = Loader.loadPDF(pdf)) {
                int pages = document.getNumberOfPages();
                assertThat(text.split("For: Conference & <plan>", -1)).as(kind).hasSizeGreaterThanOrEqualTo(pages + 1);
                assertThat(text.split("Made by Asha Patel, ", -1)).as(kind).hasSizeGreaterThanOrEqualTo(pages + 1);
                assertThat(text).as(kind).contains("Family " + family.ref(), "Mia Paper, child, aged", pages + " / " + pages);
            }
        }
        assertThat(text(pdf(TestFamily.PRACTITIONER, "what=entry", "entry=" + entry.id(), "purpose=x"))).contains("Step early-help", "“It’s not like that” – and left <b>at once</b> & came back.");
        assertThat(text(pdf(TestFamily.PRACTITIONER, "what=assessment", "purpose=x"))).contains("Step assessment-adult-side", "Her sister.").doesNotContain("Step early-help");
        assertThat(text(pdf(TestFamily.PRACTITIONER, "what=chronology", "purpose=x"))).contains("10 January 2024: Became looked after", "(Significant)", "Step early-help").doesNotContain("came back");
        assertThat(text(pdf(TestFamily.PRACTITIONER, "what=file", "purpose=x"))).contains("Who is involved", "Maria Santos", "Chronology: 2024", "Step early-help", "Her sister.", "came back");
        assertThat(text(pdf(TestFamily.PRACTITIONER, "what=chronology", "purpose=x", "to=2024-12-31"))).contains("Became looked after").doesNotContain("Step early-help");
    }

    @Test
    @Requirement("S-178")
    void whatTheReaderMayNotSeeIsAbsent() throws Exception {
        Entry entry = file("maria.santos", "contact-proposal", "shown", Map.of("contingency", "A plan.", "wish", SECRET));
        for (String[] parameters : List.of(new String[] {"what=entry", "entry=" + entry.id(), "purpose=x"}, new String[] {"what=file", "purpose=x"})) {
            assertThat(text(pdf("maria.santos", parameters))).contains("A plan.", SECRET);
            assertThat(text(pdf(TestFamily.PRACTITIONER, parameters))).contains("A plan.").doesNotContain(SECRET, "want to go");
        }
        assertThat(text(pdf(TestFamily.PRACTITIONER, "what=summary", "purpose=x"))).doesNotContain(SECRET);
    }

    /** The more restrictive of the two wins: neither the author nor the named social worker gives a child's own view to a parent. */
    @Test
    @Requirement({"S-178", "S-192"})
    void whatTheRecipientMayNotSeeIsAbsentToo() throws Exception {
        Entry entry = file("maria.santos", "contact-proposal", "shown", Map.of("contingency", "A plan.", "wish", SECRET));
        jdbc.sql("""
                insert into attachment (family_ref, entry_id, name, media_type, bytes, sha256, restricted, scan, added_by, added_by_name, added_at)
                values (:family, :entry, 'her-letter.pdf', 'application/pdf', 2048, repeat('ab', 32), 'child-view', 'clean', 'maria.santos', 'Maria Santos', now()),
                       (:family, :entry, 'plan.pdf', 'application/pdf', 4096, repeat('cd', 32), null, 'clean', 'maria.santos', 'Maria Santos', now()),
                       (:family, :entry, 'unscanned.pdf', 'application/pdf', 4096, repeat('ef', 32), null, 'waiting', 'maria.santos', 'Maria Santos', now())
                """).param("family", family.ref()).param("entry", entry.id()).update();
        for (String recipient : List.of("parent", "child", "carer", "school", "court", "other", "worker:adult-mental-health-practitioner:asha.patel")) {
            List<String> had = recipient.startsWith("worker") ? List.of("entry", "file", "summary") : recipient.equals("court") || recipient.equals("other") ? List.of("entry", "file") : List.of("entry");
            for (String what : had) {
                assertThat(text(pdf("maria.santos", "what=" + what, "entry=" + entry.id(), "purpose=Meeting", "recipient=" + recipient))).as(what + " for " + recipient)
                        .doesNotContain(SECRET, "want to go", "her-letter");
            }
        }
        byte[] whole = pdf("maria.santos", "what=file", "purpose=Review", "recipient=worker:iro:nina.farrow");
        meetsPdfUa(whole, "file-with-files");
        assertThat(text(whole)).contains(SECRET, "her-letter.pdf (2 KB) Added by Maria Santos", "SHA-256: abababab abababab", "plan.pdf", "For: Review. Reader: Nina Farrow, Independent reviewing officer. Made by Maria Santos")
                .doesNotContain("unscanned");
        assertThat(text(pdf("maria.santos", "what=file", "purpose=Meeting", "recipient=court"))).contains("plan.pdf", "Reader: A court");
        assertThat(jdbc.sql("select reason from audit_event where action = 'document.export' and family_ref = ? and subject = 'file for court'").param(family.ref()).query(String.class).list())
                .contains("Meeting");
    }

    @Test
    @Requirement("S-178")
    void whatWorkersTellEachOtherIsMadeForNobodyInTheFamily() throws Exception {
        for (String recipient : List.of("parent", "child", "carer", "school")) {
            for (String what : List.of("summary", "chronology", "file")) {
                assertThat(make("maria.santos", "what=" + what, "purpose=Meeting", "recipient=" + recipient).getContentAsString()).as(what + " for " + recipient).contains("what workers tell each other", "Error:");
            }
        }
        assertThat(make("maria.santos", "what=summary", "purpose=Hearing", "recipient=court").getContentAsString()).contains("what workers tell each other");
    }

    @Test
    void theExportIsAuditedWithItsPurpose() throws Exception {
        pdf(TestFamily.PRACTITIONER, "what=chronology", "purpose=Handover");
        assertThat(jdbc.sql("select count(*) from audit_event where action = 'document.export' and family_ref = ? and username = ? and subject = 'chronology' and reason = 'Handover'")
                .params(List.of(family.ref(), TestFamily.PRACTITIONER)).query(Long.class).single()).isEqualTo(1);
    }

    @Test
    void whatIsWrongIsSaidOnTheSamePage() throws Exception {
        assertThat(make(TestFamily.PRACTITIONER).getContentAsString()).contains("Choose which document", "Say what the document is for", "Choose who will read the document", "Error:");
        assertThat(make(TestFamily.PRACTITIONER, "what=summary", "purpose=x", "recipient=somebody").getContentAsString()).contains("Choose who will read the document");
        assertThat(make(TestFamily.PRACTITIONER, "what=assessment", "purpose=x").getContentAsString()).contains("There is nothing in the record yet");
        assertThat(make(TestFamily.PRACTITIONER, "what=file", "purpose=x", "from=spring").getContentAsString()).contains("The first day must be a date");
        assertThat(make(TestFamily.PRACTITIONER, "what=file", "purpose=x", "from=2/3/2026", "to=1/3/2026").getContentAsString()).contains("The last day must not be before the first");
        assertThat(make(TestFamily.PRACTITIONER, "what=entry", "purpose=x").getContentAsString()).contains("Choose which document");
        assertThat(make(TestFamily.PRACTITIONER, "what=entry", "entry=0", "purpose=x").getStatus()).isEqualTo(404);
        assertThat(make("dee.marsh", "what=summary", "purpose=x").getStatus()).isEqualTo(404);
        jdbc.sql("insert into history_import (family_ref, events, imported_by, imported_by_name, imported_at) values (?, 700, 'asha.patel', 'Asha Patel', now())").param(family.ref()).update();
        jdbc.sql("""
                insert into history_event (family_ref, happened_on, precision, title, about, origin, source, confidence, import_id, added_by, added_by_name, added_at)
                select family_ref, date '2010-01-01' + n, 'day', 'Event ' || n, '{}', 'other', 'Paper', 'likely', id, 'asha.patel', 'Asha Patel', now() from history_import, generate_series(1, 700) n
                 where family_ref = ?
                """).param(family.ref()).update();
        assertThat(make(TestFamily.PRACTITIONER, "what=chronology", "purpose=x").getContentAsString()).contains("There is too much for one document");
        assertThat(text(pdf(TestFamily.PRACTITIONER, "what=chronology", "purpose=x", "from=2010-02-01", "to=2010-02-02"))).contains("Event 31", "Event 32").doesNotContain("Event 30", "Event 33");
    }

    @Test
    void thePageOffersAnEntryOnlyWhenItWasOpenedFromOne() throws Exception {
        Entry entry = file(TestFamily.PRACTITIONER, "early-help", "shown", Map.of("agreed", "no"));
        assertThat(web.perform(get("/families/" + family.ref() + "/documents").with(user(TestFamily.PRACTITIONER))).andReturn().getResponse().getContentAsString()).doesNotContain("what-entry");
        assertThat(web.perform(get("/families/" + family.ref() + "/documents").param("entry", "" + entry.id()).with(user(TestFamily.PRACTITIONER))).andReturn().getResponse().getContentAsString())
                .contains("This entry: Step early-help");
    }
}
