package dev.firedrill.harness.cluster.k3s;

import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.ProvisioningException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * The container that is the whole cluster: server and only node.
 *
 * <p>Source: {@code k3s server --help}; the parts that would need images of their own and that no drill uses are left
 * out.
 */
final class NodeContainer extends K3sContainer {
    /** Node ports that are published on the Docker host; of the band that servers do not give away by themselves. */
    static final List<Integer> NODE_PORTS =
            IntStream.rangeClosed(30000, 30007).boxed().toList();

    private static final Duration REGISTERED = Duration.ofMinutes(2);
    private static final int TAIL = 12;

    /** Where the parts of a node write their logs; k3s itself writes to its standard error. */
    private static final List<String> LOGS =
            List.of("/var/log/lab", "/var/lib/rancher/k3s/agent/containerd/containerd.log");

    private final String nodeName;
    private final Registration registration = new Registration(REGISTERED, TAIL);
    private final CompletableFuture<Void> running = new CompletableFuture<>();

    NodeContainer(String image, RunOwner owner) {
        super(DockerImageName.parse(image).asCompatibleSubstituteFor("rancher/k3s"));
        this.nodeName = "firedrill-" + owner.run();
        addExposedPorts(NODE_PORTS.stream().mapToInt(Integer::intValue).toArray());
        withLabels(owner.labels());
        withCreateContainerCmdModifier(command -> command.withName(nodeName).withHostName(nodeName));
        withCommand(
                "server",
                "--disable=traefik,servicelb,metrics-server,local-storage",
                "--node-name=" + nodeName,
                "--tls-san=" + getHost());
        waitingFor(registration);
    }

    String nodeName() {
        return nodeName;
    }

    /** Done when the container runs, long before the cluster does. */
    CompletableFuture<Void> running() {
        return running;
    }

    @Override
    protected void containerIsStarting(InspectContainerResponse container, boolean reused) {
        running.complete(null);
    }

    /**
     * Starts, and waits until the node has registered.
     *
     * @throws ConfigurationException if the engine lacks disk, memory or a port for it
     * @throws ProvisioningException if it does not come up for another reason
     */
    void launch() {
        try {
            start();
        } catch (RuntimeException e) {
            running.completeExceptionally(e);
            String logs = registration.lastWords();
            Shortage.in(rootOf(e) + "\n" + logs + "\n" + ending()).ifPresent(lack -> {
                throw new ConfigurationException(lack, e);
            });
            throw new ProvisioningException(
                    "the node's container did not come up: " + rootOf(e)
                            + (logs.isEmpty() ? "" : "; the last that it said:\n" + logs),
                    e);
        }
    }

    /** How its process ended, if the engine ended it for want of memory. */
    private String ending() {
        try {
            InspectContainerResponse info = getContainerId() == null ? null : getCurrentContainerInfo();
            return info != null && Boolean.TRUE.equals(info.getState().getOOMKilled()) ? "the node was OOMKilled" : "";
        } catch (RuntimeException gone) {
            return "";
        }
    }

    private static String rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).strip();
    }

    /** Copies an archive of images into the node and has its container runtime load it. */
    void load(Path archive, Duration within) throws IOException, InterruptedException {
        String inside = "/var/lib/rancher/k3s/firedrill-images.tar";
        copyFileToContainer(MountableFile.forHostPath(archive), inside);
        long deadline = System.nanoTime() + within.toNanos();
        while (execInContainer("ctr", "version").getExitCode() != 0) {
            if (System.nanoTime() > deadline) {
                throw new IOException("its container runtime does not answer");
            }
        }
        ExecResult result = execInContainer("ctr", "-n", "k8s.io", "images", "import", inside);
        if (result.getExitCode() != 0) {
            throw new IOException("ctr images import ended with status " + result.getExitCode() + ": "
                    + result.getStderr().strip());
        }
        execInContainer("rm", "-f", inside);
    }

    /**
     * The last lines that a part of the node wrote.
     *
     * @param part as {@code kubelet}; where the parts have no logs of their own, the whole node's
     */
    String tail(String part) {
        try {
            ExecResult own = execInContainer("tail", "-n", Integer.toString(TAIL), LOGS.get(0) + "/" + part + ".log");
            return own.getExitCode() == 0 ? own.getStdout().strip() : registration.lastWords();
        } catch (IOException | RuntimeException e) {
            return registration.lastWords();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return registration.lastWords();
        }
    }

    /** Writes the node's logs below a directory. */
    void collectLogs(Path directory) throws IOException {
        Path logs = Files.createDirectories(directory.resolve("node"));
        Files.writeString(logs.resolve("container.log"), getLogs());
        for (String source : LOGS) {
            copyLogs(source, logs);
        }
    }

    private void copyLogs(String source, Path logs) throws IOException {
        try (InputStream in = getDockerClient()
                        .copyArchiveFromContainerCmd(getContainerId(), source)
                        .exec();
                TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    String name = Path.of(entry.getName()).getFileName().toString();
                    Files.write(logs.resolve(name), tar.readAllBytes());
                }
            }
        } catch (com.github.dockerjava.api.exception.NotFoundException absent) {
            return; // another distribution keeps its logs elsewhere
        }
    }

    /** Where a user on the Docker host reaches a node port; empty if it is not published. */
    Optional<Integer> published(int nodePort) {
        return Stream.of(nodePort)
                .filter(NODE_PORTS::contains)
                .map(this::getMappedPort)
                .findFirst();
    }
}
