package dev.firedrill.benchmarks.measure;

import java.util.function.Consumer;

/** Measures one part of the table. */
@FunctionalInterface
public interface Benchmark {
    /**
     * Measures.
     *
     * @param runs how often, at least 1
     * @param rows receives each line of the table as soon as it is known
     * @param progress receives a line for people now and then
     * @throws MeasurementException if a run did not do what was to be measured
     */
    void measure(int runs, Consumer<Row> rows, Consumer<String> progress);
}
