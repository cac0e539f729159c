package dev.firedrill.harness.fault.network;

import dev.firedrill.harness.agent.WireResult;
import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import java.time.Duration;
import java.util.Map;

/** A link that is slow: everything arrives later, however little it is. */
public final class SlowLink implements Harm {
    /** How the catalogue has it. */
    public static final FaultKind KIND = NetworkFault.kind(
            "latency",
            "A link is slow: everything arrives later by a time.",
            "the first byte comes no earlier than `latency` less `jitter`",
            new SlowLink(),
            Parameter.of(
                    "latency", ParameterType.duration(Duration.ofMillis(1), Duration.ofSeconds(30)), "how much later"),
            Parameter.of(
                            "jitter",
                            ParameterType.duration(Duration.ZERO, Duration.ofSeconds(30)),
                            "how much more or less")
                    .otherwise("0ms"));

    private SlowLink() {}

    @Override
    public String type() {
        return "latency";
    }

    @Override
    public Map<String, Long> attributes(Arguments arguments) {
        return Map.of(
                "latency", arguments.duration("latency").toMillis(),
                "jitter", arguments.duration("jitter").toMillis());
    }

    @Override
    public Duration patience(Arguments arguments) {
        return Duration.ofSeconds(2).plus(arguments.duration("latency")).plus(arguments.duration("jitter"));
    }

    @Override
    public boolean hits(WireResult seen, Arguments arguments) {
        Duration least = arguments.duration("latency").minus(arguments.duration("jitter"));
        return seen.answered() && seen.firstMillis() >= Math.max(1, least.toMillis() - 1);
    }
}
