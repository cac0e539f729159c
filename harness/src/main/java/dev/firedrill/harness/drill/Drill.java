package dev.firedrill.harness.drill;

import dev.firedrill.harness.fault.LongestDuration;
import dev.firedrill.harness.probe.ProbeSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A rehearsal as data: what is watched, what is done in which order, what is demanded. Nothing happens until a
 * {@link DrillRunner} carries it out. Tests, incident files and the command line only build drills; usually with
 * {@link DrillBuilder}.
 *
 * @param name a short name, unique within a run
 * @param title one line for people
 * @param description what it rehearses and why, for people; may be empty
 * @param probes what is watched from the first step to the last
 * @param steps what is done and demanded, in order
 * @param afterwards what is demanded when everything has been put back; may speak of any earlier moment
 * @param recovery how long probes and replicas may take to be well again when everything has been put back
 * @param figures what is measured, beside the record of a past incident; may be empty
 * @param remedies the switches of this drill; may be empty
 * @param longestFault how long a fault of it may last before it ends by itself; if empty, as long as the drill may take
 * @param about what the report tells besides, such as the incident's source and its assumptions; may be empty
 */
public record Drill(
        String name,
        String title,
        String description,
        List<ProbeSpec> probes,
        List<Step> steps,
        List<Expectation> afterwards,
        Duration recovery,
        List<Figure> figures,
        List<Remedy> remedies,
        Optional<Duration> longestFault,
        Map<String, Object> about) {
    /** How long a system may take to recover unless its drill says otherwise. */
    public static final Duration RECOVERY = Duration.ofSeconds(30);

    private static final Duration MORE = Duration.ofMinutes(10);

    public Drill {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(description, "description");
        probes = List.copyOf(probes);
        steps = List.copyOf(steps);
        afterwards = List.copyOf(afterwards);
        figures = List.copyOf(figures);
        remedies = List.copyOf(remedies);
        about = Collections.unmodifiableMap(new LinkedHashMap<>(about));
        if (recovery.isNegative() || recovery.isZero()) {
            throw new IllegalArgumentException("drill '" + name + "' gives no time to recover: " + recovery);
        }
        if (steps.stream().map(Step::id).distinct().count() != steps.size()) {
            throw new IllegalArgumentException("two steps of drill '" + name + "' have the same id");
        }
        WatchedProbes.of(name, probes).hold(steps, afterwards);
    }

    /** Starts a drill in words. */
    public static DrillBuilder named(String name) {
        return new DrillBuilder(name);
    }

    /**
     * How long a fault of it may last before it ends by itself: what its author, or else the property of {@link
     * LongestDuration} says, or else as long as all that it waits for may take, and ten minutes more.
     */
    Duration longest() {
        return longestFault
                .or(LongestDuration::ofProperty)
                .orElseGet(() -> LongestDuration.atMost(
                        steps.stream().map(step -> patience(step.action())).reduce(MORE, Duration::plus)));
    }

    private static Duration patience(Action action) {
        if (action instanceof Action.AwaitSteady steady) {
            return steady.within();
        } else if (action instanceof Action.Inject inject) {
            return inject.fault().proof().within();
        } else if (action instanceof Action.Observe observe) {
            return observe.window();
        } else if (action instanceof Action.Demand demand) {
            return demand.expectations().stream().map(Expectation::patience).reduce(Duration.ZERO, Duration::plus);
        }
        return Duration.ZERO;
    }

    /** Every expectation that its author wrote, in the order in which they are judged. */
    public List<Expectation> expectations() {
        List<Expectation> all = new ArrayList<>();
        for (Step step : steps) {
            if (step.action() instanceof Action.Demand demand) {
                all.addAll(demand.expectations());
            }
        }
        all.addAll(afterwards);
        return all;
    }

    /** Whether nothing that it does or demands could ever make it fail. */
    boolean saysNothing() {
        return expectations().isEmpty()
                && steps.stream()
                        .noneMatch(step -> step.action() instanceof Action.Inject
                                || step.action() instanceof Action.LeaveOut
                                || step.action() instanceof Action.AwaitSteady);
    }

    /** The same drill without the actions that match: a placebo leaves out the injections. */
    public Drill without(Predicate<Action> left) {
        return new Drill(
                name,
                title,
                description,
                probes,
                steps.stream().filter(step -> !left.test(step.action())).toList(),
                afterwards,
                recovery,
                figures,
                remedies,
                longestFault,
                about);
    }
}
