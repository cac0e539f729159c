package dev.firedrill.reports.record;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts over time in a bounded number of buckets: when they are used up, the buckets become twice as wide. So a
 * journal of any length takes the same memory, and a drawing of it the same space.
 */
final class Bands<E extends Enum<E>> {
    private static final int BUCKETS = 1024;
    private static final long FIRST_WIDTH = Duration.ofMillis(10).toNanos();

    private final long origin;
    private final Class<E> kinds;
    private Map<Integer, Map<E, Integer>> buckets = new TreeMap<>();
    private long width = FIRST_WIDTH;

    /** Buckets from a moment on; what is earlier falls into the first. */
    Bands(Duration origin, Class<E> kinds) {
        this.origin = origin.toNanos();
        this.kinds = kinds;
    }

    void add(Duration at, E kind) {
        long offset = Math.max(0, at.toNanos() - origin);
        while (offset / width >= BUCKETS) {
            widen();
        }
        add(buckets, (int) (offset / width), kind, 1);
    }

    private void widen() {
        Map<Integer, Map<E, Integer>> wider = new TreeMap<>();
        buckets.forEach((bucket, counts) -> counts.forEach((kind, count) -> add(wider, bucket / 2, kind, count)));
        buckets = wider;
        width *= 2;
    }

    private void add(Map<Integer, Map<E, Integer>> target, int bucket, E kind, int count) {
        target.computeIfAbsent(bucket, unseen -> new EnumMap<>(kinds)).merge(kind, count, Integer::sum);
    }

    /** The buckets that have something, oldest first. */
    List<Band<E>> list() {
        List<Band<E>> bands = new ArrayList<>();
        buckets.forEach((bucket, counts) -> bands.add(new Band<>(
                Duration.ofNanos(origin + bucket * width), Duration.ofNanos(origin + (bucket + 1) * width), counts)));
        return bands;
    }
}
