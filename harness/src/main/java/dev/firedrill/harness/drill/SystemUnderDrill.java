package dev.firedrill.harness.drill;

import dev.firedrill.harness.alert.AlertRule;
import dev.firedrill.harness.model.ConfigurationException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The system that drills are run against: its manifests, and how its delayed work is followed. One whose pods run
 * programs that the cluster does not know implements {@link dev.firedrill.harness.cluster.ImageSource} as well.
 *
 * <pre>{@code
 * public final class Bakery implements SystemUnderDrill {
 *     @Override
 *     public List<HasMetadata> objects(Map<String, String> variants) {
 *         return ManifestFiles.of(Bakery.class).objects("/bakery.yaml");
 *     }
 * }
 * }</pre>
 */
public interface SystemUnderDrill {
    /**
     * The objects to deploy, without a namespace, in the order in which they are to be applied.
     *
     * @param variants for a program its variant with a seeded bug; empty for the system as it should be
     * @throws ConfigurationException if there is no such program or variant
     */
    List<HasMetadata> objects(Map<String, String> variants);

    /** The annotations that the system itself writes on objects of its namespace, which are no residue of a drill. */
    default Set<String> ownAnnotations() {
        return Set.of();
    }

    /**
     * How changes are submitted and where they must arrive, once it is deployed; asked for drills that edit things.
     *
     * @throws ConfigurationException if it has no delayed work
     */
    default DelayedWork delayedWork(Stage stage) {
        throw new ConfigurationException(
                getClass().getSimpleName() + " has no delayed work, and the drill edits things; implement delayedWork");
    }

    /**
     * The rules by which it pages, so that an incident file that speaks of an alert or a label which none of them sends
     * is bad input. Empty if they are not known; then that is not checked.
     */
    default List<AlertRule> alerts() {
        return List.of();
    }

    /**
     * How long a page takes at most, from a check that fails to the pager, and its resolution likewise: the time that a
     * canary is given before it counts as lost. Empty if nothing in the system pages; then no canary is sent, and
     * silence is neither believed nor demanded.
     */
    default Optional<Duration> pagesWithin() {
        return Optional.of(Duration.ofSeconds(10));
    }
}
