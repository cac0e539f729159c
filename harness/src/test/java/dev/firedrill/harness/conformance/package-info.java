@NullMarked
package dev.firedrill.harness.conformance;

import org.jspecify.annotations.NullMarked;
