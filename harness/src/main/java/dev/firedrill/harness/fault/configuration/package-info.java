/** Faults of configuration, and operators' changes of it. */
@NullMarked
package dev.firedrill.harness.fault.configuration;

import org.jspecify.annotations.NullMarked;
