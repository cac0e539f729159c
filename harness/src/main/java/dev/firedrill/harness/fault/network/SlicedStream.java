package dev.firedrill.harness.fault.network;

import dev.firedrill.harness.agent.WireResult;
import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import java.time.Duration;
import java.util.Map;

/** A stream in small pieces: what was sent at once arrives bit by bit. */
public final class SlicedStream implements Harm {
    /** How the catalogue has it. */
    public static final FaultKind KIND = NetworkFault.kind(
            "slicer",
            "What is sent at once arrives in small pieces, with pauses.",
            "the answer (upstream: a request of 6 KB) takes as many pauses as it has pieces",
            new SlicedStream(),
            Parameter.of("size", ParameterType.size(1, 1_000_000), "of a piece, about"),
            Parameter.of("variation", ParameterType.size(0, 1_000_000), "how much more or less")
                    .otherwise("0B"),
            Parameter.of(
                            "pause",
                            ParameterType.duration(Duration.ofMillis(1), Duration.ofSeconds(1)),
                            "between two pieces")
                    .otherwise("1ms"));

    private SlicedStream() {}

    private static final long MICROS_PER_MILLI = 1000;

    @Override
    public String type() {
        return "slicer";
    }

    @Override
    public Map<String, Long> attributes(Arguments arguments) {
        return Map.of(
                "average_size", arguments.amount("size"),
                "size_variation", Math.min(arguments.amount("variation"), arguments.amount("size") - 1),
                "delay", arguments.duration("pause").toMillis() * MICROS_PER_MILLI);
    }

    @Override
    public Duration patience(Arguments arguments) {
        return Duration.ofSeconds(20);
    }

    @Override
    public boolean hits(WireResult seen, Arguments arguments) {
        boolean up = NetworkFault.isUpstream(arguments);
        long bytes = up ? NetworkFault.sent(arguments, arguments.text("path")) : seen.bytes();
        double largest = arguments.amount("size") * 2.0;
        double pauses = Math.floor(bytes / largest);
        return seen.answered()
                && pauses >= 1
                && seen.lastMillis()
                        >= 0.9 * pauses * arguments.duration("pause").toMillis();
    }
}
