/** What all benchmarks share: series of measurements, goals, the table, and the processes that are measured. */
@NullMarked
package dev.firedrill.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
