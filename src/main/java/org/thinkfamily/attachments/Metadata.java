package org.thinkfamily.attachments;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/**
 * Takes out of PDF and Word files what they say about themselves: title, author, company, programs, dates, XMP, the private data of programs, earlier versions, and place and
 * time in photographs inside. What the document says (text, comments and who made them, tracked changes) is content and stays (docs/decisions/attachments.md).
 */
final class Metadata {

    private static final String NO_CORE = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\"/>";
    private static final String NO_APP = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"/>";
    private static final String NO_CUSTOM = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\"/>";

    private Metadata() { }

    /** @throws Refused when it is damaged, or needs a password to be read */
    static byte[] cleaned(FileType type, byte[] file) throws IOException, Refused {
        return type == FileType.PDF ? pdf(file) : type == FileType.WORD ? word(file) : Image.cleaned(type, file);
    }

    /** A document that somebody has signed stays as it is: a signature holds for these very bytes. */
    private static byte[] pdf(byte[] file) throws Refused {
        try (PDDocument document = Loader.loadPDF(file)) {
            if (!document.getSignatureDictionaries().isEmpty()) {
                return file;
            }
            document.setAllSecurityToBeRemoved(true);
            document.getDocument().getTrailer().removeItem(COSName.INFO);
            for (var key : document.getDocument().getXrefTable().keySet()) {
                COSObject object = document.getDocument().getObjectFromPool(key);
                COSBase base = object == null ? null : object.getObject();
                if (base instanceof COSDictionary dictionary) {
                    dictionary.removeItem(COSName.METADATA);
                    dictionary.removeItem(COSName.getPDFName("PieceInfo"));
                    if (base instanceof COSStream stream && COSName.DCT_DECODE.equals(stream.getFilters())) {
                        photograph(stream);
                    }
                }
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
            document.save(out, CompressParameters.NO_COMPRESSION);
            return out.toByteArray();
        } catch (InvalidPasswordException locked) {
            throw new Refused("attachments.password");
        } catch (IOException | RuntimeException damaged) {
            throw new Refused("attachments.not-what-it-says");
        }
    }

    /** A picture that cannot be read as a photograph stays: the document is whole without it being one. */
    private static void photograph(COSStream stream) throws IOException {
        byte[] cleaned;
        try (InputStream in = stream.createRawInputStream()) {
            cleaned = Image.cleaned(FileType.JPEG, in.readAllBytes());
        } catch (Refused odd) {
            return;
        }
        try (OutputStream out = stream.createRawOutputStream()) {
            out.write(cleaned);
        }
    }

    /** The parts stay, with nothing in them, so that nothing that refers to them is broken. */
    private static byte[] word(byte[] file) throws IOException, Refused {
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(file)); ZipOutputStream zip = new ZipOutputStream(out)) {
            for (ZipEntry part = in.getNextEntry(); part != null; part = in.getNextEntry()) {
                String name = part.getName();
                byte[] content = in.readAllBytes();
                ZipEntry kept = new ZipEntry(name);
                kept.setTime(315_619_200_000L); // 1980, the first a zip file can say
                zip.putNextEntry(kept);
                zip.write(switch (name) {
                    case "docProps/core.xml" -> NO_CORE.getBytes(StandardCharsets.UTF_8);
                    case "docProps/app.xml" -> NO_APP.getBytes(StandardCharsets.UTF_8);
                    case "docProps/custom.xml" -> NO_CUSTOM.getBytes(StandardCharsets.UTF_8);
                    default -> picture(name.toLowerCase(Locale.ROOT), content);
                });
                zip.closeEntry();
            }
        } catch (IllegalArgumentException broken) {
            throw new Refused("attachments.not-what-it-says");
        }
        return out.toByteArray();
    }

    private static byte[] picture(String name, byte[] content) {
        boolean jpeg = name.endsWith(".jpg") || name.endsWith(".jpeg");
        if (!jpeg && !name.endsWith(".png")) {
            return content;
        }
        try {
            return Image.cleaned(jpeg ? FileType.JPEG : FileType.PNG, content);
        } catch (Refused odd) {
            return content;
        }
    }
}
