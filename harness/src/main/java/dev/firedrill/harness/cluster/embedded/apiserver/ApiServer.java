package dev.firedrill.harness.cluster.embedded.apiserver;

import dev.firedrill.harness.cluster.embedded.apiserver.admission.Admission;
import dev.firedrill.harness.cluster.embedded.apiserver.http.HttpFront;
import dev.firedrill.harness.cluster.embedded.apiserver.local.LocalHttpClients;
import dev.firedrill.harness.cluster.embedded.apiserver.security.EmptyTrustStore;
import dev.firedrill.harness.cluster.embedded.apiserver.security.PrivateFile;
import dev.firedrill.harness.cluster.embedded.apiserver.security.ServerIdentity;
import dev.firedrill.harness.cluster.embedded.apiserver.security.Tokens;
import dev.firedrill.harness.cluster.embedded.apiserver.store.ObjectStore;
import dev.firedrill.harness.cluster.embedded.apiserver.verbs.Writes;
import dev.firedrill.harness.model.ProvisioningException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A small Kubernetes API server in this JVM. Its objects live in memory and end with it. It listens on loopback with
 * TLS alone and believes bearer tokens only, since whoever may write to it makes the kubelet start programs.
 *
 * <pre>{@code
 * try (ApiServer server = ApiServer.start(ApiServerOptions.at("127.7.0.1", token, directory));
 *         KubernetesClient client = new KubernetesClientBuilder().withConfig(server.clientConfig()).build()) { .. }
 * }</pre>
 *
 * <p>Source: the Kubernetes API reference and API concepts, v1.34.
 */
public final class ApiServer implements AutoCloseable {
    /** A request that takes longer is stuck; on a busy machine one may well take seconds. */
    private static final Duration STUCK = Duration.ofMinutes(1);

    /** Clients end each watch after some minutes and begin it anew; what happens in between they see only then. */
    private static final Duration WATCH_AGAIN = Duration.ofMillis(20);

    private final ServerIdentity identity;
    private final Path trustStore;
    private final Tokens tokens;
    private final HttpFront front;
    private final String url;

    private ApiServer(ServerIdentity identity, Path trustStore, Tokens tokens, HttpFront front, String url) {
        this.identity = identity;
        this.trustStore = trustStore;
        this.tokens = tokens;
        this.front = front;
        this.url = url;
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @throws ProvisioningException if the address cannot be bound
     */
    public static ApiServer start(ApiServerOptions options) {
        CompletableFuture<ServerIdentity> identity =
                CompletableFuture.supplyAsync(() -> ServerIdentity.create(List.of(options.address(), "127.0.0.1")));
        PrivateFile.createDirectory(options.directory());
        Tokens tokens = new Tokens(options.clock());
        ObjectStore store = new ObjectStore(options.history());
        Admission admission = new Admission(store, options.servicePrefix());
        Writes writes = new Writes(store, admission, options.clock());
        HttpFront front = new HttpFront(store, writes, tokens, options.bookmarks(), options.kubeletToken());
        int port = front.listen(options.address(), options.port(), identity.join());
        InitialObjects.create(store, options.address(), port, options.clock());
        return new ApiServer(
                identity.join(),
                EmptyTrustStore.in(options.directory()),
                tokens,
                front,
                "https://%s:%d".formatted(options.address(), port));
    }

    /** Where it listens, such as {@code https://127.7.0.1:40123}. */
    public String url() {
        return url;
    }

    /** The certificate that clients trust, PEM. */
    public String authorityPem() {
        return identity.authorityPem();
    }

    /** The token of the administrator. */
    public String adminToken() {
        return tokens.admin();
    }

    /** A configuration for clients of this server, and of nothing else. */
    public Config clientConfig() {
        return new ConfigBuilder(Config.empty())
                .withAutoConfigure(false)
                .withMasterUrl(url)
                .withCaCertData(Base64.getEncoder()
                        .encodeToString(identity.authorityPem().getBytes(StandardCharsets.UTF_8)))
                .withTrustStoreFile(trustStore.toString())
                .withTrustStorePassphrase(EmptyTrustStore.PASSWORD)
                .withOauthToken(tokens.admin())
                .withNamespace("default")
                .withRequestTimeout((int) STUCK.toMillis())
                .withWatchReconnectInterval((int) WATCH_AGAIN.toMillis())
                .build();
    }

    /**
     * Makes clients in this JVM that ask without a connection. They take the same configuration.
     *
     * @param loops on which they hear of what they watch
     * @param network makes the client for logs and proxies, which stream
     */
    public HttpClient.Factory localClients(Vertx loops, HttpClient.Factory network) {
        return new LocalHttpClients(front.local(), loops, network);
    }

    /**
     * Writes a kubeconfig that only this user can read (mode 0600).
     *
     * @throws ProvisioningException if the file cannot be written
     */
    public void writeKubeconfig(Path file) {
        String authority =
                Base64.getEncoder().encodeToString(identity.authorityPem().getBytes(StandardCharsets.UTF_8));
        String text = """
                apiVersion: v1
                kind: Config
                clusters:
                - name: firedrill
                  cluster:
                    server: %s
                    certificate-authority-data: %s
                users:
                - name: firedrill
                  user:
                    token: %s
                contexts:
                - name: firedrill
                  context:
                    cluster: firedrill
                    user: firedrill
                current-context: firedrill
                """.formatted(url, authority, tokens.admin());
        PrivateFile.write(file, text);
    }

    /** Stops listening and forgets everything. */
    @Override
    public void close() {
        front.close();
        EmptyTrustStore.remove(trustStore);
    }
}
