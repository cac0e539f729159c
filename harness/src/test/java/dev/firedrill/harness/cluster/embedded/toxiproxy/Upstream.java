package dev.firedrill.harness.cluster.embedded.toxiproxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server behind a proxy. */
final class Upstream implements AutoCloseable {
    private interface Conversation {
        void with(Socket client) throws IOException;
    }

    private final ServerSocket server;
    private final Conversation conversation;
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "upstream");
        thread.setDaemon(true);
        return thread;
    });

    private Upstream(Conversation conversation) {
        this.conversation = conversation;
        try {
            server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    /** Sends back what it gets, until its client ends. */
    static Upstream thatEchoes() {
        return new Upstream(client -> {
            client.setTcpNoDelay(true);
            client.getInputStream().transferTo(client.getOutputStream());
        });
    }

    /** Reads to the end, then answers. */
    static Upstream thatAnswersAtTheEnd(String answer) {
        return new Upstream(client -> {
            client.getInputStream().readAllBytes();
            client.getOutputStream().write(answer.getBytes(UTF_8));
        });
    }

    /** Sends so many bytes, then ends. */
    static Upstream thatSends(long bytes) {
        return new Upstream(client -> {
            byte[] block = new byte[64 * 1024];
            for (long left = bytes; left > 0; left -= block.length) {
                client.getOutputStream().write(block, 0, (int) Math.min(left, block.length));
            }
        });
    }

    /** Ends with a reset when the first byte has come. */
    static Upstream thatResets() {
        return new Upstream(client -> {
            client.getInputStream().read();
            client.setOption(StandardSocketOptions.SO_LINGER, 0);
        });
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /** How many connections have come. */
    int connections() {
        return clients.size();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                clients.add(client);
                threads.execute(() -> talk(client));
            }
        } catch (IOException ignored) {
            // closed
        }
    }

    private void talk(Socket client) {
        try (client) {
            conversation.with(client);
        } catch (IOException ignored) {
            // the other side is gone
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket client : clients) {
            client.close();
        }
        threads.shutdownNow();
    }
}
