package dev.firedrill.harness.fault;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/**
 * Whether what is written in an object has reached the controller that acts on it. One that has not seen a template yet
 * still makes pods from the one before.
 *
 * <p>Source: Kubernetes API conventions, "Typical status properties": a controller writes the generation that it acted
 * on last to {@code status.observedGeneration}. Where none does, as with a ConfigMap, nothing is waited for.
 */
final class Observed {
    private static final Duration WITHIN = Duration.ofSeconds(5);

    private Observed() {}

    static boolean isIn(JsonNode object) {
        JsonNode observed = object.at("/status/observedGeneration");
        return observed.isMissingNode()
                || observed.asLong(0) >= object.at("/metadata/generation").asLong(0);
    }

    /** Waits until it has, or for 5 s: a controller that is away sees it when it comes back. */
    static void await(ObjectFields objects, ObjectRef target) {
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(WITHIN)
                    .until(() -> objects.read(target).filter(now -> !isIn(now)).isEmpty());
        } catch (ConditionTimeoutException away) {
            // What it does when it is back, it does from what is written now.
        }
    }
}
