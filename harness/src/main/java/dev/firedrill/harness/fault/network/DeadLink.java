package dev.firedrill.harness.fault.network;

import dev.firedrill.harness.agent.WireResult;
import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.FaultKind;
import java.time.Duration;
import java.util.Map;

/** A link that is down: new connections are refused, open ones that go over it are cut. */
public final class DeadLink implements Harm {
    /** How the catalogue has it. */
    public static final FaultKind KIND = NetworkFault.kind(
            "down",
            "A link is down: connections are refused, and those that go over the proxy are cut.",
            "the connection is refused, or ends without a byte",
            new DeadLink());

    private DeadLink() {}

    @Override
    public String type() {
        return "";
    }

    @Override
    public Map<String, Long> attributes(Arguments arguments) {
        return Map.of();
    }

    @Override
    public Duration patience(Arguments arguments) {
        return Duration.ofSeconds(2);
    }

    @Override
    public boolean hits(WireResult seen, Arguments arguments) {
        return !seen.answered() && !seen.end().equals("silent");
    }
}
