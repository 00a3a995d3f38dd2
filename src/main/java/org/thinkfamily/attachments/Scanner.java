package org.thinkfamily.attachments;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** ClamAV over its network protocol (INSTREAM). Without a host there is no scanner, and files are shown as they are. */
@Component
class Scanner {

    private static final int CONNECT_MILLIS = 3_000;
    private static final int PART = 256 * 1024;
    private static final int LONGEST_ANSWER = 1_000;

    private final String host;
    private final int port;
    private final Duration patience;

    Scanner(@Value("${thinkfamily.clamav.host:}") String host, @Value("${thinkfamily.clamav.port:3310}") int port, @Value("${thinkfamily.clamav.patience:PT30S}") Duration patience) {
        this.host = host;
        this.port = port;
        this.patience = patience;
    }

    boolean configured() {
        return !host.isBlank();
    }

    /**
     * Whether a file is clean.
     *
     * @throws IOException when the scanner does not answer, or not with yes or no; the file then stays unscanned
     */
    boolean clean(InputStream file) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            socket.setSoTimeout((int) patience.toMillis());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.write("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII));
            for (byte[] part = file.readNBytes(PART); part.length > 0; part = file.readNBytes(PART)) {
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
