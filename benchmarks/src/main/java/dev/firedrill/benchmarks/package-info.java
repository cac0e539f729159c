/** Programs that measure Firedrill against its goals, and their command line. */
@NullMarked
package dev.firedrill.benchmarks;

import org.jspecify.annotations.NullMarked;
