package dev.firedrill.harness.conformance;

import dev.firedrill.harness.cluster.Cluster;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Everything that scenarios rely on, and how a cluster answers to it.
 *
 * <pre>{@code
 * try (Cluster cluster = Clusters.start("embedded", ClusterRequest.plain().withImage(Specimens.IMAGE))) {
 *     Finding finding = Conformance.on(cluster).look(Conformance.behaviours().get(0), Deviations.none());
 * }
 * }</pre>
 */
public final class Conformance {
    private static final List<Behaviour> BEHAVIOURS = Stream.of(
                    ObjectBehaviours.all(),
                    PatchBehaviours.all(),
                    ListBehaviours.all(),
                    NamespaceBehaviours.all(),
                    WorkloadBehaviours.all(),
                    PodBehaviours.all(),
                    HookBehaviours.all(),
                    ServiceBehaviours.all(),
                    ConfigurationBehaviours.all())
            .flatMap(List::stream)
            .toList();

    private final Cluster cluster;
    private final String prefix;
    private final AtomicInteger tried = new AtomicInteger();

    private Conformance(Cluster cluster) {
        this.cluster = cluster;
        this.prefix = "conformance-"
                + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX).toLowerCase(Locale.ROOT);
    }

    /** All behaviours, in the order of the table. */
    public static List<Behaviour> behaviours() {
        return BEHAVIOURS;
    }

    /** Tries behaviours on a cluster that was started with {@link Specimens#IMAGE}. */
    public static Conformance on(Cluster cluster) {
        return new Conformance(cluster);
    }

    /**
     * Tries one behaviour in a namespace of its own.
     *
     * @throws AssertionError if it does not hold, and no deviation says so; if it fails otherwise than the deviation
     *     says; or if it holds although a deviation says that it does not
     */
    public void look(Behaviour behaviour, Deviations known) {
        Optional<Deviation> deviation = known.of(behaviour);
        Optional<Throwable> failure = attempt(behaviour);
        if (deviation.isEmpty()) {
            failure.ifPresent(seen -> {
                throw new AssertionError(
                        behaviour + " - does not hold on " + cluster.kind().label() + ": " + seen.getMessage(), seen);
            });
            return;
        }
        String seen = failure.map(Throwable::getMessage)
                .orElseThrow(() -> new AssertionError(behaviour + " - holds, although it is listed as \""
                        + deviation.get().how() + "\": take it off the list"));
        if (!seen.contains(deviation.get().seen())) {
            throw new AssertionError(
                    behaviour + " - fails otherwise than it is listed, instead of \""
                            + deviation.get().seen() + "\" with: " + seen,
                    failure.get());
        }
    }

    private Optional<Throwable> attempt(Behaviour behaviour) {
        try (Ground ground = Ground.in(cluster, prefix + "-" + tried.incrementAndGet())) {
            behaviour.check().on(ground);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(e);
        } catch (Exception | AssertionError e) {
            return Optional.of(e);
        }
    }
}
