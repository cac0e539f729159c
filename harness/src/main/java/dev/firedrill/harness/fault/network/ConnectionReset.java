package dev.firedrill.harness.fault.network;

import dev.firedrill.harness.agent.WireResult;
import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import java.time.Duration;
import java.util.Map;

/** A connection that is reset when something has passed over it. */
public final class ConnectionReset implements Harm {
    /** How the catalogue has it. */
    public static final FaultKind KIND = NetworkFault.kind(
            "reset",
            "Connections are reset, some time after the first byte.",
            "the connection is reset",
            new ConnectionReset(),
            Parameter.of(
                            "after",
                            ParameterType.duration(Duration.ZERO, Duration.ofSeconds(25)),
                            "how long after the first byte")
                    .otherwise("0ms"));

    private ConnectionReset() {}

    @Override
    public String type() {
        return "reset_peer";
    }

    @Override
    public Map<String, Long> attributes(Arguments arguments) {
        return Map.of("timeout", arguments.duration("after").toMillis());
    }

    @Override
    public Duration patience(Arguments arguments) {
        return Duration.ofSeconds(2).plus(arguments.duration("after"));
    }

    @Override
    public boolean hits(WireResult seen, Arguments arguments) {
        return seen.end().equals("reset");
    }
}
