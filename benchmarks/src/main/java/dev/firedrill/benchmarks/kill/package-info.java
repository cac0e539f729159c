/** A harness that is killed at random moments, on a cluster that outlives it. */
@NullMarked
package dev.firedrill.benchmarks.kill;

import org.jspecify.annotations.NullMarked;
