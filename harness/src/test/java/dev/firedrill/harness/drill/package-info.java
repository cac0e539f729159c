@NullMarked
package dev.firedrill.harness.drill;

import org.jspecify.annotations.NullMarked;
