package dev.firedrill.harness.cluster.embedded.toxiproxy;

import dev.firedrill.harness.cluster.embedded.toxiproxy.toxics.Chunk;
import dev.firedrill.harness.cluster.embedded.toxiproxy.toxics.End;
import dev.firedrill.harness.cluster.embedded.toxiproxy.toxics.Stage;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.SocketChannel;
import java.util.function.LongConsumer;

/** The end of a chain of toxics: what comes here is sent. */
final class Outlet extends Stage {
    private final SocketChannel sink;
    private final LongConsumer sent;
    private final Connection connection;
    private boolean ended;

    /** @param sent told how many bytes were sent */
    Outlet(SocketChannel sink, LongConsumer sent, Connection connection) {
        this.sink = sink;
        this.sent = sent;
        this.connection = connection;
    }

    @Override
    public void data(Chunk chunk) {
        if (ended) {
            chunk.data().release();
            return;
        }
        int size = chunk.size();
        sink.writeAndFlush(chunk.data()).addListener((ChannelFuture written) -> {
            if (written.isSuccess()) {
                sent.accept(size);
            } else {
                connection.reset();
            }
        });
    }

    @Override
    public void end(End end) {
        if (ended) {
            return;
        }
        ended = true;
        if (end == End.RESET) {
            connection.reset();
            return;
        }
        // Netty drops what is not written yet when an output is shut down: after it, then.
        sink.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (end == End.CLOSED) {
                connection.close();
            } else {
                sink.shutdownOutput().addListener(shut -> connection.closeIfBothEnded());
            }
        });
    }
}
