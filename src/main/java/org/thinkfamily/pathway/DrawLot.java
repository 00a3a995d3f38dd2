package org.thinkfamily.pathway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.thinkfamily.family.Families;

/** {@code ${drawLot}}: sets {@code lot}, 0 to 99, and {@code lotOf}, the quarter it is drawn for: the same for a family all quarter, whoever draws (S-223). */
@Component("drawLot")
class DrawLot implements JavaDelegate {

    private final Families families;

    DrawLot(@Lazy Families families) {
        this.families = families;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String quarter = quarter(families.today());
        execution.setVariable("lotOf", quarter);
        execution.setVariable("lot", lot(quarter, execution.getProcessBusinessKey()));
    }

    static String quarter(LocalDate day) {
        return day.getYear() + "-Q" + day.get(IsoFields.QUARTER_OF_YEAR);
    }

    /** The first four bytes of the SHA-256 of {@code 2026-Q4/F-10023}, as a number without sign, by 100. */
    static int lot(String quarter, String family) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest((quarter + "/" + family).getBytes(StandardCharsets.UTF_8));
            return (int) (Integer.toUnsignedLong(ByteBuffer.wrap(hash).getInt()) % 100);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }
}
