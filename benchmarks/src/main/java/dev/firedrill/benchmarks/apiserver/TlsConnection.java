package dev.firedrill.benchmarks.apiserver;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * One kept-alive HTTP/1.1 connection over TLS, used by one thread: as little as a client can do, so that on a machine
 * of two cores the server is measured and not its client.
 *
 * <p>Source: RFC 9112, sections 4, 6.2 and 7.1.
 */
final class TlsConnection implements AutoCloseable {
    private static final int BUFFER = 32 * 1024;
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final int STATUS_DIGITS = 3;
    private static final int HEX = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SSLSocket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] line = new byte[LONGEST_LINE];

    private TlsConnection(SSLSocket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), BUFFER);
        this.out = socket.getOutputStream();
    }

    static TlsConnection open(SSLContext trust, String host, int port) throws IOException {
        SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket(host, port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return new TlsConnection(socket);
    }

    /** Sends a request and reads its answer to the end; yields the status. */
    int exchange(byte[] request) throws IOException {
        out.write(request);
        Head head = readHead();
        if (head.chunked()) {
            while (skipChunk()) {
                // to the last
            }
        } else {
            in.skipNBytes(head.length());
        }
        return head.status();
    }

    /** Sends a request and reads its answer as text. */
    String text(byte[] request) throws IOException {
        out.write(request);
        Head head = readHead();
        if (head.chunked() || head.status() >= 300) {
            throw new IOException("status " + head.status() + (head.chunked() ? ", chunked" : ""));
        }
        return new String(in.readNBytes(head.length()), StandardCharsets.UTF_8);
    }

    /** Sends a request whose answer is a stream, and reads no more than its head. */
    void begin(byte[] request) throws IOException {
        out.write(request);
        Head head = readHead();
        if (!head.chunked() || head.status() >= 300) {
            throw new IOException("status " + head.status() + ", and not a stream");
        }
    }

    /** The next chunk of a stream, which the server writes per event or for several; empty at its end. */
    String chunk() throws IOException {
        int size = Integer.parseInt(readLine().strip(), HEX);
        String text = new String(in.readNBytes(size), StandardCharsets.UTF_8);
        readLine();
        return text;
    }

    private boolean skipChunk() throws IOException {
        int size = Integer.parseInt(readLine().strip(), HEX);
        in.skipNBytes(size);
        readLine();
        return size > 0;
    }

    private Head readHead() throws IOException {
        String statusLine = readLine();
        int status = Integer.parseInt(statusLine.substring(STATUS_AT, STATUS_AT + STATUS_DIGITS));
        int length = 0;
        boolean chunked = false;
        for (String header = readLine(); !header.isEmpty(); header = readLine()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring("content-length:".length()).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
        }
        return new Head(status, length, chunked);
    }

    private String readLine() throws IOException {
        int length = 0;
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            line[length++] = (byte) next;
        }
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return new String(line, 0, end, StandardCharsets.ISO_8859_1);
    }

    /** Closes it; a thread that reads from it fails. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (SocketException ignored) {
            // closed by the server before
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot close a connection", e);
        }
    }

    private record Head(int status, int length, boolean chunked) {}
}
