package dev.firedrill.harness.cluster.k3s;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.ClusterDiagnostics;
import dev.firedrill.harness.cluster.ClusterKind;
import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.cluster.EndOnce;
import dev.firedrill.harness.cluster.ProgramImage;
import dev.firedrill.harness.cluster.ToxiproxyImage;
import dev.firedrill.harness.model.ProvisioningException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A one-node k3s in a Docker container, with the programs' images loaded; gone with its volumes when it is closed. */
final class K3sCluster implements Cluster {
    private static final Logger LOG = LoggerFactory.getLogger(K3sCluster.class);
    private static final Duration PUBLISHED = Duration.ofSeconds(15);

    private final List<String> history = new CopyOnWriteArrayList<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Consumer<String> progress;
    private final Vertx loops;
    private final NodeContainer node;
    private final ImageLoader loader;
    private final EndOnce end;
    private final KubeconfigFile kubeconfig;
    private KubernetesClient client;
    private ClassNotes notes;

    /** Nothing needs it before the system is ready. */
    private CompletableFuture<Void> forFaultsLoaded = CompletableFuture.completedFuture(null);

    @SuppressWarnings("NullAway.Init") // the client is there when start() returns
    private K3sCluster(RunOwner owner, NodeImages images, String javaImage, Consumer<String> listener) {
        this.progress = line -> {
            history.add(line);
            listener.accept(line);
        };
        this.kubeconfig = opened(KubeconfigFile.ofRun(owner.run()));
        // Closed after the node, and so after all connections to it.
        this.loops = Vertx.vertx(new VertxOptions()
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        opened(() -> loops.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.SECONDS));
        this.node = opened(new NodeContainer(images.node(), owner));
        this.loader = opened(new ImageLoader(node, javaImage, owner.labels(), progress));
        this.end = EndOnce.of("k3s-end", this::closeAll);
    }

    /**
     * Starts a node and waits until it takes workloads.
     *
     * @throws dev.firedrill.harness.model.ConfigurationException if this machine lacks what a user can provide
     * @throws ProvisioningException if a stage fails or takes too long
     */
    static K3sCluster start(ClusterRequest request, NodeImages images) {
        try (Engine engine = Engine.connect()) {
            RunOwner owner = RunOwner.ofThisJvm(RunOwner.newRun());
            new Leftovers(engine.docker(), owner, request.progress()).remove();
            engine.checkCapacity();
            EngineImages present = new EngineImages(engine.docker(), request.progress());
            present.ensure(images.node(), NodeImages.NODE_VARIABLE);
            String java = present.ensure(images.java(), NodeImages.JAVA_VARIABLE);
            present.ensureCleanUp();
            return new K3sCluster(owner, images, java, request.progress())
                    .furnished(request.programs(), toxiproxy(present));
        }
    }

    /** What network faults put in between; if the Docker engine lacks it, the node pulls it when one needs it. */
    private static List<ProgramImage> toxiproxy(EngineImages present) {
        String image = ToxiproxyImage.name();
        return present.has(image)
                ? List.of(ProgramImage.program(image, "toxiproxy-server").inContainers(image))
                : List.of();
    }

    private K3sCluster furnished(List<ProgramImage> programs, List<ProgramImage> forFaults) {
        boolean ready = false;
        try {
            furnish(programs, forFaults);
            ready = true;
            return this;
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    /** The Java programs of a request, each with what it needs in a cluster. */
    static List<ProgramImage> programs(ClusterRequest request) {
        return request.programs().stream()
                .filter(image ->
                        image.engineImage().isEmpty() && image.mainClass().isPresent())
                .map(ProgramFiles::of)
                .toList();
    }

    private void furnish(List<ProgramImage> programs, List<ProgramImage> forFaults) {
        CompletableFuture<Void> loaded = sideBySide(() -> loader.load(programs));
        long begun = System.nanoTime();
        node.launch();
        progress.accept("node " + node.nodeName() + " registered (" + StartStages.seconds(begun) + ")");
        kubeconfig.write(node.getKubeConfigYaml());
        client = opened(connect());
        opened(PublishedPorts.start(client));
        StartStages stages = new StartStages(node, client, progress);
        stages.nodeReady();
        stages.defaultAccount();
        join(loaded);
        forFaultsLoaded = sideBySide(() -> loader.load(forFaults));
        notes = new ClassNotes(client);
        stages.dnsAnswers();
        progress.accept("cluster ready: " + description());
    }

    private KubernetesClient connect() {
        return new KubernetesClientBuilder()
                .withConfig(ClientSettings.of(node.getKubeConfigYaml()))
                .withHttpClientFactory(new Vertx5HttpClientFactory(loops))
                .build();
    }

    private static CompletableFuture<Void> sideBySide(Runnable work) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                        result.complete(null);
                    } catch (RuntimeException | Error e) {
                        result.completeExceptionally(e);
                    }
                },
                "k3s-images");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    private static void join(CompletableFuture<Void> part) {
        try {
            part.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        synchronized (opened) {
            opened.push(part);
        }
        return part;
    }

    @Override
    public ClusterKind kind() {
        return ClusterKind.K3S;
    }

    @Override
    public String description() {
        return client.getKubernetesVersion().getGitVersion() + ", node " + node.nodeName();
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig.path();
    }

    @Override
    public InetSocketAddress outside(String namespace, String service, int port) {
        try {
            int nodePort = Awaitility.await()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .atMost(PUBLISHED)
                    .until(() -> published(namespace, service, port), Optional::isPresent)
                    .orElseThrow();
            return new InetSocketAddress(node.getHost(), node.getMappedPort(nodePort));
        } catch (ConditionTimeoutException e) {
            throw new ProvisioningException(
                    "Service " + service + " in namespace " + namespace + " has no published node port after "
                            + PUBLISHED.toSeconds() + " s; " + NodeContainer.NODE_PORTS.size()
                            + " are published, for all Services of type LoadBalancer together",
                    e);
        }
    }

    private Optional<Integer> published(String namespace, String service, int port) {
        return PublishedPorts.of(
                client.services().inNamespace(namespace).withName(service).get(), namespace, service, port);
    }

    @Override
    public void provide(List<ProgramImage> images) {
        loader.load(images.stream().map(ProgramImage::completed).toList());
    }

    @Override
    public void settle() {
        try {
            join(forFaultsLoaded);
        } catch (RuntimeException e) {
            progress.accept("what network faults need is not loaded, the node pulls it then: " + e.getMessage());
        }
        if (notes.collect(loader.loaded())) {
            try {
                loader.buildForNextTime();
            } catch (RuntimeException e) {
                progress.accept("images are not built for the next start: " + e.getMessage());
            }
        }
    }

    @Override
    public void collectDiagnostics(Path directory) {
        new ClusterDiagnostics(client, directory).collect(history);
        try {
            node.collectLogs(directory);
        } catch (IOException e) {
            throw new ProvisioningException("the node's logs were not written: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        end.close();
    }

    private void closeAll() {
        List<AutoCloseable> parts;
        synchronized (opened) {
            parts = List.copyOf(opened);
        }
        parts.forEach(K3sCluster::closeQuietly);
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("A part of the k3s cluster did not close", e);
        }
    }
}
