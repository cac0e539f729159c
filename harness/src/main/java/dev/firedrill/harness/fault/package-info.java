/** Faults as data: what they harm, the plan of their reversible changes, the proof of their effect. */
@NullMarked
package dev.firedrill.harness.fault;

import org.jspecify.annotations.NullMarked;
