package dev.firedrill.harness.probe;

import dev.firedrill.harness.model.Vantage;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The probes of one prober. */
final class Probes {
    private Probes() {}

    /** A copy, checked: all of one vantage, and no two of the same name. */
    static List<ProbeSpec> of(Vantage vantage, Collection<ProbeSpec> probes) {
        Set<String> names = new HashSet<>();
        for (ProbeSpec probe : probes) {
            if (probe.vantage() != vantage) {
                throw new IllegalArgumentException("probe '" + probe.name() + "' looks from " + label(probe.vantage())
                        + ", and so cannot run here");
            }
            if (!names.add(probe.name())) {
                throw new IllegalArgumentException("two probes are called '" + probe.name() + "'");
            }
        }
        return List.copyOf(probes);
    }

    /** As it is written in messages and in the journal. */
    static String label(Vantage vantage) {
        return vantage.name().toLowerCase(Locale.ROOT);
    }
}
