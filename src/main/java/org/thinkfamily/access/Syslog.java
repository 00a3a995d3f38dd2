package org.thinkfamily.access;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Sends lines to a syslog server: RFC 5424, over UDP (RFC 5426) or TCP with the length before each message (RFC 6587). */
final class Syslog {

    private static final int TIMEOUT = 2_000;
    /** Facility 13, log audit; severity 5, notice. */
    private static final int PRIORITY = 13 * 8 + 5;

    private final URI address;

    /** @param address {@code udp://host:port} or {@code tcp://host:port}; the port 514 when it says none */
    Syslog(URI address) {
        if (address.getHost() == null || !"udp".equals(address.getScheme()) && !"tcp".equals(address.getScheme())) {
            throw new IllegalArgumentException("thinkfamily.audit.heads.syslog must be udp://host:port or tcp://host:port");
        }
        this.address = address;
    }

    void send(Instant at, String line) throws IOException {
        byte[] message = ("<" + PRIORITY + ">1 " + at.truncatedTo(ChronoUnit.MILLIS) + " " + InetAddress.getLocalHost().getHostName() + " think-family " + ProcessHandle.current().pid()
                + " audit-head - " + line).getBytes(StandardCharsets.UTF_8);
        InetSocketAddress server = new InetSocketAddress(address.getHost(), address.getPort() < 0 ? 514 : address.getPort());
        if (address.getScheme().equals("udp")) {
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.send(new DatagramPacket(message, message.length, server));
            }
        } else {
            try (Socket socket = new Socket()) {
                socket.connect(server, TIMEOUT);
                socket.getOutputStream().write((message.length + " ").getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(message);
                socket.getOutputStream().flush();
            }
        }
    }
}
