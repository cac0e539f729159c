package dev.firedrill.harness.fault.network;

import dev.firedrill.harness.agent.WireResult;
import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import java.time.Duration;
import java.util.Map;

/** A stream that is cut: the connection is closed when a number of bytes has passed. */
public final class CutStream implements Harm {
    /** How the catalogue has it. */
    public static final FaultKind KIND = NetworkFault.kind(
            "limit-data",
            "A connection is closed when so many bytes have passed.",
            "exactly that many bytes come, and then the end (upstream: no answer comes to a request of 6 KB)",
            new CutStream(),
            Parameter.of("bytes", ParameterType.size(1, 1_000_000_000), "how many pass"));

    private CutStream() {}

    @Override
    public String type() {
        return "limit_data";
    }

    @Override
    public Map<String, Long> attributes(Arguments arguments) {
        return Map.of("bytes", arguments.amount("bytes"));
    }

    @Override
    public Duration patience(Arguments arguments) {
        return Duration.ofSeconds(2);
    }

    @Override
    public boolean hits(WireResult seen, Arguments arguments) {
        boolean ended = seen.end().equals("closed") || seen.end().equals("reset");
        return NetworkFault.isUpstream(arguments)
                ? ended && !seen.answered()
                : ended && seen.bytes() == arguments.amount("bytes");
    }
}
