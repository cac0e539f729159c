package dev.firedrill.harness.resync;

import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.timeline.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * How far source and target are apart, over time: accepted changes that the target has neither applied nor replaced by
 * newer ones. What a dashboard full of green checks does not show.
 *
 * @param points one for every moment at which it changed, oldest first
 */
public record Drift(List<Point> points) {
    /**
     * The drift from a moment on.
     *
     * @param at from the start of the run
     * @param absent how many accepted changes are absent from the target
     * @param oldest how long ago the oldest of them was accepted; zero if none
     */
    public record Point(Duration at, int absent, Duration oldest) {}

    public Drift {
        points = List.copyOf(points);
    }

    /**
     * Between two moments, both from the start of the run; the first point is at {@code from}, the last at {@code
     * to}.
     */
    public static Drift between(List<TimelineEvent> events, Duration from, Duration to) {
        WorkHistory history = WorkHistory.of(events);
        TreeSet<Duration> moments = new TreeSet<>(List.of(from, to));
        history.accepted().forEach(change -> moments.add(change.completed()));
        history.log().forEach(arrived -> moments.add(arrived.seen()));
        List<Point> points = new ArrayList<>();
        for (Duration at : moments.subSet(from, true, to, true)) {
            Point point = at(history, at);
            boolean same = !points.isEmpty() && points.get(points.size() - 1).absent() == point.absent();
            if (!same || at.equals(to)) {
                points.add(point);
            }
        }
        return new Drift(points);
    }

    /** Between two moments; empty if one of them never came. */
    public static Optional<Drift> between(List<TimelineEvent> events, Moment from, Moment to) {
        return Elapsed.of(from, events).flatMap(begin -> Elapsed.of(to, events)
                .filter(end -> !end.minus(begin).isNegative())
                .map(end -> between(events, begin, end)));
    }

    private static Point at(WorkHistory history, Duration at) {
        List<Operation> absent = history.accepted().stream()
                .filter(change -> change.completed().compareTo(at) <= 0 && !history.settled(change, at))
                .toList();
        Duration oldest = absent.stream()
                .map(Operation::completed)
                .min(Comparator.naturalOrder())
                .map(at::minus)
                .orElse(Duration.ZERO);
        return new Point(at, absent.size(), oldest);
    }

    /** The most that were absent at once. */
    public int most() {
        return points.stream().mapToInt(Point::absent).max().orElse(0);
    }

    /** The fewest that were absent at once. */
    public int fewest() {
        return points.stream().mapToInt(Point::absent).min().orElse(0);
    }

    /** The first moment from which on nothing was absent any more, if it ended so. */
    public Optional<Duration> goneAt() {
        Optional<Duration> gone = Optional.empty();
        for (Point point : points) {
            gone = point.absent() > 0 ? Optional.empty() : gone.or(() -> Optional.of(point.at()));
        }
        return gone;
    }
}
