package org.thinkfamily.documents;

import java.io.ByteArrayInputStream;
import java.util.List;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Whether a file is PDF/UA-1, as veraPDF sees it. */
public final class PdfUa {

    private PdfUa() {
    }

    /** What is wrong with it, each once; empty when it is compliant. */
    public static List<String> failures(byte[] pdf) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new ByteArrayInputStream(pdf), PDFAFlavour.PDFUA_1);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, false)) {
            ValidationResult result = validator.validate(parser);
            List<String> failed = result.getTestAssertions().stream().filter(test -> test.getStatus() == TestAssertion.Status.FAILED).map(test -> test.getRuleId() + " " + test.getMessage()).distinct().toList();
            return failed.isEmpty() && !result.isCompliant() ? List.of("not compliant") : failed;
        }
    }
}
