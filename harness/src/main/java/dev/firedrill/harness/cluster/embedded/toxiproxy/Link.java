package dev.firedrill.harness.cluster.embedded.toxiproxy;

import dev.firedrill.harness.cluster.embedded.toxiproxy.toxics.Chunk;
import dev.firedrill.harness.cluster.embedded.toxiproxy.toxics.End;
import dev.firedrill.harness.cluster.embedded.toxiproxy.toxics.Site;
import dev.firedrill.harness.cluster.embedded.toxiproxy.toxics.Stage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * One direction of a connection: what its source sends goes through a chain of toxics to the other side. It reads only
 * while little is held, so that memory stays constant however long the stream is. All on the connection's event loop.
 */
final class Link extends ChannelInboundHandlerAdapter implements Site {
    private static final int HELD = 128 * 1024;
    /** What a latency may hold: at most this much passes within it. */
    private static final int HELD_BY_LATENCY = 2 * 1024 * 1024;

    private final SocketChannel source;
    private final LongConsumer received;
    private final Stage outlet;
    private final List<Stage> stages = new ArrayList<>();
    private int held;
    private boolean reading;
    private boolean ended;

    /**
     * A link without toxics that does not read yet.
     *
     * @param received told how many bytes were read
     * @param sent told how many bytes were sent
     */
    Link(SocketChannel source, SocketChannel sink, Connection connection, LongConsumer received, LongConsumer sent) {
        this.source = source;
        this.received = received;
        this.outlet = new Outlet(
                sink,
                bytes -> {
                    sent.accept(bytes);
                    dropped((int) bytes);
                },
                connection);
        outlet.attach(this, outlet);
    }

    void start() {
        source.pipeline().addLast(this);
        readMore();
    }

    /** Puts a toxic at the end of the chain. */
    void add(Stage stage) {
        stage.attach(this, outlet);
        if (!stages.isEmpty()) {
            stages.get(stages.size() - 1).attach(this, stage);
        }
        stages.add(stage);
        stage.begin();
    }

    /** Puts a toxic in the place of an earlier setting of it. */
    void replace(int index, Stage stage) {
        Stage before = stages.set(index, stage);
        stage.attach(this, after(index));
        rewireBefore(index);
        stage.inherit(before);
        stage.begin();
        before.stop(stage);
        readMore();
    }

    /** Takes a toxic out; what it holds goes on. */
    void remove(int index) {
        Stage removed = stages.remove(index);
        rewireBefore(index);
        removed.removed();
        readMore();
    }

    private Stage after(int index) {
        return index + 1 < stages.size() ? stages.get(index + 1) : outlet;
    }

    private void rewireBefore(int index) {
        if (index > 0) {
            stages.get(index - 1).attach(this, after(index - 1));
        }
    }

    /** Drops everything that is held. */
    void discard() {
        ended = true;
        Stage nowhere = new Nowhere();
        stages.forEach(stage -> stage.stop(nowhere));
        stages.clear();
    }

    private Stage first() {
        return stages.isEmpty() ? outlet : stages.get(0);
    }

    private void readMore() {
        int limit = stages.stream().anyMatch(Stage::holdsMany) ? HELD_BY_LATENCY : HELD;
        if (!reading && !ended && held < limit) {
            reading = true;
            source.read();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf data = (ByteBuf) message;
        int size = data.readableBytes();
        if (ended || size == 0) {
            data.release();
            return;
        }
        held += size;
        received.accept(size);
        first().data(new Chunk(data, now()));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        reading = false;
        readMore();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            arrived(End.FINISHED);
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        arrived(End.RESET);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        arrived(End.RESET);
    }

    private void arrived(End end) {
        if (!ended) {
            ended = true;
            first().end(end);
        }
    }

    @Override
    public long now() {
        return System.nanoTime();
    }

    @Override
    public Future<?> schedule(Runnable task, long inNanos) {
        return source.eventLoop().schedule(task, inNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void dropped(int bytes) {
        held -= bytes;
        readMore();
    }

    /** Where what is held goes when its connection is over. */
    private static final class Nowhere extends Stage {
        @Override
        public void data(Chunk chunk) {
            chunk.data().release();
        }

        @Override
        public void end(End end) {}
    }
}
