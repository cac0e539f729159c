package dev.firedrill.benchmarks.memory;

import dev.firedrill.benchmarks.measure.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Looks at the memory of a process and its descendants again and again. */
final class MemorySampler {
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private MemorySampler() {}

    /** Samples as long as a condition holds, at most for a time; at least one. */
    static List<Map<String, Double>> sample(ProcessHandle root, BooleanSupplier goingOn, Duration atMost) {
        List<Map<String, Double>> samples = new ArrayList<>();
        long end = System.nanoTime() + atMost.toNanos();
        do {
            samples.add(ProportionalSetSize.megabytes(root));
            Waiting.untilNanos(System.nanoTime() + INTERVAL.toNanos());
        } while (goingOn.getAsBoolean() && System.nanoTime() - end < 0);
        return samples;
    }

    /** Everything of one sample together. */
    static double sum(Map<String, Double> sample) {
        return sample.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
