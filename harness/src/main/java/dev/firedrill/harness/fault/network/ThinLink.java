package dev.firedrill.harness.fault.network;

import dev.firedrill.harness.agent.WireResult;
import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import java.time.Duration;
import java.util.Map;

/** A link that is thin: bytes pass at a rate. */
public final class ThinLink implements Harm {
    /** How the catalogue has it. */
    public static final FaultKind KIND = NetworkFault.kind(
            "bandwidth",
            "A link is thin: bytes pass at a rate, and large answers take long.",
            "the answer (upstream: a request of 6 KB) takes the time of its bytes at that rate; ask for a `path` with"
                    + " so long an answer that this is 20 ms at least",
            new ThinLink(),
            Parameter.of("rate", ParameterType.rate(1, 1_000_000), "how many bytes per second"));

    private ThinLink() {}

    private static final double SHORTEST_MILLIS = 20;

    @Override
    public String type() {
        return "bandwidth";
    }

    @Override
    public Map<String, Long> attributes(Arguments arguments) {
        return Map.of("rate", arguments.amount("rate"));
    }

    @Override
    public Duration patience(Arguments arguments) {
        return Duration.ofSeconds(20);
    }

    @Override
    public boolean hits(WireResult seen, Arguments arguments) {
        boolean up = NetworkFault.isUpstream(arguments);
        long bytes = up ? NetworkFault.sent(arguments, arguments.text("path")) : seen.bytes();
        double millis = bytes / (double) arguments.amount("rate");
        return seen.answered() && millis >= SHORTEST_MILLIS && seen.lastMillis() >= 0.9 * millis;
    }
}
