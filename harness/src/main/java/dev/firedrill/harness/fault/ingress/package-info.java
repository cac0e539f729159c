/** Faults of what routes traffic in. */
@NullMarked
package dev.firedrill.harness.fault.ingress;

import org.jspecify.annotations.NullMarked;
