package dev.firedrill.harness.drill;

import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.probe.ProbeCheck;
import dev.firedrill.harness.probe.ProbeSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The probes that look on in a drill by their names, by which their samples are told apart: each name means one. */
final class WatchedProbes {
    private final String drill;
    private final Map<String, ProbeSpec> byName = new LinkedHashMap<>();

    private WatchedProbes(String drill) {
        this.drill = drill;
    }

    /**
     * Those of a drill, and the open connections beside them.
     *
     * @throws ConfigurationException if two have the same name, be it at different vantages
     */
    static WatchedProbes of(String drill, List<ProbeSpec> probes) {
        WatchedProbes watched = new WatchedProbes(drill);
        probes.forEach(watched::add);
        OpenConnections.beside(probes).forEach(watched::add);
        return watched;
    }

    private void add(ProbeSpec probe) {
        ProbeSpec other = byName.put(probe.name(), probe);
        if (other != null) {
            throw new ConfigurationException("two probes of drill '" + drill + "' are called '" + probe.name() + "': "
                    + other.describeView() + ", and "
                    + probe.describeView()
                    + "; allowed: a name for each, which is not that of an open connection beside"
                    + " another either");
        }
    }

    /**
     * Looks through what is demanded.
     *
     * @throws ConfigurationException if something is demanded of a probe that nobody watches, be it that another of its
     *     name is
     */
    void hold(List<Step> steps, List<Expectation> afterwards) {
        for (Step step : steps) {
            if (step.action() instanceof Action.Demand demand) {
                demand.expectations().forEach(this::hold);
            }
        }
        afterwards.forEach(this::hold);
    }

    private void hold(Expectation expectation) {
        ProbeCheck.probeOf(expectation.check()).ifPresent(demanded -> {
            ProbeSpec watched = byName.get(demanded.name());
            if (watched == null) {
                throw new ConfigurationException("drill '" + drill + "' demands something of the probe '"
                        + demanded.name() + "', which it does not watch (watched: "
                        + (byName.isEmpty() ? "none" : String.join(", ", byName.keySet()))
                        + "); allowed: watching(..) with it");
            }
            if (!watched.equals(demanded)) {
                throw new ConfigurationException("drill '" + drill + "' watches a probe '" + demanded.name() + "' "
                        + watched.describeView() + ", and demands something of another of that name "
                        + demanded.describeView()
                        + "; allowed: the same in every way, interval, timeout, headers and expectation included");
            }
        });
    }
}
