package dev.firedrill.harness.cluster.embedded.apiserver.local;

import io.fabric8.kubernetes.client.http.StandardHttpClientBuilder;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds a client, or one that is derived from another and shares its transport. */
final class LocalHttpClientBuilder
        extends StandardHttpClientBuilder<LocalHttpClient, LocalHttpClients, LocalHttpClientBuilder> {
    private final Supplier<LocalTransport> transports;

    LocalHttpClientBuilder(LocalHttpClients factory, Supplier<LocalTransport> transports) {
        super(factory);
        this.transports = transports;
    }

    @Override
    public LocalHttpClient build() {
        @Nullable LocalHttpClient origin = client;
        return origin == null
                ? new LocalHttpClient(this, new AtomicBoolean(), transports.get())
                : new LocalHttpClient(this, origin.getClosed(), origin.transport());
    }

    @Override
    protected LocalHttpClientBuilder newInstance(LocalHttpClients factory) {
        return new LocalHttpClientBuilder(factory, transports);
    }
}
