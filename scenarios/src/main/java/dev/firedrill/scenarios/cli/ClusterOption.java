package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.ClusterKind;
import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.cluster.Clusters;
import dev.firedrill.harness.cluster.ExistingTarget;
import dev.firedrill.harness.cluster.existing.DrillLease;
import dev.firedrill.harness.cluster.existing.Inventory;
import dev.firedrill.harness.model.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which kind of cluster a command takes, and which one of those that are there already. */
final class ClusterOption {
    private static final String EMBEDDED = "embedded";

    @Option(
            names = "--cluster",
            paramLabel = "KIND",
            description = "The kind of cluster: embedded (a small Kubernetes inside this JVM, whose pods are child"
                    + " processes: starts at once, needs nothing), k3s (a real Kubernetes in a Docker container),"
                    + " existing (one namespace of a cluster that is there already: needs --context and --namespace)"
                    + " or auto (the most real kind that can be started here)."
                    + " Default: -D" + Clusters.PROPERTY + ", else embedded.")
    private String kind = System.getProperty(Clusters.PROPERTY, EMBEDDED);

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "For existing: the context of the kubeconfig. The current one is never taken by itself.")
    private @Nullable String context;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "For existing: the one namespace to work in, labelled firedrill.dev/allowed=true.")
    private @Nullable String namespace;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "For existing: the kubeconfig. Default: as kubectl has it, $KUBECONFIG or ~/.kube/config.")
    private @Nullable Path kubeconfig;

    private boolean isExisting() {
        return kind.toLowerCase(Locale.ROOT).equals(ClusterKind.EXISTING.label());
    }

    private ClusterRequest request() {
        ExistingTarget set = ExistingTarget.ofProperties();
        return ClusterRequest.plain()
                .at(new ExistingTarget(
                        kubeconfig == null ? set.kubeconfigOrNull() : kubeconfig,
                        context == null ? set.contextOrNull() : context,
                        namespace == null ? set.namespaceOrNull() : namespace));
    }

    /** Refuses what cannot be had, before anything is started. */
    void check() {
        if (!isExisting() && Stream.of(context, namespace, kubeconfig).anyMatch(flag -> flag != null)) {
            throw new ConfigurationException(
                    "--context, --namespace and --kubeconfig are for --cluster=existing, and this is " + kind);
        }
        Clusters.choose(kind, request());
    }

    /** What the harness itself would create and delete, where the cluster is not its own. */
    List<String> bookkeeping() {
        return isExisting()
                ? List.of(
                        "would create  Lease/" + DrillLease.NAME + ", while it lasts",
                        "would create  ConfigMap/" + Inventory.NAME + ", with the names of what it creates")
                : List.of("would create  a cluster");
    }

    /** For people. */
    @Override
    public String toString() {
        ExistingTarget target = request().target();
        return isExisting()
                ? kind + ", context " + target.contextOrNull() + ", namespace " + target.namespaceOrNull()
                : kind;
    }

    /** Starts it, or goes in. */
    Cluster start(Consumer<String> progress) {
        return Clusters.start(kind, request().reportingTo(progress));
    }
}
