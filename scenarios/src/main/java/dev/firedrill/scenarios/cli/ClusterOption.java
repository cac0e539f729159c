package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.cluster.Clusters;
import picocli.CommandLine.Option;

/** Which kind of cluster a command takes. */
final class ClusterOption {
    private static final String EMBEDDED = "embedded";

    @Option(
            names = "--cluster",
            paramLabel = "KIND",
            description = "The kind of cluster: embedded (a small Kubernetes inside this JVM, whose pods are child"
                    + " processes: starts at once, needs nothing), k3s (a real Kubernetes in a Docker container) or"
                    + " auto (the most real kind that can be had here)."
                    + " Default: -D" + Clusters.PROPERTY + ", else embedded.")
    private String kind = System.getProperty(Clusters.PROPERTY, EMBEDDED);

    String kind() {
        return kind;
    }

    /** Refuses a kind that cannot be had, before anything is started. */
    void check() {
        Clusters.choose(kind);
    }
}
