/** Faults of pods and of what makes them. */
@NullMarked
package dev.firedrill.harness.fault.workload;

import org.jspecify.annotations.NullMarked;
