package dev.firedrill.harness.cluster;

import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses the kind of cluster by its name and starts it. A kind that is asked for by name is used or refused, never
 * replaced; {@code auto} takes the most real kind that can be had here and says which and why.
 */
public final class Clusters {
    /** The system property and Maven property that names the kind. */
    public static final String PROPERTY = "firedrill.cluster";

    /** Takes the most real kind that can be had. */
    public static final String AUTO = "auto";

    private Clusters() {}

    /**
     * Checks that a kind can be had, without starting or changing anything.
     *
     * @param name {@code auto} or the label of a kind
     * @throws ConfigurationException if there is no such kind, or it cannot be had here; it says what to do
     */
    public static ClusterProvider choose(String name, ClusterRequest request) {
        List<ClusterProvider> providers = providers();
        if (name.equals(AUTO)) {
            return throwaway(providers)
                    .filter(provider -> provider.unavailable(request).isEmpty())
                    .findFirst()
                    .orElseThrow(() -> new ConfigurationException(
                            "no kind of cluster can be had here: " + reasons(providers, request)));
        }
        ClusterProvider provider = providers.stream()
                .filter(candidate -> candidate.kind().label().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> unknown(name, providers));
        Optional<String> reason = provider.unavailable(request);
        if (reason.isPresent()) {
            throw new ConfigurationException("cluster kind \"" + name + "\" cannot be had here: " + reason.get());
        }
        return provider;
    }

    private static ConfigurationException unknown(String name, List<ClusterProvider> providers) {
        List<String> allowed = new ArrayList<>(List.of(AUTO));
        providers.forEach(provider -> allowed.add(provider.kind().label()));
        return new ConfigurationException("unknown cluster kind \"" + name + "\"; allowed: "
                + String.join(", ", allowed) + Spelling.guess(name, allowed));
    }

    /** Starts a cluster of a kind with every image that can be found, telling which kind and why. */
    public static Cluster start(String name, ClusterRequest request) {
        ClusterRequest complete = withEveryImage(request);
        return name.equals(AUTO)
                ? startMostReal(providers(), complete)
                : choose(name, complete).start(complete);
    }

    /** The same with every image that can be found. */
    public static ClusterRequest withEveryImage(ClusterRequest request) {
        List<ProgramImage> images = new ArrayList<>(request.images());
        ServiceLoader.load(ImageSource.class).forEach(source -> images.addAll(source.images()));
        return new ClusterRequest(images, request.progress(), request.target());
    }

    /** Takes the first kind, the most real one first, that can be had; why the others cannot is said aloud. */
    static Cluster startMostReal(List<ClusterProvider> providers, ClusterRequest request) {
        Consumer<String> progress = request.progress();
        List<String> reasons = new ArrayList<>();
        for (ClusterProvider provider : throwaway(providers).toList()) {
            String label = provider.kind().label();
            Optional<String> reason = provider.unavailable(request);
            if (reason.isEmpty()) {
                progress.accept("cluster: " + label + ", the most real kind that can be had here"
                        + (reasons.isEmpty() ? "" : ", since " + String.join("; ", reasons)));
                try {
                    return provider.start(request);
                } catch (ConfigurationException e) {
                    reason = Optional.of(String.valueOf(e.getMessage()));
                }
            }
            reasons.add(label + " cannot be had: " + reason.get());
        }
        throw new ConfigurationException("no kind of cluster can be had here: " + String.join("; ", reasons));
    }

    private static List<ClusterProvider> providers() {
        return ServiceLoader.load(ClusterProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /** What may be taken without having been named: nobody's real cluster. */
    private static Stream<ClusterProvider> throwaway(List<ClusterProvider> providers) {
        return providers.stream().filter(provider -> provider.kind().isThrowaway());
    }

    private static String reasons(List<ClusterProvider> providers, ClusterRequest request) {
        return throwaway(providers)
                .map(provider -> provider.kind().label() + ": "
                        + provider.unavailable(request).orElse("available"))
                .collect(Collectors.joining("; "));
    }
}
