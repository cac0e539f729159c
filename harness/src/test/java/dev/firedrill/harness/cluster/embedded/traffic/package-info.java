/** The embedded API server beside a real one: the same requests, field by field the same answers. */
@NullMarked
package dev.firedrill.harness.cluster.embedded.traffic;

import org.jspecify.annotations.NullMarked;
