/** How many requests the embedded API server answers, how soon watches hear of a change, and how long it pauses. */
@NullMarked
package dev.firedrill.benchmarks.apiserver;

import org.jspecify.annotations.NullMarked;
