package org.thinkfamily.documents;

import com.openhtmltopdf.extend.FSSupplier;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** Draws a document as PDF/UA-1: tagged, with title and language, its fonts inside. Two at a time, because each needs memory for all of its pages. */
@Component
public class Pdf {

    private static final int AT_ONCE = 2;
    private static final int PATIENCE_SECONDS = 30;
    private static final String FONT = "Liberation Sans";

    private final ITemplateEngine templates;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    Pdf(ITemplateEngine templates) {
        this.templates = templates;
    }

    /** The file; empty when too many others are being drawn and none has ended for a while. */
    public Optional<byte[]> draw(Document document) {
        Context context = new Context(Locale.UK);
        context.setVariable("document", document);
        String page = templates.process("documents/document", context);
        if (!turn()) {
            return Optional.empty();
        }
        try {
            // It would write lines of its own past our log, with whatever a text holds.
            XRLog.setLoggingEnabled(false);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            PdfRendererBuilder builder = new PdfRendererBuilder();
            builder.useFastMode();
            builder.usePdfUaAccessibility(true);
            builder.usePdfVersion(1.7f);
            builder.withProducer("Think Family");
            builder.useFont(font("Regular"), FONT, 400, FontStyle.NORMAL, true);
            builder.useFont(font("Bold"), FONT, 700, FontStyle.NORMAL, true);
            // Nothing is fetched from anywhere, whatever a text holds.
            builder.useUriResolver((base, uri) -> null);
            builder.withHtmlContent(page, null);
            builder.toStream(out);
            builder.run();
            return Optional.of(out.toByteArray());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            turns.release();
        }
    }

    private boolean turn() {
        try {
            return turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static FSSupplier<InputStream> font(String style) {
        return () -> Pdf.class.getResourceAsStream("/liberation/LiberationSans-" + style + ".ttf");
    }
}
