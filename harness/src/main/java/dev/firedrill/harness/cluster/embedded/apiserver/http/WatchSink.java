package dev.firedrill.harness.cluster.embedded.apiserver.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;

/** Where a watch's events go: a response in chunks, a WebSocket, a client in this JVM. */
public interface WatchSink {
    /** Writes one event, a line of JSON. */
    void write(Buffer event);

    /** Nothing more should be written now. */
    boolean isFull();

    /** Calls back once when it is not full any more. */
    void onDrain(Handler<Void> handler);

    /** Calls back when its client is gone. */
    void onClose(Handler<Void> handler);

    /** Tells the client that nothing more comes. */
    void end();

    static WatchSink chunks(HttpServerResponse response) {
        return new WatchSink() {
            @Override
            public void write(Buffer event) {
                response.write(event);
            }

            @Override
            public boolean isFull() {
                return response.writeQueueFull();
            }

            @Override
            public void onDrain(Handler<Void> handler) {
                response.drainHandler(handler);
            }

            @Override
            public void onClose(Handler<Void> handler) {
                response.closeHandler(handler);
                response.exceptionHandler(failure -> handler.handle(null));
            }

            @Override
            public void end() {
                if (!response.ended() && !response.closed()) {
                    response.end();
                }
            }
        };
    }

    static WatchSink webSocket(ServerWebSocket socket) {
        return new WatchSink() {
            @Override
            public void write(Buffer event) {
                if (!socket.isClosed()) {
                    socket.writeTextMessage(event.toString());
                }
            }

            @Override
            public boolean isFull() {
                return !socket.isClosed() && socket.writeQueueFull();
            }

            @Override
            public void onDrain(Handler<Void> handler) {
                socket.drainHandler(handler);
            }

            @Override
            public void onClose(Handler<Void> handler) {
                socket.closeHandler(handler);
                socket.exceptionHandler(failure -> handler.handle(null));
            }

            @Override
            public void end() {
                socket.close();
            }
        };
    }
}
