/** How long the replays of an incident take. */
@NullMarked
package dev.firedrill.benchmarks.replay;

import org.jspecify.annotations.NullMarked;
