package dev.firedrill.harness.cluster.sockets;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Takes connections and leads each to another address, both sides on one event loop. What flows between them is the
 * {@link Passage}'s. Either side may end its half alone.
 *
 * <pre>{@code
 * Gateway gateway = new Gateway("firedrill-proxy");
 * Door door = gateway.listen(address, passage);
 * }</pre>
 */
public final class Gateway implements AutoCloseable {
    private static final int THREADS = 2;

    private final EventLoopGroup loops;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    /** @param threads what its threads are called */
    public Gateway(String threads) {
        loops = new MultiThreadIoEventLoopGroup(
                THREADS, new DefaultThreadFactory(threads, true), NioIoHandler.newFactory());
    }

    /**
     * Listens until the door is closed. Connections that were taken stay.
     *
     * @throws IOException if the address cannot be bound
     */
    public Door listen(InetSocketAddress address, Passage passage) throws IOException {
        return Door.open(address, accepted -> welcome(new NioSocketChannel(accepted), passage));
    }

    private void welcome(SocketChannel client, Passage passage) {
        client.config().setOption(ChannelOption.AUTO_READ, false);
        client.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        client.config().setOption(ChannelOption.TCP_NODELAY, true);
        client.pipeline().addLast(new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel client) {
                connections.add(client);
                Optional.ofNullable(client.remoteAddress())
                        .flatMap(from -> passage.destination(from.getAddress()))
                        .ifPresentOrElse(
                                destination -> connect(client, destination, passage), () -> passage.refused(client));
            }
        });
        var unused = loops.register(client);
    }

    private void connect(SocketChannel client, InetSocketAddress destination, Passage passage) {
        ChannelFuture connecting = new Bootstrap()
                .group(client.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(destination);
        connecting.addListener((ChannelFuture connected) -> {
            if (connected.isSuccess() && client.isOpen()) {
                connections.add(connected.channel());
                passage.joined(client, (SocketChannel) connected.channel());
            } else {
                reset(connected.channel());
                passage.refused(client);
            }
        });
    }

    /** Closes a connection so that its peer sees a reset; nothing happens to one that is closed. */
    public static void reset(Channel channel) {
        if (!channel.eventLoop().inEventLoop()) { // where it could be closed between the question and the option
            channel.eventLoop().execute(() -> reset(channel));
        } else if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            var unused = channel.close();
        }
    }

    /** Ends all connections. */
    @Override
    public void close() {
        connections.forEach(Gateway::reset);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
