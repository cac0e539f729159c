package dev.firedrill.harness.cluster.embedded.proxy;

import dev.firedrill.harness.cluster.sockets.Gateway;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;

/**
 * One direction of a connection: what this side sends goes to the other. It reads again only when the other side has
 * taken what was read, so that a slow reader slows its writer down and memory stays constant. An end of stream is
 * passed on as one, a reset as a reset. Both directions of a connection run on one event loop.
 */
final class Pipe extends ChannelInboundHandlerAdapter {
    private final SocketChannel other;
    private int unwritten;
    private boolean ended;

    Pipe(SocketChannel other) {
        this.other = other;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object data) {
        unwritten++;
        other.writeAndFlush(data).addListener((ChannelFuture written) -> {
            unwritten--;
            if (!written.isSuccess()) {
                Gateway.reset(context.channel());
                Gateway.reset(other);
            } else if (unwritten == 0) {
                context.read();
            }
        });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent && !ended) {
            ended = true;
            SocketChannel self = (SocketChannel) context.channel();
            // Netty drops what is not written yet when an output is shut down: after it, then.
            other.writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(written -> other.shutdownOutput().addListener(shut -> closeIfBothEnded(self, other)));
        }
        context.fireUserEventTriggered(event);
    }

    /** Not a reset: what the kernel has still to send reaches the reader. */
    private static void closeIfBothEnded(SocketChannel one, SocketChannel other) {
        if (one.isOutputShutdown() && other.isOutputShutdown()) {
            var unused = one.close();
            unused = other.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!ended) {
            Gateway.reset(other);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Gateway.reset(context.channel());
        Gateway.reset(other);
    }
}
