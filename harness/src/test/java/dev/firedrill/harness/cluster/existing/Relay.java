package dev.firedrill.harness.cluster.existing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** The way to an API server, which can be cut and mended. Its address is the server's, so that it is trusted. */
final class Relay implements AutoCloseable {
    private final InetSocketAddress server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final int port;
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
                    SocketThread.start("relay", () -> client.getInputStream().transferTo(upstream.getOutputStream()));
                    SocketThread.start("relay", () -> upstream.getInputStream().transferTo(client.getOutputStream()));
                }
            } finally {
                ended.complete(null);
            }
        });
        return ended;
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
