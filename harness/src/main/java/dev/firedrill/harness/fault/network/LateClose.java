package dev.firedrill.harness.fault.network;

import dev.firedrill.harness.agent.WireResult;
import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import java.time.Duration;
import java.util.Map;

/** A connection that ends late: the other side learns of the end when some time has passed. */
public final class LateClose implements Harm {
    /** How the catalogue has it. */
    public static final FaultKind KIND = NetworkFault.kind(
            "slow-close",
            "The end of a connection arrives late.",
            "the end comes later than the last byte by the delay (upstream: later than the client has ended)",
            new LateClose(),
            Parameter.of(
                    "delay", ParameterType.duration(Duration.ofMillis(1), Duration.ofSeconds(25)), "how much later"));

    private LateClose() {}

    @Override
    public String type() {
        return "slow_close";
    }

    @Override
    public Map<String, Long> attributes(Arguments arguments) {
        return Map.of("delay", arguments.duration("delay").toMillis());
    }

    @Override
    public Duration patience(Arguments arguments) {
        return Duration.ofSeconds(2).plus(arguments.duration("delay"));
    }

    @Override
    public boolean onlyEnds(Arguments arguments) {
        return NetworkFault.isUpstream(arguments);
    }

    @Override
    public boolean hits(WireResult seen, Arguments arguments) {
        return seen.end().equals("closed")
                && seen.endMillis() - seen.lastMillis()
                        >= 0.9 * arguments.duration("delay").toMillis();
    }
}
