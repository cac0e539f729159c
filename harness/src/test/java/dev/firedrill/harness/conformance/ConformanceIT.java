package dev.firedrill.harness.conformance;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.cluster.Clusters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** On the kind that {@code -Dfiredrill.cluster} names; embedded unless told otherwise. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceIT extends ConformanceSuite {
    private final Cluster cluster = Clusters.start(
            System.getProperty(Clusters.PROPERTY, "embedded"),
            ClusterRequest.plain()
                    .withImage(Specimens.IMAGE)
                    .reportingTo(line -> System.err.println("firedrill: " + line)));

    @BeforeAll
    void sayWhere() {
        System.err.println("firedrill: conformance on " + cluster.kind().label() + ", " + cluster.description());
    }

    @Override
    protected Cluster cluster() {
        return cluster;
    }

    @AfterAll
    void end() {
        cluster.close();
    }
}
