package dev.firedrill.harness.incident;

import dev.firedrill.harness.drill.Action;
import dev.firedrill.harness.drill.Caption;
import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.drill.DrillBuilder;
import dev.firedrill.harness.drill.Remedy;
import dev.firedrill.harness.drill.SystemUnderDrill;
import dev.firedrill.harness.fault.FaultCatalogue;
import dev.firedrill.harness.incident.Scale.ScaledSetting;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.Spelling;
import dev.firedrill.harness.probe.ProbeSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A replay of an incident on a system: chooses the remedies and the scale, and makes the drill.
 *
 * <pre>{@code
 * Drill asItHappened = Replay.of(incident, shop).drill();
 * Drill withMonitor = Replay.of(incident, shop).with(List.of("internal-monitor")).drill();
 * }</pre>
 */
public final class Replay {
    private final Incident incident;
    private final SystemUnderDrill system;
    private final FaultCatalogue faults;
    private final Set<String> remedies;
    private final Scale scale;

    private Replay(
            Incident incident, SystemUnderDrill system, FaultCatalogue faults, Set<String> remedies, Scale scale) {
        this.incident = incident;
        this.system = system;
        this.faults = faults;
        this.remedies = remedies;
        this.scale = scale;
    }

    /** A replay as it happened: no remedy, and the scale of the file. */
    public static Replay of(Incident incident, SystemUnderDrill system, FaultCatalogue faults) {
        return new Replay(incident, system, faults, Set.of(), incident.scale());
    }

    /**
     * The same with these remedies, and no others.
     *
     * @throws ConfigurationException if the incident does not have one of them
     */
    public Replay with(Collection<String> names) {
        for (String name : names) {
            if (!incident.remedies().contains(name)) {
                String guess = Spelling.guess(name, incident.remedies());
                throw new ConfigurationException("unknown remedy \"" + name + "\" of incident " + incident.id()
                        + "; allowed: " + String.join(", ", incident.remedies()) + guess);
            }
        }
        Set<String> on = new LinkedHashSet<>(incident.remedies());
        on.retainAll(names);
        return new Replay(incident, system, faults, on, scale);
    }

    /** The same with every remedy of the incident. */
    public Replay withEveryRemedy() {
        return with(incident.remedies());
    }

    /**
     * The same at another scale.
     *
     * @param factor by how much intervals are divided, 1 to {@link Scale#MOST}; 1 runs them as they are
     * @throws ConfigurationException if it is out of range
     */
    public Replay atScale(int factor) {
        if (factor < 1 || factor > Scale.MOST) {
            throw new ConfigurationException("the scale is out of range: " + factor + "; allowed: 1 to " + Scale.MOST);
        }
        return new Replay(incident, system, faults, remedies, scale.by(factor));
    }

    /** How much the intervals of this replay are compressed. */
    public Scale scale() {
        return scale;
    }

    /**
     * The drill, which a {@link dev.firedrill.harness.drill.DrillRunner} carries out.
     *
     * @throws ConfigurationException if the system lacks something that the incident speaks of
     */
    public Drill drill() {
        SystemObjects objects = new SystemObjects(system.objects(Map.of()));
        new CastCheck(objects, system.alerts(), faults).check(incident.cast());
        SystemConfiguration configuration = new SystemConfiguration(objects);
        String suffix = remedies.isEmpty() ? "" : "+" + String.join("+", remedies);
        DrillBuilder drill = Drill.named(incident.id() + suffix)
                .titled(incident.title() + manner())
                .because(incident.summary())
                .about("incident", about());
        Map<String, ProbeSpec> probes = probes(configuration);
        drill.watching(probes.values().toArray(ProbeSpec[]::new));
        incident.cast()
                .remedies()
                .forEach((name, remedy) -> drill.remedy(new Remedy(name, remedy.title(), remedies.contains(name))));
        setUp(drill, configuration);
        drill.fromSteadyState();
        ReplaySteps steps = new ReplaySteps(incident, scale, remedies, faults, configuration, probes);
        incident.timeline().stream()
                .filter(step -> step.condition().holds(remedies))
                .forEach(step -> steps.add(step));
        return steps.finish(drill.build(), new ReplayFigures(incident, scale).all());
    }

    private String manner() {
        if (remedies.isEmpty()) {
            return ", as it happened";
        }
        boolean every = remedies.size() > 1 && remedies.equals(incident.remedies());
        return ", with " + (every ? "every remedy" : String.join(", ", remedies));
    }

    private void setUp(DrillBuilder drill, SystemConfiguration configuration) {
        Map<SettingPlace, Object> intervals = new LinkedHashMap<>();
        for (ScaledSetting setting : scale.settings()) {
            intervals.put(setting.place(), written(scale.scaled(setting.real()), setting.asSeconds()));
        }
        String title = "intervals at a scale of " + scale.ratio();
        configuration.change(title, intervals).forEach(action -> drill.step(Caption.of(title), action));
        for (String remedy : remedies) {
            Cast.Remedy declared = found(incident.cast().remedies(), remedy);
            for (String name : declared.changes()) {
                Cast.Change change = found(incident.cast().changes(), name);
                for (Action action : configuration.change("remedy " + name, change.settings())) {
                    drill.step(Caption.of("remedy: " + declared.title()), action);
                }
            }
        }
    }

    /** A duration as configuration files have it. */
    private static Object written(Duration duration, boolean asSeconds) {
        if (asSeconds) {
            double seconds = duration.toNanos() / 1e9;
            return seconds == Math.rint(seconds) ? (Object) (int) seconds : (Object) seconds;
        }
        boolean whole = duration.toMillis() % 1000 == 0;
        return whole ? duration.toSeconds() + "s" : Math.max(1, duration.toMillis()) + "ms";
    }

    private Map<String, ProbeSpec> probes(SystemConfiguration configuration) {
        Map<String, ProbeSpec> specs = new LinkedHashMap<>();
        incident.cast().probes().forEach((name, probe) -> {
            ProbeSpec.Builder spec = (probe.inside() ? ProbeSpec.inside(name) : ProbeSpec.outside(name))
                    .service(probe.service(), probe.port())
                    .path(probe.path())
                    .every(probe.interval());
            if (!probe.host().isEmpty()) {
                spec.host(probe.host());
            }
            if (!probe.healthy().data().isEmpty()) {
                spec.withData(probe.healthy().data());
            }
            probe.healthy().status().ifPresent(spec::status);
            probe.healthy().timeout().ifPresent(spec::timeout);
            probe.headers()
                    .forEach((header, value) ->
                            spec.header(header, probe.origin().blamed(() -> configuration.withSecrets(value))));
            specs.put(name, spec.build());
        });
        return specs;
    }

    private Map<String, Object> about() {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("id", incident.id());
        about.put("title", incident.title());
        about.put(
                "source",
                incident.source().publisher() + ", " + incident.source().document());
        about.put("sourceNote", incident.source().note());
        about.put("scale", scale.factor());
        List<String> assumptions = incident.assumptions().stream()
                .map(assumption -> "Left open: " + assumption.open() + ". Chosen: " + assumption.chosen() + ".")
                .toList();
        about.put("assumptions", assumptions);
        return about;
    }

    static <T> T found(Map<String, T> declared, String name) {
        T value = declared.get(name);
        if (value == null) {
            throw new IllegalArgumentException("nothing of the name '" + name + "' is declared");
        }
        return value;
    }
}
