package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.cluster.ApiTrouble;
import dev.firedrill.harness.cluster.ClusterKind;
import dev.firedrill.harness.cluster.ExistingTarget;
import dev.firedrill.harness.cluster.Ground;
import dev.firedrill.harness.cluster.Safeguards;
import dev.firedrill.harness.cluster.existing.Entrance;
import dev.firedrill.harness.cluster.existing.Guards;
import dev.firedrill.harness.model.ConfigurationException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The flags that name a cluster which somebody else holds: another process, or its owners. It is never guessed, and
 * only namespaces that are labelled for drills are touched.
 */
final class HeldCluster {
    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "The kubeconfig of the cluster; firedrill up prints it. It is never taken from the"
                    + " environment, but for --cluster=existing.")
    private @Nullable Path kubeconfig;

    @Option(
            names = "--cluster",
            paramLabel = "KIND",
            description = "existing: a cluster that is there already, with --context and --namespace named. Its"
                    + " kubeconfig is, by default, $KUBECONFIG or ~/.kube/config.")
    private @Nullable String kind;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "The context of the kubeconfig. Default: its current one; for existing there is none.")
    private @Nullable String context;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "The namespace; it must be labelled " + Ground.ALLOWED
                    + "=true. Default: the only one that is, or for heal all that are; for existing there is none.")
    private @Nullable String namespace;

    /** Whether anything was said of one. */
    boolean named() {
        return kubeconfig != null || kind != null || context != null || namespace != null;
    }

    /** The way to it. */
    Entrance entrance() {
        Guards guards = Guards.ofProperties();
        if (kind == null) {
            if (kubeconfig == null) {
                throw new ConfigurationException("--kubeconfig is missing: the file that firedrill up prints, or give"
                        + " --cluster=existing with --context and --namespace");
            }
            return Entrance.held(kubeconfig, context, guards);
        }
        if (!kind.equals(ClusterKind.EXISTING.label())) {
            throw new ConfigurationException(
                    "--cluster cannot be \"" + kind + "\" here; allowed: " + ClusterKind.EXISTING.label());
        }
        return Entrance.of(new ExistingTarget(kubeconfig, context, namespace), guards);
    }

    /** What faults must heed there: what {@code firedrill up} holds is ours, with its nodes. */
    Safeguards safeguards() {
        Safeguards guarded = Guards.ofProperties().safeguards();
        return kind == null ? guarded.withNodes() : guarded;
    }

    /** The flags as they were given, for a command that is proposed. */
    String flags() {
        StringJoiner flags = new StringJoiner(" ");
        if (kind != null) {
            flags.add("--cluster=" + kind);
        }
        if (kubeconfig != null) {
            flags.add("--kubeconfig " + kubeconfig);
        }
        if (context != null) {
            flags.add("--context " + context);
        }
        if (namespace != null) {
            flags.add("--namespace " + namespace);
        }
        return flags.toString();
    }

    /** The namespace to work in: the one that was named, or the only one that is labelled for drills. */
    String namespace(KubernetesClient client) {
        List<String> allowed = namespaces(client);
        if (allowed.size() == 1) {
            return allowed.get(0);
        }
        throw new ConfigurationException(
                allowed.isEmpty()
                        ? "no namespace of " + client.getMasterUrl() + " is labelled " + Ground.ALLOWED + "=true"
                        : "several namespaces can be drilled; give one of them: --namespace "
                                + String.join(" or ", allowed));
    }

    /** The namespaces to look into: the one that was named, or all that are labelled for drills. */
    List<String> namespaces(KubernetesClient client) {
        if (namespace != null) {
            Guards.checkNamespace(client, namespace);
            return List.of(namespace);
        }
        try {
            return client.namespaces().withLabel(Ground.ALLOWED, "true").list().getItems().stream()
                    .map(each -> each.getMetadata().getName())
                    .filter(name -> !Guards.isOfTheCluster(name))
                    .toList();
        } catch (KubernetesClientException e) {
            throw new ConfigurationException(
                    "the namespaces of " + client.getMasterUrl() + " cannot be listed: " + ApiTrouble.inOneLine(e)
                            + "; name one with --namespace",
                    e);
        }
    }
}
