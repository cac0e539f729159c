package dev.firedrill.benchmarks.measure;

import java.util.List;
import java.util.function.Consumer;

/** Measures one part of the table. */
@FunctionalInterface
public interface Benchmark {
    /**
     * Measures.
     *
     * @param runs how often, at least 1
     * @param progress receives a line for people now and then
     * @throws MeasurementException if a run did not do what was to be measured
     */
    List<Row> measure(int runs, Consumer<String> progress);
}
