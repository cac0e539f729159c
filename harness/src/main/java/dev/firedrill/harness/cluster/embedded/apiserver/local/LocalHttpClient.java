package dev.firedrill.harness.cluster.embedded.apiserver.local;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpClient;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.StandardWebSocketBuilder;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A client whose requests are answered on the thread that makes them. */
final class LocalHttpClient extends StandardHttpClient<LocalHttpClient, LocalHttpClients, LocalHttpClientBuilder> {
    private final LocalTransport transport;

    /**
     * @param closed shared by a client and those that are derived from it
     */
    LocalHttpClient(LocalHttpClientBuilder builder, AtomicBoolean closed, LocalTransport transport) {
        super(builder, closed);
        this.transport = transport;
    }

    LocalTransport transport() {
        return transport;
    }

    @Override
    public CompletableFuture<HttpResponse<AsyncBody>> consumeBytesDirect(
            StandardHttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        return transport.send(request, consumer);
    }

    @Override
    public CompletableFuture<WebSocketResponse> buildWebSocketDirect(
            StandardWebSocketBuilder builder, WebSocket.Listener listener) {
        return transport.open(builder, listener);
    }

    @Override
    protected void doClose() {
        transport.close();
    }
}
