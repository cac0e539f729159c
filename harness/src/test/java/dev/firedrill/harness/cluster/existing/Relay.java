package dev.firedrill.harness.cluster.existing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The way to an API server, which can be cut and mended. Its address is the server's, so that it is trusted. */
final class Relay implements AutoCloseable {
    private final InetSocketAddress server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final int port;
    private final AtomicInteger sent = new AtomicInteger();
    private volatile int losing;
    private ServerSocket listener;
    private CompletableFuture<Void> accepting;

    Relay(InetSocketAddress server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket(0, 50, server.getAddress());
        this.port = listener.getLocalPort();
        this.accepting = accept(listener);
    }

    int port() {
        return port;
    }

    private CompletableFuture<Void> accept(ServerSocket current) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        SocketThread.start("relay", () -> {
            try {
                while (!current.isClosed()) {
                    Socket client = current.accept();
                    open.add(client);
                    Socket upstream = new Socket(server.getAddress(), server.getPort());
                    open.add(upstream);
                    AtomicBoolean lost = new AtomicBoolean();
                    SocketThread.start("relay", () -> pass(client, upstream, () -> lost.set(lost.get() || loses())));
                    SocketThread.start(
                            "relay",
                            () -> pass(upstream, client, () -> {
                                if (lost.get()) {
                                    client.close();
                                }
                            }));
                }
            } finally {
                ended.complete(null);
            }
        });
        return ended;
    }

    private static void pass(Socket from, Socket to, SocketThread.Work beforeEach) throws IOException {
        byte[] some = new byte[64 * 1024];
        for (int n = from.getInputStream().read(some);
                n >= 0;
                n = from.getInputStream().read(some)) {
            beforeEach.run();
            to.getOutputStream().write(some, 0, n);
        }
        to.shutdownOutput();
    }

    private boolean loses() {
        int one = losing;
        return one > 0 && sent.incrementAndGet() % one == 0;
    }

    /** From now on the server hears all, and one in so many answers is lost: its connection breaks. */
    void loseOneIn(int answers) {
        losing = answers;
    }

    /** Every connection breaks, and new ones are refused. */
    void cut() throws IOException {
        listener.close();
        accepting.join(); // until then the port is taken, and a connection may yet be accepted
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    void mend() throws IOException {
        ServerSocket again = new ServerSocket();
        again.setReuseAddress(true);
        again.bind(new InetSocketAddress(
                InetAddress.getByAddress(server.getAddress().getAddress()), port));
        listener = again;
        accepting = accept(again);
    }

    @Override
    public void close() throws IOException {
        cut();
    }
}
