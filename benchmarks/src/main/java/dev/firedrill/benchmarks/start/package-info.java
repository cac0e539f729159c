/** How long it takes until a cluster with everything on it is ready. */
@NullMarked
package dev.firedrill.benchmarks.start;

import org.jspecify.annotations.NullMarked;
