package dev.firedrill.harness.probe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server that can go bad: refuse, hang, answer an error or nothing useful. */
final class RawServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile String status = "200 OK";
    private volatile String body = "{\"items\":[1]}";
    private volatile boolean hanging;
    private volatile String lastHost = "";

    RawServer() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    String lastHost() {
        return lastHost;
    }

    void answer(String otherStatus, String otherBody) {
        status = otherStatus;
        body = otherBody;
    }

    void hang() {
        hanging = true;
    }

    /** Takes no new connections, and goes on serving those that are open. */
    void refuse() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                sockets.add(socket);
                daemon(() -> serve(socket));
            }
        } catch (IOException expected) {
            // It was told to refuse.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null && !hanging; line = in.readLine()) {
                if (line.regionMatches(true, 0, "host:", 0, 5)) {
                    lastHost = line.substring(5).trim();
                }
                if (line.isEmpty()) {
                    String answer = "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                }
            }
            if (hanging) {
                in.transferTo(Writer.nullWriter());
            }
        } catch (IOException expected) {
            // The other side has gone.
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        refuse();
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
