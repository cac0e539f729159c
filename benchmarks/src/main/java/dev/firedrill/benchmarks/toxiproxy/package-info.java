/** The embedded Toxiproxy against the real one, and network faults against their parameters. */
@NullMarked
package dev.firedrill.benchmarks.toxiproxy;

import org.jspecify.annotations.NullMarked;
