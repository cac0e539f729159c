package dev.firedrill.harness.cluster.embedded;

import dev.firedrill.harness.cluster.ProgramImage;
import dev.firedrill.harness.cluster.embedded.apiserver.ApiServer;
import dev.firedrill.harness.cluster.embedded.apiserver.ApiServerOptions;
import dev.firedrill.harness.cluster.embedded.controllers.ControllerOptions;
import dev.firedrill.harness.cluster.embedded.controllers.Controllers;
import dev.firedrill.harness.cluster.embedded.kubelet.Kubelet;
import dev.firedrill.harness.cluster.embedded.kubelet.KubeletOptions;
import dev.firedrill.harness.cluster.embedded.proxy.ProxyOptions;
import dev.firedrill.harness.cluster.embedded.proxy.ServiceProxy;
import dev.firedrill.harness.model.ProvisioningException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.vertx5.TlsWarmup;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rooms of one embedded cluster, opened side by side and closed in the reverse order. */
final class Rooms implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);
    private static final Duration READY = Duration.ofMinutes(2);
    private static final int RUN_BYTES = 6;
    private static final int NAME_LETTERS = 6;
    private static final int TOKEN_BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String run = randomHex(RUN_BYTES);
    private final long started = System.nanoTime();
    private final Consumer<String> progress;
    private final List<String> history = new CopyOnWriteArrayList<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Path directory;
    private final LoopbackBlock block;
    private KubernetesClient client;
    private Kubelet node;
    private ClassDataArchives archives;

    @SuppressWarnings("NullAway.Init") // client, node and archives are there when open() returns
    private Rooms(Consumer<String> progress) {
        this.progress = progress;
        this.block = opened(LoopbackBlock.claim());
        this.directory = createDirectory(run);
    }

    /**
     * Opens all rooms.
     *
     * @throws ProvisioningException if one cannot be; those that were are closed again
     */
    static Rooms open(List<ProgramImage> images, Consumer<String> progress, EmbeddedOptions options) {
        Rooms rooms = new Rooms(progress);
        try {
            rooms.furnish(images, options);
            return rooms;
        } catch (RuntimeException e) {
            rooms.close();
            throw e instanceof ProvisioningException
                    ? e
                    : new ProvisioningException("the embedded cluster did not start: " + e.getMessage(), e);
        }
    }

    private static Path createDirectory(String run) {
        try {
            return Files.createTempDirectory(
                    "firedrill-" + run + "-",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new ProvisioningException("no directory for the embedded cluster: " + e.getMessage(), e);
        }
    }

    private static String randomHex(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private void furnish(List<ProgramImage> images, EmbeddedOptions options) {
        CompletableFuture<Reaper> reaper = together(() -> Reaper.watch(run, directory));
        String logToken = randomHex(TOKEN_BYTES);
        CompletableFuture<Vertx> vertx = together(Rooms::loops);
        CompletableFuture<KubernetesSerialization> json = together(ServedKinds::serialization);
        ApiServer server = opened(ApiServer.start(
                ApiServerOptions.at(block.prefix() + ".0.1", logToken, directory.resolve("apiserver"))));
        URI url = URI.create(server.url());
        server.writeKubeconfig(kubeconfig());
        say("API server at " + server.url());
        opened(() ->
                vertx.join().close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.SECONDS));
        HttpClient.Factory local = server.localClients(vertx.join(), http(vertx.join()));
        client = opened(client(server.clientConfig(), local, json.join()));
        KubernetesClient manager = opened(client(as("kube-controller-manager", server), local, json.join()));
        KubernetesClient kubelets = opened(client(as("kubelet", server), local, json.join()));
        ControllerOptions control = ControllerOptions.of(server.authorityPem());
        CompletableFuture<Controllers> controllers = together(() -> Controllers.start(manager, control));
        Path hosts = directory.resolve("hosts");
        ProxyOptions balancing = new ProxyOptions(hosts, RANDOM.nextLong());
        CompletableFuture<ServiceProxy> proxy = together(() -> ServiceProxy.start(client, balancing));
        // Nothing may be started that nobody would end.
        opened(reaper.join());
        CompletableFuture<Kubelet> kubelet = together(
                () -> Kubelet.start(nodeOptions(images, options, url, hosts, logToken), kubelets, vertx.join()));
        opened(join(controllers));
        opened(join(proxy));
        node = opened(join(kubelet));
        awaitDefaultAccount();
        say("cluster ready: node " + nodeName() + ", services and pods on " + block.prefix() + ".0.0/16");
    }

    /** Requests that say who makes them: what is written has that manager. */
    private static Config as(String component, ApiServer server) {
        Config config = server.clientConfig();
        config.setUserAgent(component + "/firedrill");
        return config;
    }

    private static KubernetesClient client(Config config, HttpClient.Factory local, KubernetesSerialization json) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(local)
                .withKubernetesSerialization(json)
                .build();
    }

    /** It would get ready for the authorities of the JDK first, of which nobody asks any. */
    private static Vertx5HttpClientFactory http(Vertx vertx) {
        Vertx5HttpClientFactory factory = new Vertx5HttpClientFactory(vertx);
        factory.setTlsWarmup(TlsWarmup.OFF);
        return factory;
    }

    /** Event loops that keep no files in the temporary directory: a killed harness would leave them there. */
    private static Vertx loops() {
        return Vertx.vertx(new VertxOptions()
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    private KubeletOptions nodeOptions(
            List<ProgramImage> images, EmbeddedOptions options, URI apiServer, Path hosts, String logToken) {
        archives = opened(ClassDataArchives.ofUser(run));
        try {
            return KubeletOptions.builder()
                    .run(run)
                    .nodeName(nodeName())
                    .addressPrefix(block.prefix())
                    .directory(Files.createDirectories(directory.resolve("pods")))
                    .hostsDirectory(Files.createDirectories(hosts))
                    .apiServer(apiServer)
                    .logToken(logToken)
                    .images(images)
                    .classPaths(archives)
                    .backOff(options.backOffBase(), options.backOffMax())
                    .build();
        } catch (IOException e) {
            throw new ProvisioningException("no directories for the node: " + e.getMessage(), e);
        }
    }

    /** Makes more programs known to pods. */
    void provide(List<ProgramImage> images) {
        node.provide(images.stream().map(ProgramImage::completed).toList());
    }

    /** Makes archives of what the programs have loaded so far, where there are none yet. */
    void settle() {
        archives.make(() -> say("the first run of these programs with this JDK: making an archive of their classes"));
    }

    private void awaitDefaultAccount() {
        try {
            client.serviceAccounts()
                    .inNamespace("default")
                    .withName("default")
                    .waitUntilCondition(Objects::nonNull, READY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (KubernetesClientTimeoutException e) {
            throw tooSlow(e);
        }
    }

    /** Says what was waited for: a busy machine is slow, and only a stuck one is given up. */
    private static ProvisioningException tooSlow(KubernetesClientTimeoutException e) {
        return new ProvisioningException(
                "the controllers did not make the ServiceAccount of namespace default within " + READY.toSeconds()
                        + " s; is the machine very busy?",
                e);
    }

    private static <T> CompletableFuture<T> together(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(work.get());
                    } catch (RuntimeException | Error e) {
                        result.completeExceptionally(e);
                    }
                },
                "embedded-start");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    private static <T> T join(CompletableFuture<T> part) {
        try {
            return part.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private <T extends AutoCloseable> T opened(T room) {
        synchronized (opened) {
            opened.push(room);
        }
        return room;
    }

    private void say(String line) {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
        history.add(Instant.now() + " " + line);
        progress.accept("embedded: " + line + " (" + millis + " ms)");
    }

    String nodeName() {
        return "firedrill-" + run.substring(0, NAME_LETTERS);
    }

    KubernetesClient client() {
        return client;
    }

    Path kubeconfig() {
        return directory.resolve("kubeconfig");
    }

    /** What was said so far, with its time. */
    List<String> history() {
        return List.copyOf(history);
    }

    /** Closes every room, also on a thread that is interrupted: a room that is half closed would leave processes. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            closeAll();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void closeAll() {
        while (true) {
            AutoCloseable room;
            synchronized (opened) {
                room = opened.poll();
            }
            if (room == null) {
                return;
            }
            try {
                room.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.warn("A part of the embedded cluster did not close", e);
            }
        }
    }
}
