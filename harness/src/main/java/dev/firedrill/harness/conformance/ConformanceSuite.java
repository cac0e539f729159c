package dev.firedrill.harness.conformance;

import dev.firedrill.harness.cluster.Cluster;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * All behaviours as tests, for a kind of cluster: extend it where the kind is made. Each has a namespace of its own;
 * they are tried side by side where JUnit may run tests in parallel.
 *
 * <pre>{@code
 * class MyKindConformanceIT extends ConformanceSuite {
 *     protected Cluster cluster() { return started; }   // with Specimens.IMAGE
 * }
 * }</pre>
 */
public abstract class ConformanceSuite {
    /** The system property that chooses behaviours while somebody works on one: a regular expression of their ids. */
    public static final String ONLY = "firedrill.conformance.only";

    /** The cluster, started with {@link Specimens#IMAGE}; the same for every call. */
    protected abstract Cluster cluster();

    /** What the kind is known to do otherwise. A difference that is not in it is a failure. */
    protected Deviations deviations() {
        return Deviations.ofKind(cluster().kind().label());
    }

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> behaves_as_kubernetes() {
        Conformance conformance = Conformance.on(cluster());
        Deviations known = deviations();
        String only = System.getProperty(ONLY, ".*");
        return Conformance.behaviours().stream()
                .filter(behaviour -> behaviour.id().matches(only))
                .map(behaviour ->
                        DynamicTest.dynamicTest(behaviour.toString(), () -> conformance.look(behaviour, known)));
    }
}
