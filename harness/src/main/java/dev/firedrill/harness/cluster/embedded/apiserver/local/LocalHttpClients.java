package dev.firedrill.harness.cluster.embedded.apiserver.local;

import dev.firedrill.harness.cluster.embedded.apiserver.http.LocalCalls;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.StandardHttpClient;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/**
 * Makes Fabric8 clients that ask a server of this JVM without a connection. What streams from a pod, such as a log,
 * goes over the network all the same.
 *
 * <pre>{@code
 * new KubernetesClientBuilder().withConfig(config).withHttpClientFactory(new LocalHttpClients(calls, vertx, network))
 * }</pre>
 *
 * <p>Source: {@code io.fabric8.kubernetes.client.http} 8.0, whose implementations are meant to be replaced.
 */
public final class LocalHttpClients implements HttpClient.Factory {
    private final LocalCalls calls;
    private final Vertx loops;
    private final HttpClient.Factory network;

    /**
     * @param loops on which events of watches are delivered
     * @param network makes the client for what needs a connection, a {@link StandardHttpClient}, at first use
     */
    public LocalHttpClients(LocalCalls calls, Vertx loops, HttpClient.Factory network) {
        this.calls = calls;
        this.loops = loops;
        this.network = network;
    }

    @Override
    public HttpClient.Builder newBuilder(Config config) {
        Supplier<StandardHttpClient<?, ?, ?>> connected =
                () -> (StandardHttpClient<?, ?, ?>) network.newBuilder(config).build();
        LocalHttpClientBuilder builder =
                new LocalHttpClientBuilder(this, () -> new LocalTransport(calls, loops, connected));
        builder.tag(config.getRequestConfig()); // how often what failed is tried again
        HttpClientUtils.createApplicableInterceptors(config, this).forEach(builder::addOrReplaceInterceptor);
        return builder;
    }

    @Override
    public HttpClient.Builder newBuilder() {
        return newBuilder(Config.empty());
    }
}
