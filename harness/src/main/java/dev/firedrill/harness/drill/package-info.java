/** A drill as data, and the one runner that carries it out. */
@NullMarked
package dev.firedrill.harness.drill;

import org.jspecify.annotations.NullMarked;
