/** Drills as JUnit tests. */
@NullMarked
package dev.firedrill.harness.junit;

import org.jspecify.annotations.NullMarked;
