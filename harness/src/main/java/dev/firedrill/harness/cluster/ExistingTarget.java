package dev.firedrill.harness.cluster;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which cluster that is there already, and where in it. Context and namespace must be named: nothing is taken because
 * it happens to be the current one.
 *
 * @param kubeconfigOrNull the kubeconfig; null for the user's own, of {@code KUBECONFIG} or {@code ~/.kube/config}
 * @param contextOrNull the context of the kubeconfig; null if it was not named, which is refused
 * @param namespaceOrNull the one namespace to work in; null if it was not named, which is refused
 */
public record ExistingTarget(
        @Nullable Path kubeconfigOrNull,
        @Nullable String contextOrNull,
        @Nullable String namespaceOrNull) {
    /** The system property that names a kubeconfig. */
    public static final String KUBECONFIG = "firedrill.kubeconfig";

    /** The system property that names a context. */
    public static final String CONTEXT = "firedrill.context";

    /** The system property that names a namespace. */
    public static final String NAMESPACE = "firedrill.namespace";

    /** As the system properties say. */
    public static ExistingTarget ofProperties() {
        String file = System.getProperty(KUBECONFIG);
        return new ExistingTarget(
                file == null ? null : Path.of(file), System.getProperty(CONTEXT), System.getProperty(NAMESPACE));
    }

    public Optional<Path> kubeconfig() {
        return Optional.ofNullable(kubeconfigOrNull);
    }

    public Optional<String> context() {
        return Optional.ofNullable(contextOrNull);
    }

    public Optional<String> namespace() {
        return Optional.ofNullable(namespaceOrNull);
    }
}
