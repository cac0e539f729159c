package dev.firedrill.benchmarks.faults;

import dev.firedrill.benchmarks.measure.MeasurementException;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The events of one drill.
 *
 * @param all in their order
 */
record Events(List<TimelineEvent> all) {
    /** The note that a {@link ReadyWatch} makes when every Deployment has become ready. */
    static final String READY = "every Deployment is ready";

    /** How long everything must be healthy until it counts as recovered. */
    static final Duration LASTING = Duration.ofMillis(500);

    private static final List<String> RECOVERED = List.of(
            "everything is ready again afterwards",
            "every probe is healthy again afterwards",
            "connections that were open before are healthy again afterwards");

    Events {
        all = List.copyOf(all);
    }

    Stream<TimelineEvent> of(String type) {
        return all.stream().filter(event -> event.type().equals(type));
    }

    Optional<TimelineEvent> last(String type) {
        return of(type).reduce((first, second) -> second);
    }

    TimelineEvent first(String type) {
        return of(type).findFirst().orElseThrow(() -> without(type));
    }

    TimelineEvent require(String type) {
        return last(type).orElseThrow(() -> without(type));
    }

    private static MeasurementException without(String type) {
        return new MeasurementException("the drill has no " + type);
    }

    /** When the harness had its last proof that everything has recovered; empty if not everything did. */
    Optional<Duration> provenRecovery() {
        List<TimelineEvent> judged = of(EventType.EXPECTATION_JUDGED)
                .filter(event -> RECOVERED.contains(event.text("text")))
                .toList();
        return judged.size() == RECOVERED.size()
                        && judged.stream()
                                .allMatch(event -> event.text("verdict").equals("PASS"))
                ? judged.stream().map(TimelineEvent::received).reduce((first, second) -> second)
                : Optional.empty();
    }

    /** When every Deployment was ready again, as a watch beside the harness saw it, not before some moment. */
    Duration ready(Duration from) {
        return of(EventType.NOTE)
                .filter(event -> event.text("text").equals(READY))
                .map(TimelineEvent::received)
                .reduce(from, (first, second) -> second.compareTo(first) > 0 ? second : first);
    }

    /** When each probe had its first good sample after its last bad one, not before some moment: the latest of them. */
    Duration healthy(Duration from) {
        return of(EventType.PROBE_SAMPLE)
                .map(event -> event.text("probe"))
                .distinct()
                .map(probe -> healthy(probe, from))
                .reduce(from, Events::later);
    }

    private Duration healthy(String probe, Duration from) {
        Duration since = from;
        boolean bad = false;
        for (TimelineEvent sample : of(EventType.PROBE_SAMPLE).toList()) {
            if (sample.text("probe").equals(probe)) {
                boolean well = sample.text("outcome").equals("ok");
                if (well && bad) {
                    since = later(from, sample.received());
                }
                bad = !well;
            }
        }
        return since;
    }

    static Duration later(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** A time that an event tells, in milliseconds. */
    static Duration millis(TimelineEvent event, String key) {
        return event.data().get(key) instanceof Number number
                ? Duration.ofNanos(Math.round(number.doubleValue() * 1e6))
                : Duration.ZERO;
    }
}
