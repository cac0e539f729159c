package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.discovery.Discovery;
import dev.firedrill.harness.cluster.embedded.apiserver.security.ServerIdentity;
import dev.firedrill.harness.cluster.embedded.apiserver.security.ServerTls;
import dev.firedrill.harness.cluster.embedded.apiserver.security.Tokens;
import dev.firedrill.harness.cluster.embedded.apiserver.store.ObjectStore;
import dev.firedrill.harness.cluster.embedded.apiserver.verbs.Deletes;
import dev.firedrill.harness.cluster.embedded.apiserver.verbs.PodVerbs;
import dev.firedrill.harness.cluster.embedded.apiserver.verbs.Writes;
import dev.firedrill.harness.model.ProvisioningException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/** The HTTP side of the server: listens, and gives every request to who answers it. */
public final class HttpFront implements AutoCloseable {
    private static final int EVENT_LOOPS = 2;
    /** Any port, the same for all servers of a deployment. */
    private static final int SHARED_RANDOM_PORT = -1;

    private static final int LONGEST_LINE = 64 * 1024;
    private static final int LARGEST_EVENT = 16 * 1024 * 1024;

    private final Vertx vertx;
    private final Router router;
    private final LocalCalls local;
    private volatile String authority = "";

    /**
     * @param bookmarks how often watches are told how far they have come
     * @param kubeletToken with which the kubelet is asked for logs
     */
    public HttpFront(ObjectStore store, Writes writes, Tokens tokens, Duration bookmarks, String kubeletToken) {
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(EVENT_LOOPS)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        Deletes deletes = new Deletes(writes);
        Authentication authentication = new Authentication(tokens, store);
        Rooms rooms = new Rooms(
                new Documents(new Discovery(() -> authority)),
                new Reviews(authentication),
                new ResourceHandler(new Reads(store), writes, deletes),
                new SubresourceHandler(store, writes, new PodVerbs(writes, deletes), tokens, authentication),
                new Watches(vertx, store, bookmarks),
                new Forwarding(vertx, store, kubeletToken));
        Dispatcher dispatcher = new Dispatcher(authentication, rooms);
        router = new Router(vertx, dispatcher);
        local = new LocalCalls(dispatcher);
    }

    /**
     * Listens; yields the port.
     *
     * @param port 0 takes a free one
     * @throws ProvisioningException if the address cannot be bound
     */
    public int listen(String address, int port, ServerIdentity identity) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(address)
                .setSsl(true)
                .setUseAlpn(false)
                .setTcpNoDelay(true)
                .setHandle100ContinueAutomatically(true)
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(LONGEST_LINE)
                .setMaxWebSocketFrameSize(LARGEST_EVENT)
                .setMaxWebSocketMessageSize(LARGEST_EVENT)
                .setSslEngineOptions(ServerTls.of(identity))
                .setKeyCertOptions(ServerTls.key(identity));
        AtomicInteger taken = new AtomicInteger();
        try {
            vertx.deployVerticle(
                            () -> new Listener(options, port == 0 ? SHARED_RANDOM_PORT : port, taken),
                            new DeploymentOptions().setInstances(EVENT_LOOPS))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            authority = address + ":" + taken.get();
            return taken.get();
        } catch (CompletionException failed) {
            close();
            throw new ProvisioningException(
                    "the API server cannot listen on %s port %d: %s; is it taken?"
                            .formatted(address, port, failed.getCause()),
                    failed.getCause());
        }
    }

    /** How clients in this JVM ask. */
    public LocalCalls local() {
        return local;
    }

    /** One event loop's server; those of one deployment share the port and divide the connections. */
    private final class Listener extends VerticleBase {
        private final HttpServerOptions options;
        private final int port;
        private final AtomicInteger taken;

        Listener(HttpServerOptions options, int port, AtomicInteger taken) {
            this.options = options;
            this.port = port;
            this.taken = taken;
        }

        @Override
        public Future<?> start() {
            return vertx.createHttpServer(options)
                    .requestHandler(router)
                    .listen(port, options.getHost())
                    .onSuccess(server -> taken.set(server.actualPort()));
        }
    }

    @Override
    public void close() {
        local.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
