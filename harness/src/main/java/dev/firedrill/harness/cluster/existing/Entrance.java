package dev.firedrill.harness.cluster.existing;

import dev.firedrill.harness.cluster.ExistingTarget;
import dev.firedrill.harness.model.ConfigurationException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way into a cluster that was not started here: a context of a kubeconfig that no guard denies.
 *
 * @param file the kubeconfig's file
 * @param config a client's settings, of that context alone
 * @param context the context's name
 */
public record Entrance(Path file, Config config, String context) {
    /**
     * Into an existing cluster; context and namespace must be named.
     *
     * @throws ConfigurationException if something is not named, cannot be read, or is denied
     */
    public static Entrance of(ExistingTarget target, Guards guards) {
        String context = target.context()
                .orElseThrow(() -> new ConfigurationException("--context is missing (or -D" + ExistingTarget.CONTEXT
                        + "): which context of the kubeconfig; the current one is never taken by itself"));
        requireNamespace(target);
        Path home = Path.of(System.getProperty("user.home"));
        return of(Kubeconfig.of(target, System.getenv(), home), context, guards);
    }

    static String requireNamespace(ExistingTarget target) {
        return target.namespace()
                .orElseThrow(() -> new ConfigurationException("--namespace is missing (or -D" + ExistingTarget.NAMESPACE
                        + "): the one namespace to work in"));
    }

    /**
     * Into a cluster whose kubeconfig was named.
     *
     * @param contextOrNull the context; null for the file's current one
     * @throws ConfigurationException if the file cannot be read, has no such context, or that is denied
     */
    public static Entrance held(Path kubeconfig, @Nullable String contextOrNull, Guards guards) {
        Kubeconfig file = Kubeconfig.named(kubeconfig);
        String context = Optional.ofNullable(contextOrNull)
                .or(file::currentContext)
                .orElseThrow(() -> new ConfigurationException(
                        "--kubeconfig " + kubeconfig + ": has no current context; name one with --context"));
        return of(file, context, guards);
    }

    private static Entrance of(Kubeconfig file, String context, Guards guards) {
        Config config = file.config(context);
        guards.checkContext(file, context);
        return new Entrance(file.file(), config, context);
    }

    /** A client that tries again for a while when the server does not answer. */
    public KubernetesClient connect() {
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** Asks something with a client that does not try again, so that what is wrong is told at once. */
    <T> T ask(Function<KubernetesClient, T> question) {
        try (KubernetesClient client = Server.impatient(config)) {
            return question.apply(client);
        }
    }

    /**
     * Looks whether the server can be asked, and changes nothing.
     *
     * @return its version
     * @throws ConfigurationException if it cannot be reached, does not accept the credentials, or is too old
     */
    public String check() {
        return ask(client -> Server.version(client, context));
    }

    /**
     * Asks every guard of a namespace in which a run is to begin, and changes nothing.
     *
     * @return the server's version
     * @throws ConfigurationException if the server cannot be asked, the namespace may not be drilled, or a run that is
     *     gone has left something there
     */
    String check(String namespace) {
        return ask(client -> {
            String version = Server.version(client, context);
            Guards.checkNamespace(client, namespace);
            Rights.check(client, context, namespace);
            if (!DrillLease.isHeld(client, namespace)) {
                Leftovers.check(client, context, namespace);
            }
            return version;
        });
    }
}
