package dev.firedrill.benchmarks.measure;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * What several runs measured, all in the same unit.
 *
 * @param values one per run, in the order of the runs; at least one
 */
public record Series(List<Double> values) {
    public Series {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a series needs at least one measurement");
        }
    }

    public static Series of(Collection<Double> values) {
        return new Series(List.copyOf(values));
    }

    public int count() {
        return values.size();
    }

    public double min() {
        return sorted()[0];
    }

    public double max() {
        return sorted()[values.size() - 1];
    }

    /** The value in the middle; of an even number the mean of the two in the middle. */
    public double median() {
        double[] sorted = sorted();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private double[] sorted() {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
