package dev.firedrill.harness.fault.network;

import dev.firedrill.harness.agent.WireRequest;
import dev.firedrill.harness.agent.WireResult;
import dev.firedrill.harness.fault.AddressSetting;
import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import java.time.Duration;
import java.util.Optional;

/**
 * A connection to a Service that the agent opened before a proxy was put before it, and keeps until the first toxic:
 * what happens on it is what happens to clients that keep theirs.
 */
final class OpenConnection {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private OpenConnection() {}

    /**
     * Opens it, if the plan wires a proxy in for all clients; a server that closes after each answer leaves nothing to
     * keep.
     */
    static void keep(FaultScene scene, FaultPlan plan, Arguments arguments, String path) {
        if (forAll(arguments) && Link.isWiredBy(plan)) {
            String text = NetworkFault.text(arguments, path, "keep-alive");
            WireRequest request =
                    new WireRequest(arguments.text("service"), arguments.number("port"), text, false, 1, PATIENCE);
            scene.agent().hold(Link.name(arguments), request);
        }
    }

    /** Asks on it as the proof asks on new ones, and lets go of it; empty if there is none, or it has ended. */
    static Optional<WireResult> ask(FaultScene scene, Arguments arguments, WireRequest request) {
        return forAll(arguments) ? scene.agent().askHeld(Link.name(arguments), request) : Optional.empty();
    }

    private static boolean forAll(Arguments arguments) {
        return AddressSetting.of(arguments).name().isEmpty();
    }
}
