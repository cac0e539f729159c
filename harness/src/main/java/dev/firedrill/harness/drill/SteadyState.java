package dev.firedrill.harness.drill;

import dev.firedrill.harness.model.Durations;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.probe.ProbeSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether every probe has lately been healthy, and without a gap, judged from the journal. */
final class SteadyState {
    private SteadyState() {}

    /**
     * What keeps the state from being steady, one line each; empty if nothing does.
     *
     * @param now the end of the span that is looked at
     * @param lasting its length
     */
    static List<String> disturbances(
            List<ProbeSpec> probes, List<TimelineEvent> events, Duration now, Duration lasting) {
        Duration from = now.minus(lasting);
        List<String> disturbances = new ArrayList<>();
        for (ProbeSpec probe : probes) {
            List<TimelineEvent> samples = events.stream()
                    .filter(event -> event.type().equals(EventType.PROBE_SAMPLE))
                    .filter(event -> event.text("probe").equals(probe.name()))
                    .filter(event -> event.received().compareTo(from) >= 0)
                    .toList();
            List<TimelineEvent> bad = samples.stream()
                    .filter(event -> !event.text("outcome").equals("ok"))
                    .toList();
            if (!bad.isEmpty()) {
                TimelineEvent last = bad.get(bad.size() - 1);
                disturbances.add("probe '" + probe.name() + "' " + last.text("outcome") + ": " + last.text("detail"));
            } else if (samples.size() < expected(probe, lasting)) {
                disturbances.add("probe '" + probe.name() + "' has only " + samples.size() + " samples in "
                        + Durations.words(lasting));
            }
        }
        return disturbances;
    }

    /** At least half of the schedule, and never none. */
    private static long expected(ProbeSpec probe, Duration lasting) {
        return Math.max(1, lasting.toNanos() / probe.interval().toNanos() / 2);
    }
}
