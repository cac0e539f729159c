package dev.firedrill.harness.cluster.embedded.toxiproxy.toxics;

import java.util.List;
import java.util.Optional;

/** The kinds of toxics that there are, as they are without attributes. */
public final class ToxicTypes {
    private static final List<Toxic> ALL = List.of(
            new Latency(0, 0),
            new Bandwidth(0),
            new SlowClose(0),
            new Timeout(0),
            new ResetPeer(0),
            new Slicer(0, 0, 0),
            new LimitData(0),
            new Noop());

    private ToxicTypes() {}

    /** The kind of a name. */
    public static Optional<Toxic> named(String type) {
        return ALL.stream().filter(each -> each.type().equals(type)).findFirst();
    }
}
