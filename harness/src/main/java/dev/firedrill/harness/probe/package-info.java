@NullMarked
package dev.firedrill.harness.probe;

import org.jspecify.annotations.NullMarked;
