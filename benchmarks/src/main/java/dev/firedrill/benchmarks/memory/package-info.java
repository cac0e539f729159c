/** How much memory everything takes together. */
@NullMarked
package dev.firedrill.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
