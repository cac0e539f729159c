package dev.firedrill.harness.drill;

import dev.firedrill.harness.probe.ProbeSpec;
import java.time.Duration;
import java.util.List;

/**
 * What looks on beside the probes of a drill that open a connection each time: the same requests on a connection that
 * was open before the fault and is kept. New clients may be well while those that were there before are not, so that a
 * repair is proven on both.
 */
final class OpenConnections {
    private static final Duration AT_MOST_EVERY = Duration.ofMillis(200);

    private OpenConnections() {}

    /** One for each probe of a drill that has none by itself. */
    static List<ProbeSpec> beside(Drill drill) {
        return beside(drill.probes());
    }

    static List<ProbeSpec> beside(List<ProbeSpec> probes) {
        return probes.stream()
                .filter(probe -> probe.connection() == ProbeSpec.Connection.FRESH)
                .map(probe -> probe.onOpenConnection(ProbeSpec.nameOnOpenConnection(probe.name()))
                        .every(probe.interval().compareTo(AT_MOST_EVERY) < 0 ? AT_MOST_EVERY : probe.interval()))
                .toList();
    }
}
