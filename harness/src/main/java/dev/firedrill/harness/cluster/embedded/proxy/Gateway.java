package dev.firedrill.harness.cluster.embedded.proxy;

import io.netty.bootstrap.Bootstrap;
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
 * The sockets of the balancer. A connection that was accepted belongs to its endpoint until either side ends it,
 * whatever becomes of the Service; one whose endpoint refuses is reset.
 */
final class Gateway implements AutoCloseable {
    private static final int THREADS = 2;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            THREADS, new DefaultThreadFactory("firedrill-proxy", true), NioIoHandler.newFactory());
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    /** Listens until the door is closed. */
    Door listen(InetSocketAddress address, Balancer balancer) throws IOException {
        return Door.open(address, accepted -> welcome(new NioSocketChannel(accepted), balancer));
    }

    private void welcome(SocketChannel client, Balancer balancer) {
        client.config().setOption(ChannelOption.AUTO_READ, false);
        client.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        client.config().setOption(ChannelOption.TCP_NODELAY, true);
        client.pipeline().addLast(new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel client) {
                connections.add(client);
                Optional.ofNullable(client.remoteAddress())
                        .flatMap(from -> balancer.choose(from.getAddress()))
                        .ifPresentOrElse(endpoint -> connect(client, endpoint), () -> Pipe.reset(client));
            }
        });
        var unused = loops.register(client);
    }

    private void connect(SocketChannel client, InetSocketAddress endpoint) {
        ChannelFuture connecting = new Bootstrap()
                .group(client.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(endpoint);
        connecting.addListener((ChannelFuture connected) -> {
            if (connected.isSuccess() && client.isOpen()) {
                join(client, (SocketChannel) connected.channel());
            } else {
                Pipe.reset(connected.channel());
                Pipe.reset(client);
            }
        });
    }

    private void join(SocketChannel client, SocketChannel endpoint) {
        connections.add(endpoint);
        client.pipeline().addLast(new Pipe(endpoint));
        endpoint.pipeline().addLast(new Pipe(client));
        client.read();
        endpoint.read();
    }

    /** Ends all connections. */
    @Override
    public void close() {
        connections.forEach(Pipe::reset);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
