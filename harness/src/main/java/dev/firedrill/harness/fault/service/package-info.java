/** Faults of Services. */
@NullMarked
package dev.firedrill.harness.fault.service;

import org.jspecify.annotations.NullMarked;
