package org.thinkfamily.attachments;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** The kinds of file that may be attached. What a file is, its content says; its name must say the same. */
enum FileType {

    PDF("application/pdf", "pdf"),
    JPEG("image/jpeg", "jpg", "jpeg"),
    PNG("image/png", "png"),
    WORD("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    MAIL("message/rfc822", "eml"),
    OUTLOOK("application/vnd.ms-outlook", "msg");

    private static final int HEAD = 64 * 1024;
    /** A document of Word is a zip file: no more parts, no more bytes and no more growth than a real one has. */
    private static final int MOST_PARTS = 2_000;
    private static final long MOST_UNPACKED = 200L * 1024 * 1024;
    private static final long MOST_GROWTH = 100;
    private static final long GROWTH_COUNTS_FROM = 4L * 1024 * 1024;
    private static final String WORD_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

    private final String mediaType;
    private final Set<String> endings;

    FileType(String mediaType, String... endings) {
        this.mediaType = mediaType;
        this.endings = Set.of(endings);
    }

    String mediaType() {
        return mediaType;
    }

    /** Whether the file says things about itself that are taken out. Who sent an e-mail, and when, is what it is for. */
    boolean cleaned() {
        return this != MAIL && this != OUTLOOK;
    }

    /** The type whose endings the name has; empty when it is none that may be attached. */
    static Optional<FileType> named(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(type -> type.endings.contains(ending)).findFirst();
    }

    /** Something that opens a file anew. */
    interface Content {
        InputStream open() throws IOException;
    }

    /**
     * Looks into a file.
     *
     * @param bytes how long it is
     * @throws Refused when its content is not of this type, or is not fit to be kept
     */
    void check(Content content, long bytes) throws IOException, Refused {
        boolean right = switch (this) {
            case PDF -> pdf(content, bytes);
            case JPEG -> begins(content, 0xff, 0xd8, 0xff);
            case PNG -> begins(content, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n');
            case WORD -> begins(content, 'P', 'K', 3, 4) && word(content, bytes);
            case MAIL -> mail(content);
            case OUTLOOK -> begins(content, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1) && outlook(content);
        };
        if (!right) {
            throw new Refused("attachments.not-what-it-says");
        }
    }

    private static boolean begins(Content content, int... signature) throws IOException {
        try (InputStream in = content.open()) {
            for (int wanted : signature) {
                if (in.read() != wanted) {
                    return false;
                }
            }
            return true;
        }
    }

    private static boolean pdf(Content content, long bytes) throws IOException {
        if (!begins(content, '%', 'P', 'D', 'F', '-')) {
            return false;
        }
        try (InputStream in = content.open()) {
            in.skipNBytes(Math.max(0, bytes - 2048));
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).contains("%%EOF");
        }
    }

    private static boolean word(Content content, long bytes) throws IOException, Refused {
        Set<String> names = new HashSet<>();
        String types = "";
        long unpacked = 0;
        byte[] piece = new byte[HEAD];
        try (ZipInputStream zip = new ZipInputStream(content.open())) {
            for (ZipEntry part = zip.getNextEntry(); part != null; part = zip.getNextEntry()) {
                if (names.size() >= MOST_PARTS) {
                    throw new Refused("attachments.bomb");
                }
                names.add(part.getName());
                StringBuilder said = new StringBuilder();
                for (int read = zip.read(piece); read >= 0; read = zip.read(piece)) {
                    unpacked += read;
                    if (unpacked > MOST_UNPACKED || unpacked > GROWTH_COUNTS_FROM && unpacked / MOST_GROWTH > bytes) {
                        throw new Refused("attachments.bomb");
                    }
                    if (part.getName().equals("[Content_Types].xml") && said.length() < HEAD) {
                        said.append(new String(piece, 0, read, StandardCharsets.UTF_8));
                    }
                }
                types += said;
            }
        } catch (ZipException | IllegalArgumentException broken) {
            return false;
        }
        if (names.stream().anyMatch(name -> name.toLowerCase(Locale.ROOT).contains("vbaproject"))) {
            throw new Refused("attachments.macros");
        }
        return names.contains("word/document.xml") && types.contains(WORD_MAIN);
    }

    /** An Outlook message (MS-OXMSG) has a stream with its properties, whose name stands in the file's directory. */
    private static boolean outlook(Content content) throws IOException {
        byte[] wanted = "__properties_version1.0".getBytes(StandardCharsets.UTF_16LE);
        try (InputStream in = content.open()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).contains(new String(wanted, StandardCharsets.ISO_8859_1));
        }
    }

    /** Lines of header as RFC 5322 has them, a sender among them, and no byte that text does not have. */
    private static boolean mail(Content content) throws IOException {
        try (InputStream in = content.open()) {
            byte[] head = in.readNBytes(HEAD);
            for (byte each : head) {
                if (each >= 0 && each < ' ' && each != '\t' && each != '\r' && each != '\n' && each != '\f') {
                    return false;
                }
            }
            Set<String> names = new HashSet<>();
            BufferedReader lines = new BufferedReader(new InputStreamReader(new ByteArrayInputStream(head), StandardCharsets.ISO_8859_1));
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                if (line.startsWith(" ") || line.startsWith("\t")) {
                    continue;
                }
                if (!line.matches("[!-9;-~]{1,80}:.*")) {
                    return false;
                }
                names.add(line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT));
            }
            return names.contains("from") && names.stream().anyMatch(List.of("date", "received", "to", "subject")::contains);
        }
    }
}
