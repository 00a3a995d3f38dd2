package org.thinkfamily.access;

import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The newest link of a day's audit at some moment. Kept outside the database, it shows that nothing before it was changed and no end was cut off.
 *
 * @param closed whether the day was over
 */
public record AuditHead(LocalDate day, int position, String hash, boolean closed) {

    /** A day is over and its head is to be mailed. Published in the transaction that notes it as sent. */
    public record DayClosed(AuditHead head, String address) { }

    private static final Pattern LINE = Pattern.compile("(\\d{4}-\\d{2}-\\d{2}) (\\d{1,9}) ([0-9a-f]{64}) (closed|open)");

    AuditHead(LocalDate day, int position, byte[] hash, boolean closed) {
        this(day, position, HexFormat.of().formatHex(hash), closed);
    }

    /** One line: the day, how many links, the hash, {@code closed} or {@code open}. */
    public String line() {
        return day + " " + position + " " + hash + (closed ? " closed" : " open");
    }

    /** The head that a line of a file or a log holds somewhere; empty when it holds none. */
    static Optional<AuditHead> in(String line) {
        Matcher found = LINE.matcher(line);
        return found.find() ? Optional.of(new AuditHead(LocalDate.parse(found.group(1)), Integer.parseInt(found.group(2)), found.group(3), found.group(4).equals("closed"))) : Optional.empty();
    }
}
