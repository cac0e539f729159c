package dev.firedrill.harness.cluster.sockets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A listening socket with a thread of its own that accepts. A selector would keep the socket of a closed channel
 * listening until its next round, so that connections were still taken for a moment; here, when {@link #close} returns,
 * the next one is refused.
 */
public final class Door implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int MILLIS_AFTER_A_FAILURE = 100;
    private static final int SECONDS_TO_CLOSE = 5;

    private final ServerSocketChannel socket;
    private final Consumer<SocketChannel> arrivals;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private Door(ServerSocketChannel socket, Consumer<SocketChannel> arrivals) {
        this.socket = socket;
        this.arrivals = arrivals;
    }

    /**
     * Listens from now on.
     *
     * @param arrivals takes each connection, on the thread of this door
     * @throws IOException if the address cannot be bound
     */
    public static Door open(InetSocketAddress address, Consumer<SocketChannel> arrivals) throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open();
        try {
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address, BACKLOG);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        Door door = new Door(socket, arrivals);
        Thread thread = new Thread(door::accept, "firedrill-door-" + address);
        thread.setDaemon(true);
        thread.start();
        return door;
    }

    private void accept() {
        try {
            while (closed.getCount() > 0) {
                acceptOne();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private void acceptOne() throws InterruptedException {
        try {
            arrivals.accept(socket.accept());
        } catch (ClosedChannelException e) {
            closed.countDown();
        } catch (IOException e) { // out of file descriptors, most likely: the next connection may find one
            closed.await(MILLIS_AFTER_A_FAILURE, TimeUnit.MILLISECONDS);
        }
    }

    /** Where it listens, with the port that was chosen if none was asked for. */
    public InetSocketAddress address() {
        try {
            return (InetSocketAddress) socket.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            socket.close();
            ended.await(SECONDS_TO_CLOSE, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
