package dev.firedrill.harness.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A web server whose queue of connections is full, so that the kernel drops the first packet of another one. */
final class FullServer implements AutoCloseable {
    /** The kernel's table of connections (proc(5)). */
    static final Path HANDSHAKES = Path.of("/proc/net/tcp");

    private static final String SYN_SENT = " 02 ";
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private final List<Socket> open = new ArrayList<>();
    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

    FullServer() throws IOException {
        // Linux keeps one more than the backlog.
        open.add(new Socket(listener.getInetAddress(), port()));
        open.add(new Socket(listener.getInetAddress(), port()));
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Whether somebody waits for an answer to a first packet. */
    boolean losesPackets() throws IOException {
        String here = String.format(Locale.ROOT, ":%04X", port()) + SYN_SENT;
        return Files.readString(HANDSHAKES).contains(here)
                || Files.readString(HANDSHAKES.resolveSibling("tcp6")).contains(here);
    }

    /** Takes the connections that wait, and answers the next one. */
    void serve() throws IOException {
        for (int waiting = open.size(); waiting > 0; waiting--) {
            open.add(listener.accept());
        }
        Socket next = listener.accept();
        open.add(next);
        next.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket each : open) {
            each.close();
        }
    }
}
