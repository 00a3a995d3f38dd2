package org.thinkfamily.attachments;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** ClamAV over its network protocol (INSTREAM). Without a host there is no scanner, and files are shown as they are. */
@Component
class Scanner {

    private static final int CONNECT_MILLIS = 3_000;
    private static final int ANSWER_MILLIS = 30_000;
    private static final int LONGEST_ANSWER = 1_000;

    private final String host;
    private final int port;

    Scanner(@Value("${thinkfamily.clamav.host:}") String host, @Value("${thinkfamily.clamav.port:3310}") int port) {
        this.host = host;
        this.port = port;
    }

    boolean configured() {
        return !host.isBlank();
    }

    /**
     * Whether a file is clean.
     *
     * @throws IOException when the scanner does not answer, or not with yes or no; the file then stays unscanned
     */
    boolean clean(Iterator<byte[]> parts) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.write("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII));
            while (parts.hasNext()) {
                byte[] part = parts.next();
                out.writeInt(part.length);
                out.write(part);
            }
            out.writeInt(0);
            out.flush();
            String answer = new String(socket.getInputStream().readNBytes(LONGEST_ANSWER), StandardCharsets.US_ASCII).replace("\0", "").strip();
            if (answer.endsWith(" FOUND")) {
                return false;
            }
            if (answer.equals("stream: OK")) {
                return true;
            }
            throw new IOException("the scanner gave no verdict");
        }
    }
}
