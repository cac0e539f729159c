package dev.firedrill.benchmarks.replay;

import dev.firedrill.benchmarks.measure.MeasurementException;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Where the time of one run of both replays went, from its journal.
 *
 * @param start from the launch of java until the run has begun: its cluster is there
 * @param first from the launch of java until the first replay's verdict
 * @param second from there until the program ended
 * @param drills each drill alone, without what is made ready before it and written after it
 */
record ReplayTimes(Duration start, Duration first, Duration second, List<Duration> drills) {
    private static final int REPLAYS = 2;

    ReplayTimes {
        drills = List.copyOf(drills);
    }

    /**
     * Reads the journal's moments; its clock is this machine's.
     *
     * @throws MeasurementException if there are not two finished drills in it
     */
    static ReplayTimes of(List<TimelineEvent> journal, Instant launched, Instant ended) {
        List<Instant> begun = moments(journal, EventType.RUN_STARTED);
        List<Instant> started = moments(journal, EventType.DRILL_STARTED);
        List<Instant> finished = moments(journal, EventType.DRILL_FINISHED);
        if (begun.size() != 1 || started.size() != REPLAYS || finished.size() != REPLAYS) {
            throw new MeasurementException("the journal tells of " + started.size() + " replays begun and "
                    + finished.size() + " finished, not of " + REPLAYS);
        }
        return new ReplayTimes(
                Duration.between(launched, begun.get(0)),
                Duration.between(launched, finished.get(0)),
                Duration.between(finished.get(0), ended),
                List.of(
                        Duration.between(started.get(0), finished.get(0)),
                        Duration.between(started.get(1), finished.get(1))));
    }

    private static List<Instant> moments(List<TimelineEvent> journal, String type) {
        return journal.stream()
                .filter(event -> event.type().equals(type))
                .map(TimelineEvent::at)
                .toList();
    }
}
