package dev.firedrill.harness.cluster.embedded;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.ClusterKind;
import dev.firedrill.harness.cluster.ClusterProvider;
import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.cluster.embedded.kubelet.Launcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Offers the embedded cluster wherever it can run: on Linux, for any user, with nothing installed. */
public final class EmbeddedClusterProvider implements ClusterProvider {
    @Override
    public ClusterKind kind() {
        return ClusterKind.EMBEDDED;
    }

    @Override
    public Optional<String> unavailable(ClusterRequest request) {
        return unavailable();
    }

    static Optional<String> unavailable() {
        String system = System.getProperty("os.name");
        if (!"Linux".equals(system) || !Files.isDirectory(Path.of("/proc/self"))) {
            return Optional.of("the embedded cluster needs Linux with /proc, and this is " + system
                    + "; run it in a Linux container or virtual machine");
        }
        Optional<String> launcher = Launcher.unavailable();
        return launcher.isPresent() ? launcher : LoopbackBlock.unavailable();
    }

    @Override
    public Cluster start(ClusterRequest request) {
        return EmbeddedCluster.start(request, EmbeddedOptions.defaults());
    }
}
