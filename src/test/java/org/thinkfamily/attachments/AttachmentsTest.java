package org.thinkfamily.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;
import org.thinkfamily.Requirement;
import org.thinkfamily.TestFamily;
import org.thinkfamily.ThinkFamilyTest;
import org.thinkfamily.access.Actor;
import org.thinkfamily.access.Actors;
import org.thinkfamily.access.Audit;
import org.thinkfamily.access.Policy;
import org.thinkfamily.family.Families;
import org.thinkfamily.record.Entries;
import org.thinkfamily.worklist.ReleasedForms;

/** Files attached to entries: what is taken, what is refused, who sees it. */
@ThinkFamilyTest
class AttachmentsTest {

    private static final byte[] PDF = pdf("Letter");
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final byte[] MAIL = "Received: from mail\r\nFrom: Rosa <rosa@example.org>\r\nSubject: Visit\r\n\r\n<script>alert(1)</script>\r\n".getBytes(StandardCharsets.UTF_8);

    private static final byte[] OUTLOOK = outlook("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1" + "\0".repeat(504), "__properties_version1.0");

    private static byte[] outlook(String head, String stream) {
        byte[] first = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] name = stream.getBytes(StandardCharsets.UTF_16LE);
        return ByteBuffer.allocate(first.length + name.length + 100).put(first).put(name).array();
    }

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
    private Audit audit;
    @Autowired
    private Policy policy;
    @Autowired
    private TransactionTemplate transactions;
    @Autowired
    private Clock time;
    @Autowired
    private JdbcClient jdbc;

    private TestFamily family;
    private Actor asha;
    private long entry;

    @BeforeEach
    void anEntry() {
        family = TestFamily.open(families, jdbc, "Filed");
        asha = actors.find(TestFamily.PRACTITIONER).orElseThrow();
        entry = family.file(new TestFamily.Filing(entries, forms, jdbc), asha, "early-help", "shown", Map.of("agreed", "no")).id();
    }

    private String path() {
        return "/families/" + family.ref() + "/entries/" + entry;
    }

    private String page(String who) throws Exception {
        return web.perform(get(path()).with(user(who))).andReturn().getResponse().getContentAsString();
    }

    /** What the page says after a file was sent. */
    private String send(String who, String name, byte[] content, String... parameters) throws Exception {
        var request = multipart(path() + "/files").file(new MockMultipartFile("file", name, "text/html", content));
        for (String parameter : parameters) {
            request.param(parameter, "true");
        }
        var answer = web.perform(request.with(user(who)).with(csrf())).andReturn();
        assertThat(answer.getResponse().getStatus()).isEqualTo(302);
        return web.perform(get(path()).with(user(who)).cookie(answer.getResponse().getCookies())).andReturn().getResponse().getContentAsString();
    }

    private long id() {
        return jdbc.sql("select max(id) from attachment where entry_id = ?").param(entry).query(Long.class).single();
    }

    private MockHttpServletResponse take(String who, long id) throws Exception {
        return web.perform(get(path() + "/files/" + id).with(user(who))).andReturn().getResponse();
    }

    private static byte[] zip(Object... parts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < parts.length; i += 2) {
                zip.putNextEntry(new ZipEntry(parts[i].toString()));
                zip.write(parts[i + 1] instanceof byte[] bytes ? bytes : parts[i + 1].toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    private static byte[] word(Object... more) throws IOException {
        Object[] parts = {"[Content_Types].xml", "<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>",
            "word/document.xml", "<document/>"};
        Object[] all = Arrays.copyOf(parts, parts.length + more.length);
        System.arraycopy(more, 0, all, parts.length, more.length);
        return zip(all);
    }

    private static byte[] picture(String format) throws IOException {
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        image.setRGB(3, 4, 0xff8800);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }

    private static byte[] with(byte[] file, int at, byte[] more) {
        return ByteBuffer.allocate(file.length + more.length).put(file, 0, at).put(more).put(file, at, file.length - at).array();
    }

    /** A page that holds these words as they stand, and what programs write about a document. */
    private static byte[] pdf(String words) {
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            PDStream content = new PDStream(document);
            try (OutputStream out = content.createOutputStream()) {
                out.write(("% " + words + "\n").getBytes(StandardCharsets.ISO_8859_1));
            }
            page.setContents(content);
            PDStream place = new PDStream(document);
            try (OutputStream out = place.createOutputStream()) {
                out.write("<x:xmpmeta>exif:GPSLatitude 51.5074</x:xmpmeta>".getBytes(StandardCharsets.ISO_8859_1));
            }
            page.getCOSObject().setItem(COSName.METADATA, place);
            document.addPage(page);
            PDMetadata about = new PDMetadata(document);
            about.importXMPMetadata("<x:xmpmeta>dc:creator Olive Author</x:xmpmeta>".getBytes(StandardCharsets.ISO_8859_1));
            document.getDocumentCatalog().setMetadata(about);
            document.getDocumentInformation().setAuthor("Olive Author");
            document.getDocumentInformation().setCustomMetadataValue("Company", "Westerby Trust");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out, CompressParameters.NO_COMPRESSION);
            return out.toByteArray();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What a camera writes: which side is up, and after it where the picture was taken. */
    private static byte[] exif(int orientation) {
        byte[] place = "GPS 51.5074 N 0.1278 W".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer segment = ByteBuffer.allocate(36 + place.length);
        segment.putShort((short) 0xffe1).putShort((short) (34 + place.length)).put("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 1)
                .putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation).putShort((short) 0).putInt(0).put(place);
        return segment.array();
    }

    private static byte[] chunk(String type, String text) {
        byte[] data = text.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 sum = new CRC32();
        sum.update(type.getBytes(StandardCharsets.ISO_8859_1));
        sum.update(data);
        return ByteBuffer.allocate(data.length + 12).putInt(data.length).put(type.getBytes(StandardCharsets.ISO_8859_1)).put(data).putInt((int) sum.getValue()).array();
    }

    @Test
    void eachKindIsTakenShownAndGivenBackAsAFileOnly() throws Exception {
        assertThat(page(TestFamily.PRACTITIONER)).contains("No files are attached to this entry.");
        Map<String, byte[]> files = Map.of("Letter of 3 May.pdf", PDF, "Visit.msg", OUTLOOK, "photo.JPG", picture("jpg"), "drawing.png", picture("png"), "plan.docx", word(), "Re: visit.eml", MAIL);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            assertThat(send(TestFamily.PRACTITIONER, file.getKey(), file.getValue())).as(file.getKey()).contains(file.getKey(), "The file is attached to this entry.").doesNotContain("error-summary");
            MockHttpServletResponse taken = take(TestFamily.SOCIAL_WORKER, id());
            assertThat(taken.getStatus()).isEqualTo(200);
            assertThat(taken.getContentAsByteArray()).as(file.getKey()).isEqualTo(FileType.named(file.getKey()).orElseThrow().cleaned() ? Metadata.cleaned(FileType.named(file.getKey()).orElseThrow(), file.getValue()) : file.getValue());
            assertThat(taken.getHeader("Content-Disposition")).startsWith("attachment; filename");
            assertThat(taken.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(taken.getHeader("Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
            assertThat(taken.getContentType()).doesNotContain("html");
        }
        assertThat(jdbc.sql("select count(*) from audit_event where action = 'attachment.read' and family_ref = ? and username = ? and subject = ?").param(family.ref()).param(TestFamily.SOCIAL_WORKER)
                .param(String.valueOf(id())).query(Long.class).single()).isEqualTo(1);
    }

    @Test
    void aLargeFileComesBackWhole() throws Exception {
        byte[] large = (new String(MAIL, StandardCharsets.UTF_8) + "Seen. ".repeat(500_000)).getBytes(StandardCharsets.UTF_8);
        send(TestFamily.PRACTITIONER, "large.eml", large);
        assertThat(take(TestFamily.PRACTITIONER, id()).getContentAsByteArray()).isEqualTo(large);
        assertThat(page(TestFamily.PRACTITIONER)).contains("(2.9 MB)");
    }

    @Test
    void whatIsNotFitIsRefusedOnTheSamePageAndNotKept() throws Exception {
        byte[] html = "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8);
        String wrong = "The file is damaged, or is not what its name says.";
        for (String name : List.of("page.pdf", "page.jpg", "page.png", "page.docx", "page.eml", "page.msg")) {
            assertThat(send(TestFamily.PRACTITIONER, name, html)).as(name).contains("govuk-error-summary", "Error:", wrong);
        }
        assertThat(send(TestFamily.PRACTITIONER, "page.html", html)).contains("The file must be a PDF, a JPEG or PNG photograph");
        assertThat(send(TestFamily.PRACTITIONER, "letter", PDF)).contains("The file must be a PDF, a JPEG or PNG photograph");
        assertThat(send(TestFamily.PRACTITIONER, "letter.docx", PDF)).contains(wrong);
        assertThat(send(TestFamily.PRACTITIONER, "photo.png", picture("jpg"))).contains(wrong);
        assertThat(send(TestFamily.PRACTITIONER, "cut.jpg", Arrays.copyOf(picture("jpg"), 300))).contains(wrong);
        assertThat(send(TestFamily.PRACTITIONER, "cut.png", Arrays.copyOf(picture("png"), 60))).contains(wrong);
        assertThat(send(TestFamily.PRACTITIONER, "sheet.docx", zip("[Content_Types].xml", "<Types/>", "xl/workbook.xml", "<x/>"))).contains(wrong);
        assertThat(send(TestFamily.PRACTITIONER, "macro.docx", word("word/vbaProject.bin", "x"))).contains("The file holds macros");
        assertThat(send(TestFamily.PRACTITIONER, "empty.pdf", new byte[0])).contains("There is nothing in this file");
        assertThat(send(TestFamily.PRACTITIONER, "huge.pdf", new byte[(int) Attachments.MOST_BYTES + 1])).contains("The file must be 25 MB or smaller");
        assertThat(jdbc.sql("select count(*) from attachment where entry_id = ?").param(entry).query(Long.class).single()).isZero();
        assertThat(jdbc.sql("select count(*) from audit_event where action = 'attachment.add' and family_ref = ?").param(family.ref()).query(Long.class).single()).isEqualTo(16);
    }

    @Test
    void aZipBombIsRefusedBeforeItIsUnpacked() throws Exception {
        assertThat(send(TestFamily.PRACTITIONER, "bomb.docx", word("word/media/image1.bmp", new byte[30_000_000]))).contains("The file unpacks to far more than a document holds");
        Object[] many = new Object[2 * 2_100];
        for (int i = 0; i < many.length; i += 2) {
            many[i] = "word/part" + i;
            many[i + 1] = "x";
        }
        assertThat(send(TestFamily.PRACTITIONER, "parts.docx", word(many))).contains("The file unpacks to far more than a document holds");
    }

    /** What stands in a zip file, by name. */
    private static Map<String, String> parts(byte[] file) throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry part = zip.getNextEntry(); part != null; part = zip.getNextEntry()) {
                parts.put(part.getName(), new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1));
            }
        }
        return parts;
    }

    /** What XML in a file asks a reader to fetch or to unfold is asked of nobody: its parts are kept as they came, and it is only ever handed out as a file. */
    @Test
    void xmlInAFileIsNotCarriedOut() throws Exception {
        String types = "<!DOCTYPE t [<!ENTITY % x SYSTEM \"http://127.0.0.1:1/x\"> %x; <!ENTITY f SYSTEM \"file:///etc/passwd\"><!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]><Types>&f;&b;"
                + "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
        byte[] tricky = zip("[Content_Types].xml", types, "word/document.xml", "<!DOCTYPE d [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><document>&f;</document>", "../../evil.sh", "rm", "/etc/evil", "x");
        assertThat(send(TestFamily.PRACTITIONER, "tricky.docx", tricky)).contains("tricky.docx").doesNotContain("root:");
        MockHttpServletResponse taken = take(TestFamily.PRACTITIONER, id());
        assertThat(parts(taken.getContentAsByteArray())).isEqualTo(parts(tricky));
        assertThat(taken.getHeader("Content-Disposition")).startsWith("attachment");
        String svg = "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"><text>&f;</text></svg>";
        for (String name : List.of("picture.svg", "picture.svg.png", "picture.pdf", "picture.docx", "picture.eml", "picture.jpg\0.svg", "picture.svg\u202Egnp.svg")) {
            assertThat(send(TestFamily.PRACTITIONER, name, svg.getBytes(StandardCharsets.UTF_8))).as(name).contains("govuk-error-summary").doesNotContain("root:", "onload=\"alert");
        }
        assertThat(send(TestFamily.PRACTITIONER, "../../../\u202Eetc/\u202Efdp.<b>x.pdf", PDF)).contains("fdp.&lt;b&gt;x.pdf").doesNotContain("../", "\u202E", "<b>x");
        assertThat(take(TestFamily.PRACTITIONER, id()).getHeader("Content-Disposition")).doesNotContain("..", "\u202E", "\r", "\n");
    }

    @Test
    void aPhotographLosesWhereItWasTakenAndStaysTheRightWayUp() throws Exception {
        byte[] plain = picture("jpg");
        byte[] taken = with(with(plain, 2, exif(6)), plain.length + exif(6).length, "SECOND PICTURE WITH GPS".getBytes(StandardCharsets.US_ASCII));
        send(TestFamily.PRACTITIONER, "photo.jpg", taken);
        byte[] kept = take(TestFamily.PRACTITIONER, id()).getContentAsByteArray();
        assertThat(new String(kept, StandardCharsets.ISO_8859_1)).contains("Exif").doesNotContain("GPS", "51.5074");
        int exif = new String(kept, StandardCharsets.ISO_8859_1).indexOf("Exif");
        assertThat(kept[exif + 25]).as("orientation").isEqualTo((byte) 6);
        BufferedImage before = ImageIO.read(new ByteArrayInputStream(plain));
        BufferedImage after = ImageIO.read(new ByteArrayInputStream(kept));
        assertThat(after.getRGB(0, 0, 40, 30, null, 0, 40)).isEqualTo(before.getRGB(0, 0, 40, 30, null, 0, 40));

        byte[] png = picture("png");
        send(TestFamily.PRACTITIONER, "photo.png", with(with(png, 33, chunk("tEXt", "Location\0GPS 51.5074")), 33, chunk("eXIf", "MM GPS")));
        assertThat(take(TestFamily.PRACTITIONER, id()).getContentAsByteArray()).isEqualTo(png);
    }

    @Test
    @Requirement("S-178")
    void aFileWithAChildsOwnViewIsAbsentForTheAdultSide() throws Exception {
        send(TestFamily.SOCIAL_WORKER, "her-letter.pdf", PDF, "childView");
        assertThat(page("nina.farrow")).contains("her-letter.pdf", "Child’s own view");
        assertThat(page(TestFamily.PRACTITIONER)).doesNotContain("her-letter.pdf").contains("No files are attached to this entry.").doesNotContain("id=\"childView\"");
        assertThat(take(TestFamily.PRACTITIONER, id()).getStatus()).isEqualTo(404);
        assertThat(take("dee.marsh", id()).getStatus()).isEqualTo(404);
        assertThat(take("nina.farrow", id()).getStatus()).isEqualTo(200);
        TestFamily other = TestFamily.open(families, jdbc, "Other");
        assertThat(web.perform(get("/families/" + other.ref() + "/entries/" + entry + "/files/" + id()).with(user(TestFamily.SOCIAL_WORKER))).andReturn().getResponse().getStatus()).isEqualTo(404);
    }

    @Test
    void theNameHoldsNoFolderAndNothingThatHides() {
        assertThat(Attachments.name("C:\\Users\\rosa\\letter.pdf")).isEqualTo("letter.pdf");
        assertThat(Attachments.name("../../etc/passwd.pdf")).isEqualTo("passwd.pdf");
        assertThat(Attachments.name("fdp.\u202egpj.pdf\r\nX: y.pdf")).isEqualTo("fdp.gpj.pdfX: y.pdf");
        assertThat(Attachments.name("x".repeat(300) + ".docx")).hasSize(150).endsWith("x.docx");
        assertThat(Attachments.name(null)).isEmpty();
    }

    @Test
    void theQuotaOfAFamilyHolds() throws Exception {
        Attachments small = attachments(new Scanner("", 0, PATIENCE), DataSize.ofKilobytes(1));
        MockMultipartFile file = new MockMultipartFile("file", "a.eml", null, (new String(MAIL, StandardCharsets.UTF_8) + "x".repeat(600)).getBytes(StandardCharsets.UTF_8));
        small.add(asha, family.ref(), entry, file, null);
        assertThatThrownBy(() -> small.add(asha, family.ref(), entry, file, null)).isInstanceOf(Refused.class);
        assertThat(small.of(asha, family.ref(), entry)).hasSize(1);
    }

    private Attachments attachments(Scanner scanner, DataSize quota) {
        return new Attachments(jdbc, audit, policy, entries, scanner, new Contents(jdbc, new S3("", "", "", "", ""), transactions, time), transactions, time, quota);
    }

    private String api(String who, String more) throws Exception {
        return web.perform(get("/api/v1" + path() + "/files" + more).with(user(who))).andReturn().getResponse().getContentAsString();
    }

    @Test
    void whatAPdfAndAWordFileSayAboutThemselvesIsTakenOutAndWhatTheySayStays() throws Exception {
        assertThat(new String(PDF, StandardCharsets.ISO_8859_1)).contains("Olive Author", "Westerby Trust", "GPSLatitude");
        send(TestFamily.PRACTITIONER, "letter.pdf", PDF);
        byte[] kept = take(TestFamily.PRACTITIONER, id()).getContentAsByteArray();
        assertThat(new String(kept, StandardCharsets.ISO_8859_1)).contains("% Letter").doesNotContain("Olive Author", "Westerby Trust", "GPSLatitude", "xmpmeta");
        try (PDDocument document = Loader.loadPDF(kept)) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
        }

        byte[] photo = picture("jpg");
        send(TestFamily.PRACTITIONER, "plan.docx", word("docProps/core.xml", "<cp>Olive Author</cp>", "docProps/app.xml", "<Company>Westerby Trust</Company>", "docProps/custom.xml", "<p>Case 17</p>",
                "word/comments.xml", "<w:comment w:author=\"Rosa\">Ring me</w:comment>", "word/media/image1.jpg", with(photo, 2, exif(1))));
        Map<String, String> parts = parts(take(TestFamily.PRACTITIONER, id()).getContentAsByteArray());
        assertThat(parts).hasSize(7);
        assertThat(String.join("", parts.values())).contains("Ring me", "w:author=\"Rosa\"").doesNotContain("Olive Author", "Westerby Trust", "Case 17", "GPS");
    }

    @Test
    void aPdfThatNeedsAPasswordIsRefused() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PDDocument document = Loader.loadPDF(PDF)) {
            document.protect(new StandardProtectionPolicy("owner", "reader", new AccessPermission()));
            document.save(out);
        }
        assertThat(send(TestFamily.PRACTITIONER, "locked.pdf", out.toByteArray())).contains("The file needs a password to be read");
    }

    private String remove(String who, long id, String reason) throws Exception {
        var answer = web.perform(post(path() + "/files/" + id + "/remove").param("reason", reason).with(user(who)).with(csrf())).andReturn();
        return answer.getResponse().getStatus() + (answer.getResponse().getStatus() == 302
                ? web.perform(get(path()).with(user(who)).cookie(answer.getResponse().getCookies())).andReturn().getResponse().getContentAsString() : "");
    }

    @Test
    void aFileOfAnotherFamilyIsRemovedForEverybodyAtOnceAndLeavesATraceWithoutContent() throws Exception {
        send(TestFamily.PRACTITIONER, "Smith report.pdf", PDF);
        long wrong = id();
        assertThat(remove(TestFamily.SOCIAL_WORKER, wrong, "Not mine")).as("who neither added it nor manages").startsWith("403");
        assertThat(remove(TestFamily.PRACTITIONER, wrong, " ")).contains("Say why the file should not be here", "Smith report.pdf");
        assertThat(remove(TestFamily.PRACTITIONER, wrong, "Belongs to another family")).contains("A file was removed by Asha Patel", "Belongs to another family").doesNotContain("Smith report");
        assertThat(page(TestFamily.SOCIAL_WORKER)).contains("A file was removed by Asha Patel").doesNotContain("Smith report");
        assertThat(take(TestFamily.SOCIAL_WORKER, wrong).getStatus()).isEqualTo(404);
        assertThat(api(TestFamily.SOCIAL_WORKER, "")).contains("\"removed\"").doesNotContain("Smith", "sha256");
        assertThat(jdbc.sql("select count(*) from attachment_part where attachment_id = ?").param(wrong).query(Long.class).single()).isZero();
        assertThat(jdbc.sql("select coalesce(sum(bytes), 0) from attachment where family_ref = ?").param(family.ref()).query(Long.class).single()).as("the quota is given back").isZero();
        assertThat(jdbc.sql("select reason from audit_event where action = 'attachment.remove' and family_ref = ? and username = ? order by id desc limit 1").param(family.ref())
                .param(TestFamily.PRACTITIONER).query(String.class).single()).isEqualTo("Belongs to another family");
        assertThat(remove(TestFamily.PRACTITIONER, wrong, "Again")).startsWith("404");

        send(TestFamily.PRACTITIONER, "second.pdf", PDF);
        assertThat(remove("ruth.okafor", id(), "Belongs to another family")).as("a manager").contains("A file was removed by Ruth Okafor");
    }

    @Test
    void programsAddFilesAsPeopleDo() throws Exception {
        var sent = web.perform(multipart("/api/v1" + path() + "/files").file(new MockMultipartFile("file", "letter.pdf", null, PDF)).param("childView", "true").with(user(TestFamily.SOCIAL_WORKER)))
                .andReturn().getResponse();
        assertThat(sent.getStatus()).as(sent.getContentAsString()).isEqualTo(201);
        assertThat(sent.getContentAsString()).isEqualTo("{\"id\":" + id() + "}");
        assertThat(take(TestFamily.SOCIAL_WORKER, id()).getContentAsByteArray()).isEqualTo(Metadata.cleaned(FileType.PDF, PDF));
        assertThat(api(TestFamily.PRACTITIONER, "")).as("kept to who may read a view of a child").doesNotContain("letter.pdf");

        web.perform(multipart("/api/v1" + path() + "/files").file(new MockMultipartFile("file", "drawing.pdf", null, PDF)).param("childView", "true").with(user(TestFamily.PRACTITIONER))).andReturn();
        assertThat(jdbc.sql("select restricted from attachment where id = ?").param(id()).query(String.class).single()).as("a restriction that is asked for is never dropped").isEqualTo("child-view");

        var refused = web.perform(multipart("/api/v1" + path() + "/files").file(new MockMultipartFile("file", "tool.exe", null, PDF)).with(user(TestFamily.SOCIAL_WORKER))).andReturn().getResponse();
        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(refused.getContentAsString()).contains("\"/file\"");
    }

    @Test
    void programsListAndTakeFilesAsPeopleDo() throws Exception {
        send(TestFamily.PRACTITIONER, "letter.pdf", PDF);
        byte[] kept = Metadata.cleaned(FileType.PDF, PDF);
        assertThat(api(TestFamily.SOCIAL_WORKER, "")).contains("\"name\":\"letter.pdf\"", "\"sha256\":\"" + Contents.digest(() -> new ByteArrayInputStream(kept)) + "\"", "\"bytes\":" + kept.length);
        assertThat(web.perform(get("/api/v1" + path() + "/files/" + id()).with(user(TestFamily.SOCIAL_WORKER))).andReturn().getResponse().getContentAsByteArray()).isEqualTo(kept);
        assertThat(page(TestFamily.PRACTITIONER)).contains("The files you see of this family take 0.0 MB; all files of a family may take 500 MB.");
    }

    /** S3Proxy checks signatures and digests as S3 does, and keeps objects in memory. */
    @Test
    void whereAStoreIsConfiguredFilesAreObjectsAndNothingIsEverHalfDone() throws Exception {
        try (BlobStoreContext stored = ContextBuilder.newBuilder(new TransientApiMetadata()).credentials("id", "secret").buildView(BlobStoreContext.class)) {
            BlobStore objects = stored.getBlobStore();
            objects.createContainerInLocation(null, "files");
            S3Proxy proxy = S3Proxy.builder().blobStore(objects).endpoint(URI.create("http://127.0.0.1:0")).awsAuthentication(AuthenticationType.AWS_V4, "access", "secret").build();
            proxy.start();
            try {
                String endpoint = "http://127.0.0.1:" + proxy.getPort();
                Contents contents = new Contents(jdbc, new S3(endpoint, "files", "us-east-1", "access", "secret"), transactions, time);
                Attachments files = new Attachments(jdbc, audit, policy, entries, new Scanner("", 0, PATIENCE), contents, transactions, time, DataSize.ofKilobytes(5));
                long id = files.add(asha, family.ref(), entry, new MockMultipartFile("file", "mail.eml", null, MAIL), null);
                assertThat(objects.countBlobs("files")).isEqualTo(1);
                assertThat(jdbc.sql("select count(*) from attachment_part where attachment_id = ?").param(id).query(Long.class).single()).isZero();
                ByteArrayOutputStream taken = new ByteArrayOutputStream();
                files.take(asha, family.ref(), entry, id, file -> taken);
                assertThat(taken.toByteArray()).isEqualTo(MAIL);

                Contents stranger = new Contents(jdbc, new S3(endpoint, "files", "us-east-1", "access", "guessed"), transactions, time);
                assertThatThrownBy(() -> stranger.put(() -> new ByteArrayInputStream(MAIL), MAIL.length, Contents.digest(() -> new ByteArrayInputStream(MAIL)))).hasMessageContaining("403");

                byte[] large = (new String(MAIL, StandardCharsets.UTF_8) + "x".repeat(6_000)).getBytes(StandardCharsets.UTF_8);
                assertThatThrownBy(() -> files.add(asha, family.ref(), entry, new MockMultipartFile("file", "large.eml", null, large), null)).isInstanceOf(Refused.class);
                assertThat(objects.countBlobs("files")).as("put before the quota refused its row").isEqualTo(2);
                contents.sweep();
                assertThat(objects.countBlobs("files")).as("an upload may still be under way").isEqualTo(2);
                new Contents(jdbc, new S3(endpoint, "files", "us-east-1", "access", "secret"), transactions, Clock.offset(time, Duration.ofHours(2))).sweep();
                assertThat(objects.countBlobs("files")).isEqualTo(1);

                transactions.executeWithoutResult(removing -> assertThatCode(() -> files.remove(asha, family.ref(), entry, id, "Belongs to another family")).doesNotThrowAnyException());
                assertThat(objects.countBlobs("files")).isZero();
            } finally {
                proxy.stop();
                jdbc.sql("delete from attachment_orphan").update();
            }
        }
    }

    /** Speaks as clamd does, and finds what holds the word EICAR. */
    private static final class FakeClamd extends Thread implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final ConcurrentLinkedQueue<Integer> scanned = new ConcurrentLinkedQueue<>();

        FakeClamd() throws IOException {
            setDaemon(true);
            start();
        }

        @Override
        public void run() {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    DataInputStream in = new DataInputStream(socket.getInputStream());
                    String command = new String(in.readNBytes(10), StandardCharsets.US_ASCII);
                    ByteArrayOutputStream file = new ByteArrayOutputStream();
                    for (int length = in.readInt(); length > 0; length = in.readInt()) {
                        file.writeBytes(in.readNBytes(length));
                    }
                    scanned.add(file.size());
                    String answer = !command.equals("zINSTREAM\0") ? "UNKNOWN COMMAND" : file.toString(StandardCharsets.ISO_8859_1).contains("EICAR") ? "stream: Eicar-Signature FOUND"
                            : file.toString(StandardCharsets.ISO_8859_1).contains("BUSY") ? "INSTREAM size limit exceeded. ERROR" : "stream: OK";
                    if (file.toString(StandardCharsets.ISO_8859_1).contains("SLOW")) {
                        socket.getInputStream().read(); // says nothing until the other side gives up
                        continue;
                    }
                    socket.getOutputStream().write((answer + "\0").getBytes(StandardCharsets.US_ASCII));
                } catch (IOException closed) {
                    return;
                }
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    @Test
    void untilItIsScannedOnlyWhoAddedItSeesAFileAndAnInfectedOneIsDestroyed() throws Exception {
        Actor maria = actors.find(TestFamily.SOCIAL_WORKER).orElseThrow();
        try (FakeClamd clamd = new FakeClamd()) {
            Attachments unreachable = attachments(new Scanner("127.0.0.1", 1, PATIENCE), DataSize.ofMegabytes(1));
            Attachments scanned = attachments(new Scanner("127.0.0.1", clamd.server.getLocalPort(), PATIENCE), DataSize.ofMegabytes(1));
            byte[] large = pdf("x".repeat(600_000));
            long clean = scanned.add(asha, family.ref(), entry, new MockMultipartFile("file", "clean.pdf", null, large), null);
            assertThat(scanned.of(asha, family.ref(), entry)).extracting(Attachments.Attachment::scan).containsExactly("waiting");
            assertThat(scanned.of(maria, family.ref(), entry)).isEmpty();
            assertThat(take(TestFamily.SOCIAL_WORKER, clean).getStatus()).isEqualTo(404);
            unreachable.scan(clean);
            assertThat(scanned.of(maria, family.ref(), entry)).isEmpty();
            assertThat(page(TestFamily.PRACTITIONER)).contains("Being checked for viruses", "only you see it");
            scanned.scanWhatWaits();
            assertThat(scanned.of(maria, family.ref(), entry)).extracting(Attachments.Attachment::scan).containsExactly("clean");
            assertThat(clamd.scanned).containsExactly(Metadata.cleaned(FileType.PDF, large).length);

            long infected = scanned.add(asha, family.ref(), entry, new MockMultipartFile("file", "bad.pdf", null, pdf("EICAR")), null);
            scanned.scan(infected);
            assertThat(scanned.of(maria, family.ref(), entry)).hasSize(1);
            assertThat(page(TestFamily.PRACTITIONER)).contains("A virus was found").doesNotContain("/files/" + infected);
            assertThat(take(TestFamily.PRACTITIONER, infected).getStatus()).isEqualTo(404);
            assertThat(jdbc.sql("select count(*) from attachment_part where attachment_id = ?").param(infected).query(Long.class).single()).isZero();

            long undecided = scanned.add(asha, family.ref(), entry, new MockMultipartFile("file", "busy.pdf", null, pdf("BUSY")), null);
            scanned.scan(undecided);
            assertThat(scanned.of(maria, family.ref(), entry)).as("no verdict is no clean one").hasSize(1);
            long slow = scanned.add(asha, family.ref(), entry, new MockMultipartFile("file", "slow.pdf", null, pdf("SLOW")), null);
            scanned.scan(slow);
            assertThat(scanned.of(maria, family.ref(), entry)).as("no answer is no clean one").hasSize(1);
            assertThat(scanned.room(maria, family.ref()).used()).as("what waits is not counted for others").isEqualTo("0.6");
            assertThat(api(TestFamily.SOCIAL_WORKER, "")).contains("clean.pdf").doesNotContain("slow.pdf", "busy.pdf", "bad.pdf");
            assertThat(api(TestFamily.PRACTITIONER, "")).contains("slow.pdf", "\"scan\":\"waiting\"", "\"scan\":\"infected\"");
        } finally {
            jdbc.sql("update attachment set scan = 'clean' where entry_id = ? and scan = 'waiting'").param(entry).update();
        }
    }
}
