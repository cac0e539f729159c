package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.cluster.Clusters;
import picocli.CommandLine.Option;

/** Which kind of cluster a command takes. */
final class ClusterOption {
    private static final String EMBEDDED = "embedded";

    @Option(
            names = "--cluster",
            paramLabel = "KIND",
            description = "The kind of cluster: embedded (the default: starts at once, needs nothing) or auto.")
    private String kind = System.getProperty(Clusters.PROPERTY, EMBEDDED);

    String kind() {
        return kind;
    }

    /** Refuses a kind that cannot be had, before anything is started. */
    void check() {
        Clusters.choose(kind);
    }
}
