package dev.firedrill.harness.fault.network;

import dev.firedrill.harness.agent.WireResult;
import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import java.time.Duration;
import java.util.Map;

/** A link that is silent: it takes everything and lets nothing through. */
public final class SilentLink implements Harm {
    /** How the catalogue has it. */
    public static final FaultKind KIND = NetworkFault.kind(
            "timeout",
            "A link is silent: connections open, nothing passes, and after a time they are closed.",
            "nothing comes until the connection ends, or for a second",
            new SilentLink(),
            Parameter.of(
                            "after",
                            ParameterType.duration(Duration.ZERO, Duration.ofSeconds(25)),
                            "when the connection is closed; 0ms for never")
                    .otherwise("0ms"));

    private SilentLink() {}

    @Override
    public String type() {
        return "timeout";
    }

    @Override
    public Map<String, Long> attributes(Arguments arguments) {
        return Map.of("timeout", arguments.duration("after").toMillis());
    }

    @Override
    public Duration patience(Arguments arguments) {
        return Duration.ofSeconds(1).plus(arguments.duration("after"));
    }

    @Override
    public boolean hits(WireResult seen, Arguments arguments) {
        // The server has had the request of a link that is silent downstream: its own end passes, and may come first.
        boolean lasted = !NetworkFault.isUpstream(arguments)
                || seen.endMillis() >= 0.9 * arguments.duration("after").toMillis();
        return !seen.answered()
                && lasted
                && (seen.end().equals("silent") || seen.end().equals("closed"));
    }
}
