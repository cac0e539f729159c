package dev.firedrill.benchmarks.faults;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.cluster.Clusters;
import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.drill.DrillRunner;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.drill.StageRequest;
import dev.firedrill.harness.drill.SystemUnderDrill;
import dev.firedrill.harness.timeline.Journal;
import dev.firedrill.harness.timeline.Timekeeper;
import dev.firedrill.scenarios.shop.Shop;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A measured process: raises the shop on an embedded cluster and carries out drills, round after round. Arguments: the
 * journal to write, how many rounds, and {@code faults} or {@code drills}.
 */
public final class DrillRounds {
    /** The argument for a drill of each kind of fault, on a shop that does not page. */
    static final String FAULTS = "faults";

    /** The argument for whole drills, with the pager. */
    static final String DRILLS = "drills";

    private static final String NAMESPACE = "shop";

    private DrillRounds() {}

    public static void main(String[] arguments) {
        Path file = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        boolean faults = arguments[2].equals(FAULTS);
        StageRequest request = new StageRequest(NAMESPACE, "benchmark", file.resolveSibling("run"), 1, Map.of());
        try (Journal journal = Journal.create(file, Timekeeper.system());
                Cluster cluster = Clusters.start("embedded", ClusterRequest.plain());
                Stage stage = Stage.raise(cluster, faults ? new Silent() : new Shop(), request, journal);
                ReadyWatch watch = new ReadyWatch(journal)) {
            watch.follow(cluster.client(), NAMESPACE);
            List<Drill> drills = faults ? MeasuredDrills.ofFaults() : MeasuredDrills.whole();
            for (int round = 0; round < rounds; round++) {
                for (Drill drill : drills) {
                    System.out.println(drill.name() + ": "
                            + new DrillRunner(stage).run(drill).verdict());
                }
            }
        }
    }

    /** The shop, of which nobody expects pages: so that a recovery is not hidden behind a canary. */
    private static final class Silent implements SystemUnderDrill {
        private final Shop shop = new Shop();

        @Override
        public List<HasMetadata> objects(Map<String, String> variants) {
            return shop.objects(variants);
        }

        @Override
        public Set<String> ownAnnotations() {
            return shop.ownAnnotations();
        }

        @Override
        public Optional<Duration> pagesWithin() {
            return Optional.empty();
        }
    }
}
